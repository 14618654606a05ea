/* SPDX-License-Identifier: MIT */
/* plugins/ents/merge.c - the one place where entities of several finders become one layer. */
#include "ents.h"

/* The table of precedence: the higher rank wins. */
static const uint8_t rank[ENTS_SOURCES] = {
    [ENTS_SHIPPED] = 1, [ENTS_MENTIONS] = 2, [ENTS_UNKNOWN] = 3,
    [ENTS_TAGGER] = 3,  [ENTS_VALUES] = 4,   [ENTS_OPERATOR] = 5,
};

/* "11th Corps", "Boeing 737": a name that holds a value and more has it as a part. */
static int holds_value(const qn_span *a, const qn_span *b)
{
    return ents_source_of(b) == ENTS_VALUES && ents_source_of(a) != ENTS_VALUES &&
           a->beg <= b->beg && a->end >= b->end && a->end - a->beg > b->end - b->beg;
}

enum { DOUBT = 45875 }; /* a confidence, of 65,535: 0.7 */

/* A name of a shipped list against a tagger that found only a part of it ("Tobago"), or is not sure
 * of the label of the same stretch. */
static int knows_better(const qn_span *a, const qn_span *b)
{
    if (ents_source_of(a) != ENTS_SHIPPED || ents_source_of(b) != ENTS_TAGGER) return 0;
    if (a->beg == b->beg && a->end == b->end) return b->data > 0 && b->data < DOUBT;
    return a->beg <= b->beg && a->end >= b->end;
}

int ents_beats(const qn_span *a, const qn_span *b)
{
    const uint8_t ra = rank[ents_source_of(a)], rb = rank[ents_source_of(b)];
    const uint32_t na = a->end - a->beg, nb = b->end - b->beg;
    if (holds_value(a, b)) return 1;
    if (holds_value(b, a)) return 0;
    if (knows_better(a, b)) return 1;
    if (knows_better(b, a)) return 0;
    if (ra != rb) return ra > rb;
    if (na != nb) return na > nb;
    return a->beg <= b->beg;
}

/* Puts s behind the first n spans of v, or drops the one of the two that loses. Only the last can
 * overlap s: the others end before it begins, and s does not begin before it. */
static uint32_t settle(qn_span *v, uint32_t n, qn_span s)
{
    if (n > 0 && v[n - 1].end > s.beg) {
        if (ents_beats(&v[n - 1], &s)) return n;
        n--;
    }
    v[n] = s;
    return n + 1;
}

qn_status ents_merge(qn_record *r, qn_layer_id ents, const qn_span *cand, uint32_t n,
                     ents_source source)
{
    qn_status st = qn_layer_reserve(r, ents, n);
    qn_layer *l;
    uint32_t old, i = 0, k = 0, out = 0;
    if (st != QN_OK) return st;
    l = &r->layer[ents];
    old = l->n;
    /* The old ones make room in front: what is written never reaches what is not yet read. */
    if (n && old) memmove(l->v + n, l->v, old * sizeof *l->v);
    while (i < old || k < n) {
        qn_span s;
        if (k == n || (i < old && l->v[n + i].beg <= cand[k].beg)) {
            s = l->v[n + i++];
        } else {
            s = cand[k++];
            s.flags = (uint16_t)source;
        }
        if (s.beg < s.end) out = settle(l->v, out, s);
    }
    l->n = out;
    return QN_OK;
}
