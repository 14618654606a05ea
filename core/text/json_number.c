/* SPDX-License-Identifier: MIT */
/* core/text/json_number.c - see json_number.h. strtod is only shown whole numbers with an
 * exponent, which every locale writes alike. */
#include "text/json_number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int digit(const char *p, size_t n, size_t i)
{
    return i < n && p[i] >= '0' && p[i] <= '9';
}

static size_t digits(const char *p, size_t n, size_t i)
{
    while (digit(p, n, i))
        i++;
    return i;
}

size_t qn_json_number_length(const char *p, size_t n, const char **wrong)
{
    size_t i = n > 0 && p[0] == '-';
    *wrong = "a digit";
    if (!digit(p, n, i)) return i;
    if (p[i] == '0' && digit(p, n, i + 1)) {
        *wrong = "no digit after a leading zero";
        return i + 1;
    }
    i = digits(p, n, i);
    if (i < n && p[i] == '.') {
        if (!digit(p, n, i + 1)) return i + 1;
        i = digits(p, n, i + 1);
    }
    if (i < n && (p[i] == 'e' || p[i] == 'E')) {
        i++;
        i += i < n && (p[i] == '+' || p[i] == '-');
        if (!digit(p, n, i)) return i;
        i = digits(p, n, i);
    }
    *wrong = NULL;
    return i;
}

/* 1 when text is an integer that fits. */
static int integer(qn_str text, int64_t *out)
{
    size_t i = text.p[0] == '-';
    uint64_t v = 0, limit = (uint64_t)INT64_MAX + i;
    for (; i < text.n; i++) {
        uint64_t d = (uint64_t)(text.p[i] - '0');
        if (v > (limit - d) / 10) return 0;
        v = v * 10 + d;
    }
    *out = text.p[0] == '-' ? (int64_t)(UINT64_C(0) - v) : (int64_t)v;
    return 1;
}

/* The exponent after e, held within what can matter. */
static int64_t exponent(qn_str text, size_t i)
{
    int64_t v = 0;
    int minus = text.p[i] == '-';
    i += text.p[i] == '-' || text.p[i] == '+';
    for (; i < text.n; i++)
        if (v < INT64_C(1000000000000)) v = v * 10 + (text.p[i] - '0');
    return minus ? -v : v;
}

static double real(qn_str text)
{
    /* 768 digits decide every double; of what follows only whether it is zero can matter. */
    enum { MOST = 768 };
    char buf[MOST + 40] = "-0";
    const size_t sign = text.p[0] == '-';
    size_t i, n = sign;
    int64_t exp10 = 0;
    int fraction = 0, more = 0;
    for (i = sign; i < text.n && text.p[i] != 'e' && text.p[i] != 'E'; i++) {
        if (text.p[i] == '.') {
            fraction = 1;
        } else if (n == MOST) {
            more |= text.p[i] != '0';
            exp10 += !fraction;
        } else {
            if (n > sign || text.p[i] != '0') buf[n++] = text.p[i];
            exp10 -= fraction;
        }
    }
    if (i < text.n) exp10 += exponent(text, i + 1);
    if (more) {
        buf[n++] = '1';
        exp10--;
    }
    if (n == sign) buf[n++] = '0';
    snprintf(buf + n, sizeof buf - n, "e%" PRId64, exp10);
    return strtod(buf, NULL);
}

qn_json_number qn_json_number_value(qn_str text)
{
    qn_json_number v = {.text = text, .type = QN_JSON_WIDE};
    size_t i;
    for (i = 0; i < text.n; i++)
        if (text.p[i] == '.' || text.p[i] == 'e' || text.p[i] == 'E') break;
    if (i == text.n && !qn_str_eq(text, (qn_str)QN_STR("-0"))) {
        if (integer(text, &v.i)) v.type = QN_JSON_INT;
        return v;
    }
    v.d = real(text);
    if (isfinite(v.d)) v.type = QN_JSON_REAL;
    return v;
}
