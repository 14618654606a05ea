/* SPDX-License-Identifier: MIT */
/* plugins/decode/convert.h - bytes of any encoding as pieces of UTF-8, each with the stretch of
 * bytes that it stands for: a byte where a byte is a character, a line elsewhere. */
#ifndef DECODE_CONVERT_H
#define DECODE_CONVERT_H
#include "charset.h"

#include <iconv.h>
#include <stdint.h>

/* Takes the pieces in order; what lies between two is UTF-8 already. `with` is read before it
 * returns. 0 ends the conversion. */
typedef int (*convert_take)(void *arg, uint32_t beg, uint32_t end, qn_str with, int invalid);

/* A worker's: the table or the iconv of the last encoding, and room. */
typedef struct converter {
    charset now;
    iconv_t cd;
    int open, single;   /* single: a byte is a character, by `table` */
    int transparent;    /* ASCII bytes are ASCII, but for those behind a byte from 0x80 on */
    char table[256][4]; /* UTF-8, NUL-terminated if shorter; empty: no character */
    char *room;
    size_t cap;
} converter;

/* Does iconv know the encoding? */
int convert_knows(const charset *);
/* Bytes [at, n) of p. 0: out of memory, or `take` ended it, or the encoding is not known. The first
 * byte that is none of the encoding goes to *bad (n: there is none), how many of them are none to
 * *nbad. */
int convert(converter *, const charset *, const char *p, uint32_t at, uint32_t n, convert_take,
            void *arg, uint32_t *bad, uint64_t *nbad);
void convert_free(converter *);
#endif
