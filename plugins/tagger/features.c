/* SPDX-License-Identifier: MIT */
/* plugins/tagger/features.c - see features.h. Each kind of feature has a number of its own, so that
 * kinds share no weights. */
#include "features.h"

#define INLINE static inline __attribute__((always_inline))

typedef struct feature_list {
    uint64_t *v;
    unsigned n;
} feature_list;

/* The kind is a constant, so its product is one too. */
INLINE void add(feature_list *l, uint32_t kind, uint32_t a, uint32_t b)
{
    uint64_t h = ((uint64_t)a << 32 | b) + kind * UINT64_C(0xA24BAED4963EE407);
    h = (h ^ h >> 32) * UINT64_C(0x9FB21C651E98DF25);
    h = (h ^ h >> 29) * UINT64_C(0xD6E8FEB86659FD93);
    l->v[l->n++] = h ^ h >> 32;
}

/* Bit n, when `yes`. */
INLINE uint32_t flag(int yes, int n)
{
    return (uint32_t)(yes != 0) << n;
}

INLINE uint32_t mix(uint32_t a, uint32_t b)
{
    return (a ^ b << 13 ^ b >> 19) * 0x9E3779B1u;
}

/* The word at distance k in the same sentence. */
INLINE const tagger_word *at(const tagger_words *d, uint32_t i, int k, uint32_t beg, uint32_t end)
{
    static const tagger_word before = {.form = 1, .low = 1}, after = {.form = 2, .low = 2};
    if (k < 0 && i - beg < (uint32_t)-k) return &before;
    if (k > 0 && end - i <= (uint32_t)k) return &after;
    return &d->v[(int64_t)i + k];
}

typedef struct view {
    const tagger_word *w, *l1, *l2, *r1, *r2;
    uint32_t s; /* shape of w, and how the sentence is written */
} view;

INLINE void of_words(feature_list *l, const view *v)
{
    add(l, 1, v->w->form, 0);
    add(l, 2, v->w->low, 0);
    add(l, 3, v->l1->low, 0);
    add(l, 4, v->r1->low, 0);
    add(l, 5, v->l2->low, v->s);
    add(l, 6, v->r2->low, v->s);
    add(l, 7, v->l1->low, v->w->low);
    add(l, 8, v->w->low, v->r1->low);
    add(l, 9, v->l1->low, v->s);
    add(l, 10, v->r1->low, v->s);
    add(l, 11, mix(v->l2->low, v->l1->low), v->s);
    add(l, 12, mix(v->r2->low, v->r1->low), v->s);
    add(l, 13, mix(v->l1->low, v->r1->low), v->s);
}

INLINE void of_shapes(feature_list *l, const view *v)
{
    const uint32_t glue = (uint32_t)(v->l1->flags & WORD_SPACE) << 1 | (v->w->flags & WORD_SPACE);
    const uint32_t near3 = (uint32_t)(v->l1->shape << 16 | v->w->shape << 8 | v->r1->shape);
    add(l, 14, v->s, (uint32_t)(v->w->flags & WORD_FIRST) << 2 | glue);
    add(l, 15, v->w->pattern, v->s);
    add(l, 16, near3, glue);
    add(l, 17, near3, (uint32_t)(v->l2->shape << 8 | v->r2->shape));
    add(l, 18, v->w->pre & 0xFFFFFF, v->s);
    add(l, 19, v->w->pre, v->s);
    add(l, 20, v->w->suf & 0xFFFF, v->s);
    add(l, 21, v->w->suf & 0xFFFFFF, v->s);
    add(l, 22, v->w->suf, v->s);
    add(l, 23, v->l1->suf & 0xFFFFFF, v->s);
    add(l, 24, v->r1->suf & 0xFFFFFF, v->s);
}

INLINE void of_lists(feature_list *l, const view *v)
{
    const tagger_word *w = v->w;
    if (w->list | w->alone) {
        add(l, 25, w->list, v->s);
        add(l, 26, w->alone, w->list);
        add(l, 27, w->list, v->l1->low);
        add(l, 28, w->list, v->r1->low);
    }
    if (w->list | v->l1->list) add(l, 29, w->list, mix(v->l1->list, v->s));
    if (w->list | v->r1->list) add(l, 30, w->list, mix(v->r1->list, v->s));
    if (v->l1->alone) add(l, 31, v->l1->alone, v->s);
    if (v->r1->alone) add(l, 32, v->r1->alone, v->s);
    if (v->l2->alone) add(l, 33, v->l2->alone, v->s);
    if (v->r2->alone) add(l, 34, v->r2->alone, v->s);
}

