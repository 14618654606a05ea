/* SPDX-License-Identifier: MIT */
/* core/eval/spans.h - floor 5: predicted spans against gold ones: entities, sentences, the
 * boundaries between sentences, tokens. A span is right when place and label are. */
#ifndef QUERN_EVAL_SPANS_H
#define QUERN_EVAL_SPANS_H
#include "eval/flat.h"
#include "eval/measure.h"

enum { EVAL_LABEL_DROPPED = 0xFFFF };

/* What is done with the labels before they are compared. */
typedef struct eval_labels {
    uint16_t *gold, *pred; /* per number: the label it counts as, or EVAL_LABEL_DROPPED */
    unsigned n;            /* numbers in use are below it */
    int trim;              /* leave a leading the/a/an and a trailing 's out of entities */
} eval_labels;

/* A span in gold's characters, and where it is in its own text, for showing it. */
typedef struct eval_key {
    uint32_t beg, end;
    uint16_t label;
    uint32_t shown_beg, shown_end; /* code points of the text it came from */
} eval_key;

typedef struct eval_keys {
    eval_key *v; /* sorted, each once */
    uint32_t n;
} eval_keys;

typedef enum eval_kind {
    EVAL_KIND_ENTS,
    EVAL_KIND_SENTS,
    EVAL_KIND_BOUNDS,
    EVAL_KIND_TOKENS,
    EVAL_KINDS
} eval_kind;

/* The keys of one side; `way` leads into gold's characters (NULL members: none needed); `last` is
 * their number. 0 when out of memory. */
int eval_keys_make(eval_keys *k, eval_kind kind, const eval_doc *d, const eval_flat *f,
                   const eval_way *way, const uint16_t *map, int trim, uint32_t last);
void eval_keys_free(eval_keys *k);

/* What went wrong with a span. */
typedef enum eval_fault {
    EVAL_MISSED,
    EVAL_SPURIOUS,
    EVAL_LABEL,
    EVAL_BOUNDS,
    EVAL_BOTH,
    EVAL_FAULTS
} eval_fault;

/* Told of every span that is wrong; gold or pred is NULL where there is none. */
typedef void (*eval_tell)(void *arg, eval_fault, const eval_key *gold, const eval_key *pred);

/* Counts document `doc` into total and, unless NULL, into by_label[label]. 1 when all was right. */
int eval_keys_count(const eval_keys *gold, const eval_keys *pred, size_t doc, eval_measure *total,
                    eval_measure *by_label, eval_tell tell, void *arg);
#endif
