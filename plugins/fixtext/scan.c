/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/scan.c - finds the next byte that may need a repair. Most text needs none, so
 * this loop is the speed of the plugin: 32 bytes at a time with AVX2, with a scalar twin. */
#include "fix.h"

#include <stdbool.h>
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAVE_AVX2_TARGET 1
#endif

/* Is p[i] the start of something to look at? Bytes behind the end count as 0.
 *   controls other than \\t \\n; '&'; a blank before a line end;
 *   a character that may be mojibake's second half right behind another non-ASCII one;
 *   lead bytes of blocks with odd spaces, invisible, wide, combining or damaged characters. */
static bool suspect(unsigned b0, unsigned b1, unsigned b2, bool marks)
{
    unsigned hi = b0 >> 4;
    if (b0 < 0x80)
        return (b0 < 0x20 && b0 != 9 && b0 != 10) || b0 == 0x7F || b0 == '&' ||
               ((b0 == ' ' || b0 == 9) && (b1 == 10 || b1 == 13));
    if (b0 < 0xC0)
        return (b1 >= 0xC2 && b1 <= 0xC6) || b1 == 0xCB || (b1 >= 0xCE && b1 <= 0xD2) || b1 == 0xE2;
    if (hi == 0xC)
        return b0 == 0xC2 || b0 == 0xC4 || b0 == 0xC5 || b0 >= 0xCC
                   ? b0 != 0xCF
                   : b0 == 0xC3 && b1 >= 0x80 && b1 < 0xA0;
    if (hi == 0xD) return b0 == 0xD2 || b0 >= 0xD6;
    if (hi == 0xE)
        return b0 == 0xE2 ? marks || b1 != 0x80 || b2 < 0x90 || b2 >= 0xA8
                          : b0 == 0xE0 || b0 == 0xE1 || b0 == 0xE3 || b0 == 0xEA || b0 == 0xEF;
    return true;
}

size_t fixtext_scan_scalar(const char *p, size_t n, size_t i, bool marks)
{
    const unsigned char *s = (const unsigned char *)p;
    for (; i + 2 < n; i++)
        if (suspect(s[i], s[i + 1], s[i + 2], marks)) return i;
    for (; i < n; i++)
        if (suspect(s[i], i + 1 < n ? s[i + 1] : 0, 0, marks)) return i;
    return n;
}

#ifdef HAVE_AVX2_TARGET
#define AVX2     __attribute__((target("avx2")))
#define ROW(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)

AVX2 static inline __m256i nibble_high(__m256i v)
{
    return _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15));
}

/* Suspects that one byte gives away. Bits: 1 controls below 16, 2 controls above, 4 DEL, 8 '&',
 * 16 leads C., 32 leads D., 64 leads E., 128 leads F. */
AVX2 static inline __m256i by_one(__m256i v)
{
    const __m256i high = ROW(1, 2, 8, 0, 0, 0, 0, 4, 0, 0, 0, 0, 16, 32, 64, -128);
    const __m256i low =
        ROW(1 | 2 | 64 | -128, 1 | 2 | 64 | -128, 1 | 2 | 16 | 32 | -128, 1 | 2 | 64 | -128,
            1 | 2 | 16 | -128, 1 | 2 | 16 | -128, 1 | 2 | 8 | 32 | -128, 1 | 2 | 32 | -128,
            1 | 2 | 32 | -128, 2 | 32 | -128, 2 | 32 | 64 | -128, 1 | 2 | 32 | -128,
            1 | 2 | 16 | 32 | -128, 1 | 2 | 16 | 32 | -128, 1 | 2 | 16 | 32 | -128,
            1 | 2 | 4 | 32 | 64 | -128);
    __m256i lo = _mm256_and_si256(v, _mm256_set1_epi8(15));
    return _mm256_and_si256(_mm256_shuffle_epi8(high, nibble_high(v)),
                            _mm256_shuffle_epi8(low, lo));
}

/* Continuation byte before a lead that may be mojibake's second half; the other rules that look
 * at more than one byte. */
AVX2 static inline __m256i by_three(__m256i v, __m256i v1, __m256i v2, __m256i marks)
{
    const __m256i high = ROW(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 0);
    const __m256i low = ROW(2, 2, 1 | 2 | 4, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 1);
    __m256i lead =
        _mm256_and_si256(_mm256_shuffle_epi8(high, nibble_high(v1)),
                         _mm256_shuffle_epi8(low, _mm256_and_si256(v1, _mm256_set1_epi8(15))));
    __m256i cont = _mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xC0), v);
    __m256i pair = _mm256_andnot_si256(_mm256_cmpeq_epi8(lead, _mm256_setzero_si256()), cont);
    __m256i c3 = _mm256_and_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)0xC3)),
                                  _mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xA0), v1));
    /* third byte calm: 0x90 <= b2 < 0xA8 */
    __m256i calm =
        _mm256_and_si256(_mm256_cmpeq_epi8(v1, _mm256_set1_epi8((char)0x80)),
                         _mm256_and_si256(_mm256_cmpgt_epi8(v2, _mm256_set1_epi8((char)0x8F)),
                                          _mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xA8), v2)));
    __m256i e2 = _mm256_andnot_si256(_mm256_andnot_si256(marks, calm),
                                     _mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)0xE2)));
    return _mm256_or_si256(pair, _mm256_or_si256(c3, e2));
}

AVX2 static inline __m256i blank_before_end(__m256i v, __m256i v1)
{
    __m256i blank = _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(' ')),
                                    _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\t')));
    __m256i end = _mm256_or_si256(_mm256_cmpeq_epi8(v1, _mm256_set1_epi8('\n')),
                                  _mm256_cmpeq_epi8(v1, _mm256_set1_epi8('\r')));
    return _mm256_and_si256(blank, end);
}

AVX2 static size_t scan_avx2(const char *p, size_t n, size_t i, bool marks)
{
    const __m256i all_e2 = _mm256_set1_epi8(marks ? -1 : 0);
    for (; i + 34 <= n; i += 32) {
        __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(p + i));
        __m256i v1 = _mm256_loadu_si256((const __m256i *)(const void *)(p + i + 1));
        __m256i hit = by_one(v);
        uint32_t mask, blanks = (uint32_t)_mm256_movemask_epi8(blank_before_end(v, v1));
        if (_mm256_movemask_epi8(v)) {
            __m256i v2 = _mm256_loadu_si256((const __m256i *)(const void *)(p + i + 2));
            hit = _mm256_or_si256(hit, by_three(v, v1, v2, all_e2));
        }
        mask = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(hit, _mm256_setzero_si256()));
        mask |= blanks;
        if (mask) return i + (size_t)__builtin_ctz(mask);
    }
    return fixtext_scan_scalar(p, n, i, marks);
}
#endif

size_t fixtext_scan(const char *p, size_t n, size_t i, bool marks)
{
#ifdef HAVE_AVX2_TARGET
    if (__builtin_cpu_supports("avx2")) return scan_avx2(p, n, i, marks);
#endif
    return fixtext_scan_scalar(p, n, i, marks);
}
