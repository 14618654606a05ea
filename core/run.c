/* SPDX-License-Identifier: MIT */
/* core/run.c - see run.h.
 *
 * A fixed number of batches (jobs) goes round: that bounds the memory and is the back-pressure. A
 * worker takes a job through all its steps; at an ordered step whose turn it is not, the job is
 * parked there and the worker looks for other work. Whoever finishes the turn before makes the
 * parked job ready again. The job with the lowest number is never parked, so the run cannot
 * stand still. All of this is under one lock, taken a few times per batch, never per record. */
#include "run.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "batch.h"
#include "host.h"
#include "step.h"

#define JOBS_PER_WORKER 3
#define TICK_NS         100000000

/* An ordered step: whose turn it is, and who waits. */
struct turn {
    uint64_t next;
    int busy;
    qn_job **parked; /* by number modulo the count of jobs */
};

typedef struct qn_running run;

/* What a worker has done in a stage, as of its last step: published under the lock, because the
 * calling thread looks on. */
struct done_in_stage {
    uint64_t records, ns, serial_ns, wait_ns;
    uint64_t *count;
};

struct worker {
    pthread_t thread;
    run *run;
    unsigned no;
    int started;
    int reading; /* in the source's read: a signal gets it out of a blocking read(2) */
    qn_edit *edit;
    qn_call *call;              /* per stage */
    uint64_t **count;           /* per stage: the plugin's counters */
    struct done_in_stage *done; /* per stage; read and written with the lock held */
};

struct qn_running {
    qn_plan *plan;
    qn_ledger *ledger;
    pthread_mutex_t lock;
    pthread_cond_t work; /* for workers: something to do, or the end */
    pthread_cond_t done; /* for the calling thread */
    struct worker *worker;
    unsigned nworker, alive;
    qn_job *job;
    unsigned njob;
    qn_job **free, **ready; /* stacks; ready is kept lowest number on top */
    unsigned nfree, nready;
    struct turn *turn; /* per step */
    int reading, read_done;
    uint64_t next_seq, next_ordinal;
    uint64_t start, first;
    qn_status status; /* the first failure ends the run */
    char why[1024];
};

unsigned qn_cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n > 0 ? (unsigned)n : 1;
}

static int ordered(qn_step_kind kind)
{
    return kind == QN_STEP_ACCOUNT || kind == QN_STEP_COMMIT || kind == QN_STEP_TAP;
}

/* ---- with the lock held ---------------------------------------------------------------------- */

static void end_run(run *r, qn_status st, const char *stage, const char *why)
{
    if (r->status == QN_OK) {
        r->status = st;
        if (stage)
            snprintf(r->why, sizeof r->why, "%s: %s", stage, why);
        else
            snprintf(r->why, sizeof r->why, "%s", why);
    }
    pthread_cond_broadcast(&r->work);
}

/* The words for a step that ended the run. */
static void end_by_step(run *r, const qn_step *step, qn_status st)
{
    qn_stage *stage = &r->plan->stage[step->stage];
    if (step->kind == QN_STEP_ACCOUNT)
        end_run(r, st, NULL, qn_ledger_why(r->ledger));
    else if (stage->failure)
        end_run(r, st, stage->id, stage->failure);
    else if (st == QN_E_NOMEM)
        end_run(r, st, stage->id, "out of memory");
    else
        end_run(r, st, stage->id, "the plugin failed and gave no reason");
}

static int cancelled(run *r)
{
    return r->status != QN_OK || atomic_load(&r->plan->session->stop) >= QN_CANCEL;
}

static int draining(run *r)
{
    return atomic_load(&r->plan->session->stop) >= QN_DRAIN;
}

static void make_ready(run *r, qn_job *job)
{
    unsigned i = r->nready++;
    while (i > 0 && r->ready[i - 1]->batch->seq < job->batch->seq) {
        r->ready[i] = r->ready[i - 1];
        i--;
    }
    r->ready[i] = job;
    pthread_cond_signal(&r->work);
}

static void release(run *r, qn_job *job)
{
    if (!r->first && job->batch->n) r->first = qn_now() - r->start;
    r->free[r->nfree++] = job;
    pthread_cond_signal(&r->work);
}

