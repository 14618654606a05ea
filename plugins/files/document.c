/* SPDX-License-Identifier: MIT */
/* plugins/files/document.c - see document.h. */
#include "document.h"

#include "text/json_read.h"

static qn_status not_json(qn_ctx *cx, const qn_jsonr *json)
{
    char why[256];
    qn_jsonr_why(json, why, sizeof why);
    return cx->host->fail(cx, QN_E_DATA, "not a JSON object on one line: %s", why);
}

/* A string or a number as the record's id; 0: another type, which says nothing. */
static int read_id(qn_jsonr *json, qn_str *id)
{
    qn_json_number number;
    switch (qn_jsonr_peek(json)) {
    case QN_JSON_STRING:
        return qn_jsonr_string(json, id);
    case QN_JSON_NUMBER:
        if (!qn_jsonr_number(json, &number)) return 0;
        *id = number.text;
        return 1;
    default:
        return 0;
    }
}

/* Any value as a metadata entry of the nearest type; what has none stays JSON. */
static int read_meta(qn_jsonr *json, qn_meta *m)
{
    qn_json_number number;
    int truth;
    switch (qn_jsonr_peek(json)) {
    case QN_JSON_STRING:
        m->type = QN_T_STR;
        return qn_jsonr_string(json, &m->u.str);
    case QN_JSON_NUMBER:
        if (!qn_jsonr_number(json, &number)) return 0;
        m->type = number.type == QN_JSON_INT    ? QN_T_INT
                  : number.type == QN_JSON_REAL ? QN_T_REAL
                                                : QN_T_JSON;
        if (m->type == QN_T_INT)
            m->u.i = number.i;
        else if (m->type == QN_T_REAL)
            m->u.d = number.d;
        else
            m->u.str = number.text;
        return 1;
    case QN_JSON_TRUE:
    case QN_JSON_FALSE:
        m->type = QN_T_BOOL;
        if (!qn_jsonr_bool(json, &truth)) return 0;
        m->u.i = truth;
        return 1;
    default:
        m->type = QN_T_JSON;
        return qn_jsonr_skip(json, &m->u.str);
    }
}

static qn_status add_meta(qn_ctx *cx, qn_record *r, qn_jsonr *json, qn_str name)
{
    qn_meta m = {.key = name};
    if (!read_meta(json, &m)) return not_json(cx, json);
    if (r->nmeta >= FILES_FIELDS)
        return cx->host->fail(cx, QN_E_DATA, "more than %d fields beside text and id",
                              FILES_FIELDS);
    return cx->host->set_meta(cx, r, &m);
}

static qn_status take_text(qn_ctx *cx, qn_jsonr *json, const files_fields *f, qn_str *text)
{
    if (text->p) return cx->host->fail(cx, QN_E_DATA, "the field \"%s\" is there twice", f->text.p);
    if (!qn_jsonr_string(json, text)) return not_json(cx, json);
    return QN_OK;
}

/* ---- what quarantine holds ----------------------------------------------------------------------
 */

static int digit64(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Base64 (RFC 4648) to out, which has room for 3 bytes of every 4. 0: it is none. */
static int read_base64(qn_str s, char *out, size_t *n)
{
    uint32_t bits = 0;
    size_t i, end = s.n;
    if (s.n % 4) return 0;
    while (end > 0 && s.n - end < 2 && s.p[end - 1] == '=')
        end--;
    for (i = 0, *n = 0; i < end; i++) {
        const int d = digit64(s.p[i]);
        if (d < 0) return 0;
        bits = bits << 6 | (uint32_t)d;
        if (i % 4) out[(*n)++] = (char)(bits >> (6 - 2 * (i % 4)) & 0xFF);
    }
    return 1;
}

/* A record that was put in quarantine because it was not UTF-8 comes back as it was read. */
static qn_status take_bytes(qn_ctx *cx, qn_record *r, const files_fields *f, qn_str bytes)
{
    char *out = bytes.p ? qn_alloc(r->batch, bytes.n / 4 * 3 + 1) : NULL;
    if (bytes.p && !out) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    if (!bytes.p || !read_base64(bytes, out, &r->text.n))
        return cx->host->fail(
            cx, QN_E_DATA, "the object has no \"%s\"; name the field with text_field", f->text.p);
    r->text.p = out;
    return QN_OK;
}

static qn_status finish(qn_ctx *cx, qn_record *r, const files_fields *f, qn_str text, qn_str bytes)
{
    qn_meta m = {.key = QN_STR("bytes"), .type = QN_T_STR, .u.str = bytes};
    if (!text.p) return take_bytes(cx, r, f, bytes);
    r->text = text;
    r->flags &= ~(uint32_t)QN_REC_BYTES;
    return bytes.p ? cx->host->set_meta(cx, r, &m) : QN_OK;
}

/* The field that stands for the text in quarantine. */
static int is_bytes(qn_jsonr *json, qn_str name)
{
    return qn_str_eq(name, (qn_str)QN_STR("bytes")) && qn_jsonr_peek(json) == QN_JSON_STRING;
}

qn_status files_document(qn_ctx *cx, qn_record *r, const files_fields *f)
{
    qn_jsonr json;
    qn_str name, text = {NULL, 0}, id = {NULL, 0}, bytes = {NULL, 0};
    qn_status st = QN_OK;
    char *room = qn_alloc(r->batch, r->text.n);
    if (!room) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    qn_jsonr_open(&json, r->text.p, r->text.n, room);
    if (!qn_jsonr_object(&json)) return not_json(cx, &json);
    while (st == QN_OK && qn_jsonr_member(&json, &name)) {
        if (qn_str_eq(name, f->text))
            st = take_text(cx, &json, f, &text);
        else if (is_bytes(&json, name) && !bytes.p)
            st = qn_jsonr_string(&json, &bytes) ? QN_OK : not_json(cx, &json);
        else if (!qn_str_eq(name, f->id) || !read_id(&json, &id))
            st = add_meta(cx, r, &json, name);
    }
    if (st != QN_OK) return st;
    if (!qn_jsonr_close(&json)) return not_json(cx, &json);
    r->id = id.n ? id : r->place;
    return finish(cx, r, f, text, bytes);
}

int files_is_jsonl(const char *line, size_t n, int whole, const files_fields *f)
{
    qn_jsonr json;
    qn_str name;
    int found = 0;
    qn_jsonr_open(&json, line, n, NULL);
    if (!qn_jsonr_object(&json)) return 0;
    while (qn_jsonr_member(&json, &name)) {
        found |= qn_str_eq(name, f->text) && qn_jsonr_peek(&json) == QN_JSON_STRING;
        found |= is_bytes(&json, name);
        if (!qn_jsonr_skip(&json, NULL)) break;
    }
    if (!whole) return qn_jsonr_cut(&json);
    return qn_jsonr_close(&json) && found;
}
