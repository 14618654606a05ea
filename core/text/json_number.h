/* SPDX-License-Identifier: MIT */
/* core/text/json_number.h - floor 0: the numbers of JSON: their grammar and their value. */
#ifndef QUERN_TEXT_JSON_NUMBER_H
#define QUERN_TEXT_JSON_NUMBER_H
#include <quern/base.h>

/* A number as it was written, and its value. */
typedef struct qn_json_number {
    qn_str text;
    enum {
        QN_JSON_INT = 1, /* i: written without fraction and exponent */
        QN_JSON_REAL,    /* d: the nearest double */
        QN_JSON_WIDE     /* neither type holds it: only the text */
    } type;
    int64_t i;
    double d;
} qn_json_number;

/* Length of the number that begins at p, at most n. *wrong is NULL when it is one, else what was
 * expected at the returned offset. */
size_t qn_json_number_length(const char *p, size_t n, const char **wrong);
/* The value of a number of correct form; does not depend on the locale. */
qn_json_number qn_json_number_value(qn_str text);
#endif
