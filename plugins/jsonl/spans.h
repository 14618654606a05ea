/* SPDX-License-Identifier: MIT */
/* plugins/jsonl/spans.h - layers made fit for the output: spans without white space at their ends
 * and without overlap, and tokens that cover the text as spaCy wants them. Pure functions. */
#ifndef QUERN_JSONL_SPANS_H
#define QUERN_JSONL_SPANS_H
#include <quern/record.h>

typedef struct jsonl_spans {
    qn_span *v;
    uint32_t n, cap;
} jsonl_spans;

/* Copies a layer's spans, cut down to the text and to what is not white space at their ends, to
 * `kept`; those that begin within an earlier one go to `over` (unless NULL). Empty ones vanish.
 * 0 when out of memory. */
int jsonl_settle(qn_str text, const qn_layer *l, jsonl_spans *kept, jsonl_spans *over);

/* Tokens that tile the text: between two of them lies one U+0020 or nothing; other white space,
 * and whatever no token of the layer covers, is a token of its own; a token is cut where one of
 * the spans in `a` or `b` begins or ends. Both are settled. */
typedef struct jsonl_tiler {
    qn_str text;
    const qn_layer *tokens;
    const jsonl_spans *edges[2];
    uint32_t next[2]; /* number of the next edge of each: 2i its span's start, 2i + 1 its end */
    uint32_t edge;    /* the first edge behind `pos`, or the end of the text */
    uint32_t token;   /* next of the layer */
    uint32_t pos;     /* end of what is tiled */
    uint32_t word;    /* end of the word being cut */
} jsonl_tiler;

void jsonl_tiler_start(jsonl_tiler *t, qn_str text, const qn_layer *tokens, const jsonl_spans *a,
                       const jsonl_spans *b);
/* The next token; 0 at the end of the text. */
int jsonl_tiler_next(jsonl_tiler *t, qn_range *out);
#endif
