/* SPDX-License-Identifier: MIT */
/* plugins/tagger/score.c - see score.h. */
#include "score.h"

#ifdef TAGGER_AVX2
#include <immintrin.h>
#endif

void tagger_sum_plain(const tagger_genre *g, const uint64_t *feature, unsigned n, tagger_sums *s)
{
    unsigned i, k;
    memset(s, 0, sizeof *s);
    for (i = 0; i < n; i++) {
        const model_row *r = tagger_pair(g, feature[i]);
        const uint16_t check = (uint16_t)feature[i];
        if (r->check != check && (++r)->check != check) continue;
        for (k = 0; k < COLS; k++)
            s->v[k] = (int16_t)(s->v[k] + r->w[k]);
    }
}

#ifdef TAGGER_AVX2
/* A row that is not the feature's is masked away rather than jumped over: nobody could foretell the
 * jump. The columns past COLS, among them the check, are zeroed at the end. */
__attribute__((target("avx2"))) void tagger_sum_avx2(const tagger_genre *g, const uint64_t *feature,
                                                     unsigned n, tagger_sums *s)
{
    __m256i low = _mm256_setzero_si256(), high = _mm256_setzero_si256();
    unsigned i;
    for (i = 0; i < n; i++) {
        const model_row *r = tagger_pair(g, feature[i]);
        const uint16_t check = (uint16_t)feature[i];
        const int first = r->check == check, any = first | (r[1].check == check);
        const __m256i mask = _mm256_set1_epi8((char)-any);
        const __m256i row =
            _mm256_and_si256(_mm256_loadu_si256((const __m256i *)(r + !first)), mask);
        low = _mm256_add_epi16(low, _mm256_cvtepi8_epi16(_mm256_castsi256_si128(row)));
        high = _mm256_add_epi16(high, _mm256_cvtepi8_epi16(_mm256_extracti128_si256(row, 1)));
    }
    _mm256_storeu_si256((__m256i *)s->v, low);
    _mm256_storeu_si256((__m256i *)(s->v + 16), high);
    memset(s->v + COLS, 0, sizeof s->v - COLS * sizeof s->v[0]);
}
#endif

void tagger_sum(const tagger_genre *g, const uint64_t *feature, unsigned n, tagger_sums *s)
{
#ifdef TAGGER_AVX2
    if (__builtin_cpu_supports("avx2")) {
        tagger_sum_avx2(g, feature, n, s);
        return;
    }
#endif
    tagger_sum_plain(g, feature, n, s);
}
