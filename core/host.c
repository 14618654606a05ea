/* SPDX-License-Identifier: MIT */
/* core/host.c - see host.h. Thin: each function finds the stage behind the ctx and hands over to
 * the floor below. */
#include "host.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "batch.h"

#ifndef QN_VERSION
#define QN_VERSION "0"
#endif

static qn_call *call_of(qn_ctx *cx)
{
    return (qn_call *)cx;
}

void qn_call_init(qn_call *c, qn_stage *stage, unsigned worker, qn_edit *edit, uint64_t *count)
{
    memset(c, 0, sizeof *c);
    c->ctx.size = sizeof c->ctx;
    c->ctx.worker = worker;
    c->ctx.host = &qn_the_host;
    c->ctx.options = stage->options;
    c->ctx.state = stage->state;
    c->ctx.needs = stage->needs;
    c->ctx.makes = stage->makes;
    c->ctx.names = stage->names;
    c->ctx.count = count;
    c->stage = stage;
    c->edit = edit;
}

/* ---- words ----------------------------------------------------------------------------------- */

static qn_str from_c(const char *s)
{
    qn_str r = {s, strlen(s)};
    return r;
}

static qn_layer_id host_layer(qn_ctx *cx, const char *name)
{
    qn_session *s = call_of(cx)->stage->session;
    return s->running ? qn_names_find(s->layers, from_c(name))
                      : qn_names_get(s->layers, from_c(name));
}

static qn_str host_layer_name(qn_ctx *cx, qn_layer_id id)
{
    return qn_names_text(call_of(cx)->stage->session->layers, id);
}

static qn_name host_name(qn_ctx *cx, qn_str word)
{
    return qn_names_get(call_of(cx)->stage->session->names, word);
}

static qn_str host_name_text(qn_ctx *cx, qn_name name)
{
    return qn_names_text(call_of(cx)->stage->session->names, name);
}

/* ---- talk ------------------------------------------------------------------------------------ */

static void host_log(qn_ctx *cx, qn_level level, const char *fmt, ...)
{
    qn_stage *st = call_of(cx)->stage;
    va_list ap;
    va_start(ap, fmt);
    qn_log_vsay(st->session->log, level, st->id, fmt, ap);
    va_end(ap);
}

/* The words for a failed record live in its batch, like everything of a record. */
static void fail_record(qn_stage *st, qn_record *r, const char *fmt, va_list ap)
{
    static const char no_memory[] = "out of memory";
    va_list again;
    char *text = NULL;
    int n;
    if (r->flags & QN_REC_FAILED) return; /* the first reason is the cause */
    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, ap);
    if (n >= 0) text = qn_alloc(r->batch, (size_t)n + 1);
    if (text) vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    r->flags |= QN_REC_FAILED;
    r->stage = st->index;
    r->why.p = text ? text : no_memory;
    r->why.n = text ? (size_t)n : sizeof no_memory - 1;
}

void qn_record_fail(qn_stage *st, qn_record *r, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fail_record(st, r, fmt, ap);
    va_end(ap);
}

/* Several workers may fail in the same stage at once. */
static void fail_stage(qn_stage *st, const char *option, qn_status status, const char *fmt,
                       va_list ap)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    if (!st->failure) {
        if (vasprintf(&st->failure, fmt, ap) < 0) st->failure = NULL;
        st->failure_option = option ? strdup(option) : NULL;
        st->failure_status = status;
    }
    pthread_mutex_unlock(&lock);
}

static qn_status host_fail(qn_ctx *cx, qn_status status, const char *fmt, ...)
{
    qn_call *c = call_of(cx);
    va_list ap;
    va_start(ap, fmt);
    if (c->record)
        fail_record(c->stage, c->record, fmt, ap);
    else
        fail_stage(c->stage, NULL, status, fmt, ap);
    va_end(ap);
    return status;
}

static qn_status host_fail_option(qn_ctx *cx, const char *option, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fail_stage(call_of(cx)->stage, option, QN_E_CONFIG, fmt, ap);
    va_end(ap);
    return QN_E_CONFIG;
}