/* The job's turn at an ordered step? If not, it is parked. */
static int take_turn(run *r, struct turn *t, qn_job *job)
{
    if (!t->busy && t->next == job->batch->seq) {
        t->busy = 1;
        return 1;
    }
    job->arrived = qn_now();
    t->parked[job->batch->seq % r->njob] = job;
    return 0;
}

static void pass_turn(run *r, struct turn *t)
{
    qn_job **next;
    t->busy = 0;
    t->next++;
    next = &t->parked[t->next % r->njob];
    if (*next) {
        make_ready(r, *next);
        *next = NULL;
    }
}

/* ---- a worker -------------------------------------------------------------------------------- */

static qn_bench bench_of(struct worker *w)
{
    qn_bench b = {w->run->plan, w->call, w->run->ledger};
    return b;
}

static void publish(struct worker *w, unsigned stage)
{
    const qn_call *c = &w->call[stage];
    struct done_in_stage *d = &w->done[stage];
    d->records = c->records;
    d->ns = c->ns;
    d->serial_ns = c->serial_ns;
    d->wait_ns = c->wait_ns;
    memcpy(d->count, w->count[stage], w->run->plan->stage[stage].ncount * sizeof *d->count);
}

/* Takes the job as far as it can go. Lock held on entry and exit. */
static void advance(struct worker *w, qn_job *job)
{
    run *r = w->run;
    qn_bench bench = bench_of(w);
    while (job->step < r->plan->nstep && !cancelled(r)) {
        const qn_step *step = &r->plan->step[job->step];
        struct turn *t = ordered(step->kind) ? &r->turn[job->step] : NULL;
        qn_status st;
        if (t && !take_turn(r, t, job)) return;
        if (job->arrived) {
            w->call[step->stage].wait_ns += qn_now() - job->arrived;
            job->arrived = 0;
        }
        pthread_mutex_unlock(&r->lock);
        st = qn_step_do(&bench, job);
        pthread_mutex_lock(&r->lock);
        publish(w, step->stage);
        if (st != QN_OK) end_by_step(r, step, st);
        job->step++;
        if (t) pass_turn(r, t);
    }
    release(r, job);
}

/* How many records the next batch may hold. */
static uint32_t batch_room(const run *r)
{
    const uint64_t room = (uint64_t)r->plan->run.batch_records,
                   limit = (uint64_t)r->plan->run.limit;
    if (!limit || limit - r->next_ordinal > room) return (uint32_t)room;
    return (uint32_t)(limit - r->next_ordinal);
}

/* Fills a free job from the source and starts it. Lock held on entry and exit. */
static void read_and_advance(struct worker *w)
{
    run *r = w->run;
    qn_job *job = r->free[--r->nfree];
    qn_bench bench = bench_of(w);
    qn_status st;
    uint32_t i;
    qn_batch_reset(job->batch);
    job->batch->cap = batch_room(r);
    memset(job->carry, 0, r->plan->nstage * sizeof *job->carry);
    job->batch->seq = r->next_seq;
    job->step = 0;
    r->reading = 1;
    w->reading = 1;
    pthread_mutex_unlock(&r->lock);
    st = qn_step_do(&bench, job);
    pthread_mutex_lock(&r->lock);
    w->reading = 0;
    r->reading = 0;
    publish(w, 0);
    if (st == QN_END)
        r->read_done = 1;
    else if (st != QN_OK)
        end_by_step(r, &r->plan->step[0], st);
    if (r->plan->run.limit && job->batch->n >= (uint64_t)r->plan->run.limit - r->next_ordinal) {
        job->batch->n = (uint32_t)((uint64_t)r->plan->run.limit - r->next_ordinal);
        r->read_done = 1; /* a source may fill a batch with more than it should */
    }
    if (job->batch->n == 0) {
        r->free[r->nfree++] = job;
        pthread_cond_broadcast(&r->work);
        return;
    }
    r->next_seq++;
    for (i = 0; i < job->batch->n; i++)
        job->batch->rec[i]->ordinal = r->next_ordinal++;
    job->step = 1;
    pthread_cond_signal(&r->work); /* the source is free for another worker */
    advance(w, job);
}

static int may_read(run *r)
{
    return !r->reading && !r->read_done && r->nfree > 0 && !draining(r);
}

static int finished(run *r)
{
    return (r->read_done || draining(r)) && !r->reading && r->nfree == r->njob;
}

