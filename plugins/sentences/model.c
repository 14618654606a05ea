/* SPDX-License-Identifier: MIT */
/* plugins/sentences/model.c - see model.h. */
#include "model.h"

#include "decide.h"

typedef struct list {
    uint32_t *v;
    unsigned n;
    uint32_t seed; /* gaps of different kinds share no weights */
} list;

/* Always inlined, so that n is a constant and the products run side by side. */
static inline __attribute__((always_inline)) void add(list *l, uint32_t a, uint32_t b)
{
    uint32_t seed = l->seed + l->n * UINT32_C(0x9E3779B1);
    uint32_t h = (a + seed) * UINT32_C(0x85EBCA6B) ^ (b + (seed >> 7)) * UINT32_C(0xC2B2AE35);
    h = (h ^ h >> 15) * UINT32_C(0x27D4EB2F);
    l->v[l->n++] = (h >> (32 - FEATURE_BITS));
}

/* Numbers of about the same size get the same bucket: four to a power of two. */
static uint32_t bucket(uint32_t v)
{
    uint32_t bits = 31 - (uint32_t)__builtin_clz(v | 4);
    return v < 4 ? v : bits * 4 + (v >> (bits - 2) & 3);
}

static uint32_t case_of(const uint8_t *word_case, uint32_t key)
{
    uint32_t slot = sentences_case_slot(key);
    return word_case[slot >> 2] >> (2 * (slot & 3)) & 3;
}

static uint32_t length(const gap_word *w)
{
    uint32_t n = w->end - w->beg;
    return n < 12 ? n : 12;
}

static inline __attribute__((always_inline)) void around(list *l, const gap *g, uint32_t mark,
                                                         uint32_t right, uint32_t cases)
{
    uint32_t left = g->l1.shape;
    uint32_t lex = (uint32_t)((g->l1.lex & LEX_ABBREVIATION & 0x3F) | (g->l1.lex >> 9 & 7) << 6 |
                              (g->l1.lex & LEX_COMPANY));
    uint32_t next = g->r1.lex & ~(uint32_t)(LEX_FOLLOWER | LEX_WHEN); /* the rules know these */
    uint32_t shapes =
        (uint32_t)(g->l2.shape << 12 | g->l1.shape << 8 | g->r1.shape << 4 | g->r2.shape);
    add(l, mark, 0);
    add(l, g->l1.key, g->l1.shape);
    add(l, g->r1.key, g->r1.shape);
    add(l, g->l1.key, right);
    add(l, g->r1.key, g->stop);
    add(l, g->l1.key, g->r1.key);
    add(l, g->l2.key, g->l1.shape);
    add(l, g->r2.key, g->r1.shape);
    add(l, g->l2.key, g->l1.key);
    add(l, g->r1.key, g->r2.key);
    add(l, mark, right);
    add(l, g->l1.lex, right);
    add(l, lex << 8 | g->stop, next << 8 | right);
    add(l, lex << 8 | g->r2.shape, (cases & 3) << 16 | (uint32_t)(g->r1.edge << 8) | right);
    add(l, left << 8 | length(&g->l1), right);
    add(l, right << 8 | g->r1.edge, (uint32_t)(g->r2.shape << 8 | g->r2.edge));
    add(l, (uint32_t)(g->l2.shape << 8 | g->l2.edge), (uint32_t)(g->l1.edge << 8) | left);
    add(l, cases, mark);
    add(l, (cases & 3) << 8 | lex, right << 4 | g->stop);
    add(l, (uint32_t)(g->l2.lex << 8) | left, right);
    add(l, (uint32_t)(g->first << 8) | left, right << 8 | g->stop);
    add(l, shapes, 0);
    add(l, shapes, mark);
    add(l, (uint32_t)(g->l1.edge << 8) | left, mark);
    add(l, next, left << 8 | right);
    add(l, length(&g->r1) << 8 | right, g->r1.edge);
    add(l, cases << 8 | right, left << 4 | g->stop);
    add(l, g->l1.tail, left);
    add(l, g->l1.tail, right);
}