static void host_fail_record(qn_ctx *cx, qn_record *r, qn_status status, const char *fmt, ...)
{
    va_list ap;
    (void)status;
    va_start(ap, fmt);
    fail_record(call_of(cx)->stage, r, fmt, ap);
    va_end(ap);
}

static void host_drop_record(qn_ctx *cx, qn_record *r, qn_name rule)
{
    if (!qn_live(r)) return;
    r->flags |= QN_REC_DROPPED;
    r->stage = call_of(cx)->stage->index;
    r->why = host_name_text(cx, rule);
}

static int host_stopping(qn_ctx *cx)
{
    qn_call *c = call_of(cx);
    int stop = atomic_load_explicit(&c->stage->session->stop, memory_order_relaxed);
    return stop >= (c->reading ? QN_DRAIN : QN_CANCEL);
}

/* ---- records --------------------------------------------------------------------------------- */

static qn_record *host_add_record(qn_ctx *cx, qn_batch *b)
{
    qn_session *s = call_of(cx)->stage->session;
    return qn_batch_add_record(b, qn_names_count(s->layers) + 1);
}

static qn_status host_set_meta(qn_ctx *cx, qn_record *r, const qn_meta *m)
{
    uint32_t i, cap;
    qn_meta *more;
    (void)cx;
    for (i = 0; i < r->nmeta; i++)
        if (qn_str_eq(r->meta[i].key, m->key)) {
            r->meta[i] = *m;
            return QN_OK;
        }
    if (r->nmeta == r->capmeta) {
        cap = r->capmeta ? r->capmeta * 2 : 8;
        more = qn_alloc(r->batch, cap * sizeof *more);
        if (!more) return QN_E_NOMEM;
        if (r->nmeta) memcpy(more, r->meta, r->nmeta * sizeof *more);
        r->meta = more;
        r->capmeta = cap;
    }
    r->meta[r->nmeta++] = *m;
    return QN_OK;
}

static qn_edit *host_edit_begin(qn_ctx *cx, qn_record *r)
{
    qn_call *c = call_of(cx);
    return c->edit ? qn_edit_begin(c->edit, r) : NULL;
}

/* ---- files ----------------------------------------------------------------------------------- */

static qn_status host_open_data(qn_ctx *cx, const char *name, qn_str *bytes)
{
    char why[1024];
    qn_status st = qn_session_data(call_of(cx)->stage->session, name, bytes, why, sizeof why);
    return st == QN_OK ? st : host_fail(cx, st, "%s", why);
}

static qn_out *host_out_open(qn_ctx *cx, const char *path)
{
    char why[1024];
    qn_status st;
    qn_out *out = qn_session_out(call_of(cx)->stage->session, path, &st, why, sizeof why);
    if (!out) host_fail(cx, st, "%s", why);
    return out;
}

static qn_status host_out_write(qn_ctx *cx, qn_out *out, qn_str bytes)
{
    char why[1024] = "";
    qn_status st = qn_out_write(out, bytes, why, sizeof why);
    return st == QN_OK || !why[0] ? st : host_fail(cx, st, "%s", why);
}

static const void *host_extension(qn_ctx *cx, const char *id)
{
    (void)cx;
    (void)id;
    return NULL; /* none yet */
}

const qn_host qn_the_host = {
    .size = sizeof(qn_host),
    .abi_major = QN_ABI_MAJOR,
    .abi_minor = QN_ABI_MINOR,
    .version = QN_VERSION,
    .layer = host_layer,
    .layer_name = host_layer_name,
    .name = host_name,
    .name_text = host_name_text,
    .log = host_log,
    .fail = host_fail,
    .fail_option = host_fail_option,
    .fail_record = host_fail_record,
    .drop_record = host_drop_record,
    .stopping = host_stopping,
    .add_record = host_add_record,
    .set_meta = host_set_meta,
    .edit_begin = host_edit_begin,
    .edit_replace = qn_edit_replace,
    .edit_end = qn_edit_end,
    .open_data = host_open_data,
    .out_open = host_out_open,
    .out_write = host_out_write,
    .extension = host_extension,
};
