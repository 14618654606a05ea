/* SPDX-License-Identifier: MIT */
/* plugins/ents/table.c - strings that belong to entities: tables in metadata, and the layers that
 * point into them. */
#include "ents.h"
#include "text/json_read.h"

void ents_table_free(ents_table *t)
{
    qn_jsonw_free(&t->json);
    t->n = 0;
}

/* Items of the JSON array of an earlier stage; 0 when it is something else. */
static uint32_t count_items(qn_str json)
{
    qn_jsonr r;
    uint32_t n = 0;
    qn_jsonr_open(&r, json.p, json.n, NULL);
    if (!qn_jsonr_array(&r)) return 0;
    while (qn_jsonr_item(&r) && qn_jsonr_skip(&r, NULL))
        n++;
    return qn_jsonr_close(&r) ? n : 0;
}

void ents_table_start(ents_table *t, const qn_record *r, qn_layer_id layer, const char *key)
{
    const qn_meta *m = qn_meta_get(r, (qn_str){key, strlen(key)});
    t->json.n = 0;
    t->n = 0;
    if (!m || m->type != QN_T_JSON || r->layer[layer].n == 0) return;
    t->n = count_items(m->u.str);
    if (t->n) qn_jsonw_raw(&t->json, (qn_str){m->u.str.p, m->u.str.n - 1});
}

uint32_t ents_table_add(ents_table *t, qn_str value)
{
    qn_jsonw_raw(&t->json, (qn_str){t->n ? "," : "[", 1});
    qn_jsonw_str(&t->json, value);
    return ++t->n;
}

qn_status ents_table_end(ents_table *t, qn_ctx *cx, qn_record *r, const char *key)
{
    qn_meta m = {.key = {key, strlen(key)}, .type = QN_T_JSON};
    char *copy;
    if (t->n == 0) return QN_OK;
    qn_jsonw_lit(&t->json, "]");
    copy = t->json.no_memory ? NULL : qn_alloc(r->batch, t->json.n);
    if (!copy) {
        ents_table_free(t);
        return QN_E_NOMEM;
    }
    memcpy(copy, t->json.p, t->json.n);
    m.u.str = (qn_str){copy, t->json.n};
    return cx->host->set_meta(cx, r, &m);
}

static int before(const qn_span *a, const qn_span *b)
{
    return a->beg != b->beg ? a->beg < b->beg : a->end > b->end;
}

static int same(const qn_span *a, const qn_span *b)
{
    return a->beg == b->beg && a->end == b->end && a->label == b->label;
}

qn_status ents_annotate(qn_record *r, qn_layer_id id, const qn_span *v, uint32_t n)
{
    qn_status st = qn_layer_reserve(r, id, n);
    qn_layer *l;
    uint32_t old, i = 0, k = 0, out = 0;
    if (st != QN_OK) return st;
    l = &r->layer[id];
    old = l->n;
    if (n && old) memmove(l->v + n, l->v, old * sizeof *l->v);
    while (i < old || k < n) {
        const qn_span s =
            k == n || (i < old && !before(&v[k], &l->v[n + i])) ? l->v[n + i++] : v[k++];
        if (out > 0 && same(&l->v[out - 1], &s)) out--;
        l->v[out++] = s;
    }
    l->n = out;
    return QN_OK;
}
