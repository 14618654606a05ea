/* SPDX-License-Identifier: MIT */
/* plugins/values/decimal.h - exact decimal numbers, and the strings that values are written in. No
 * floating point: the same text gives the same value on every machine. */
#ifndef VALUES_DECIMAL_H
#define VALUES_DECIMAL_H
#include <quern/base.h>

/* m * 10^e, or m / den where den is not 0. */
typedef struct decimal {
    int64_t m;
    int e;
    int den;
} decimal;

/* A value's text: what does not fit makes it empty in the end. */
enum { NOTE_ROOM = 96 };
typedef struct note {
    char p[NOTE_ROOM];
    uint32_t n;
    int bad; /* it has no value */
} note;

/* The figure p[0, n): digits, "," between thousands or before decimals, "." before decimals. 0 when
 * it is none, or longer than 18 digits. */
int decimal_read(const char *p, uint32_t n, decimal *out);
/* a * b, a + b; 0 when the result does not fit. */
int decimal_scale(decimal *a, int64_t factor, int power);
int decimal_add(decimal *a, decimal b);
/* The whole number it is; -1 when it is none or above 10^9. */
int64_t decimal_whole(decimal a);

void note_text(note *, const char *s);
void note_bytes(note *, const char *p, uint32_t n);
void note_int(note *, int64_t v, int digits); /* padded with zeros to so many digits */
void note_decimal(note *, decimal v);
#endif
