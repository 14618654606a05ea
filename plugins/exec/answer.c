/* SPDX-License-Identifier: MIT */
/* plugins/exec/answer.c - see answer.h. */
#include "answer.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/json_read.h"
#include "text/utf8.h"

static const char *const layer_key[EXEC_LAYERS] = {"ents", "sents", "tokens"};

/* ---- questions --------------------------------------------------------------------------------
 */

static void put_number(qn_jsonw *w, const char *key, uint64_t v)
{
    qn_jsonw_raw(w, (qn_str){key, strlen(key)});
    qn_jsonw_u64(w, v);
}

/* Code points before each offset, offsets ascending: a cursor. */
struct cursor {
    const char *p;
    size_t at, points;
};

static uint64_t to_unit(struct cursor *c, uint32_t byte, int bytes)
{
    if (bytes) return byte;
    if (byte < c->at) c->at = c->points = 0;
    c->points += qn_utf8_count(c->p + c->at, byte - c->at);
    c->at = byte;
    return c->points;
}

static void put_layer(qn_jsonw *w, qn_ctx *cx, const exec_form *f, const qn_record *r, int k)
{
    const qn_layer *l = &r->layer[f->layer[k]];
    struct cursor c = {r->text.p, 0, 0};
    uint32_t i;
    qn_jsonw_lit(w, ",\"");
    qn_jsonw_raw(w, (qn_str){layer_key[k], strlen(layer_key[k])});
    qn_jsonw_lit(w, "\":[");
    for (i = 0; i < l->n; i++) {
        put_number(w, i ? ",{\"start\":" : "{\"start\":", to_unit(&c, l->v[i].beg, f->bytes));
        put_number(w, ",\"end\":", to_unit(&c, l->v[i].end, f->bytes));
        if (l->v[i].label) {
            qn_jsonw_lit(w, ",\"label\":");
            qn_jsonw_str(w, cx->host->name_text(cx, l->v[i].label));
        }
        qn_jsonw_lit(w, "}");
    }
    qn_jsonw_lit(w, "]");
}

static void put_meta(qn_jsonw *w, const qn_record *r)
{
    uint32_t i;
    qn_jsonw_lit(w, ",\"meta\":{");
    for (i = 0; i < r->nmeta; i++) {
        const qn_meta *m = &r->meta[i];
        if (i) qn_jsonw_lit(w, ",");
        qn_jsonw_str(w, m->key);
        qn_jsonw_lit(w, ":");
        if (m->type == QN_T_INT)
            qn_jsonw_i64(w, m->u.i);
        else if (m->type == QN_T_REAL)
            qn_jsonw_real(w, m->u.d);
        else if (m->type == QN_T_BOOL)
            qn_jsonw_bool(w, m->u.i != 0);
        else if (m->type == QN_T_JSON)
            qn_jsonw_raw(w, m->u.str);
        else
            qn_jsonw_str(w, m->u.str);
    }
    qn_jsonw_lit(w, "}");
}

void exec_question(qn_jsonw *w, qn_ctx *cx, const exec_form *f, const qn_record *r, uint32_t i)
{
    int k;
    put_number(w, "{\"i\":", i);
    qn_jsonw_lit(w, ",\"id\":");
    qn_jsonw_str(w, r->id);
    qn_jsonw_lit(w, ",\"text\":");
    qn_jsonw_str(w, r->text);
    for (k = 0; k < EXEC_LAYERS; k++)
        if (f->send[k] && f->layer[k]) put_layer(w, cx, f, r, k);
    if (f->meta && r->nmeta) put_meta(w, r);
    qn_jsonw_lit(w, "}\n");
}

/* ---- answers ----------------------------------------------------------------------------------
 */

static int is(qn_str s, const char *word)
{
    return s.n == strlen(word) && memcmp(s.p, word, s.n) == 0;
}

int exec_answer_number(qn_str line, long *i, char *why, size_t n)
{
    qn_json_number v;
    qn_jsonr r;
    qn_str key;
    *i = -1;
    qn_jsonr_open(&r, line.p, line.n, NULL);
    if (qn_jsonr_object(&r))
        while (qn_jsonr_member(&r, &key)) {
            if (is(key, "i") && qn_jsonr_peek(&r) == QN_JSON_NUMBER) {
                if (qn_jsonr_number(&r, &v) && v.type == QN_JSON_INT && v.i >= 0 && v.i < INT32_MAX)
                    *i = (long)v.i;
            } else {
                qn_jsonr_skip(&r, NULL);
            }
        }
    if (qn_jsonr_close(&r)) return 1;
    qn_jsonr_why(&r, why, n);
    return 0;
}

/* An answer while it is carried out. */
struct answer {
    qn_ctx *cx;
    const exec_form *form;
    qn_record *r;
    qn_jsonr json;
    uint32_t *byte; /* of each code point of the text, and its end; NULL: offsets are bytes */
    uint32_t points;
    char *why;
    size_t nwhy;
    qn_status st;
};

static void wrong(struct answer *a, const char *what)
{
    if (a->st == QN_OK) snprintf(a->why, a->nwhy, "%s", what);
    if (a->st == QN_OK) a->st = QN_E_DATA;
}

