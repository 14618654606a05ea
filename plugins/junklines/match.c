/* SPDX-License-Identifier: MIT */
/* plugins/junklines/match.c - does a line match one of the patterns? See rules.h. */
#include "patterns.h"

#include <string.h>

static bool name_word(const struct junklines_word *w)
{
    return (w->flags & JUNKLINES_CAPITAL) && (w->flags & JUNKLINES_LETTERS) &&
           !(w->flags & (JUNKLINES_URL | JUNKLINES_EMAIL));
}

/* 2 when the word alone speaks of a time, 1 when it may stand among such words, else 0. */
static unsigned when_word(const struct junklines_word *w)
{
    if (w->sense & JUNKLINES_TIME) return 2;
    if (w->flags & JUNKLINES_NUMBER)
        return memchr(w->p, '/', w->n) || (w->n > 4 && memchr(w->p, ':', w->n)) ? 2 : 1;
    return (w->sense & JUNKLINES_TIMELY) != 0;
}

/* Words from t on that make a time stamp: at least one that is sure, and company. */
static unsigned when(const struct junklines_words *w, unsigned t)
{
    unsigned k = t, sure = 0, words = 0, x;
    for (; k < w->n && k - t < 20 && (x = when_word(&w->v[k])) != 0; k++) {
        sure += x == 2;
        words += !(w->v[k].flags & JUNKLINES_MARK);
    }
    return sure && words > 1 ? k - t : 0;
}

/* Greatest number of words from t on that the item can take; 0 when it takes none. */
static unsigned most(const struct item *x, const struct junklines_words *w, unsigned t)
{
    unsigned k = t;
    switch (x->kind) {
    case ANY:
        return t < w->n;
    case NUMBER:
        return t < w->n && (w->v[t].flags & JUNKLINES_NUMBER);
    case URL:
        return t < w->n && (w->v[t].flags & JUNKLINES_URL);
    case EMAIL:
        return t < w->n && (w->v[t].flags & JUNKLINES_EMAIL);
    case HANDLE:
        return t < w->n && (w->v[t].flags & JUNKLINES_HANDLE);
    case NAME:
        while (k < w->n && k - t < 7 &&
               (name_word(&w->v[k]) ||
                (k > t && ((w->v[k].sense & JUNKLINES_PARTICLE) || w->v[k].p[0] == '.'))))
            k++;
        return k - t;
    case NAMES:
        while (k < w->n && k - t < 24 &&
               (name_word(&w->v[k]) ||
                (k > t && ((w->v[k].sense & JUNKLINES_PARTICLE) || junklines_is(&w->v[k], "and") ||
                           (w->v[k].n == 1 && strchr(",.&/-|'", w->v[k].p[0]))))))
            k++;
        return k - t;
    case WHEN:
        return when(w, t);
    case UPPER:
        while (k < w->n && k - t < 16 &&
               ((w->v[k].flags & (JUNKLINES_UPPER | JUNKLINES_NUMBER)) ||
                (w->v[k].flags & JUNKLINES_MARK)))
            k++;
        return k - t;
    default: /* CAPS: capitalised words and marks */
        while (
            k < w->n && k - t < 16 &&
            (name_word(&w->v[k]) ||
             (k > t && ((w->v[k].flags & (JUNKLINES_MARK | JUNKLINES_NUMBER)) ||
                        (w->v[k].sense & JUNKLINES_PARTICLE) || (w->v[k].sense & JUNKLINES_LINK)))))
            k++;
        return k - t;
    }
}

static bool chosen(const struct junklines_rules *r, const struct item *x,
                   const struct junklines_word *w)
{
    const char *p = r->pool + x->text;
    for (unsigned i = 0; i < x->n; i++, p += 1 + (uint8_t)*p)
        if ((uint8_t)*p == w->n && memcmp(p + 1, w->p, w->n) == 0) return true;
    return false;
}

/* Do items i.. of the pattern take exactly the words t..? `work` bounds the search. */
static bool match_from(const struct junklines_rules *r, const struct pattern *p, unsigned i,
                       const struct junklines_words *w, unsigned t, unsigned *work)
{
    for (; i < p->n; i++) {
        const struct item *x = &r->item[p->first + i];
        if (!*work || !--*work) return false;
        if (x->kind == WORD) {
            if (t >= w->n || w->v[t].hash != x->hash || w->v[t].n != x->n ||
                memcmp(w->v[t].p, r->pool + x->text, x->n) != 0)
                return false;
            t++;
        } else if (x->kind == CHOICE) {
            if (t >= w->n || !chosen(r, x, &w->v[t])) return false;
            t++;
        } else if (x->kind == GAP) {
            if (i + 1 == p->n) return true;
            for (; t < w->n; t++)
                if (match_from(r, p, i + 1, w, t, work)) return true;
            return false;
        } else {
            unsigned k = most(x, w, t);
            for (; k > 1; k--)
                if (match_from(r, p, i + 1, w, t + k, work)) return true;
            if (!k) return false;
            t++;
        }
    }
    return t == w->n;
}

static bool allowed(const struct pattern *p, const struct junklines_words *w, unsigned where)
{
    return w->total <= p->max_words && !(p->nostop && w->stop) &&
           !(p->top && !(where & JUNKLINES_TOP)) && !(p->below && (where & JUNKLINES_TOP)) &&
           !(p->bottom && !(where & JUNKLINES_BOTTOM));
}

/* Tries the patterns of one chain; a keep rule beats all others. */
static void try_chain(const struct junklines_rules *r, int32_t at, const struct junklines_words *w,
                      unsigned where, int *best)
{
    for (; at >= 0 && *best != JUNKLINES_KEEP; at = r->posting[at].next) {
        const struct pattern *p = &r->v[r->posting[at].pattern];
        unsigned work = 4096;
        if (*best >= 0 && p->class >= 0) continue;
        if (allowed(p, w, where) && match_from(r, p, 0, w, 0, &work)) *best = p->class;
    }
}

int junklines_match(const struct junklines_rules *r, struct junklines_words *w, unsigned where)
{
    int best = JUNKLINES_NONE;
    if (!w->n) return best;
    junklines_sense(&r->vocabulary, w);
    try_chain(r, r->bucket[FIRST][w->v[0].hash & r->mask], w, where, &best);
    try_chain(r, r->bucket[LAST][w->v[w->n - 1].hash & r->mask], w, where, &best);
    for (unsigned t = 0; t < w->n; t++)
        if (r->bucket[INSIDE][w->v[t].hash & r->mask] >= 0)
            try_chain(r, r->bucket[INSIDE][w->v[t].hash & r->mask], w, where, &best);
    try_chain(r, r->open, w, where, &best);
    return best;
}
