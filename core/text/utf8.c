/* SPDX-License-Identifier: MIT */
/* core/text/utf8.c - see utf8.h: the plain kernels, and the choice between them and AVX2's. */
#include "text/utf8.h"

#include <string.h>

#include "text/utf8_kernels.h"

#define EACH_BYTE(x) (UINT64_C(0x0101010101010101) * (x))

/* ---- plain kernels --------------------------------------------------------------------------- */

static uint64_t load(const char *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
    return w;
}

size_t qn_utf8_ascii_plain(const char *p, size_t n)
{
    size_t i = 0;
    while (i + 32 <= n && !((load(p + i) | load(p + i + 8) | load(p + i + 16) | load(p + i + 24)) &
                            EACH_BYTE(0x80)))
        i += 32;
    while (i + 8 <= n && !(load(p + i) & EACH_BYTE(0x80)))
        i += 8;
    while (i < n && (unsigned char)p[i] < 0x80)
        i++;
    return i;
}

size_t qn_utf8_valid_plain(const char *p, size_t n)
{
    size_t i = 0, len;
    for (;;) {
        i += qn_utf8_ascii_plain(p + i, n - i);
        for (; i < n && (unsigned char)p[i] >= 0x80; i += len) {
            len = qn_utf8_sequence((const unsigned char *)p + i, n - i);
            if (len == 0) return i;
        }
        if (i == n) return n;
    }
}

/* How many of eight bytes begin a code point: those that are not 10xxxxxx. */
static size_t count8(uint64_t w)
{
    return (size_t)((((~w >> 7) | (w >> 6)) & EACH_BYTE(1)) * EACH_BYTE(1) >> 56);
}

size_t qn_utf8_count_plain(const char *p, size_t n)
{
    size_t i = 0, points = 0;
    for (; i + 8 <= n; i += 8)
        points += count8(load(p + i));
    for (; i < n; i++)
        points += ((unsigned char)p[i] & 0xC0) != 0x80;
    return points;
}

/* ---- the choice ------------------------------------------------------------------------------ */

/* Below this many bytes the wider loops win nothing. */
enum { WIDE = 64 };

#ifdef QN_UTF8_AVX2
#define KERNEL(name, n) ((n) >= WIDE && __builtin_cpu_supports("avx2") ? name##_avx2 : name##_plain)
#else
#define KERNEL(name, n) name##_plain
#endif

size_t qn_utf8_valid(const char *p, size_t n)
{
    return KERNEL(qn_utf8_valid, n)(p, n);
}

size_t qn_utf8_ascii(const char *p, size_t n)
{
    return KERNEL(qn_utf8_ascii, n)(p, n);
}

size_t qn_utf8_count(const char *p, size_t n)
{
    return KERNEL(qn_utf8_count, n)(p, n);
}

/* ---- one code point -------------------------------------------------------------------------- */

size_t qn_utf8_encode(uint32_t point, char *out)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if ((point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) return 0;
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}