/* The kinds of common words around; for names also those further off. */
INLINE void of_kinds(feature_list *l, const view *v, const tagger_words *d, uint32_t i,
                     uint32_t beg, uint32_t end)
{
    const uint32_t near = (uint32_t)(v->l1->kind << 8 | v->r1->kind);
    int k;
    if (v->w->kind) add(l, 61, v->w->kind, near);
    add(l, 62, v->l1->kind, v->s);
    add(l, 63, v->r1->kind, v->s);
    add(l, 64, near, v->s);
    add(l, 65, (uint32_t)(v->l2->kind << 8 | v->l1->kind), v->s);
    add(l, 66, (uint32_t)(v->r2->kind << 8 | v->r1->kind), v->s);
    if (!(v->w->flags & WORD_NAMELIKE)) return;
    for (k = 2; k <= 6; k++) {
        const tagger_word *left = at(d, i, -k, beg, end), *right = at(d, i, k, beg, end);
        if (left->kind) add(l, 67, left->kind, 0);
        if (right->kind) add(l, 68, right->kind, 0);
    }
}

INLINE void of_document(feature_list *l, const view *v, const tagger_words *d, uint32_t i)
{
    const tagger_word *t = &d->v[v->w->telling];
    add(l, 35, v->w->doc, v->s);
    if (!(v->w->doc & ~(uint32_t)(DOC_LOWER | DOC_MORE))) return;
    add(l, 36, v->w->doc & (DOC_LOWER | DOC_INSIDE | DOC_LAST | DOC_FIRST), v->s);
    add(l, 37, v->w->doc & (DOC_AFTER_NAME | DOC_PLACE | DOC_ORG | DOC_LAST | DOC_FIRST), v->s);
    add(l, 38, v->w->doc & (DOC_BRACKETED | DOC_LOCATIVE | DOC_OWNER | DOC_ARTICLE), v->s);
    if (v->w->list) add(l, 39, v->w->doc, v->w->list);
    if (t->run_end > t->run) {
        const uint32_t place = flag(v->w->telling == t->run, 0) |
                               flag(v->w->telling + 1 == t->run_end, 1) |
                               flag(v->w->telling != i, 2);
        add(l, 40, d->v[t->run_end - 1].low, place);
        add(l, 41, d->v[t->run].low, place);
        add(l, 42, t->run ? d->v[t->run - 1].low : 0, place);
        add(l, 43, t->run_end < d->n ? d->v[t->run_end].low : 0, place);
        add(l, 44, d->v[t->run].alone, place);
    }
}

INLINE void of_run(feature_list *l, const view *v, const tagger_words *d, uint32_t i, uint32_t beg,
                   uint32_t end)
{
    const uint32_t first = v->w->run, stop = v->w->run_end, n = stop - first;
    const uint32_t place = flag(i == first, 0) | flag(i + 1 == stop, 1);
    const tagger_word *head = &d->v[stop - 1], *before, *after;
    if (n == 0) return;
    before = at(d, first, -1, beg, end);
    after = at(d, stop - 1, 1, beg, end);
    add(l, 45, head->low, place);
    add(l, 46, d->v[first].low, place);
    add(l, 47, before->low, place);
    add(l, 48, after->low, place);
    add(l, 49, (n < 6 ? n : 6) << 8 | (i - first < 5 ? i - first : 5), v->s);
    add(l, 50, head->alone, place | n << 4);
    add(l, 51, d->v[first].alone, place | n << 4);
    add(l, 52, head->suf & 0xFFFFFF, place);
    add(l, 53, mix(before->low, at(d, first, -2, beg, end)->low), place);
    add(l, 54, mix(after->low, at(d, stop - 1, 2, beg, end)->low), place);
    add(l, 55, mix(before->low, after->low), place | (n < 4 ? n : 4) << 4);
    add(l, 56, before->alone, place | (n < 4 ? n : 4) << 4);
    add(l, 69, (uint32_t)(before->kind << 8 | after->kind), place);
    add(l, 70, (uint32_t)(at(d, first, -2, beg, end)->kind << 8 | before->kind), place);
    add(l, 71, (uint32_t)(at(d, stop - 1, 2, beg, end)->kind << 8 | after->kind), place);
    add(l, 72, head->kind, place);
}

