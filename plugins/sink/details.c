/* SPDX-License-Identifier: MIT */
/* plugins/sink/details.c - see details.h. */
#include "sink/details.h"

#include <stdlib.h>

#include "text/json_read.h"

static const qn_str keys[SINK_DETAILS] = {QN_STR("quern.values"), QN_STR("quern.links"),
                                          QN_STR("quern.chains")};

void sink_details_free(sink_details *d)
{
    int k;
    for (k = 0; k < SINK_DETAILS; k++)
        free(d->kind[k].item);
    memset(d, 0, sizeof *d);
}

static int add(sink_table *t, qn_str item)
{
    if (t->n == t->cap) {
        uint32_t cap = t->cap ? t->cap * 2 : 64;
        qn_str *v = cap > t->cap ? reallocarray(t->item, cap, sizeof *v) : NULL;
        if (!v) return 0;
        t->item = v;
        t->cap = cap;
    }
    t->item[t->n++] = item;
    return 1;
}

/* The strings of a JSON array; anything else ends it. */
static int read_table(sink_table *t, qn_str json)
{
    qn_jsonr r;
    qn_str item;
    qn_jsonr_open(&r, json.p, json.n, NULL);
    if (!qn_jsonr_array(&r)) return 1;
    while (qn_jsonr_item(&r)) {
        if (qn_jsonr_peek(&r) != QN_JSON_STRING || !qn_jsonr_skip(&r, &item)) return 1;
        if (!add(t, item)) return 0;
    }
    return 1;
}

int sink_details_start(sink_details *d, const qn_record *r, const qn_layer_id id[SINK_DETAILS])
{
    int k;
    for (k = 0; k < SINK_DETAILS; k++) {
        sink_table *t = &d->kind[k];
        const qn_meta *m;
        t->n = t->next = 0;
        t->layer = id[k] && id[k] < r->nlayer && r->layer[id[k]].n ? &r->layer[id[k]] : NULL;
        m = t->layer ? qn_meta_get(r, keys[k]) : NULL;
        if (m && m->type == QN_T_JSON && !read_table(t, m->u.str)) return 0;
    }
    return 1;
}

/* Number of the string that belongs to the entity; 0: none. */
static uint32_t find(sink_table *t, const qn_span *e)
{
    uint32_t i;
    if (!t->layer) return 0;
    while (t->next < t->layer->n && t->layer->v[t->next].beg < e->beg)
        t->next++;
    for (i = t->next; i < t->layer->n && t->layer->v[i].beg == e->beg; i++) {
        const qn_span *s = &t->layer->v[i];
        if (s->end == e->end && s->label == e->label) return s->data <= t->n ? s->data : 0;
    }
    return 0;
}

void sink_details_put(sink_details *d, const qn_span *e, qn_jsonw *out)
{
    static const char *const name[SINK_DETAILS] = {",\"value\":", ",\"kb_id\":", ",\"canonical\":"};
    int k;
    for (k = 0; k < SINK_DETAILS; k++) {
        uint32_t at = find(&d->kind[k], e);
        if (!at) continue;
        if (k == SINK_CHAINS) {
            qn_jsonw_lit(out, ",\"chain\":");
            qn_jsonw_u64(out, at);
        }
        qn_jsonw_raw(out, (qn_str){name[k], strlen(name[k])});
        qn_jsonw_raw(out, d->kind[k].item[at - 1]);
    }
}

void sink_details_text(sink_details *d, enum sink_detail kind, const qn_span *e, qn_jsonw *out)
{
    uint32_t at = find(&d->kind[kind], e);
    qn_str json = at ? d->kind[kind].item[at - 1] : (qn_str){NULL, 0}, text;
    char *room = at ? qn_jsonw_room(out, json.n) : NULL;
    qn_jsonr r;
    if (!room) return;
    qn_jsonr_open(&r, json.p, json.n, room);
    if (!qn_jsonr_string(&r, &text)) return;
    if (text.p != room) memmove(room, text.p, text.n);
    out->n += text.n;
}

uint32_t sink_details_number(sink_details *d, enum sink_detail kind, const qn_span *e)
{
    return find(&d->kind[kind], e);
}

int sink_details_own(const qn_layer_id id[SINK_DETAILS], qn_str key)
{
    int k;
    for (k = 0; k < SINK_DETAILS; k++)
        if (id[k] && qn_str_eq(key, keys[k])) return 1;
    return 0;
}
