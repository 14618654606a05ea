/* SPDX-License-Identifier: MIT */
/* plugins/jsonl/encode.c - see encode.h. Keys have a fixed order, so that the same record is always
 * the same bytes. */
#include "encode.h"

#include <stdlib.h>

#include "text/utf8.h"

enum { MUCH = 1 << 20 }; /* bytes worth handing over */

void jsonl_encoder_free(jsonl_encoder *e)
{
    qn_jsonw_free(&e->out);
    sink_offsets_free(&e->off);
    free(e->ents.v);
    free(e->sents.v);
    free(e->summary.v);
    free(e->over.v);
    sink_details_free(&e->details);
    memset(e, 0, sizeof *e);
}

static const qn_layer *layer(const qn_record *r, qn_layer_id id)
{
    static const qn_layer empty;
    return id < r->nlayer ? &r->layer[id] : &empty;
}

static void put_name(jsonl_encoder *e, qn_name name)
{
    qn_jsonw_str(&e->out, e->cx->host->name_text(e->cx, name));
}

/* `{"start":1,"end":2`, for the caller to go on. */
static void put_range(jsonl_encoder *e, uint32_t beg, uint32_t end)
{
    char *p = qn_jsonw_room(&e->out, 64), *o = p;
    if (!p) return;
    memcpy(o, "{\"start\":", 9);
    o = qn_json_digits(o + 9, sink_offset(&e->off, beg, 0));
    memcpy(o, ",\"end\":", 7);
    o = qn_json_digits(o + 7, sink_offset(&e->off, end, 1));
    e->out.n += (size_t)(o - p);
}

/* Hands over what is encoded, once it is much (or at all). */
static void flush(jsonl_encoder *e, size_t much)
{
    if (!e->flush || e->out.n < much || e->out.no_memory) return;
    if (e->status == QN_OK && e->out.n)
        e->status = e->flush(e->flush_arg, (qn_str){e->out.p, e->out.n});
    e->out.n = 0;
}

/* The comma before all but the first. */
static void put_comma(jsonl_encoder *e, uint32_t i)
{
    if (i) qn_jsonw_lit(&e->out, ",");
}

/* What is written of a span beside its place. */
enum with { WITH_NOTHING, WITH_LABEL, WITH_DETAILS, WITH_CONFIDENCE };

/* `,"confidence":0.9731` for a span that has one in its data. */
static void put_confidence(jsonl_encoder *e, uint32_t data)
{
    if (!data || data > UINT16_MAX) return;
    qn_jsonw_lit(&e->out, ",\"confidence\":");
    qn_jsonw_real(&e->out, (double)(data * 10000 / UINT16_MAX) / 10000);
}

static void put_spans(jsonl_encoder *e, const qn_span *v, uint32_t n, enum with with)
{
    const uint32_t size = (uint32_t)e->off.r->text.n;
    uint32_t i;
    qn_jsonw_lit(&e->out, "[");
    for (i = 0; i < n; i++) {
        flush(e, MUCH);
        put_comma(e, i);
        put_range(e, v[i].beg < size ? v[i].beg : size, v[i].end < size ? v[i].end : size);
        if ((with == WITH_LABEL || with == WITH_DETAILS) && v[i].label) {
            qn_jsonw_lit(&e->out, ",\"label\":");
            put_name(e, v[i].label);
        }
        if (with == WITH_DETAILS) sink_details_put(&e->details, &v[i], &e->out);
        if (with == WITH_CONFIDENCE) put_confidence(e, v[i].data);
        qn_jsonw_lit(&e->out, "}");
    }
    qn_jsonw_lit(&e->out, "]");
}