/* The words by the company they keep, which stands in for names that no list has. */
INLINE void of_clusters(feature_list *l, const view *v, const tagger_words *d, uint32_t beg,
                        uint32_t end)
{
    const uint32_t i = (uint32_t)(v->w - d->v), first = v->w->run, stop = v->w->run_end;
    const uint32_t place = flag(i == first, 0) | flag(i + 1 == stop, 1);
    unsigned g;
    for (g = 0; g < CLUSTER_GRAINS; g++) {
        add(l, 81 + g, v->w->cluster[g], v->s);
        add(l, 84 + g, v->l1->cluster[g], v->s);
        add(l, 87 + g, v->r1->cluster[g], v->s);
        add(l, 90 + g, v->l2->cluster[g], v->s);
        add(l, 93 + g, v->r2->cluster[g], v->s);
    }
    for (g = 0; g < 2; g++) {
        add(l, 96 + g, (uint32_t)(v->l1->cluster[g] << 16 | v->w->cluster[g]), v->s);
        add(l, 98 + g, (uint32_t)(v->w->cluster[g] << 16 | v->r1->cluster[g]), v->s);
        add(l, 100 + g, (uint32_t)(v->l1->cluster[g] << 16 | v->r1->cluster[g]), v->s);
    }
    for (g = 0; g < CLUSTER_GRAINS && first < stop; g++) {
        add(l, 102 + g, d->v[stop - 1].cluster[g], place);
        add(l, 105 + g, d->v[first].cluster[g], place);
        add(l, 108 + g, at(d, first, -1, beg, end)->cluster[g], place);
        add(l, 111 + g, at(d, stop - 1, 1, beg, end)->cluster[g], place);
    }
}

/* Which of the words here are in the dictionary, in lower case. */
INLINE void of_known(feature_list *l, const view *v, const tagger_words *d, uint32_t i)
{
    const uint32_t here = flag(v->w->flags & WORD_KNOWN, 0), first = v->w->run,
                   stop = v->w->run_end;
    uint32_t k, known = 0;
    add(l, 77, here | flag(v->l1->flags & WORD_KNOWN, 1) | flag(v->r1->flags & WORD_KNOWN, 2),
        v->s);
    if (first == stop) return;
    for (k = first; k < stop; k++)
        known += (d->v[k].flags & WORD_KNOWN) != 0;
    add(l, 78, here | (v->w->flags & WORD_FIRST), v->w->doc & (DOC_LOWER | DOC_INSIDE | DOC_MORE));
    add(l, 79, here | flag(i == first, 1) | flag(i + 1 == stop, 2) | (known < 3 ? known : 3) << 4,
        stop - first < 4 ? stop - first : 4);
    add(l, 80,
        here | flag(d->v[first].flags & WORD_KNOWN, 1) |
            flag(d->v[stop - 1].flags & WORD_KNOWN, 2) | flag(i == first, 3) |
            flag(i + 1 == stop, 4) | (uint32_t)(d->v[first].flags & WORD_FIRST) << 4,
        v->s);
}

INLINE void of_quote(feature_list *l, const view *v, const tagger_words *d, uint32_t i,
                     uint32_t beg, uint32_t end)
{
    const uint32_t open = v->w->quote - 1, stop = v->w->quote_end, n = stop - open - 1;
    uint32_t place;
    if (v->w->quote == 0) return;
    place = flag(i == open + 1, 0) | flag(i + 1 == stop, 1) | (n < 4 ? n : n < 7 ? 4u : 5u) << 2;
    add(l, 57, place, v->s);
    add(l, 58, at(d, open, -1, beg, end)->low, v->s);
    add(l, 59, at(d, open, -1, beg, end)->low, place);
    add(l, 60, (uint32_t)(d->v[open + 1].shape << 8 | d->v[stop - 1].shape), place);
}

/* A word in a sentence with capitals that has none, nor any near, is hardly ever of a name: half of
 * all words, which a few features settle. */
INLINE int is_plain(const view *v)
{
    const unsigned near = v->w->flags | v->l1->flags | v->l2->flags | v->r1->flags | v->r2->flags;
    return !(near & WORD_NAMELIKE) && v->s >> SHAPE_BITS == CASE_NORMAL && v->w->quote == 0 &&
           v->w->list == 0;
}

INLINE void of_plain(feature_list *l, const view *v)
{
    const uint32_t near3 = (uint32_t)(v->l1->shape << 16 | v->w->shape << 8 | v->r1->shape);
    add(l, 73, v->w->low, 0);
    add(l, 74, v->l1->low, v->s);
    add(l, 75, v->r1->low, v->s);
    add(l, 76, near3, v->w->kind);
}

unsigned tagger_features(const tagger_words *d, uint32_t i, uint32_t beg, uint32_t end,
                         uint64_t *feature)
{
    feature_list l = {feature, 0};
    const view v = {&d->v[i],
                    at(d, i, -1, beg, end),
                    at(d, i, -2, beg, end),
                    at(d, i, 1, beg, end),
                    at(d, i, 2, beg, end),
                    d->v[i].shape};
    if (is_plain(&v)) {
        of_plain(&l, &v);
        return l.n;
    }
    of_words(&l, &v);
    of_shapes(&l, &v);
    of_lists(&l, &v);
    of_kinds(&l, &v, d, i, beg, end);
    of_document(&l, &v, d, i);
    of_run(&l, &v, d, i, beg, end);
    of_clusters(&l, &v, d, beg, end);
    of_known(&l, &v, d, i);
    of_quote(&l, &v, d, i, beg, end);
    return l.n;
}
