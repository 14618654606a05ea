/* SPDX-License-Identifier: MIT */
/* core/ledger.c - see ledger.h. The quarantine is JSON Lines that quern reads again as they are:
 * {"id","text","place","stage","error"}; a text that is not UTF-8 comes as "bytes" in base64
 * (RFC 4648), so that nothing of it is lost. The file of what was dropped is the same with "rule".
 */
#include "ledger.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/json_write.h"
#include "text/utf8.h"

struct qn_ledger {
    pthread_mutex_t lock; /* of totals: the progress line reads them from another thread */
    qn_totals totals;
    qn_session *session;
    qn_out *quarantine, *dropped; /* the session's; NULL: not asked for */
    qn_jsonw line;
    unsigned nstage;
    uint64_t *failed; /* per stage */
    qn_drop_count *drop;
    size_t ndrop;
    qn_change_count *change; /* by number of the rule */
    size_t nchange;
    char why[1024];
};

static int wants_quarantine(const qn_plan *plan)
{
    unsigned i;
    for (i = 0; i < plan->nstage; i++)
        if (plan->stage[i].on_error == QN_ON_ERROR_QUARANTINE) return 1;
    return 0;
}

/* 0 with why. */
static int open_files(qn_ledger *l, qn_plan *plan, char *why, size_t nwhy)
{
    qn_status st;
    const char *dropped = plan->run.dropped;
    if (wants_quarantine(plan)) {
        l->quarantine = qn_session_out(plan->session, plan->run.quarantine, &st, why, nwhy);
        if (!l->quarantine) return 0;
    }
    if (dropped) l->dropped = qn_session_out(plan->session, dropped, &st, why, nwhy);
    return !dropped || l->dropped;
}

qn_ledger *qn_ledger_new(qn_plan *plan, char *why, size_t nwhy)
{
    qn_ledger *l = calloc(1, sizeof *l);
    if (!l || pthread_mutex_init(&l->lock, NULL) != 0) {
        free(l);
        snprintf(why, nwhy, "out of memory");
        return NULL;
    }
    l->session = plan->session;
    l->nstage = plan->nstage;
    l->failed = calloc(plan->nstage, sizeof *l->failed);
    if (!l->failed) snprintf(why, nwhy, "out of memory");
    if (!l->failed || !open_files(l, plan, why, nwhy)) {
        qn_ledger_free(l);
        return NULL;
    }
    return l;
}

void qn_ledger_free(qn_ledger *l)
{
    size_t i;
    if (!l) return;
    for (i = 0; i < l->ndrop; i++)
        free((char *)(uintptr_t)l->drop[i].rule);
    pthread_mutex_destroy(&l->lock);
    qn_jsonw_free(&l->line);
    free(l->drop);
    free(l->change);
    free(l->failed);
    free(l);
}

/* ---- records that are left out --------------------------------------------------------------- */

static void write_base64(qn_jsonw *w, qn_str s)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *out = qn_jsonw_room(w, s.n / 3 * 4 + 6);
    size_t i;
    if (!out) return;
    *out++ = '"';
    for (i = 0; i < s.n; i += 3) {
        size_t left = s.n - i;
        uint32_t v = (uint32_t)(unsigned char)s.p[i] << 16;
        if (left > 1) v |= (uint32_t)(unsigned char)s.p[i + 1] << 8;
        if (left > 2) v |= (unsigned char)s.p[i + 2];
        *out++ = digit[v >> 18];
        *out++ = digit[v >> 12 & 63];
        *out++ = left > 1 ? digit[v >> 6 & 63] : '=';
        *out++ = left > 2 ? digit[v & 63] : '=';
    }
    *out++ = '"';
    w->n = (size_t)(out - w->p);
}

/* Ids and places come from file names and may be any bytes. */
static void write_text(qn_jsonw *w, qn_str s)
{
    if (qn_utf8_valid(s.p, s.n) == s.n)
        qn_jsonw_str(w, s);
    else
        write_base64(w, s);
}

