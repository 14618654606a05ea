/* SPDX-License-Identifier: MIT */
/* plugins/gazetteer/lists.c - see lists.h. */
#include "lists.h"

#include <stdlib.h>

void gazetteer_list_close(gazetteer_list *l)
{
    free(l->made);
    free(l->label);
    memset(l, 0, sizeof *l);
}

static qn_status compile(qn_ctx *cx, const char *file, qn_str *bytes)
{
    qn_phrases_builder *b = qn_phrases_new();
    char why[300] = "";
    unsigned line = 0;
    qn_str made = {NULL, 0};
    int ok = b && qn_phrases_read(b, file, *bytes, &line, why, sizeof why);
    if (ok) made = qn_phrases_build(b);
    qn_phrases_free(b);
    if (!ok && line) return cx->host->fail(cx, QN_E_CONFIG, "%s:%u: %s", file, line, why);
    if (!made.p) return cx->host->fail(cx, QN_E_NOMEM, "%s: out of memory", file);
    *bytes = made;
    return QN_OK;
}

/* Labels as numbers, asked for once: a list has few different ones, mostly side by side. */
static qn_status number_labels(qn_ctx *cx, gazetteer_list *l,
                               int (*wanted)(void *arg, qn_str label), void *arg)
{
    const uint32_t n = qn_phrases_count(&l->phrases);
    qn_str last = {NULL, 0};
    qn_name number = 0;
    uint32_t i;
    l->label = calloc(n ? n : 1, sizeof *l->label);
    if (!l->label) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    for (i = 0; i < n; i++) {
        qn_phrase p;
        if (!qn_phrases_get(&l->phrases, i, &p) || p.label.n == 0) continue;
        if (!qn_str_eq(p.label, last)) {
            int class = p.label.p[0] >= 'a' && p.label.p[0] <= 'z';
            last = p.label;
            number = class || (wanted && !wanted(arg, last)) ? 0 : cx->host->name(cx, last);
        }
        l->label[i] = number;
    }
    return QN_OK;
}

qn_status gazetteer_list_open(qn_ctx *cx, gazetteer_list *l, const char *file, int operators,
                              int (*wanted)(void *arg, qn_str label), void *arg)
{
    const char *why = NULL;
    qn_str bytes;
    qn_status st = cx->host->open_data(cx, file, &bytes);
    if (st != QN_OK) return st;
    memset(l, 0, sizeof *l);
    l->operators = operators;
    if (bytes.n < 8 || memcmp(bytes.p, QN_PHRASES_MAGIC, 8) != 0) {
        st = compile(cx, file, &bytes);
        if (st != QN_OK) return st;
        l->made = (char *)bytes.p;
    }
    if (!qn_phrases_open(&l->phrases, bytes, &why))
        return cx->host->fail(cx, QN_E_CONFIG, "%s: %s; make it again with quern compile-list",
                              file, why);
    return number_labels(cx, l, wanted, arg);
}
