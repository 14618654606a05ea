/* SPDX-License-Identifier: MIT */
/* core/text/utf8_avx2.c - the kernels of utf8_kernels.h for processors with AVX2, 32 bytes at a
 * time; what is left at the end goes to the plain ones. */
#include "text/utf8_kernels.h"

#ifdef QN_UTF8_AVX2
#include <immintrin.h>
#include <stdint.h>

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

AVX2 static inline __m256i load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* One bit for each of 32 bytes above 0x7F. */
AVX2 static inline uint32_t high_bits(__m256i v)
{
    return (uint32_t)_mm256_movemask_epi8(v);
}

AVX2 static inline size_t ascii(const char *p, size_t n)
{
    size_t i = 0;
    for (; i + 128 <= n; i += 128) {
        const __m256i a = _mm256_or_si256(load(p + i), load(p + i + 32));
        const __m256i b = _mm256_or_si256(load(p + i + 64), load(p + i + 96));
        if (high_bits(_mm256_or_si256(a, b))) break;
    }
    for (; i + 32 <= n; i += 32) {
        const uint32_t bits = high_bits(load(p + i));
        if (bits) return i + (size_t)__builtin_ctz(bits);
    }
    return i + qn_utf8_ascii_plain(p + i, n - i);
}

AVX2 size_t qn_utf8_ascii_avx2(const char *p, size_t n)
{
    return ascii(p, n);
}

AVX2 size_t qn_utf8_valid_avx2(const char *p, size_t n)
{
    size_t i = 0, len;
    for (;;) {
        i += ascii(p + i, n - i);
        for (; i < n && (unsigned char)p[i] >= 0x80; i += len) {
            len = qn_utf8_sequence((const unsigned char *)p + i, n - i);
            if (len == 0) return i;
        }
        if (i == n) return n;
    }
}

AVX2 size_t qn_utf8_count_avx2(const char *p, size_t n)
{
    /* As signed numbers the bytes 10xxxxxx are those below -64. */
    const __m256i limit = _mm256_set1_epi8(-65);
    size_t i = 0, points = 0;
    for (; i + 32 <= n; i += 32)
        points += (size_t)__builtin_popcount(high_bits(_mm256_cmpgt_epi8(load(p + i), limit)));
    return points + qn_utf8_count_plain(p + i, n - i);
}
#else
typedef int qn_utf8_avx2_is_not_built; /* an empty translation unit is no C */
#endif
