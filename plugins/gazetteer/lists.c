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

static int is_compiled(qn_str bytes)
{
    return bytes.n >= 8 && memcmp(bytes.p, QN_PHRASES_MAGIC, 8) == 0;
}

/* Adds a file's names to the builder. */
static qn_status read_file(qn_ctx *cx, qn_phrases_builder *b, const char *file)
{
    char why[300] = "";
    unsigned line = 0;
    qn_str text;
    qn_status st = cx->host->open_data(cx, file, &text);
    if (st != QN_OK || qn_phrases_read(b, file, text, &line, why, sizeof why)) return st;
    if (!line) return cx->host->fail(cx, QN_E_NOMEM, "%s: out of memory", file);
    return cx->host->fail(cx, QN_E_CONFIG, "%s:%u: %s", file, line, why);
}

static qn_status compile(qn_ctx *cx, const char *const *files, size_t n, qn_str *made)
{
    qn_phrases_builder *b = qn_phrases_new();
    qn_status st = b ? QN_OK : QN_E_NOMEM;
    size_t i;
    for (i = 0; st == QN_OK && i < n; i++)
        st = read_file(cx, b, files[i]);
    if (st == QN_OK) *made = qn_phrases_build(b);
    qn_phrases_free(b);
    if (st == QN_OK && !made->p)
        return cx->host->fail(cx, QN_E_NOMEM, "%s: out of memory", files[0]);
    return st;
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

qn_status gazetteer_list_open(qn_ctx *cx, gazetteer_list *l, const char *const *files, size_t n,
                              int operators, int (*wanted)(void *arg, qn_str label), void *arg)
{
    const char *why = NULL;
    qn_str bytes;
    qn_status st = cx->host->open_data(cx, files[0], &bytes);
    if (st != QN_OK) return st;
    memset(l, 0, sizeof *l);
    l->operators = operators;
    if (n > 1 || !is_compiled(bytes)) {
        st = compile(cx, files, n, &bytes);
        if (st != QN_OK) return st;
        l->made = (char *)bytes.p;
    }
    if (!qn_phrases_open(&l->phrases, bytes, &why))
        return cx->host->fail(cx, QN_E_CONFIG, "%s: %s; make it again with quern compile-list",
                              files[0], why);
    return number_labels(cx, l, wanted, arg);
}
