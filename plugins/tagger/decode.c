/* SPDX-License-Identifier: MIT */
/* plugins/tagger/decode.c - see decode.h. All labels of a step go side by side: loops over
 * MODEL_LANES without a jump, which compilers turn into vectors. Which path was the better one is
 * not kept, but worked out again on the way back, for the few steps that lie on the best path. */
#include "decode.h"

static inline int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* 1 when a name that has just ended may lead to something better than O does. */
static inline int is_hopeful(const model_steps *t, const decode_paths *p)
{
    int32_t any = 0;
    uint32_t k;
    for (k = 0; k < MODEL_LANES; k++)
        any |= p->ended[k] + t->gain[k] > p->outside;
    return any;
}

/* The best scores of the starts at a word and of O there, before what the word itself adds. Nearly
 * always the word before is O: the other ways are looked at only when they could be better. */
static inline void best_starts(const model_steps *t, const decode_paths *p, decode_paths *now,
                               int32_t *restrict start)
{
    uint32_t x, k;
    now->outside = p->outside + t->outside[0];
    now->before = 0;
    for (k = 0; k < MODEL_LANES; k++)
        start[k] = p->outside + t->start[0][k];
    if (!is_hopeful(t, p)) return;
    for (x = 1; x <= MODEL_LABELS; x++) {
        const int32_t before = p->ended[x - 1];
        if (before + t->gain[x - 1] <= p->outside) continue;
        if (before + t->outside[x] > now->outside) {
            now->outside = before + t->outside[x];
            now->before = x;
        }
        for (k = 0; k < MODEL_LANES; k++)
            start[k] = larger(start[k], before + t->start[x][k]);
    }
}

/* From the starts at a word, and the names that go on, to what may be there. */
static inline void step(const model_steps *t, const decode_paths *p, const int16_t *restrict s,
                        const int32_t *restrict start, decode_paths *restrict now)
{
    uint32_t k;
    int32_t begin[MODEL_LANES], inside[MODEL_LANES];
    for (k = 0; k < MODEL_LANES; k++)
        begin[k] = s[COL_BEGIN + k];
    for (k = 0; k < MODEL_LANES; k++)
        inside[k] = s[COL_INSIDE + k];
    for (k = 0; k < MODEL_LANES; k++) {
        const int32_t last = larger(p->begun[k] + t->go_on[1][k], p->inner[k] + t->go_on[3][k]);
        const int32_t more = larger(p->begun[k] + t->go_on[0][k], p->inner[k] + t->go_on[2][k]);
        begin[k] += start[k];
        now->begun[k] = begin[k] + s[COL_B];
        now->inner[k] = more + inside[k] + s[COL_I];
        now->ended[k] = larger(begin[k] + s[COL_U], last + inside[k] + s[COL_L]);
    }
    now->outside += s[COL_O];
}

/* What ended before the start of label k at word i, given the score of that start. */
static uint32_t before_start(const tagger_decoder *d, const model_steps *t, uint32_t i, uint32_t k,
                             int32_t start)
{
    const decode_paths *p = &d->paths[i - 1];
    uint32_t x;
    if (p->outside + t->start[0][k] == start) return 0;
    for (x = 1; p->ended[x - 1] + t->start[x][k] != start; x++)
        ;
    return x;
}

/* The tags of the name of label k that ends at word i; its first word. */
static uint32_t trace_name(tagger_decoder *d, const model_steps *t, uint32_t i, uint32_t k)
{
    const int32_t unit = d->paths[i].begun[k] - d->sums[i].v[COL_B] + d->sums[i].v[COL_U];
    const uint8_t tag = (uint8_t)(1 + 4 * k);
    uint32_t way;
    if (unit >= d->paths[i].ended[k]) {
        d->tag[i] = tag + TAG_U;
        return i;
    }
    d->tag[i] = tag + TAG_L;
    for (way = 1; i > 0; way = 0) {
        const decode_paths *p = &d->paths[--i];
        if (p->inner[k] + t->go_on[2 + way][k] <= p->begun[k] + t->go_on[way][k]) break;
        d->tag[i] = tag + TAG_I;
    }
    d->tag[i] = tag + TAG_B;
    return i;
}

/* Follows the best path back from its end, which is the end of a name or O. */
static void trace(tagger_decoder *d, const model_steps *t, uint32_t n)
{
    int32_t best = d->paths[n - 1].outside;
    uint32_t end = 0, x, i = n;
    for (x = 1; x <= MODEL_LABELS; x++) {
        if (d->paths[n - 1].ended[x - 1] > best) {
            best = d->paths[n - 1].ended[x - 1];
            end = x;
        }
    }
    while (i-- > 0) {
        const uint32_t k = end - 1;
        if (end == 0) {
            d->tag[i] = 0;
            end = d->paths[i].before;
            continue;
        }
        i = trace_name(d, t, i, k);
        if (i > 0)
            end = before_start(d, t, i, k,
                               d->paths[i].begun[k] - d->sums[i].v[COL_B] -
                                   d->sums[i].v[COL_BEGIN + k]);
    }
}

void tagger_decode(tagger_decoder *d, const model_steps *t, uint32_t n)
{
    int32_t start[MODEL_LANES];
    decode_paths none;
    uint32_t i, k;
    if (n == 0) return;
    for (k = 0; k < MODEL_LANES; k++) {
        none.begun[k] = none.inner[k] = MODEL_NEVER;
        start[k] = t->start[FROM_START][k];
    }
    d->paths[0].outside = t->outside[FROM_START];
    d->paths[0].before = 0;
    step(t, &none, d->sums[0].v, start, &d->paths[0]);
    for (i = 1; i < n; i++) {
        best_starts(t, &d->paths[i - 1], &d->paths[i], start);
        step(t, &d->paths[i - 1], d->sums[i].v, start, &d->paths[i]);
    }
    trace(d, t, n);
}
