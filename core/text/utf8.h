/* SPDX-License-Identifier: MIT */
/* core/text/utf8.h - floor 0: UTF-8: is it, where its code points are, what they are. Pure
 * functions; any thread. */
#ifndef QUERN_TEXT_UTF8_H
#define QUERN_TEXT_UTF8_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes of p[0, n) before the first one that is not part of a well-formed UTF-8 sequence
 * (RFC 3629: no surrogates, nothing above U+10FFFF, shortest form); n when all are. */
size_t qn_utf8_valid(const char *p, size_t n);

/* Bytes before the first one above 0x7F; n when there is none. */
size_t qn_utf8_ascii(const char *p, size_t n);

/* Code points that begin in p[0, n). From here on: p is valid UTF-8. */
size_t qn_utf8_count(const char *p, size_t n);

/* The code point that begins at p, and its length in bytes. */
static inline uint32_t qn_utf8_decode(const char *p, size_t *len)
{
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] < 0x80) {
        *len = 1;
        return u[0];
    }
    if (u[0] < 0xE0) {
        *len = 2;
        return (uint32_t)(u[0] & 0x1F) << 6 | (u[1] & 0x3F);
    }
    if (u[0] < 0xF0) {
        *len = 3;
        return (uint32_t)(u[0] & 0x0F) << 12 | (uint32_t)(u[1] & 0x3F) << 6 | (u[2] & 0x3F);
    }
    *len = 4;
    return (uint32_t)(u[0] & 0x07) << 18 | (uint32_t)(u[1] & 0x3F) << 12 |
           (uint32_t)(u[2] & 0x3F) << 6 | (u[3] & 0x3F);
}

/* Writes a code point to out[0, 4); its length in bytes, 0 for a surrogate or above U+10FFFF. */
size_t qn_utf8_encode(uint32_t point, char *out);

/* 1 when a code point begins at p[at], or the text ends there; at <= n. */
static inline int qn_utf8_boundary(const char *p, size_t n, size_t at)
{
    return at == n || ((unsigned char)p[at] & 0xC0) != 0x80;
}

/* From byte offsets to code point offsets. Costs what lies between an offset and the one asked
 * before, so ask in ascending order; nothing at all in the ASCII text at the beginning. */
typedef struct qn_utf8_cursor {
    const char *p;
    size_t n;
    size_t ascii;       /* so many bytes from the start are ASCII */
    size_t byte, point; /* the latest answer behind them */
} qn_utf8_cursor;

static inline qn_utf8_cursor qn_utf8_cursor_at_start(const char *p, size_t n)
{
    qn_utf8_cursor c;
    c.p = p;
    c.n = n;
    c.ascii = c.byte = c.point = qn_utf8_ascii(p, n);
    return c;
}

/* For qn_utf8_point: moves to an offset behind c->ascii. */
size_t qn_utf8_cursor_move(qn_utf8_cursor *c, size_t byte);

/* Code points before p[byte]; byte <= n. */
static inline size_t qn_utf8_point(qn_utf8_cursor *c, size_t byte)
{
    return byte <= c->ascii ? byte : qn_utf8_cursor_move(c, byte);
}
#endif
