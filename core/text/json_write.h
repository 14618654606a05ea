/* SPDX-License-Identifier: MIT */
/* core/text/json_write.h - floor 0: JSON into a buffer that grows.
 * The writer knows values, not structure: the caller writes the braces and commas, so that a hot
 * loop costs no bookkeeping. A lack of memory is remembered and asked for once, at the end. */
#ifndef QUERN_TEXT_JSON_WRITE_H
#define QUERN_TEXT_JSON_WRITE_H
#include <quern/base.h>

typedef struct qn_jsonw {
    char *p; /* n bytes written, cap allocated */
    size_t n, cap;
    int no_memory; /* 1: something could not be written; what p holds is not whole */
} qn_jsonw;

/* Starts with all members zero; qn_jsonw_free makes it so again. */
void qn_jsonw_free(qn_jsonw *w);

/* Room for `more` further bytes, so that a caller may write them at w->p + w->n itself and add to
 * w->n. NULL when out of memory, which is remembered. */
char *qn_jsonw_room(qn_jsonw *w, size_t more);

/* Bytes as they are: punctuation, or a value that is JSON already. */
void qn_jsonw_raw(qn_jsonw *w, qn_str json);
/* A string literal as it is: `qn_jsonw_lit(w, ",\"text\":");`. */
#define qn_jsonw_lit(w, lit) qn_jsonw_raw((w), (qn_str){(lit), sizeof(lit) - 1})

/* Valid UTF-8 as a quoted string; escaped are only quote, backslash and U+0000..U+001F. */
void qn_jsonw_str(qn_jsonw *w, qn_str s);
/* The same without the quotes: a part of a string whose quotes the caller writes. */
void qn_jsonw_part(qn_jsonw *w, qn_str s);
void qn_jsonw_u64(qn_jsonw *w, uint64_t v);
void qn_jsonw_i64(qn_jsonw *w, int64_t v);
/* The shortest decimal number that reads back as the same double, whatever the locale; null for
 * the values JSON cannot write (infinities and not-a-number). */
void qn_jsonw_real(qn_jsonw *w, double v);
void qn_jsonw_bool(qn_jsonw *w, int v);
void qn_jsonw_null(qn_jsonw *w);

extern const char qn_json_pairs[201]; /* "00" to "99" */
char *qn_json_digits_long(char *out, uint64_t v);

/* The digits of v at out, which has room for 20 bytes; returns the end. For hot loops. */
static inline char *qn_json_digits(char *out, uint64_t v)
{
    unsigned high = (unsigned)v / 100, low = (unsigned)v % 100;
    if (v >= 10000) return qn_json_digits_long(out, v);
    if (v >= 100) {
        memcpy(out, qn_json_pairs + 2 * high + (high < 10), 2);
        out += 2 - (high < 10);
        memcpy(out, qn_json_pairs + 2 * low, 2);
        return out + 2;
    }
    memcpy(out, qn_json_pairs + 2 * low + (low < 10), 2);
    return out + 2 - (low < 10);
}

/* Bytes of s before the first that a JSON string must escape; s.n when there is none. */
size_t qn_json_plain(qn_str s);
/* The same by one byte at a time: what the fast one is tested against. */
size_t qn_json_plain_scalar(qn_str s);
#endif
