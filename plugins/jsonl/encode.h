/* SPDX-License-Identifier: MIT */
/* plugins/jsonl/encode.h - one record as one JSON line. docs/formats.md describes the keys. */
#ifndef QUERN_JSONL_ENCODE_H
#define QUERN_JSONL_ENCODE_H
#include <quern/host.h>

#include "sink/details.h"
#include "sink/offsets.h"
#include "sink/spans.h"
#include "text/json_write.h"

/* A layer to write, by number; 0: no stage of this run makes it, and its key is left out. */
typedef struct jsonl_layers {
    qn_layer_id ents, sents, tokens, summary, headings;
    struct jsonl_other {
        qn_layer_id id;
        qn_str name;
    } * other; /* written under "layers" */
    uint32_t nother;
    qn_layer_id detail[SINK_DETAILS]; /* of entities, written with them */
} jsonl_layers;

typedef struct jsonl_what {
    jsonl_layers layer;
    sink_unit unit;
    int tokens, meta, provenance, raw; /* 1: written */
} jsonl_what;

/* Takes what is encoded so far, so that a large document's line need not be held whole. */
typedef qn_status (*jsonl_flush)(void *arg, qn_str bytes);

/* A worker's scratch, one record after another. Starts with all members zero. */
typedef struct jsonl_encoder {
    const jsonl_what *what;
    qn_ctx *cx; /* for the words of labels and rules */
    qn_jsonw out;
    jsonl_flush flush; /* NULL: lines are collected in out */
    void *flush_arg;
    qn_status status; /* of the first flush that failed */
    sink_offsets off;
    sink_spans ents, sents, summary; /* settled */
    sink_spans over;                 /* ents that overlap earlier ones */
    sink_details details;
} jsonl_encoder;

void jsonl_encoder_free(jsonl_encoder *e);

/* Appends the record's line to e->out, which `flush` empties from time to time. QN_E_NOMEM, or what
 * flush returned. */
qn_status jsonl_encode(jsonl_encoder *e, const qn_record *r);
/* Hands the rest to flush. */
qn_status jsonl_encode_end(jsonl_encoder *e);
#endif