static void work(struct worker *w)
{
    run *r = w->run;
    while (!cancelled(r) && !finished(r)) {
        uint64_t idle;
        if (r->nready > 0) {
            advance(w, r->ready[--r->nready]);
        } else if (may_read(r)) {
            read_and_advance(w);
        } else {
            idle = qn_now();
            pthread_cond_wait(&r->work, &r->lock);
            if (r->reading) w->call[0].wait_ns += qn_now() - idle;
            publish(w, 0);
        }
    }
    pthread_cond_broadcast(&r->work);
}

/* Lock not held. */
static int enter_all(struct worker *w)
{
    run *r = w->run;
    unsigned i;
    for (i = 0; i < r->plan->nstage; i++) {
        qn_call *c = &w->call[i];
        qn_status st = c->stage->plugin->enter ? c->stage->plugin->enter(&c->ctx) : QN_OK;
        c->opened = 1;
        if (st != QN_OK) {
            qn_step step = {QN_STEP_PROCESS, i};
            pthread_mutex_lock(&r->lock);
            end_by_step(r, &step, st);
            pthread_mutex_unlock(&r->lock);
            return 0;
        }
    }
    return 1;
}

static void leave_all(struct worker *w)
{
    unsigned i;
    for (i = 0; i < w->run->plan->nstage; i++) {
        qn_call *c = &w->call[i];
        if (c->opened && c->stage->plugin->leave) c->stage->plugin->leave(&c->ctx);
    }
}

static void *worker_main(void *arg)
{
    struct worker *w = arg;
    run *r = w->run;
    if (enter_all(w)) {
        pthread_mutex_lock(&r->lock);
        work(w);
        pthread_mutex_unlock(&r->lock);
    }
    leave_all(w);
    pthread_mutex_lock(&r->lock);
    r->alive--;
    pthread_cond_signal(&r->done);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* ---- set-up and end -------------------------------------------------------------------------- */

static int make_worker(run *r, struct worker *w, unsigned no)
{
    qn_plan *plan = r->plan;
    unsigned i;
    w->run = r;
    w->no = no;
    w->edit = qn_edit_new();
    w->call = calloc(plan->nstage, sizeof *w->call);
    w->count = calloc(plan->nstage, sizeof *w->count);
    w->done = calloc(plan->nstage, sizeof *w->done);
    if (!w->edit || !w->call || !w->count || !w->done) return 0;
    for (i = 0; i < plan->nstage; i++) {
        w->count[i] = calloc(plan->stage[i].ncount + 1, sizeof **w->count);
        w->done[i].count = calloc(plan->stage[i].ncount + 1, sizeof *w->done[i].count);
        if (!w->count[i] || !w->done[i].count) return 0;
        qn_call_init(&w->call[i], &plan->stage[i], no, w->edit, w->count[i]);
    }
    return 1;
}

static int make_jobs(run *r)
{
    unsigned i;
    r->job = calloc(r->njob, sizeof *r->job);
    r->free = calloc(r->njob, sizeof *r->free);
    r->ready = calloc(r->njob, sizeof *r->ready);
    r->turn = calloc(r->plan->nstep, sizeof *r->turn);
    if (!r->job || !r->free || !r->ready || !r->turn) return 0;
    for (i = 0; i < r->njob; i++) {
        qn_job *job = &r->job[i];
        job->batch = qn_batch_new(0);
        job->carry = calloc(r->plan->nstage, sizeof *job->carry);
        if (!job->batch || !job->carry) return 0;
        r->free[r->nfree++] = job;
    }
    for (i = 0; i < r->plan->nstep; i++) {
        r->turn[i].parked = calloc(r->njob, sizeof(qn_job *));
        if (!r->turn[i].parked) return 0;
    }
    return 1;
}

static int make_run(run *r)
{
    unsigned i;
    r->worker = calloc(r->nworker, sizeof *r->worker);
    if (!r->worker || !make_jobs(r)) return 0;
    for (i = 0; i < r->nworker; i++)
        if (!make_worker(r, &r->worker[i], i)) return 0;
    return 1;
}

static void free_run(run *r)
{
    unsigned i, k;
    for (i = 0; r->worker && i < r->nworker; i++) {
        struct worker *w = &r->worker[i];
        for (k = 0; w->count && k < r->plan->nstage; k++)
            free(w->count[k]);
        for (k = 0; w->done && k < r->plan->nstage; k++)
            free(w->done[k].count);
        free(w->done);
        qn_edit_free(w->edit);
        free(w->count);
        free(w->call);
    }
    for (i = 0; r->job && i < r->njob; i++) {
        qn_batch_free(r->job[i].batch);
        free(r->job[i].carry);
    }
    for (i = 0; r->turn && i < r->plan->nstep; i++)
        free(r->turn[i].parked);
    free(r->worker);
    free(r->job);
    free(r->free);
    free(r->ready);
    free(r->turn);
}

/* Signals are the main thread's business; only SIGURG gets through, to end a blocking read, and
 * faults, which are the thread's own. */
static void start_workers(run *r)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
    sigset_t all, old;
    unsigned i;
    sigfillset(&all);
    for (i = 0; i < sizeof faults / sizeof *faults; i++)
        sigdelset(&all, faults[i]);
    if (!r->plan->session->guest) sigdelset(&all, SIGURG);
    pthread_sigmask(SIG_BLOCK, &all, &old);
    pthread_mutex_lock(&r->lock);
    for (i = 0; i < r->nworker; i++) {
        struct worker *w = &r->worker[i];
        int err = pthread_create(&w->thread, NULL, worker_main, w);
        w->started = err == 0;
        r->alive += err == 0;
        if (err != 0 && r->alive == 0) end_run(r, QN_E_NOMEM, NULL, "cannot start a thread");
    }
    pthread_mutex_unlock(&r->lock);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static void no_op(int sig)
{
    (void)sig;
}

/* A worker may sleep in read(2) of a pipe or terminal when the operator asks to stop. */
static void wake_reader(run *r)
{
    unsigned i;
    if (r->plan->session->wake) r->plan->session->wake(r->plan->session->owner);
    if (r->plan->session->guest) return;
    for (i = 0; i < r->nworker; i++)
        if (r->worker[i].started && r->worker[i].reading) pthread_kill(r->worker[i].thread, SIGURG);
}

static void wait_for_workers(run *r, qn_tick tick, void *user)
{
    pthread_mutex_lock(&r->lock);
    while (r->alive > 0) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += TICK_NS;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        if (pthread_cond_timedwait(&r->done, &r->lock, &until) != ETIMEDOUT) continue;
        if (draining(r) || r->status != QN_OK) {
            wake_reader(r);
            pthread_cond_broadcast(&r->work);
        }
        pthread_mutex_unlock(&r->lock);
        if (tick) tick(user, r);
        pthread_mutex_lock(&r->lock);
    }
    pthread_mutex_unlock(&r->lock);
}

