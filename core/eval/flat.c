/* SPDX-License-Identifier: MIT */
/* core/eval/flat.c - see flat.h. */
#include "eval/flat.h"

#include <stdlib.h>

#include "eval/match.h"
#include "text/chars.h"

int eval_flat_make(eval_flat *f, const eval_doc *d)
{
    size_t at = 0;
    uint32_t i;
    memset(f, 0, sizeof *f);
    f->points = d->points;
    f->ch = malloc((d->points + 1) * sizeof *f->ch);
    f->at = malloc((d->points + 1) * sizeof *f->at);
    f->flat = malloc((d->points + 1) * sizeof *f->flat);
    if (!f->ch || !f->at || !f->flat) {
        eval_flat_free(f);
        return 0;
    }
    for (i = 0; i < d->points; i++) {
        unsigned len;
        uint32_t c = qn_char_get(d->text.p + at, &len);
        f->flat[i] = f->n;
        if (!qn_space_at(d->text.p + at, d->text.n - at)) {
            f->ch[f->n] = c;
            f->at[f->n++] = i;
        }
        at += len;
    }
    f->flat[i] = f->n;
    return 1;
}

void eval_flat_free(eval_flat *f)
{
    free(f->ch);
    free(f->at);
    free(f->flat);
    memset(f, 0, sizeof *f);
}

/* Stretches that differ are laid beside one another, cut off at gold's end of the stretch. For an
 * entity's edge the later stretch decides; a character belongs to its own. */
static void lay(eval_way *way, uint32_t g0, uint32_t g1, uint32_t p0, uint32_t p1)
{
    uint32_t k;
    for (k = p0; k <= p1; k++) {
        uint32_t to = g0 + (k - p0);
        way->ents[k] = to < g1 ? to : g1;
        if (k < p1) way->sents[k] = to < g1 ? to : g1;
    }
}

static int way_from(eval_way *way, const eval_match *m, size_t n, uint32_t pred_n)
{
    uint32_t g = 0, p = 0;
    size_t i;
    way->ents = malloc((pred_n + 1) * sizeof *way->ents);
    way->sents = malloc((pred_n + 1) * sizeof *way->sents);
    if (!way->ents || !way->sents) return 0;
    way->ents[0] = way->sents[0] = 0;
    for (i = 0; i < n; i++) {
        if (g < m[i].a || p < m[i].b) lay(way, g, m[i].a, p, m[i].b);
        if (m[i].n) lay(way, m[i].a, m[i].a + m[i].n, m[i].b, m[i].b + m[i].n);
        g = m[i].a + m[i].n;
        p = m[i].b + m[i].n;
    }
    way->sents[pred_n] = g;
    return 1;
}

eval_fit eval_way_find(eval_way *way, const eval_flat *gold, const eval_flat *pred)
{
    eval_match *m;
    size_t n;
    int done;
    way->ents = way->sents = NULL;
    if (gold->n == pred->n && memcmp(gold->ch, pred->ch, gold->n * sizeof *gold->ch) == 0)
        return EVAL_SAME;
    done = eval_match_all(gold->ch, gold->n, pred->ch, pred->n, &m, &n);
    if (done == 1) {
        done = way_from(way, m, n, pred->n);
        free(m);
    }
    if (done == 1) return EVAL_ALIGNED;
    eval_way_free(way);
    return done < 0 ? EVAL_APART : EVAL_NOMEM;
}

void eval_way_free(eval_way *way)
{
    free(way->ents);
    free(way->sents);
    way->ents = way->sents = NULL;
}