static void no_memory(struct answer *a)
{
    a->st = QN_E_NOMEM;
}

/* Where each code point of the present text begins. */
static void index_text(struct answer *a)
{
    qn_str t = a->r->text;
    uint32_t i, n = 0;
    free(a->byte);
    a->byte = NULL;
    if (a->form->bytes) return;
    a->byte = malloc((t.n + 1) * sizeof *a->byte);
    if (!a->byte) {
        no_memory(a);
        return;
    }
    for (i = 0; i < t.n; i++)
        if (qn_utf8_boundary(t.p, t.n, i)) a->byte[n++] = i;
    a->byte[n] = (uint32_t)t.n;
    a->points = n;
}

static int read_offset(struct answer *a, uint32_t *out)
{
    qn_str t = a->r->text;
    qn_json_number v;
    if (!qn_jsonr_number(&a->json, &v)) return 0;
    if (v.type == QN_JSON_INT && v.i >= 0) {
        if (a->byte && v.i <= a->points) {
            *out = a->byte[v.i];
            return 1;
        }
        if (!a->byte && v.i <= (int64_t)t.n && qn_utf8_boundary(t.p, t.n, (size_t)v.i)) {
            *out = (uint32_t)v.i;
            return 1;
        }
    }
    wrong(a, "an offset lies outside the text, or within a character");
    return 0;
}

/* A stretch with what belongs to it. */
struct stretch {
    qn_range at;
    qn_str word; /* "label" or "with" */
    int have;    /* bits: start, end, word */
};

static int read_stretch(struct answer *a, const char *word, struct stretch *s)
{
    qn_str key;
    memset(s, 0, sizeof *s);
    if (!qn_jsonr_object(&a->json)) return 0;
    while (a->st == QN_OK && qn_jsonr_member(&a->json, &key)) {
        if (is(key, "start"))
            s->have |= read_offset(a, &s->at.beg);
        else if (is(key, "end"))
            s->have |= read_offset(a, &s->at.end) << 1;
        else if (is(key, word) && qn_jsonr_peek(&a->json) == QN_JSON_STRING)
            s->have |= qn_jsonr_string(&a->json, &s->word) << 2;
        else
            qn_jsonr_skip(&a->json, NULL);
    }
    if (a->st == QN_OK && ((s->have & 3) != 3 || s->at.beg > s->at.end))
        wrong(a, "a stretch needs \"start\" and \"end\", in that order");
    return a->st == QN_OK;
}

/* The layer as the answer has it, in place of what was there. */
static void read_layer(struct answer *a, qn_layer_id id)
{
    qn_layer *l = &a->r->layer[id];
    struct stretch s;
    if (!qn_jsonr_array(&a->json)) {
        wrong(a, "a layer is a list");
        return;
    }
    l->n = 0;
    while (a->st == QN_OK && qn_jsonr_item(&a->json)) {
        qn_name label;
        if (!read_stretch(a, "label", &s)) return;
        if (s.at.beg == s.at.end || (l->n && s.at.beg < l->v[l->n - 1].end)) {
            wrong(a, "spans of a layer are not empty, in order and do not overlap");
            return;
        }
        label = s.word.n ? a->cx->host->name(a->cx, s.word) : 0;
        if (qn_add(a->r, id, s.at.beg, s.at.end, label) != QN_OK) no_memory(a);
    }
}

static void finish_edit(struct answer *a, qn_edit *e)
{
    qn_status st = a->cx->host->edit_end(e);
    if (st == QN_E_NOMEM) no_memory(a);
    if (st != QN_OK && st != QN_E_NOMEM) wrong(a, "edits are in order and do not overlap");
    if (a->st == QN_OK) index_text(a);
}

/* A new text: what it has in common with the old one at both ends stays as it was. */
static void change_text(struct answer *a, qn_str to)
{
    qn_str from = a->r->text;
    size_t beg = 0, tail = 0, most = from.n < to.n ? from.n : to.n;
    qn_edit *e;
    while (beg < most && from.p[beg] == to.p[beg])
        beg++;
    if (beg == from.n && beg == to.n) return;
    while (!qn_utf8_boundary(from.p, from.n, beg) || !qn_utf8_boundary(to.p, to.n, beg))
        beg--;
    while (tail < most - beg && from.p[from.n - 1 - tail] == to.p[to.n - 1 - tail])
        tail++;
    while (!qn_utf8_boundary(from.p, from.n, from.n - tail) ||
           !qn_utf8_boundary(to.p, to.n, to.n - tail))
        tail--;
    e = a->cx->host->edit_begin(a->cx, a->r);
    if (!e || a->cx->host->edit_replace(e, (qn_range){(uint32_t)beg, (uint32_t)(from.n - tail)},
                                        (qn_str){to.p + beg, to.n - tail - beg},
                                        a->form->rule) == QN_E_NOMEM) {
        no_memory(a);
        return;
    }
    finish_edit(a, e);
}

