/* SPDX-License-Identifier: MIT */
/* tests/unit/edit_model.h - what core/edit.c must come to, worked out the slow and plain way:
 * the text is a list of atoms, each a single copied byte or a replaced piece with its raw bytes,
 * and replacements are applied to the list one after another. */
#ifndef QUERN_TEST_EDIT_MODEL_H
#define QUERN_TEST_EDIT_MODEL_H
#include <quern/record.h>

enum { MODEL_MAX = 4096 };

typedef struct model_atom {
    qn_str text;
    uint32_t raw_beg, raw_end;
    qn_name rule; /* 0: one copied byte */
    int fresh;    /* made by the edit in progress */
} model_atom;

typedef struct model_change {
    uint32_t beg, end;
    qn_str with;
    qn_name rule;
} model_change;

typedef struct model {
    qn_batch *memory;
    qn_str raw;
    size_t n;
    model_atom atom[MODEL_MAX];
} model;

void model_start(model *, qn_batch *memory, qn_str raw);
/* One edit of n replacements, ascending. */
void model_edit(model *, const model_change *, size_t n);

/* The text, in the model's memory. */
qn_str model_text(const model *);
/* The map the record should have; returns the number of segments. */
uint32_t model_map(const model *, qn_seg out[MODEL_MAX]);
/* What qn_to_raw should say. */
uint32_t model_to_raw(const model *, uint32_t offset, int end);
/* Where a span should be after the edit; 0 when nothing should be left of it. `text` is the
 * length of the text before the edit. */
int model_span(const model_change *, size_t n, uint32_t text, qn_span *);
#endif
