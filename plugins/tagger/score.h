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

void tagger_sum(const tagger_model *, const uint64_t *feature, unsigned n, tagger_sums *);
void tagger_sum_plain(const tagger_model *, const uint64_t *feature, unsigned n, tagger_sums *);
#if defined(__x86_64__) && defined(__GNUC__)
#define TAGGER_AVX2 1
void tagger_sum_avx2(const tagger_model *, const uint64_t *feature, unsigned n, tagger_sums *);
#endif

/* Asks the memory for the rows, so that they are there when they are summed. */
static inline void tagger_prefetch(const tagger_model *m, const uint64_t *feature, unsigned n)
{
    unsigned i;
    for (i = 0; i < n; i++)
        __builtin_prefetch(tagger_pair(m, feature[i]));
}
#endif
