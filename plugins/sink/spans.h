/* SPDX-License-Identifier: MIT */
/* plugins/sink/spans.h - layers made fit for the output: spans without white space at their ends
 * and without overlap, and tokens that cover the text as spaCy wants them. Pure functions. */
#ifndef QUERN_SINK_SPANS_H
#define QUERN_SINK_SPANS_H
#include <quern/record.h>

typedef struct sink_spans {
    qn_span *v;
    uint32_t n, cap;
} sink_spans;

/* Copies a layer's spans, cut down to the text and to what is not white space at their ends, to
 * `kept`; those that begin within an earlier one go to `over` (unless NULL). Empty ones vanish.
 * 0 when out of memory. */
int sink_settle(qn_str text, const qn_layer *l, sink_spans *kept, sink_spans *over);

/* Tokens that tile the text: between two of them lies one U+0020 or nothing; other white space,
 * and whatever no token of the layer covers, is a token of its own; a token is cut where one of
 * the spans in `a` or `b` begins or ends. Both are settled. */
typedef struct sink_tiler {
    qn_str text;
    const qn_layer *tokens;
    const sink_spans *edges[2];
    uint32_t next[2]; /* number of the next edge of each: 2i its span's start, 2i + 1 its end */
    uint32_t edge;    /* the first edge behind `pos`, or the end of the text */
    uint32_t token;   /* next of the layer */
    uint32_t pos;     /* end of what is tiled */
    uint32_t word;    /* end of the word being cut */
} sink_tiler;

void sink_tiler_start(sink_tiler *t, qn_str text, const qn_layer *tokens, const sink_spans *a,
                      const sink_spans *b);
/* The next token; 0 at the end of the text. */
int sink_tiler_next(sink_tiler *t, qn_range *out);
#endif
