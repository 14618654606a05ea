/* SPDX-License-Identifier: MIT */
/* plugins/sink/view.h - a record as a sink wants to see it: its layers settled (sink/spans.h), its
 * offsets in the unit asked for, its sentences one after another with their tokens. */
#ifndef QUERN_SINK_VIEW_H
#define QUERN_SINK_VIEW_H
#include <quern/host.h>

#include "sink/offsets.h"
#include "sink/spans.h"
#include "text/json_write.h"

/* The layers looked at; 0: no stage of this run makes it. */
typedef struct sink_layers {
    qn_layer_id ents, sents, tokens, summary;
} sink_layers;

typedef struct sink_token {
    uint32_t beg, end;
} sink_token;

/* A worker's, for one record after another. Starts with all members zero. */
typedef struct sink_view {
    const qn_record *r;
    sink_spans ents, sents, summary;
    sink_offsets off;
    sink_tiler tiler;
    qn_range ahead; /* the token read last and not yet given out */
    int has_ahead;
    uint32_t next_sent;
    sink_token *token; /* of the sentence sink_view_next has found; white space is none */
    uint32_t ntoken, cap;
    const qn_layer *layer_tokens;
} sink_view;

/* QN_E_NOMEM when out of memory. */
qn_status sink_view_start(sink_view *v, const qn_record *r, const sink_layers *l, sink_unit unit);
/* The next sentence with tokens: 1 and its tokens in v->token; 0 at the end of the text, -1 when
 * out of memory. Text outside sentences comes as sentences of its own, so that no token is lost. */
int sink_view_next(sink_view *v);
void sink_view_free(sink_view *v);

/* The layer of that number, empty when it is 0 or not there. */
const qn_layer *sink_layer(const qn_record *r, qn_layer_id id);
/* The text [beg, end) on one line, as the cell of a format without line ends: control characters
 * and line separators become one U+0020 each. */
void sink_put_line(qn_jsonw *out, const qn_record *r, uint32_t beg, uint32_t end);
/* The same for any string. */
void sink_put_word(qn_jsonw *out, qn_str s);
#endif
