/* SPDX-License-Identifier: MIT */
/* plugins/tagger/score.h - the sum of the rows of a token's features; in plain C and for AVX2, with
 * the same answer. */
#ifndef TAGGER_SCORE_H
#define TAGGER_SCORE_H
#include "model.h"

/* Sums of the columns, 16 bits: at most FEATURES_MAX * 128 in size. */
typedef struct tagger_sums {
    int16_t v[32];
} tagger_sums;

void tagger_sum(const tagger_genre *, const uint64_t *feature, unsigned n, tagger_sums *);
void tagger_sum_plain(const tagger_genre *, const uint64_t *feature, unsigned n, tagger_sums *);
#if defined(__x86_64__) && defined(__GNUC__)
#define TAGGER_AVX2 1
void tagger_sum_avx2(const tagger_genre *, const uint64_t *feature, unsigned n, tagger_sums *);
#endif

/* Moves the features that may have a row to the front; returns how many. Those that have none are
 * the rare ones, whose rows would nearly all have to come from far away. */
static inline unsigned tagger_sift(const tagger_genre *g, uint64_t *feature, unsigned n)
{
    unsigned i, kept = 0;
    for (i = 0; i < n; i++) {
        const uint64_t f = feature[i];
        const uint64_t bit =
            tagger_sieve_bit(tagger_pair_number(f, g->pairs), (uint16_t)f, g->sieve_shift);
        feature[kept] = f;
        kept += g->sieve[bit >> 6] >> (bit & 63) & 1;
    }
    return kept;
}

/* Asks the memory for the rows, so that they are there when they are summed. */
static inline void tagger_prefetch(const tagger_genre *g, const uint64_t *feature, unsigned n)
{
    unsigned i;
    for (i = 0; i < n; i++)
        __builtin_prefetch(tagger_pair(g, feature[i]));
}
#endif
