/* SPDX-License-Identifier: MIT */
/* plugins/sink/view.c - see view.h. */
#include "sink/view.h"

#include <stdlib.h>

#include "text/chars.h"

const qn_layer *sink_layer(const qn_record *r, qn_layer_id id)
{
    static const qn_layer empty;
    return id < r->nlayer ? &r->layer[id] : &empty;
}

qn_status sink_view_start(sink_view *v, const qn_record *r, const sink_layers *l, sink_unit unit)
{
    v->r = r;
    v->ents.n = v->sents.n = v->summary.n = 0;
    v->has_ahead = 0;
    v->next_sent = 0;
    v->ntoken = 0;
    if (!sink_settle(r->text, sink_layer(r, l->ents), &v->ents, NULL) ||
        !sink_settle(r->text, sink_layer(r, l->sents), &v->sents, NULL) ||
        !sink_settle(r->text, sink_layer(r, l->summary), &v->summary, NULL) ||
        !sink_offsets_start(&v->off, r, unit))
        return QN_E_NOMEM;
    sink_tiler_start(&v->tiler, r->text, sink_layer(r, l->tokens), &v->ents, &v->sents);
    return QN_OK;
}

void sink_view_free(sink_view *v)
{
    free(v->ents.v);
    free(v->sents.v);
    free(v->summary.v);
    free(v->token);
    sink_offsets_free(&v->off);
    memset(v, 0, sizeof *v);
}

/* The next token that is not white space. */
static int word(sink_view *v, qn_range *t)
{
    if (v->has_ahead) {
        *t = v->ahead;
        v->has_ahead = 0;
        return 1;
    }
    while (sink_tiler_next(&v->tiler, t))
        if (!qn_space_at(v->r->text.p + t->beg, t->end - t->beg)) return 1;
    return 0;
}

static int keep(sink_view *v, qn_range t)
{
    if (v->ntoken == v->cap) {
        uint32_t cap = v->cap ? v->cap * 2 : 64;
        sink_token *more = cap > v->cap ? reallocarray(v->token, cap, sizeof *more) : NULL;
        if (!more) return 0;
        v->token = more;
        v->cap = cap;
    }
    v->token[v->ntoken++] = (sink_token){t.beg, t.end};
    return 1;
}

int sink_view_next(sink_view *v)
{
    uint32_t stop;
    qn_range t;
    v->ntoken = 0;
    if (!word(v, &t)) return 0;
    while (v->next_sent < v->sents.n && v->sents.v[v->next_sent].end <= t.beg)
        v->next_sent++;
    stop = (uint32_t)v->r->text.n;
    if (v->next_sent < v->sents.n) {
        const qn_span *s = &v->sents.v[v->next_sent];
        stop = t.beg < s->beg ? s->beg : s->end;
    }
    do {
        if (t.beg >= stop) {
            v->ahead = t;
            v->has_ahead = 1;
            break;
        }
        if (!keep(v, t)) return -1;
    } while (word(v, &t));
    return 1;
}

void sink_put_word(qn_jsonw *out, qn_str s)
{
    char *p = qn_jsonw_room(out, s.n);
    size_t i;
    if (!p) return;
    for (i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c == 0x7F) {
            *p++ = ' ';
        } else if (c == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xA0) {
            *p++ = ' '; /* C1 controls, NEL among them */
            i++;
        } else if (c == 0xE2 && i + 2 < s.n && s.p[i + 1] == '\x80' &&
                   (s.p[i + 2] == '\xA8' || s.p[i + 2] == '\xA9')) {
            *p++ = ' '; /* line and paragraph separator */
            i += 2;
        } else {
            *p++ = (char)c;
        }
    }
    out->n = (size_t)(p - out->p);
}

void sink_put_line(qn_jsonw *out, const qn_record *r, uint32_t beg, uint32_t end)
{
    sink_put_word(out, (qn_str){r->text.p + beg, end - beg});
}
