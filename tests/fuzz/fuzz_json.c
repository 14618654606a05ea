/* SPDX-License-Identifier: MIT */
/* tests/fuzz/fuzz_json.c - any bytes through the JSON reader: skipping and pulling must agree, and
 * what is written from what was read must read back the same. Build: see tests/fuzz/README.md. */
#include <stdlib.h>

#include "text/json_read.h"
#include "text/json_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int ok)
{
    if (!ok) abort();
}

static int echo(qn_jsonr *j, qn_jsonw *w);

static int echo_parts(qn_jsonr *j, qn_jsonw *w, int object)
{
    qn_str name;
    int n = 0;
    must(object ? qn_jsonr_object(j) : qn_jsonr_array(j) || j->expected);
    qn_jsonw_raw(w, (qn_str){object ? "{" : "[", 1});
    while (object ? qn_jsonr_member(j, &name) : qn_jsonr_item(j)) {
        if (n++) qn_jsonw_lit(w, ",");
        if (object) {
            qn_jsonw_str(w, name);
            qn_jsonw_lit(w, ":");
        }
        if (!echo(j, w)) return 0;
    }
    qn_jsonw_raw(w, (qn_str){object ? "}" : "]", 1});
    return !j->expected;
}

static int echo_number(qn_jsonr *j, qn_jsonw *w)
{
    qn_json_number number;
    if (!qn_jsonr_number(j, &number)) return 0;
    if (number.type == QN_JSON_INT)
        qn_jsonw_i64(w, number.i);
    else if (number.type == QN_JSON_REAL)
        qn_jsonw_real(w, number.d);
    else
        qn_jsonw_raw(w, number.text);
    return 1;
}

/* Reads the next value whatever it is and writes it again. */
static int echo(qn_jsonr *j, qn_jsonw *w)
{
    qn_str s;
    int truth;
    switch (qn_jsonr_peek(j)) {
    case QN_JSON_OBJECT:
        return j->depth < QN_JSON_DEPTH && echo_parts(j, w, 1);
    case QN_JSON_ARRAY:
        return j->depth < QN_JSON_DEPTH && echo_parts(j, w, 0);
    case QN_JSON_STRING:
        if (!qn_jsonr_string(j, &s)) return 0;
        qn_jsonw_str(w, s);
        return 1;
    case QN_JSON_NUMBER:
        return echo_number(j, w);
    case QN_JSON_TRUE:
    case QN_JSON_FALSE:
        if (!qn_jsonr_bool(j, &truth)) return 0;
        qn_jsonw_bool(w, truth);
        return 1;
    case QN_JSON_NULL:
        if (!qn_jsonr_null(j)) return 0;
        qn_jsonw_null(w);
        return 1;
    default:
        return 0;
    }
}

static int echo_all(const char *p, size_t n, qn_jsonw *w)
{
    char *room = malloc(n + 1), why[120];
    qn_jsonr j;
    int ok;
    must(room != NULL);
    qn_jsonr_open(&j, p, n, room);
    ok = echo(&j, w);
    ok = qn_jsonr_close(&j) && ok;
    must(ok == !j.expected);
    must(j.at <= n);
    qn_jsonr_why(&j, why, sizeof why);
    free(room);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qn_jsonw first = {0}, second = {0};
    qn_jsonr j;
    qn_str all;
    char *copy = malloc(size ? size : 1);
    int valid;
    must(copy != NULL);
    if (size) memcpy(copy, data, size);
    qn_jsonr_open(&j, copy, size, NULL);
    qn_jsonr_skip(&j, &all);
    valid = qn_jsonr_close(&j);
    must(echo_all(copy, size, &first) == valid);
    if (valid) {
        must(echo_all(first.p, first.n, &second));
        must(qn_str_eq((qn_str){first.p, first.n}, (qn_str){second.p, second.n}));
    }
    qn_jsonw_free(&first);
    qn_jsonw_free(&second);
    free(copy);
    return 0;
}
