/* SPDX-License-Identifier: MIT */
/* core/text/letters.h - floor 0: which of 16 bytes are ASCII letters, or blanks; most words are
 * over after one such look. A SIMD and a scalar version with the same result. */
#ifndef QUERN_TEXT_LETTERS_H
#define QUERN_TEXT_LETTERS_H
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* One bit for each of p[0, 16), the first is the lowest. Any thread. */
static inline unsigned qn_letters_scalar(const char *p)
{
    unsigned mask = 0, i;
    for (i = 0; i < 16; i++)
        mask |= (unsigned)((unsigned char)((p[i] | 0x20) - 'a') < 26) << i;
    return mask;
}

static inline unsigned qn_letters(const char *p)
{
#ifdef __SSE2__
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i d = _mm_sub_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(d, _mm_set1_epi8(25)), d));
#else
    return qn_letters_scalar(p);
#endif
}

/* As above, for blanks (0x20). */
static inline unsigned qn_blanks_scalar(const char *p)
{
    unsigned mask = 0, i;
    for (i = 0; i < 16; i++)
        mask |= (unsigned)(p[i] == ' ') << i;
    return mask;
}

static inline unsigned qn_blanks(const char *p)
{
#ifdef __SSE2__
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
#else
    return qn_blanks_scalar(p);
#endif
}
#endif
