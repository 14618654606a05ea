/* SPDX-License-Identifier: MIT */
/* core/cli/tap.c - see tap.h. */
#include "tap.h"

#include <stdlib.h>
#include <string.h>

#include "text/json_write.h"
#include "text/utf8.h"

int parse_tap(struct tap *t, const char *word)
{
    const char *colon = strrchr(word, ':');
    size_t n = colon ? (size_t)(colon - word) : strlen(word);
    char *end = NULL;
    if (n == 0 || n >= sizeof t->stage) return 0;
    memcpy(t->stage, word, n);
    t->stage[n] = '\0';
    t->left = TAP_RECORDS;
    if (!colon) return 1;
    if (colon[1] < '0' || colon[1] > '9') return 0;
    t->left = strtoull(colon + 1, &end, 10);
    return *end == '\0';
}

/* Raw input may be any bytes: those that are not UTF-8 are written as U+FFFD, one each. */
static void put_text(qn_jsonw *w, qn_str s)
{
    qn_jsonw_lit(w, "\"");
    while (s.n) {
        size_t good = qn_utf8_valid(s.p, s.n);
        qn_jsonw_part(w, (qn_str){s.p, good});
        s.p += good;
        s.n -= good;
        if (!s.n) break;
        qn_jsonw_lit(w, "\xEF\xBF\xBD");
        s.p++;
        s.n--;
    }
    qn_jsonw_lit(w, "\"");
}

static void put_number(qn_jsonw *w, const char *key, uint64_t v)
{
    qn_jsonw_raw(w, (qn_str){key, strlen(key)});
    qn_jsonw_u64(w, v);
}

static void put_layer(qn_jsonw *w, qn_session *session, const qn_record *r, const qn_layer *l)
{
    uint32_t i;
    qn_jsonw_lit(w, "[");
    for (i = 0; i < l->n; i++) {
        const qn_span *s = &l->v[i];
        put_number(w, i ? ",{\"start\":" : "{\"start\":", s->beg);
        put_number(w, ",\"end\":", s->end);
        if (s->label) {
            qn_jsonw_lit(w, ",\"label\":");
            put_text(w, qn_names_text(session->names, s->label));
        }
        if (s->end <= r->text.n && s->beg <= s->end) {
            qn_jsonw_lit(w, ",\"text\":");
            put_text(w, qn_span_text(r, s));
        }
        qn_jsonw_lit(w, "}");
    }
    qn_jsonw_lit(w, "]");
}

static void put_layers(qn_jsonw *w, qn_session *session, const qn_record *r)
{
    uint32_t i, n = 0;
    qn_jsonw_lit(w, ",\"layers\":{");
    for (i = 1; i < r->nlayer; i++) {
        if (!r->layer[i].n) continue;
        if (n++) qn_jsonw_lit(w, ",");
        put_text(w, qn_names_text(session->layers, (uint16_t)i));
        qn_jsonw_lit(w, ":");
        put_layer(w, session, r, &r->layer[i]);
    }
    qn_jsonw_lit(w, "}");
}

static void put_changes(qn_jsonw *w, qn_session *session, const qn_record *r)
{
    uint32_t i, n = 0;
    qn_jsonw_lit(w, ",\"changes\":[");
    for (i = 0; i + 1 < r->nmap; i++) {
        const qn_seg *m = &r->map[i];
        if (!m->rule) continue;
        qn_jsonw_raw(w, n++ ? (qn_str){",{\"rule\":", 9} : (qn_str){"{\"rule\":", 8});
        put_text(w, qn_names_text(session->names, m->rule));
        put_number(w, ",\"raw_start\":", m[0].raw);
        put_number(w, ",\"start\":", m[0].text);
        qn_jsonw_lit(w, ",\"before\":");
        put_text(w, (qn_str){r->raw.p + m[0].raw, m[1].raw - m[0].raw});
        qn_jsonw_lit(w, ",\"after\":");
        put_text(w, (qn_str){r->text.p + m[0].text, m[1].text - m[0].text});
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
        put_text(w, m->key);
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
            put_text(w, m->u.str);
    }
    qn_jsonw_lit(w, "}");
}

void put_tapped(qn_jsonw *w, const char *stage, qn_session *session, const qn_record *r)
{
    const char *state = r->flags & QN_REC_FAILED    ? "failed"
                        : r->flags & QN_REC_DROPPED ? "dropped"
                                                    : "live";
    qn_jsonw_lit(w, "{\"tap\":");
    put_text(w, (qn_str){stage, strlen(stage)});
    qn_jsonw_lit(w, ",\"id\":");
    put_text(w, r->id);
    qn_jsonw_lit(w, ",\"place\":");
    put_text(w, r->place);
    qn_jsonw_lit(w, ",\"state\":");
    put_text(w, (qn_str){state, strlen(state)});
    if (!qn_live(r)) {
        qn_jsonw_lit(w, ",\"why\":");
        put_text(w, r->why);
    }
    qn_jsonw_lit(w, ",\"text\":");
    put_text(w, r->text);
    put_layers(w, session, r);
    put_changes(w, session, r);
    put_meta(w, r);
    qn_jsonw_lit(w, "}\n");
}

qn_status see_tap(void *arg, const qn_batch *b)
{
    struct tap *t = arg;
    qn_jsonw w = {0};
    qn_status st = QN_OK;
    uint32_t i;
    for (i = 0; st == QN_OK && i < b->n && t->left; i++, t->left--) {
        w.n = 0;
        put_tapped(&w, t->stage, t->session, b->rec[i]);
        if (w.no_memory)
            st = QN_E_NOMEM;
        else if (fwrite(w.p, 1, w.n, t->out) != w.n)
            st = QN_E_IO;
    }
    if (st == QN_E_IO)
        qn_log_say(t->session->log, QN_ERROR, t->stage, "cannot write what the tap shows");
    qn_jsonw_free(&w);
    return st;
}