/* "edits": [{"start":1,"end":6,"with":"&"}] */
static void read_edits(struct answer *a)
{
    qn_edit *e;
    struct stretch s;
    if (!qn_jsonr_array(&a->json)) {
        wrong(a, "\"edits\" is a list");
        return;
    }
    e = a->cx->host->edit_begin(a->cx, a->r);
    if (!e) {
        no_memory(a);
        return;
    }
    while (a->st == QN_OK && qn_jsonr_item(&a->json)) {
        qn_status st;
        if (!read_stretch(a, "with", &s)) return; /* an edit that is not ended does nothing */
        if (!(s.have & 4)) s.word.n = 0;
        st = a->cx->host->edit_replace(e, s.at, s.word, a->form->rule);
        if (st == QN_E_NOMEM) no_memory(a);
        if (st != QN_OK && st != QN_E_NOMEM) wrong(a, "edits are in order and do not overlap");
    }
    if (a->st == QN_OK) finish_edit(a, e);
}

static qn_str keep(struct answer *a, qn_str s)
{
    char *copy = qn_alloc(a->r->batch, s.n + 1);
    if (!copy) no_memory(a);
    if (copy && s.n) memcpy(copy, s.p, s.n);
    return (qn_str){copy, copy ? s.n : 0};
}

static void read_meta(struct answer *a)
{
    qn_str key, text;
    qn_json_number v;
    if (!qn_jsonr_object(&a->json)) {
        wrong(a, "\"meta\" is an object");
        return;
    }
    while (a->st == QN_OK && qn_jsonr_member(&a->json, &key)) {
        qn_meta m = {.key = keep(a, key), .type = QN_T_JSON};
        int truth;
        switch (qn_jsonr_peek(&a->json)) {
        case QN_JSON_STRING:
            if (!qn_jsonr_string(&a->json, &text)) return;
            m.type = QN_T_STR;
            m.u.str = keep(a, text);
            break;
        case QN_JSON_TRUE:
        case QN_JSON_FALSE:
            if (!qn_jsonr_bool(&a->json, &truth)) return;
            m.type = QN_T_BOOL;
            m.u.i = truth;
            break;
        case QN_JSON_NUMBER:
            if (!qn_jsonr_number(&a->json, &v)) return;
            m.type = v.type == QN_JSON_INT    ? QN_T_INT
                     : v.type == QN_JSON_REAL ? QN_T_REAL
                                              : QN_T_JSON;
            if (v.type == QN_JSON_INT)
                m.u.i = v.i;
            else if (v.type == QN_JSON_REAL)
                m.u.d = v.d;
            else
                m.u.str = keep(a, v.text);
            break;
        default:
            if (!qn_jsonr_skip(&a->json, &text)) return;
            m.u.str = keep(a, text);
        }
        if (a->st == QN_OK && a->cx->host->set_meta(a->cx, a->r, &m) != QN_OK) no_memory(a);
    }
}

static void read_member(struct answer *a, qn_str key)
{
    qn_str text;
    int k;
    for (k = 0; k < EXEC_LAYERS; k++)
        if (is(key, layer_key[k])) {
            read_layer(a, a->form->make[k]);
            return;
        }
    if (is(key, "text") && qn_jsonr_string(&a->json, &text)) {
        text = keep(a, text);
        if (a->st == QN_OK) change_text(a, text);
    } else if (is(key, "edits")) {
        read_edits(a);
    } else if (is(key, "meta")) {
        read_meta(a);
    } else if (is(key, "drop") && qn_jsonr_string(&a->json, &text)) {
        a->cx->host->drop_record(a->cx, a->r, a->cx->host->name(a->cx, text));
    } else if (is(key, "error") && qn_jsonr_string(&a->json, &text)) {
        snprintf(a->why, a->nwhy, "%.*s", (int)text.n, text.p);
        a->st = QN_E_DATA;
    } else if (a->json.expected == NULL) {
        qn_jsonr_skip(&a->json, NULL);
    }
}

/* Members in two rounds: text and edits first, because offsets of layers count in what comes out.
 */
static void read_round(struct answer *a, qn_str line, char *room, int texts)
{
    qn_str key;
    qn_jsonr_open(&a->json, line.p, line.n, room);
    if (!qn_jsonr_object(&a->json)) return;
    while (a->st == QN_OK && qn_jsonr_member(&a->json, &key)) {
        if ((is(key, "text") || is(key, "edits")) == texts)
            read_member(a, key);
        else
            qn_jsonr_skip(&a->json, NULL);
    }
}

qn_status exec_answer(qn_ctx *cx, const exec_form *f, qn_record *r, qn_str line, char *why,
                      size_t n)
{
    struct answer a = {.cx = cx, .form = f, .r = r, .why = why, .nwhy = n, .st = QN_OK};
    char *room = malloc(line.n + 1);
    if (!room) return QN_E_NOMEM;
    index_text(&a);
    if (a.st == QN_OK) read_round(&a, line, room, 1);
    if (a.st == QN_OK) read_round(&a, line, room, 0);
    if (a.st == QN_OK && !qn_jsonr_close(&a.json)) {
        qn_jsonr_why(&a.json, why, n);
        a.st = QN_E_DATA;
    }
    free(room);
    free(a.byte);
    return a.st;
}
