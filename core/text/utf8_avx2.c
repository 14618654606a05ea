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

/* ---- validation ------------------------------------------------------------------------------
 *
 * After Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte" (2021). What
 * can be wrong with two neighbouring bytes shows in three of their four nibbles. For each of these
 * a table says which mistakes its value allows; a mistake that all three allow is one. */
enum {
    CUT = 1,        /* a lead byte without its continuation */
    STRAY = 2,      /* a continuation byte after ASCII */
    OVERLONG_3 = 4, /* E0 80..9F */
    LARGE = 8,      /* F4 90.., F5.. 90..: above U+10FFFF */
    SURROGATE = 16, /* ED A0.. */
    OVERLONG_2 = 32,
    OVERLONG_4 = 64, /* F0 80..8F; and F5.. 80..8F, above U+10FFFF */
    SECOND = 128,    /* a continuation after a continuation: wrong unless the sequence is longer */
    ANY_LOW = CUT | STRAY | SECOND, /* these do not depend on the low nibble */
    LARGE_LOW = ANY_LOW | LARGE | OVERLONG_4,
    CONTINUATION = STRAY | OVERLONG_2 | SECOND
};

/* A table of 16 bytes, looked up with _mm256_shuffle_epi8. */
#define TABLE(...)                                                                                 \
    _mm256_broadcastsi128_si256(                                                                   \
        _mm_loadu_si128((const __m128i *)(const void *)(uint8_t[16]){__VA_ARGS__}))

/* Non-zero bytes where the 32 bytes of `now`, that follow `before`, are not UTF-8. */
AVX2 static inline __m256i mistakes(__m256i before, __m256i now)
{
    const __m256i first_high = TABLE(STRAY, STRAY, STRAY, STRAY, STRAY, STRAY, STRAY, STRAY, SECOND,
                                     SECOND, SECOND, SECOND, CUT | OVERLONG_2, CUT,
                                     CUT | OVERLONG_3 | SURROGATE, CUT | LARGE | OVERLONG_4);
    const __m256i first_low =
        TABLE(ANY_LOW | OVERLONG_2 | OVERLONG_3 | OVERLONG_4, ANY_LOW | OVERLONG_2, ANY_LOW,
              ANY_LOW, ANY_LOW | LARGE, LARGE_LOW, LARGE_LOW, LARGE_LOW, LARGE_LOW, LARGE_LOW,
              LARGE_LOW, LARGE_LOW, LARGE_LOW, LARGE_LOW | SURROGATE, LARGE_LOW, LARGE_LOW);
    const __m256i second_high =
        TABLE(CUT, CUT, CUT, CUT, CUT, CUT, CUT, CUT, CONTINUATION | OVERLONG_3 | OVERLONG_4,
              CONTINUATION | OVERLONG_3 | LARGE, CONTINUATION | SURROGATE | LARGE,
              CONTINUATION | SURROGATE | LARGE, CUT, CUT, CUT, CUT);
    const __m256i nibble = _mm256_set1_epi8(0x0F);
    const __m256i across = _mm256_permute2x128_si256(before, now, 0x21);
    const __m256i back1 = _mm256_alignr_epi8(now, across, 15);
    const __m256i back2 = _mm256_alignr_epi8(now, across, 14);
    const __m256i back3 = _mm256_alignr_epi8(now, across, 13);
    const __m256i pair = _mm256_and_si256(
        _mm256_and_si256(
            _mm256_shuffle_epi8(first_high, _mm256_and_si256(_mm256_srli_epi16(back1, 4), nibble)),
            _mm256_shuffle_epi8(first_low, _mm256_and_si256(back1, nibble))),
        _mm256_shuffle_epi8(second_high, _mm256_and_si256(_mm256_srli_epi16(now, 4), nibble)));
    /* Bit 7 where a third or fourth byte has to be: a lead of E0.. two or F0.. three bytes back. */
    const __m256i longer = _mm256_or_si256(_mm256_subs_epu8(back2, _mm256_set1_epi8(0xE0 - 0x80)),
                                           _mm256_subs_epu8(back3, _mm256_set1_epi8(0xF0 - 0x80)));
    return _mm256_xor_si256(pair, _mm256_and_si256(longer, _mm256_set1_epi8((char)SECOND)));
}

/* The last place at or before i where a code point surely begins, when all before i is UTF-8
 * but for a sequence that may go on behind it. */
static size_t boundary_before(const unsigned char *p, size_t i)
{
    size_t back;
    for (back = 1; back <= 3 && back <= i && p[i - back] >= 0x80; back++)
        if (p[i - back] >= 0xC0) return i - back;
    return i;
}

/* Where a block of 32 is wrong, and at the end, the plain kernel says what is good of it. */
AVX2 size_t qn_utf8_valid_avx2(const char *p, size_t n)
{
    __m256i before = _mm256_setzero_si256();
    size_t i = 0;
    while (i + 32 <= n) {
        const __m256i now = load(p + i), wrong = mistakes(before, now);
        if (!_mm256_testz_si256(wrong, wrong)) break;
        i += 32;
        before = now;
        if (high_bits(now)) continue;
        i += ascii(p + i, n - i) / 32 * 32; /* between whole blocks of ASCII nothing can go wrong */
        before = _mm256_setzero_si256();
    }
    i = boundary_before((const unsigned char *)p, i);
    return i + qn_utf8_valid_plain(p + i, n - i);
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
