/* SPDX-License-Identifier: MIT */
/* core/embed_desk.c - see embed_desk.h. One lock; the run's reader waits for documents, its sink
 * until the program has seen the batch, the program for the next record. */
#include "embed_desk.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/json_read.h"
#include "text/utf8.h"

enum { BATCH_BYTES = 64 << 10 };

/* A document on its way in; its bytes: id, text, meta. */
struct pushed {
    struct pushed *next;
    uint64_t no; /* from 1 */
    size_t nid, ntext, nmeta;
    char bytes[];
};

struct qn_desk {
    pthread_mutex_t lock;
    pthread_cond_t came; /* for the reader */
    pthread_cond_t out;  /* for the program */
    pthread_cond_t back; /* for the sink */
    struct pushed *first, *last;
    uint64_t waiting; /* from first to last */
    uint64_t pushed, given;
    const qn_batch *batch; /* being handed out */
    uint32_t at;           /* its record */
    int held;              /* the program has it */
    int ended, closed, over;
    int failing;      /* the run comes to an end before its time */
    qn_status status; /* of the run that is over */
    unsigned share;
};

/* ---- life ------------------------------------------------------------------------------------ */

qn_desk *qn_desk_new(void)
{
    qn_desk *d = calloc(1, sizeof *d);
    if (!d) return NULL;
    d->share = 1;
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->came, NULL);
    pthread_cond_init(&d->out, NULL);
    pthread_cond_init(&d->back, NULL);
    return d;
}

void qn_desk_free(qn_desk *d)
{
    if (!d) return;
    while (d->first) {
        struct pushed *next = d->first->next;
        free(d->first);
        d->first = next;
    }
    pthread_cond_destroy(&d->back);
    pthread_cond_destroy(&d->out);
    pthread_cond_destroy(&d->came);
    pthread_mutex_destroy(&d->lock);
    free(d);
}

void qn_desk_share(qn_desk *d, unsigned workers)
{
    d->share = workers ? workers : 1;
}

/* ---- the program's side ---------------------------------------------------------------------- */

static struct pushed *copy_in(const char *id, qn_str text, const char *meta)
{
    size_t nid = id ? strlen(id) : 0, nmeta = meta ? strlen(meta) : 0;
    struct pushed *p;
    if (text.n > SIZE_MAX - nid - nmeta - sizeof *p) return NULL;
    p = malloc(sizeof *p + nid + text.n + nmeta);
    if (!p) return NULL;
    p->next = NULL;
    p->nid = nid;
    p->ntext = text.n;
    p->nmeta = nmeta;
    if (nid) memcpy(p->bytes, id, nid);
    if (text.n) memcpy(p->bytes + nid, text.p, text.n);
    if (nmeta) memcpy(p->bytes + nid + text.n, meta, nmeta);
    return p;
}

qn_status qn_desk_push(qn_desk *d, const char *id, qn_str text, const char *meta)
{
    struct pushed *p;
    qn_status st = QN_OK;
    if (id && qn_utf8_valid(id, strlen(id)) < strlen(id)) return QN_E_DATA;
    p = copy_in(id, text, meta);
    if (!p) return QN_E_NOMEM;
    pthread_mutex_lock(&d->lock);
    if (d->closed || d->over) {
        st = QN_E_CANCELLED;
    } else {
        if (d->last)
            d->last->next = p;
        else
            d->first = p;
        d->last = p;
        p->no = ++d->pushed;
        d->waiting++;
        pthread_cond_signal(&d->came);
    }
    pthread_mutex_unlock(&d->lock);
    if (st != QN_OK) free(p);
    return st;
}

/* Lock held. The record the program has goes back; behind the last, the batch. */
static void let_go(qn_desk *d)
{
    if (!d->held) return;
    d->held = 0;
    if (++d->at == d->batch->n) d->batch = NULL;
    pthread_cond_signal(&d->back);
}

void qn_desk_let_go(qn_desk *d)
{
    pthread_mutex_lock(&d->lock);
    let_go(d);
    pthread_mutex_unlock(&d->lock);
}

/* Lock held. */
static qn_status why_nothing(const qn_desk *d)
{
    if (d->closed) return QN_E_CANCELLED;
    if (d->over && d->status != QN_OK) return d->status;
    return QN_END;
}

qn_status qn_desk_next(qn_desk *d, const qn_record **r)
{
    qn_status st = QN_OK;
    *r = NULL;
    pthread_mutex_lock(&d->lock);
    let_go(d);
    while (!d->batch && d->given < d->pushed && !d->over && !d->closed)
        pthread_cond_wait(&d->out, &d->lock);
    if (d->batch && !d->closed) {
        *r = d->batch->rec[d->at];
        d->held = 1;
        d->given++;
    } else {
        st = why_nothing(d);
    }
    pthread_mutex_unlock(&d->lock);
    return st;
}

static void wake_all(qn_desk *d)
{
    pthread_cond_broadcast(&d->came);
    pthread_cond_broadcast(&d->out);
    pthread_cond_broadcast(&d->back);
}

void qn_desk_end(qn_desk *d)
{
    pthread_mutex_lock(&d->lock);
    d->ended = 1;
    wake_all(d);
    pthread_mutex_unlock(&d->lock);
}

void qn_desk_close(qn_desk *d)
{
    pthread_mutex_lock(&d->lock);
    d->closed = 1;
    wake_all(d);
    pthread_mutex_unlock(&d->lock);
}

