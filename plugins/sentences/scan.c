/* SPDX-License-Identifier: MIT */
/* plugins/sentences/scan.c - see scan.h. */
#include "scan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static int is_mark(unsigned char c)
{
    return c == '.' || c == '!' || c == '?' || c == '"' || c == '(' || c == ')' || c == ':' ||
           (c >= 0x0A && c <= 0x0D) || c == 0xD6 || c >= 0xD8;
}

static int may_follow_gap(unsigned char c)
{
    return !(c >= 'a' && c <= 'z') && c != ' ' && !(c >= 0x09 && c <= 0x0D);
}

void sentences_scan_scalar(const char *p, int gaps, scan_masks *m)
{
    const unsigned char *s = (const unsigned char *)p;
    unsigned i;
    m->mark = m->gap = 0;
    for (i = 0; i < 64; i++) {
        m->mark |= (uint64_t)is_mark(s[i]) << i;
        if (gaps)
            m->gap |= (uint64_t)((s[i] == ' ' || s[i] == '\t') && may_follow_gap(s[i + 1])) << i;
    }
}

#ifdef __SSE2__
static __m128i between(__m128i v, char low, char span)
{
    __m128i d = _mm_sub_epi8(v, _mm_set1_epi8(low));
    return _mm_cmpeq_epi8(_mm_min_epu8(d, _mm_set1_epi8(span)), d);
}

static __m128i equal(__m128i v, char c)
{
    return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

static unsigned marks16(__m128i v)
{
    __m128i a = _mm_or_si128(equal(v, '.'), equal(v, '?'));
    __m128i b = _mm_or_si128(between(v, '!', 1), between(v, '(', 1)); /* ! " and ( ) */
    __m128i c = _mm_or_si128(between(v, 0x0A, 3), between(v, (char)0xD8, 0x27));
    __m128i d = _mm_or_si128(equal(v, ':'), equal(v, (char)0xD6));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d)));
}

static unsigned gaps16(__m128i v, __m128i next)
{
    __m128i blank = _mm_or_si128(equal(v, ' '), equal(v, '\t'));
    __m128i no = _mm_or_si128(_mm_or_si128(between(next, 'a', 25), equal(next, ' ')),
                              between(next, 0x09, 4));
    return (unsigned)_mm_movemask_epi8(_mm_andnot_si128(no, blank));
}

void sentences_scan(const char *p, int gaps, scan_masks *m)
{
    unsigned i;
    m->mark = m->gap = 0;
    for (i = 0; i < 64; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        m->mark |= (uint64_t)marks16(v) << i;
        if (!gaps) continue;
        m->gap |= (uint64_t)gaps16(v, _mm_loadu_si128((const __m128i *)(const void *)(p + i + 1)))
                  << i;
    }
}
#else
void sentences_scan(const char *p, int gaps, scan_masks *m)
{
    sentences_scan_scalar(p, gaps, m);
}
#endif

uint32_t sentences_next_end(const char *p, uint32_t at, uint32_t n)
{
#ifdef __SSE2__
    for (; n - at >= 16; at += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + at));
        __m128i a = _mm_or_si128(equal(v, '.'), equal(v, '?'));
        __m128i b = _mm_or_si128(equal(v, '!'), equal(v, '\n'));
        unsigned hit = (unsigned)_mm_movemask_epi8(_mm_or_si128(a, b));
        if (hit) return at + (uint32_t)__builtin_ctz(hit);
    }
#endif
    while (at < n && p[at] != '.' && p[at] != '!' && p[at] != '?' && p[at] != '\n')
        at++;
    return at;
}
