/* SPDX-License-Identifier: MIT */
/* plugins/brat/ann.h - the annotations of one record in brat's standoff format. */
#ifndef QUERN_BRAT_ANN_H
#define QUERN_BRAT_ANN_H
#include <quern/host.h>

#include "sink/details.h"
#include "sink/offsets.h"
#include "sink/spans.h"
#include "text/json_write.h"

/* Who found an entity, by the low four bits of its flags (quern/record.h). */
enum { BRAT_FINDERS = 6 };
extern const char *const brat_finder[BRAT_FINDERS];

/* Scratch for one record after another; starts with all members zero. */
typedef struct brat_ann {
    qn_layer_id ents, detail[SINK_DETAILS];
    sink_spans kept, over; /* settled: without overlap, and those that begin within one of these */
    sink_details details;
    sink_offsets off;
    uint64_t *mention; /* chain << 32 | number of the T line */
    size_t nmention, capmention;
    qn_jsonw word; /* a string on its way into a line */
    uint8_t *seen; /* by label: 1 when it was written; 65,536 of them */
} brat_ann;

/* Appends the record's lines. QN_E_NOMEM. */
qn_status brat_ann_put(brat_ann *, qn_ctx *, const qn_record *, qn_jsonw *out);
void brat_ann_free(brat_ann *);
/* A label as the name of a type: what brat does not allow in one becomes "_". */
void brat_put_type(qn_jsonw *out, qn_str label);
#endif