static inline __attribute__((always_inline)) void place(list *l, const gap *g, uint32_t mark,
                                                        uint32_t right)
{
    uint32_t since = bucket(g->since);
    add(l, since, mark);
    add(l, since, right);
    add(l, g->ahead, right);
    add(l, g->ahead, since);
    add(l, (uint32_t)(g->quoted << 4 | g->depth), mark);
    add(l, (uint32_t)(g->quoted << 4 | g->depth), right);
}

static inline __attribute__((always_inline)) void line(list *l, const gap *g, uint32_t mark,
                                                       uint32_t right)
{
    const text_layout *y = g->layout;
    uint32_t width = bucket(y->width), breaks = y->breaks < 4 ? y->breaks : 4;
    uint32_t full = (uint32_t)(g->full << 1 | y->wrapped),
             shape = (uint32_t)(y->full << 8 | y->lower);
    add(l, full, mark);
    add(l, full, right);
    add(l, full << 8 | right, mark);
    add(l, shape, full);
    add(l, shape, right);
    add(l, (uint32_t)(y->full << 8) | right, full);
    add(l, width << 4 | full, right);
    add(l, breaks << 4 | full, right);
    add(l, (uint32_t)(g->indented << 4) | full, right);
    add(l, bucket(g->since), full);
    add(l, width, bucket(g->since));
}

unsigned sentences_features(const gap *g, const uint8_t *word_case, uint32_t *feature)
{
    list l = {feature, 0, g->kind * UINT32_C(0x51ED270B)};
    uint32_t mark = (uint32_t)(g->stop | g->closer << 4 | g->glued << 8 | g->spaced << 9);
    uint32_t right = (uint32_t)(g->r1.shape | g->opener << 4);
    uint32_t cases = case_of(word_case, g->l1.key) << 2 | case_of(word_case, g->r1.key);
    around(&l, g, mark, right, cases);
    place(&l, g, mark, right);
    if (g->kind == GAP_LINE) line(&l, g, mark, right);
    return l.n;
}

static inline __attribute__((always_inline)) void first_look(list *l, const gap *g,
                                                             const uint8_t *word_case)
{
    uint32_t mark = (uint32_t)(g->stop | g->closer << 4);
    uint32_t right = (uint32_t)(g->r1.shape | g->opener << 4);
    uint32_t cases = case_of(word_case, g->l1.key) << 2 | case_of(word_case, g->r1.key);
    add(l, mark, right);
    add(l, g->l1.key, g->l1.shape);
    add(l, g->r1.key, g->r1.shape);
    add(l, cases << 8 | mark, right);
    add(l, g->l1.shape, right << 8 | g->r1.edge);
    add(l, bucket(g->since), right);
    add(l, g->l1.tail, g->stop);
}

/* Features of the first look have a smaller table. */
static uint32_t early_slot(uint32_t feature)
{
    return feature >> (FEATURE_BITS - EARLY_BITS);
}

unsigned sentences_early_features(const gap *g, const uint8_t *word_case, uint32_t *feature)
{
    list l = {feature, 0, g->kind * UINT32_C(0x51ED270B)};
    unsigned i;
    first_look(&l, g, word_case);
    for (i = 0; i < l.n; i++)
        feature[i] = early_slot(feature[i]);
    return l.n;
}

int sentences_early(const gap *g, const sentences_model *m)
{
    uint32_t feature[FEATURES_EARLY];
    list l = {feature, 0, g->kind * UINT32_C(0x51ED270B)};
    unsigned i;
    int sum = 0;
    first_look(&l, g, m->word_case);
#pragma GCC unroll 8
    for (i = 0; i < FEATURES_EARLY; i++)
        sum += m->early[early_slot(feature[i])];
    if (g->kind == GAP_STOP) return sum > m->stop_limit ? sum : 0;
    return sum < m->space_limit ? -DECIDE_SURE : 0;
}

int sentences_score(const gap *g, const sentences_model *m)
{
    uint32_t feature[FEATURES_MAX];
    unsigned i, n = sentences_features(g, m->word_case, feature);
    int sum = 0;
    for (i = 0; i < n; i++)
        sum += m->weight[feature[i]];
    return sum;
}