/* As it was read, with the stage and its reason, which `key` names. */
static qn_status write_record(qn_ledger *l, qn_out *out, const qn_stage *stage, const char *key,
                              const qn_record *r)
{
    qn_str raw = r->raw.p ? r->raw : r->text, id = {stage->id, strlen(stage->id)};
    qn_jsonw *w = &l->line;
    qn_str line;
    int text = qn_utf8_valid(raw.p, raw.n) == raw.n;
    w->n = 0;
    qn_jsonw_lit(w, "{\"id\":");
    write_text(w, r->id);
    if (text) {
        qn_jsonw_lit(w, ",\"text\":");
        qn_jsonw_str(w, raw);
    } else {
        qn_jsonw_lit(w, ",\"bytes\":");
        write_base64(w, raw);
    }
    qn_jsonw_lit(w, ",\"place\":");
    write_text(w, r->place);
    qn_jsonw_lit(w, ",\"stage\":");
    qn_jsonw_str(w, id);
    qn_jsonw_lit(w, ",");
    qn_jsonw_str(w, (qn_str){key, strlen(key)});
    qn_jsonw_lit(w, ":");
    write_text(w, r->why);
    qn_jsonw_lit(w, "}\n");
    if (w->no_memory) {
        snprintf(l->why, sizeof l->why, "out of memory");
        return QN_E_NOMEM;
    }
    line.p = w->p;
    line.n = w->n;
    return qn_out_write(out, line, l->why, sizeof l->why);
}

/* ---- counting -------------------------------------------------------------------------------- */

static void count_drop(qn_ledger *l, unsigned stage, qn_str rule)
{
    qn_drop_count *d, *more;
    size_t i;
    for (i = 0; i < l->ndrop; i++)
        if (l->drop[i].stage == stage && strlen(l->drop[i].rule) == rule.n &&
            memcmp(l->drop[i].rule, rule.p, rule.n) == 0) {
            l->drop[i].n++;
            return;
        }
    more = realloc(l->drop, (l->ndrop + 1) * sizeof *more);
    if (!more) return; /* the totals still count it */
    l->drop = more;
    d = &l->drop[l->ndrop];
    d->stage = stage;
    d->n = 1;
    d->rule = strndup(rule.p, rule.n);
    if (d->rule) l->ndrop++;
}

/* The entry of a rule; NULL: out of memory, the totals still count what it did. */
static qn_change_count *change_of(qn_ledger *l, qn_name rule)
{
    if (rule >= l->nchange) {
        size_t n = (size_t)rule + 64, i;
        qn_change_count *more = realloc(l->change, n * sizeof *more);
        if (!more) return NULL;
        for (i = l->nchange; i < n; i++)
            more[i] = (qn_change_count){(qn_name)i, 0, 0, 0};
        l->change = more;
        l->nchange = n;
    }
    return &l->change[rule];
}

/* What became of the raw bytes of a record that came through. */
static void count_changes(qn_ledger *l, const qn_record *r, qn_totals *t)
{
    uint32_t i;
    uint64_t changed = 0;
    for (i = 0; i + 1 < r->nmap; i++) {
        const qn_seg *m = &r->map[i];
        qn_change_count *c = m->rule ? change_of(l, m->rule) : NULL;
        if (!m->rule) continue;
        changed += m[1].raw - m[0].raw;
        if (!c) continue;
        c->n++;
        c->raw += m[1].raw - m[0].raw;
        c->text += m[1].text - m[0].text;
    }
    t->changed += changed;
    t->kept += r->raw.n - changed;
}