static void put_tokens(jsonl_encoder *e, const qn_record *r)
{
    enum { ROOM = 64 * 1024, MOST = 96 }; /* bytes in one go, and of a token */
    sink_tiler tiler;
    qn_range t;
    uint64_t id = 0;
    char *o = NULL, *end = NULL;
    qn_jsonw_lit(&e->out, ",\"tokens\":[");
    sink_tiler_start(&tiler, r->text, layer(r, e->what->layer.tokens), &e->ents, &e->sents);
    for (; sink_tiler_next(&tiler, &t); id++) {
        if (!o || end - o < MOST) {
            if (o) e->out.n = (size_t)(o - e->out.p);
            flush(e, MUCH);
            o = qn_jsonw_room(&e->out, ROOM);
            if (!o) return;
            end = o + ROOM;
        }
        if (id) *o++ = ',';
        memcpy(o, "{\"id\":", 6);
        o = qn_json_digits(o + 6, id);
        memcpy(o, ",\"start\":", 9);
        o = qn_json_digits(o + 9, sink_offset(&e->off, t.beg, 0));
        memcpy(o, ",\"end\":", 7);
        o = qn_json_digits(o + 7, sink_offset(&e->off, t.end, 1));
        *o++ = '}';
    }
    if (o) e->out.n = (size_t)(o - e->out.p);
    qn_jsonw_lit(&e->out, "]");
}

/* The summary's sentences joined by one space, and their numbers among the sentences. */
static void put_summary(jsonl_encoder *e, const qn_record *r)
{
    uint32_t i, k = 0, n = 0;
    qn_jsonw_lit(&e->out, ",\"summary\":\"");
    for (i = 0; i < e->summary.n; i++) {
        if (i) qn_jsonw_lit(&e->out, " ");
        qn_jsonw_part(&e->out, qn_span_text(r, &e->summary.v[i]));
    }
    qn_jsonw_lit(&e->out, "\",\"summary_sents\":[");
    for (i = 0; i < e->summary.n; i++) {
        while (k < e->sents.n && e->sents.v[k].end <= e->summary.v[i].beg)
            k++;
        if (k == e->sents.n) break;
        put_comma(e, n++);
        qn_jsonw_u64(&e->out, k);
    }
    qn_jsonw_lit(&e->out, "]");
}

static void put_meta(jsonl_encoder *e, const qn_record *r)
{
    uint32_t i, n = 0;
    for (i = 0; i < r->nmeta; i++) {
        const qn_meta *m = &r->meta[i];
        if (sink_details_own(e->what->layer.detail, m->key)) continue;
        if (n++)
            qn_jsonw_lit(&e->out, ",");
        else
            qn_jsonw_lit(&e->out, ",\"meta\":{");
        qn_jsonw_str(&e->out, m->key);
        qn_jsonw_lit(&e->out, ":");
        if (m->type == QN_T_STR)
            qn_jsonw_str(&e->out, m->u.str);
        else if (m->type == QN_T_INT)
            qn_jsonw_i64(&e->out, m->u.i);
        else if (m->type == QN_T_REAL)
            qn_jsonw_real(&e->out, m->u.d);
        else if (m->type == QN_T_BOOL)
            qn_jsonw_bool(&e->out, m->u.i != 0);
        else
            qn_jsonw_raw(&e->out, m->u.str);
    }
    if (n) qn_jsonw_lit(&e->out, "}");
}

/* Layers without a key of their own, and the entities that overlap others. */
static void put_layers(jsonl_encoder *e, const qn_record *r)
{
    const jsonl_layers *known = &e->what->layer;
    uint32_t i, n = 0;
    qn_jsonw_lit(&e->out, ",\"layers\":{");
    if (e->over.n) {
        put_comma(e, n++);
        qn_jsonw_lit(&e->out, "\"ents\":");
        put_spans(e, e->over.v, e->over.n, WITH_LABEL);
    }
    for (i = 0; i < known->nother; i++) {
        const qn_layer *l = layer(r, known->other[i].id);
        if (!l->n) continue;
        put_comma(e, n++);
        qn_jsonw_str(&e->out, known->other[i].name);
        qn_jsonw_lit(&e->out, ":");
        put_spans(e, l->v, l->n, WITH_LABEL);
    }
    qn_jsonw_lit(&e->out, "}");
}