static void join_workers(run *r)
{
    unsigned i;
    for (i = 0; i < r->nworker; i++)
        if (r->worker[i].started) pthread_join(r->worker[i].thread, NULL);
}

/* finish of every stage, then the outputs into their places. */
static void finish(run *r)
{
    qn_plan *plan = r->plan;
    char why[1024] = "";
    unsigned i;
    for (i = 0; i < plan->nstage && r->status == QN_OK; i++) {
        qn_call *c = &r->worker[0].call[i];
        qn_step step = {QN_STEP_COMMIT, i};
        qn_status st;
        if (!c->stage->plugin->finish) continue;
        c->ctx.local = NULL; /* the workers have left */
        st = c->stage->plugin->finish(&c->ctx);
        if (st != QN_OK) end_by_step(r, &step, st);
    }
    if (r->status == QN_OK) {
        qn_status st = qn_session_keep(plan->session, why, sizeof why);
        if (st != QN_OK) end_run(r, st, NULL, why);
    }
}

/* ---- report ---------------------------------------------------------------------------------- */

static int find_limit(const qn_run_report *rep)
{
    int best = -1;
    unsigned i;
    for (i = 0; i < rep->nstage; i++) {
        if (rep->stage[i].serial_ns > rep->ns - rep->ns / 5 && rep->workers > 1) return (int)i;
        if (rep->stage[i].ns && (best < 0 || rep->stage[i].ns > rep->stage[best].ns)) best = (int)i;
    }
    return best;
}