void qn_desk_over(qn_desk *d, qn_status status)
{
    pthread_mutex_lock(&d->lock);
    d->over = 1;
    d->status = status;
    wake_all(d);
    pthread_mutex_unlock(&d->lock);
}

/* ---- the run's source ------------------------------------------------------------------------ */

static qn_desk *desk_of(qn_ctx *cx)
{
    return ((qn_call *)cx)->stage->session->owner;
}

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

/* A JSON value as the metadata of the nearest type; what has none stays JSON. */
static int read_value(qn_jsonr *json, qn_meta *m)
{
    qn_json_number number;
    int truth = 0, ok;
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
        ok = qn_jsonr_bool(json, &truth);
        m->u.i = truth;
        return ok;
    default:
        m->type = QN_T_JSON;
        return qn_jsonr_skip(json, &m->u.str);
    }
}

static qn_status add_meta(qn_ctx *cx, qn_record *r, qn_str text)
{
    qn_jsonr json;
    qn_str name;
    char why[256], *room = qn_alloc(r->batch, text.n);
    if (!room) return no_memory(cx);
    qn_jsonr_open(&json, text.p, text.n, room);
    if (qn_jsonr_object(&json))
        while (qn_jsonr_member(&json, &name)) {
            qn_meta m = {.key = name};
            if (read_value(&json, &m) && cx->host->set_meta(cx, r, &m) != QN_OK)
                return no_memory(cx);
        }
    if (qn_jsonr_close(&json)) return QN_OK;
    qn_jsonr_why(&json, why, sizeof why);
    cx->host->fail_record(cx, r, QN_E_DATA, "the metadata are not one JSON object: %s", why);
    return QN_OK;
}

static qn_status add_record(qn_ctx *cx, qn_batch *b, const struct pushed *p)
{
    enum { DIGITS = 24 };
    size_t n = p->nid + p->ntext + p->nmeta;
    qn_record *r = cx->host->add_record(cx, b);
    char *bytes = r ? qn_alloc(b, n + DIGITS) : NULL;
    if (!bytes) return no_memory(cx);
    memcpy(bytes, p->bytes, n);
    r->id = (qn_str){bytes, p->nid};
    r->text = (qn_str){bytes + p->nid, p->ntext};
    r->flags |= QN_REC_BYTES;
    if (p->nid == 0) {
        r->id.p = bytes + n;
        r->id.n = (size_t)snprintf(bytes + n, DIGITS, "%llu", (unsigned long long)p->no);
    }
    r->place = r->id;
    return p->nmeta ? add_meta(cx, r, (qn_str){bytes + p->nid + p->ntext, p->nmeta}) : QN_OK;
}

/* This worker's share of what waits, so that a few large documents do not all go to one. */
static struct pushed *take_some(qn_desk *d, uint32_t cap)
{
    uint64_t n = (d->waiting + d->share - 1) / d->share, i;
    struct pushed *first = d->first, *p = first;
    size_t bytes;
    if (!first) return NULL;
    if (n > cap) n = cap ? cap : 1;
    bytes = p->ntext;
    for (i = 1; i < n && bytes < BATCH_BYTES; i++) {
        p = p->next;
        bytes += p->ntext;
    }
    d->waiting -= i;
    d->first = p->next;
    if (!d->first) d->last = NULL;
    p->next = NULL;
    return first;
}

static qn_status desk_read(qn_ctx *cx, qn_batch *b)
{
    qn_desk *d = desk_of(cx);
    qn_status st = QN_OK;
    struct pushed *p, *next;
    pthread_mutex_lock(&d->lock);
    while (!d->first && !d->ended && !d->closed && !d->failing)
        pthread_cond_wait(&d->came, &d->lock);
    p = d->closed || d->failing ? NULL : take_some(d, b->cap);
    pthread_mutex_unlock(&d->lock);
    if (!p) return QN_END;
    for (; p; p = next) {
        next = p->next;
        if (st == QN_OK) st = add_record(cx, b, p);
        free(p);
    }
    return st;
}

static void desk_wake(void *desk)
{
    qn_desk *d = desk;
    pthread_mutex_lock(&d->lock);
    d->failing = 1;
    pthread_cond_broadcast(&d->came);
    pthread_mutex_unlock(&d->lock);
}

static const char *const makes[] = {"text", "meta", NULL};

static const qn_plugin source = {
    QN_PLUGIN_HEAD,   .kind = QN_SOURCE, .name = "the-program",
    .version = "1.0", .license = "MIT",  .help = "documents that a program hands in",
    .makes = makes,   .read = desk_read,
};

/* ---- the run's sink -------------------------------------------------------------------------- */

/* Nobody will ask for the batch's records any more. A record that the program has is waited for in
 * any case: it reads the batch's memory. */
static int unwanted(const qn_desk *d)
{
    return !d->held && (d->ended || d->closed);
}

static qn_status desk_take(qn_ctx *cx, qn_batch *b)
{
    qn_desk *d = desk_of(cx);
    qn_status st;
    if (b->n == 0) return QN_OK;
    pthread_mutex_lock(&d->lock);
    d->batch = b;
    d->at = 0;
    pthread_cond_broadcast(&d->out);
    while (d->batch == b && !unwanted(d))
        pthread_cond_wait(&d->back, &d->lock);
    if (d->batch == b) d->batch = NULL;
    st = d->closed ? QN_E_CANCELLED : QN_OK;
    pthread_mutex_unlock(&d->lock);
    return st;
}

const qn_ends qn_desk_ends = {&source, desk_take, desk_wake};