/* What was taken out of the raw input or put in its place, and by which rule. */
static void put_provenance(jsonl_encoder *e, const qn_record *r)
{
    uint32_t i, n = 0;
    qn_jsonw_lit(&e->out, ",\"provenance\":[");
    for (i = 0; i + 1 < r->nmap; i++) {
        const qn_seg *m = &r->map[i];
        if (!m->rule) continue;
        put_comma(e, n++);
        put_range(e, m[0].text, m[1].text);
        qn_jsonw_lit(&e->out, ",\"rawstart\":");
        qn_jsonw_u64(&e->out, m[0].raw);
        qn_jsonw_lit(&e->out, ",\"rawend\":");
        qn_jsonw_u64(&e->out, m[1].raw);
        qn_jsonw_lit(&e->out, ",\"rule\":");
        put_name(e, m->rule);
        qn_jsonw_lit(&e->out, "}");
    }
    qn_jsonw_lit(&e->out, "]");
}

static int settle(jsonl_encoder *e, const qn_record *r)
{
    const jsonl_layers *l = &e->what->layer;
    e->ents.n = e->sents.n = e->summary.n = e->over.n = 0;
    return sink_settle(r->text, layer(r, l->ents), &e->ents, &e->over) &&
           sink_settle(r->text, layer(r, l->sents), &e->sents, NULL) &&
           sink_settle(r->text, layer(r, l->summary), &e->summary, NULL) &&
           sink_details_start(&e->details, r, l->detail) &&
           sink_offsets_start(&e->off, r, e->what->unit);
}

/* A string of any length behind its key. */
static void put_string(jsonl_encoder *e, const char *key, qn_str s)
{
    qn_jsonw_raw(&e->out, (qn_str){key, strlen(key)});
    while (s.n > 0) {
        size_t n = s.n < MUCH ? s.n : MUCH;
        qn_jsonw_part(&e->out, (qn_str){s.p, n});
        flush(e, MUCH);
        s.p += n;
        s.n -= n;
    }
    qn_jsonw_lit(&e->out, "\"");
}

qn_status jsonl_encode(jsonl_encoder *e, const qn_record *r)
{
    const jsonl_what *what = e->what;
    e->status = QN_OK;
    if (!settle(e, r)) return QN_E_NOMEM;
    qn_jsonw_lit(&e->out, "{\"id\":");
    qn_jsonw_str(&e->out, r->id);
    put_string(e, ",\"text\":\"", r->text);
    if (what->layer.ents) {
        qn_jsonw_lit(&e->out, ",\"ents\":");
        put_spans(e, e->ents.v, e->ents.n, WITH_DETAILS);
    }
    if (what->layer.sents) {
        qn_jsonw_lit(&e->out, ",\"sents\":");
        put_spans(e, e->sents.v, e->sents.n, WITH_CONFIDENCE);
    }
    if (what->tokens && what->layer.tokens) put_tokens(e, r);
    if (what->layer.summary) put_summary(e, r);
    if (what->layer.headings) {
        const qn_layer *h = layer(r, what->layer.headings);
        qn_jsonw_lit(&e->out, ",\"headings\":");
        put_spans(e, h->v, h->n, WITH_LABEL);
    }
    if (what->meta && r->nmeta) put_meta(e, r);
    if (e->over.n || what->layer.nother) put_layers(e, r);
    if (what->provenance) put_provenance(e, r);
    if (what->raw && qn_utf8_valid(r->raw.p, r->raw.n) == r->raw.n)
        put_string(e, ",\"raw\":\"", r->raw);
    qn_jsonw_lit(&e->out, "}\n");
    return e->out.no_memory ? QN_E_NOMEM : e->status;
}

qn_status jsonl_encode_end(jsonl_encoder *e)
{
    flush(e, 0);
    return e->status;
}