/* Sums over the workers. Lock held, or no worker left. */
static void sum_stage(const run *r, unsigned i, qn_stage_report *s)
{
    unsigned k, w, ncount = r->plan->stage[i].ncount;
    s->count = calloc(ncount + 1, sizeof *s->count);
    for (w = 0; w < r->nworker; w++) {
        const struct done_in_stage *d = &r->worker[w].done[i];
        s->records += d->records;
        s->ns += d->ns;
        s->serial_ns += d->serial_ns;
        s->wait_ns += d->wait_ns;
        for (k = 0; s->count && k < ncount; k++)
            s->count[k] += d->count[k];
    }
}

static void sum_up(run *r, qn_run_report *rep)
{
    unsigned i;
    rep->totals = qn_ledger_totals(r->ledger);
    rep->ns = qn_now() - r->start;
    rep->first_ns = r->first;
    rep->workers = r->nworker;
    rep->stage = calloc(r->plan->nstage, sizeof *rep->stage);
    if (!rep->stage) return;
    rep->nstage = r->plan->nstage;
    for (i = 0; i < rep->nstage; i++)
        sum_stage(r, i, &rep->stage[i]);
    rep->limit = find_limit(rep);
}

/* After finish, which runs with the first worker's counters and may have added to them. */
static void fill_report(run *r, qn_run_report *rep)
{
    unsigned i;
    for (i = 0; i < r->plan->nstage; i++)
        publish(&r->worker[0], i);
    sum_up(r, rep);
    for (i = 0; i < rep->nstage; i++) {
        rep->stage[i].dropped = qn_ledger_dropped(r->ledger, i);
        rep->stage[i].failed = qn_ledger_failed(r->ledger, i);
    }
}

qn_totals qn_running_totals(qn_running *r)
{
    return qn_ledger_totals(r->ledger);
}

uint64_t qn_running_ns(qn_running *r)
{
    return qn_now() - r->start;
}

void qn_running_report(qn_running *r, qn_run_report *rep)
{
    memset(rep, 0, sizeof *rep);
    rep->limit = -1;
    pthread_mutex_lock(&r->lock);
    sum_up(r, rep);
    pthread_mutex_unlock(&r->lock);
}

void qn_run_report_free(qn_run_report *rep)
{
    unsigned i;
    for (i = 0; i < rep->nstage; i++)
        free(rep->stage[i].count);
    free(rep->stage);
    qn_ledger_free(rep->ledger);
    memset(rep, 0, sizeof *rep);
}

static void run_workers(run *r, qn_tick tick, void *user)
{
    struct sigaction wake = {0}, old;
    int ours = !r->plan->session->guest;
    wake.sa_handler = no_op; /* without SA_RESTART: read(2) comes back with EINTR */
    if (ours) sigaction(SIGURG, &wake, &old);
    start_workers(r);
    wait_for_workers(r, tick, user);
    join_workers(r);
    if (r->status == QN_OK && cancelled(r)) end_run(r, QN_E_CANCELLED, NULL, "cancelled");
    if (r->status == QN_OK) finish(r);
    if (ours) sigaction(SIGURG, &old, NULL);
}

qn_status qn_run(qn_plan *plan, qn_tick tick, void *user, qn_run_report *rep, char *why,
                 size_t nwhy)
{
    run r = {0};
    memset(rep, 0, sizeof *rep);
    rep->limit = -1;
    r.start = qn_now();
    r.plan = plan;
    r.nworker = plan->run.workers ? (unsigned)plan->run.workers : qn_cores();
    r.njob = r.nworker == 1 ? 1 : r.nworker * JOBS_PER_WORKER;
    r.ledger = qn_ledger_new(plan, why, nwhy);
    if (!r.ledger) return QN_E_IO;
    rep->ledger = r.ledger;
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.work, NULL);
    pthread_cond_init(&r.done, NULL);
    plan->session->running = 1;
    if (make_run(&r)) {
        run_workers(&r, tick, user);
        fill_report(&r, rep);
    } else {
        end_run(&r, QN_E_NOMEM, NULL, "out of memory");
    }
    snprintf(why, nwhy, "%s", r.why);
    pthread_cond_destroy(&r.done);
    pthread_cond_destroy(&r.work);
    pthread_mutex_destroy(&r.lock);
    free_run(&r);
    return r.status;
}
