/* SPDX-License-Identifier: MIT */
/* core/text/utf8.h - floor 0: is it UTF-8, and how many code points. Pure functions. */
#ifndef QUERN_TEXT_UTF8_H
#define QUERN_TEXT_UTF8_H
#include <stddef.h>

/* Bytes of p[0, n) before the first one that is not part of a well-formed UTF-8 sequence
 * (RFC 3629: no surrogates, nothing above U+10FFFF, shortest form); n when all are. Any thread. */
size_t qn_utf8_valid(const char *p, size_t n);

/* Bytes before the first one above 0x7F; n when there is none. Any thread. */
size_t qn_utf8_ascii(const char *p, size_t n);
#endif