static qn_status failed(qn_ledger *l, const qn_plan *plan, const qn_record *r, qn_totals *t)
{
    const qn_stage *stage = &plan->stage[r->stage < plan->nstage ? r->stage : 0];
    t->failed++;
    l->failed[stage->index]++;
    switch (stage->on_error) {
    case QN_ON_ERROR_STOP:
        snprintf(l->why, sizeof l->why, "%s: %.*s: %.*s", stage->id, (int)r->place.n, r->place.p,
                 (int)r->why.n, r->why.p);
        return QN_E_DATA;
    case QN_ON_ERROR_SKIP:
        t->skipped++;
        return QN_OK;
    case QN_ON_ERROR_QUARANTINE:
        t->quarantined++;
        qn_log_say(l->session->log, QN_WARN, stage->id, "%.*s: %.*s", (int)r->place.n, r->place.p,
                   (int)r->why.n, r->why.p);
        return write_record(l, l->quarantine, stage, "error", r);
    case QN_ON_ERROR_REPORT:
        break;
    }
    qn_log_say(l->session->log, QN_ERROR, stage->id, "%.*s: %.*s", (int)r->place.n, r->place.p,
               (int)r->why.n, r->why.p);
    return QN_OK;
}

static qn_status dropped(qn_ledger *l, const qn_plan *plan, const qn_record *r, qn_totals *t)
{
    const qn_stage *stage = &plan->stage[r->stage < plan->nstage ? r->stage : 0];
    t->dropped++;
    t->dropped_bytes += r->raw.n;
    count_drop(l, r->stage, r->why);
    return l->dropped ? write_record(l, l->dropped, stage, "rule", r) : QN_OK;
}

qn_status qn_ledger_account(qn_ledger *l, const qn_plan *plan, const qn_batch *b)
{
    qn_totals t = {0};
    qn_status st = QN_OK;
    uint32_t i;
    for (i = 0; i < b->n && st == QN_OK; i++) {
        const qn_record *r = b->rec[i];
        t.read++;
        t.bytes += r->raw.n;
        if (r->flags & QN_REC_FAILED) {
            t.failed_bytes += r->raw.n;
            st = failed(l, plan, r, &t);
        } else if (r->flags & QN_REC_DROPPED) {
            st = dropped(l, plan, r, &t);
        } else {
            t.out++;
            count_changes(l, r, &t);
        }
    }
    pthread_mutex_lock(&l->lock);
    l->totals.read += t.read;
    l->totals.out += t.out;
    l->totals.dropped += t.dropped;
    l->totals.failed += t.failed;
    l->totals.bytes += t.bytes;
    l->totals.kept += t.kept;
    l->totals.changed += t.changed;
    l->totals.dropped_bytes += t.dropped_bytes;
    l->totals.failed_bytes += t.failed_bytes;
    l->totals.quarantined += t.quarantined;
    l->totals.skipped += t.skipped;
    pthread_mutex_unlock(&l->lock);
    return st;
}

const char *qn_ledger_why(const qn_ledger *l)
{
    return l->why;
}

qn_totals qn_ledger_totals(qn_ledger *l)
{
    qn_totals t;
    pthread_mutex_lock(&l->lock);
    t = l->totals;
    pthread_mutex_unlock(&l->lock);
    return t;
}

uint64_t qn_ledger_failed(const qn_ledger *l, unsigned stage)
{
    return stage < l->nstage ? l->failed[stage] : 0;
}

uint64_t qn_ledger_dropped(const qn_ledger *l, unsigned stage)
{
    uint64_t n = 0;
    size_t i;
    for (i = 0; i < l->ndrop; i++)
        if (l->drop[i].stage == stage) n += l->drop[i].n;
    return n;
}

static int by_stage_and_count(const void *a, const void *b)
{
    const qn_drop_count *x = a, *y = b;
    if (x->stage != y->stage) return x->stage < y->stage ? -1 : 1;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    return strcmp(x->rule, y->rule);
}

const qn_drop_count *qn_ledger_drops(qn_ledger *l, size_t *n)
{
    if (l->ndrop) qsort(l->drop, l->ndrop, sizeof *l->drop, by_stage_and_count);
    *n = l->ndrop;
    return l->drop;
}

const qn_change_count *qn_ledger_changes(const qn_ledger *l, size_t *n)
{
    *n = l->nchange;
    return l->change;
}
