/* SPDX-License-Identifier: MIT */
/* core/text/utf8_kernels.h - the loops behind utf8.h, each in plain C and for AVX2: twins that
 * give the same answers. Which one runs is decided in utf8.c; only that and the tests look here. */
#ifndef QUERN_TEXT_UTF8_KERNELS_H
#define QUERN_TEXT_UTF8_KERNELS_H
#include <stddef.h>

size_t qn_utf8_valid_plain(const char *p, size_t n);
size_t qn_utf8_ascii_plain(const char *p, size_t n);
size_t qn_utf8_count_plain(const char *p, size_t n);

#if defined(__x86_64__) && defined(__GNUC__)
#define QN_UTF8_AVX2 1
size_t qn_utf8_valid_avx2(const char *p, size_t n);
size_t qn_utf8_ascii_avx2(const char *p, size_t n);
size_t qn_utf8_count_avx2(const char *p, size_t n);
#endif

/* Length of the well-formed sequence that begins at p[0], a byte above 0x7F; 0 when there is
 * none within n bytes. */
static inline size_t qn_utf8_sequence(const unsigned char *p, size_t n)
{
    unsigned c = p[0];
    if (c < 0xE0) return c >= 0xC2 && n >= 2 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
    if (c < 0xF0) {
        unsigned lo = c == 0xE0 ? 0xA0 : 0x80, hi = c == 0xED ? 0x9F : 0xBF;
        return n >= 3 && p[1] >= lo && p[1] <= hi && (p[2] & 0xC0) == 0x80 ? 3 : 0;
    }
    if (c <= 0xF4) {
        unsigned lo = c == 0xF0 ? 0x90 : 0x80, hi = c == 0xF4 ? 0x8F : 0xBF;
        return n >= 4 && p[1] >= lo && p[1] <= hi && (p[2] & 0xC0) == 0x80 && (p[3] & 0xC0) == 0x80
                   ? 4
                   : 0;
    }
    return 0;
}
#endif
