/* SPDX-License-Identifier: MIT */
/* core/step.c - see step.h. */
#include "step.h"

#include <time.h>

#include "host.h"
#include "text/utf8.h"

uint64_t qn_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* ---- steps that call a plugin ---------------------------------------------------------------- */

/* A plugin that returns an error without a word still gets its record named. */
static void process_one(qn_call *c, qn_record *r)
{
    qn_status st;
    c->record = r;
    st = c->stage->plugin->process(&c->ctx, r);
    if (st == QN_E_NOMEM)
        qn_record_fail(c->stage, r, "out of memory");
    else if (st != QN_OK)
        qn_record_fail(c->stage, r, "the plugin gave status %d and no reason", (int)st);
    c->record = NULL;
}

static uint64_t count_live(const qn_batch *b)
{
    uint64_t n = 0;
    uint32_t i;
    for (i = 0; i < b->n; i++)
        n += qn_live(b->rec[i]) != 0;
    return n;
}

static qn_status process(qn_call *c, qn_job *job)
{
    const qn_plugin *p = c->stage->plugin;
    qn_batch *b = job->batch;
    qn_status st;
    uint32_t i;
    if (p->kind != QN_SOURCE) c->records += count_live(b); /* a source's are counted by read */
    if (p->process_batch) {
        c->ctx.carry = NULL;
        st = p->process_batch(&c->ctx, b);
        job->carry[c->stage->index] = c->ctx.carry;
        return st;
    }
    for (i = 0; i < b->n; i++)
        if (qn_live(b->rec[i])) process_one(c, b->rec[i]);
    return QN_OK;
}

static qn_status commit(qn_call *c, qn_job *job)
{
    const qn_plugin *p = c->stage->plugin;
    if (!p->process && !p->process_batch) c->records += count_live(job->batch);
    c->ctx.carry = job->carry[c->stage->index];
    return p->commit(&c->ctx, job->batch);
}

static qn_status read_batch(qn_call *c, qn_job *job)
{
    qn_status st;
    c->reading = 1;
    st = c->stage->plugin->read(&c->ctx, job->batch);
    c->reading = 0;
    c->records += job->batch->n;
    return st;
}

/* ---- steps of the core's own ----------------------------------------------------------------- */

static void adopt(qn_stage *source, qn_batch *b)
{
    uint32_t i;
    for (i = 0; i < b->n; i++) {
        qn_record *r = b->rec[i];
        r->raw = r->text;
        if (qn_live(r) && r->text.n >= (size_t)1 << 31)
            qn_record_fail(source, r, "the text has %zu bytes; a record can hold 2 GiB at most",
                           r->text.n);
    }
}

static void validate(qn_stage *source, qn_batch *b)
{
    uint32_t i;
    for (i = 0; i < b->n; i++) {
        qn_record *r = b->rec[i];
        size_t good;
        if (!qn_live(r)) continue;
        if (qn_utf8_ascii(r->text.p, r->text.n) == r->text.n) {
            r->flags |= QN_REC_ASCII;
            continue;
        }
        good = qn_utf8_valid(r->text.p, r->text.n);
        if (good < r->text.n)
            qn_record_fail(source, r,
                           "the text is not UTF-8: byte 0x%02X at offset %zu. Convert the input "
                           "(iconv -t UTF-8), or put a stage that decodes before the others",
                           (unsigned char)r->text.p[good], good);
        r->flags &= ~(uint32_t)QN_REC_BYTES;
    }
}

static qn_status show(const qn_plan *plan, const qn_stage *stage, const qn_batch *b)
{
    qn_status st = QN_OK;
    size_t i;
    for (i = 0; st == QN_OK && i < plan->ntap; i++)
        if (strcmp(plan->tap[i].stage, stage->id) == 0) st = plan->tap[i].see(plan->tap[i].arg, b);
    return st;
}

/* What this thread does right now, for qn_step_where. */
static _Thread_local const qn_call *current_call;
static _Thread_local const qn_batch *current_batch;

int qn_step_where(qn_where *at)
{
    const qn_call *c = current_call;
    const qn_batch *b = current_batch;
    if (!c) return 0;
    at->stage = c->stage;
    at->first = c->record ? c->record : b->n ? b->rec[0] : NULL;
    at->n = c->record ? 1 : b->n;
    return 1;
}

qn_status qn_step_do(qn_bench *w, qn_job *job)
{
    const qn_step *step = &w->plan->step[job->step];
    qn_call *c = &w->call[step->stage];
    uint64_t start = qn_now();
    qn_status st = QN_OK;
    current_batch = job->batch;
    current_call = c;
    switch (step->kind) {
    case QN_STEP_READ:
        st = read_batch(c, job);
        break;
    case QN_STEP_PROCESS:
        st = process(c, job);
        break;
    case QN_STEP_COMMIT:
        st = commit(c, job);
        break;
    case QN_STEP_ADOPT:
        adopt(c->stage, job->batch);
        break;
    case QN_STEP_VALIDATE:
        validate(c->stage, job->batch);
        break;
    case QN_STEP_ACCOUNT:
        st = qn_ledger_account(w->ledger, w->plan, job->batch);
        break;
    case QN_STEP_TAP:
        break;
    }
    current_call = NULL;
    if (step->kind == QN_STEP_TAP)
        return show(w->plan, c->stage, job->batch); /* no time of the stage's */
    start = qn_now() - start;
    c->ns += start;
    if (step->kind == QN_STEP_READ || step->kind == QN_STEP_COMMIT) c->serial_ns += start;
    return st;
}
