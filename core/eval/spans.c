/* SPDX-License-Identifier: MIT */
/* core/eval/spans.c - see spans.h. */
#include "eval/spans.h"

#include <stdlib.h>

/* ---- trimming -------------------------------------------------------------------------------- */

static uint32_t lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static int apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* 1 when character k + 1 follows character k without white space. */
static int joined(const eval_flat *f, uint32_t k)
{
    return k + 1 < f->n && f->at[k + 1] == f->at[k] + 1;
}

/* Characters [beg, end) of a span: those of a leading article go. */
static uint32_t skip_article(const eval_flat *f, uint32_t beg, uint32_t end)
{
    static const char *const word[] = {"the", "an", "a"};
    unsigned w;
    for (w = 0; w < 3; w++) {
        uint32_t i = 0, n = (uint32_t)strlen(word[w]);
        if (end - beg <= n) continue;
        while (i < n && lower(f->ch[beg + i]) == (unsigned char)word[w][i] &&
               (i + 1 == n || joined(f, beg + i)))
            i++;
        if (i == n && !joined(f, beg + n - 1)) return beg + n;
    }
    return beg;
}

static uint32_t cut_possessive(const eval_flat *f, uint32_t beg, uint32_t end)
{
    if (end - beg >= 3 && lower(f->ch[end - 1]) == 's' && apostrophe(f->ch[end - 2]) &&
        joined(f, end - 2) && joined(f, end - 3))
        return end - 2;
    if (end - beg >= 2 && apostrophe(f->ch[end - 1]) && joined(f, end - 2)) return end - 1;
    return end;
}

/* ---- keys ------------------------------------------------------------------------------------ */

static int order(const void *a, const void *b)
{
    const eval_key *x = a, *y = b;
    if (x->beg != y->beg) return x->beg < y->beg ? -1 : 1;
    if (x->end != y->end) return x->end < y->end ? -1 : 1;
    return (x->label > y->label) - (x->label < y->label);
}

/* Spans at the edge of white space in the text keep their articles: those begin behind it. */
static void trim_key(eval_key *k, const eval_flat *f)
{
    if (f->at[k->beg] == k->shown_beg) k->beg = skip_article(f, k->beg, k->end);
    if (f->at[k->end - 1] + 1 == k->shown_end) k->end = cut_possessive(f, k->beg, k->end);
    k->shown_beg = f->at[k->beg];
    k->shown_end = f->at[k->end - 1] + 1;
}

static void go(eval_key *k, eval_kind kind, const eval_way *way, uint32_t last)
{
    if (!way->ents) return;
    if (kind == EVAL_KIND_ENTS) {
        k->beg = way->ents[k->beg];
        k->end = way->ents[k->end];
        return;
    }
    k->end = k->end > k->beg ? way->sents[k->end - 1] + 1 : way->sents[k->end];
    k->beg = way->sents[k->beg];
    if (k->end > last) k->end = last;
}

static const eval_layer *layer_of(const eval_doc *d, eval_kind kind)
{
    return &d->layer[kind == EVAL_KIND_ENTS     ? EVAL_ENTS
                     : kind == EVAL_KIND_TOKENS ? EVAL_TOKENS
                                                : EVAL_SENTS];
}

/* The key of one span; 0 when it counts for nothing. */
static int make_key(eval_key *k, eval_kind kind, const eval_span *s, const eval_flat *f,
                    const eval_way *way, int trim, uint32_t last)
{
    k->beg = f->flat[s->beg];
    k->end = f->flat[s->end];
    k->label = s->label;
    k->shown_beg = s->beg;
    k->shown_end = s->end;
    if (k->beg == k->end) return 0;
    if (trim) trim_key(k, f);
    go(k, kind, way, last);
    if (kind != EVAL_KIND_ENTS && k->end <= k->beg) return 0;
    if (kind == EVAL_KIND_BOUNDS) {
        k->beg = k->end;
        return k->end != last;
    }
    return 1;
}

int eval_keys_make(eval_keys *k, eval_kind kind, const eval_doc *d, const eval_flat *f,
                   const eval_way *way, const uint16_t *map, int trim, uint32_t last)
{
    const eval_layer *l = layer_of(d, kind);
    uint32_t i, n = 0;
    k->n = 0;
    k->v = malloc((l->n + 1) * sizeof *k->v);
    if (!k->v) return 0;
    for (i = 0; i < l->n; i++) {
        eval_span s = l->v[i];
        s.label = kind == EVAL_KIND_ENTS ? map[s.label] : 0;
        if (s.label == EVAL_LABEL_DROPPED) continue;
        if (make_key(&k->v[n], kind, &s, f, way, trim && kind == EVAL_KIND_ENTS, last)) n++;
    }
    qsort(k->v, n, sizeof *k->v, order);
    for (i = 0; i < n; i++)
        if (i == 0 || order(&k->v[k->n - 1], &k->v[i]) != 0) k->v[k->n++] = k->v[i];
    return 1;
}

void eval_keys_free(eval_keys *k)
{
    free(k->v);
    k->v = NULL;
    k->n = 0;
}

/* ---- counting -------------------------------------------------------------------------------- */

static int holds(const eval_keys *k, const eval_key *key)
{
    return k->n && bsearch(key, k->v, k->n, sizeof *k->v, order) != NULL;
}

/* The first span of `side` that is not in `other` and overlaps the key; NULL when there is none.
 * *from is a cursor for ascending keys. */
static const eval_key *rival(const eval_keys *side, const eval_keys *other, const eval_key *key,
                             uint32_t *from)
{
    uint32_t i;
    while (*from < side->n && side->v[*from].end <= key->beg && side->v[*from].beg < key->beg)
        ++*from;
    for (i = *from; i < side->n && side->v[i].beg < key->end; i++)
        if (side->v[i].end > key->beg && (!other || !holds(other, &side->v[i]))) return &side->v[i];
    return NULL;
}

static eval_fault fault_of(const eval_key *g, const eval_key *p)
{
    if (!p) return EVAL_MISSED;
    if (g->beg == p->beg && g->end == p->end) return EVAL_LABEL;
    return g->label == p->label ? EVAL_BOUNDS : EVAL_BOTH;
}

static void count_one(eval_measure *m, size_t doc, int tp, int fp, int fn)
{
    m->count[doc].tp += (uint32_t)tp;
    m->count[doc].fp += (uint32_t)fp;
    m->count[doc].fn += (uint32_t)fn;
}

int eval_keys_count(const eval_keys *gold, const eval_keys *pred, size_t doc, eval_measure *total,
                    eval_measure *by_label, eval_tell tell, void *arg)
{
    uint32_t i, from = 0;
    int right = 1;
    for (i = 0; i < gold->n; i++) {
        const eval_key *g = &gold->v[i], *p;
        int hit = holds(pred, g);
        count_one(total, doc, hit, 0, !hit);
        if (by_label) count_one(&by_label[g->label], doc, hit, 0, !hit);
        right &= hit;
        if (hit || !tell) continue;
        p = rival(pred, gold, g, &from);
        tell(arg, fault_of(g, p), g, p);
    }
    for (i = 0, from = 0; i < pred->n; i++) {
        const eval_key *p = &pred->v[i];
        if (holds(gold, p)) continue;
        count_one(total, doc, 0, 1, 0);
        if (by_label) count_one(&by_label[p->label], doc, 0, 1, 0);
        right = 0;
        if (tell && !rival(gold, NULL, p, &from)) tell(arg, EVAL_SPURIOUS, NULL, p);
    }
    return right;
}
