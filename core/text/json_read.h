/* SPDX-License-Identifier: MIT */
/* core/text/json_read.h - floor 0: strict JSON (RFC 8259), pulled value by value.
 *
 * The caller asks for what it wants and skips the rest, which is checked but neither built nor
 * copied. Strings without escapes are given where they lie, others are decoded into room the
 * caller has; nothing is allocated and the input is not changed. After a failure every further
 * call fails too; qn_jsonr_why puts it into words.
 *
 *   qn_jsonr_open(&r, line, n, room);
 *   if (qn_jsonr_object(&r))
 *       while (qn_jsonr_member(&r, &key))
 *           if (...) qn_jsonr_string(&r, &text); else qn_jsonr_skip(&r, &verbatim);
 *   ok = qn_jsonr_close(&r);
 */
#ifndef QUERN_TEXT_JSON_READ_H
#define QUERN_TEXT_JSON_READ_H
#include "text/json_number.h"

enum { QN_JSON_DEPTH = 64 }; /* objects and arrays inside one another, at most */

typedef enum qn_json_kind {
    QN_JSON_BAD = 0, /* no value begins here: said in the reader */
    QN_JSON_OBJECT,
    QN_JSON_ARRAY,
    QN_JSON_STRING,
    QN_JSON_NUMBER,
    QN_JSON_TRUE,
    QN_JSON_FALSE,
    QN_JSON_NULL
} qn_json_kind;

typedef struct qn_jsonr {
    const char *beg, *p, *end;
    char *room;           /* where the next decoded string goes */
    const char *expected; /* NULL while all is well */
    const char *found;    /* in words, or NULL: the byte at `at` */
    size_t at;            /* of the failure, from 0 */
    uint64_t fresh;       /* bit d: nothing was read yet at depth d */
    uint64_t object;      /* bit d: depth d is an object, not an array */
    unsigned depth;
} qn_jsonr;

/* Begins with buf[0, n), one JSON value with white space around. Checks the whole as UTF-8.
 * room: n bytes for decoded strings, which lie there as long as the caller keeps it; NULL gives
 * strings as they were written, escapes and all. */
void qn_jsonr_open(qn_jsonr *r, const char *buf, size_t n, char *room);
/* 1 when exactly one value was read, without a failure, and nothing follows it. */
int qn_jsonr_close(qn_jsonr *r);

/* What the next value is; does not move. */
qn_json_kind qn_jsonr_peek(qn_jsonr *r);

/* Each returns 1 when the next value was of that kind and has been read; else 0. */
int qn_jsonr_object(qn_jsonr *r); /* enters it: then qn_jsonr_member until it returns 0 */
int qn_jsonr_array(qn_jsonr *r);  /* enters it: then qn_jsonr_item until it returns 0 */
int qn_jsonr_string(qn_jsonr *r, qn_str *out);
int qn_jsonr_number(qn_jsonr *r, qn_json_number *out);
int qn_jsonr_bool(qn_jsonr *r, int *out);
int qn_jsonr_null(qn_jsonr *r);
/* Any value, checked; *verbatim (unless NULL) are its bytes as they were written. */
int qn_jsonr_skip(qn_jsonr *r, qn_str *verbatim);

/* The name of the next member, whose value must then be read; 0 at the end of the object, which
 * is left by that, or after a failure. */
int qn_jsonr_member(qn_jsonr *r, qn_str *name);
/* 1 when another item follows, which must then be read; 0 at the end, as above. */
int qn_jsonr_item(qn_jsonr *r);

/* 1 when the failure was that the input ended too early. */
int qn_jsonr_cut(const qn_jsonr *r);
/* "byte 17: found 'x', expected ',' or '}'", the first byte being 1; cut off to fit in size n. */
void qn_jsonr_why(const qn_jsonr *r, char *out, size_t n);
#endif
