/* SPDX-License-Identifier: MIT */
/* core/text/utf8.h - floor 0: UTF-8: is it, where its code points are, how one is written.
 * Pure functions; any thread. (What a code point is: text/chars.h.) */
#ifndef QUERN_TEXT_UTF8_H
#define QUERN_TEXT_UTF8_H
#include <stddef.h>
#include <stdint.h>

/* Bytes of p[0, n) before the first one that is not part of a well-formed UTF-8 sequence
 * (RFC 3629: no surrogates, nothing above U+10FFFF, shortest form); n when all are. */
size_t qn_utf8_valid(const char *p, size_t n);

/* Bytes before the first one above 0x7F; n when there is none. */
size_t qn_utf8_ascii(const char *p, size_t n);

/* Code points that begin in p[0, n), which is valid UTF-8. */
size_t qn_utf8_count(const char *p, size_t n);

/* Writes a code point to out[0, 4); its length in bytes, 0 for a surrogate or above U+10FFFF. */
size_t qn_utf8_encode(uint32_t point, char *out);

/* 1 when in valid UTF-8 a code point begins at p[at], or the text ends there; at <= n. */
static inline int qn_utf8_boundary(const char *p, size_t n, size_t at)
{
    return at == n || ((unsigned char)p[at] & 0xC0) != 0x80;
}
#endif
