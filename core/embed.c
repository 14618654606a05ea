/* SPDX-License-Identifier: MIT */
/* core/embed.c - quern/run.h: what an embedding program asks for, made of a plan, a run on a thread
 * of its own, and the desk between the two. */
#include <quern/run.h>

#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "embed_desk.h"
#include "embed_problems.h"
#include "host.h"
#include "run.h"

/* Strings that are handed to the plan. */
struct words {
    char **v;
    size_t n;
};

struct qn_pipeline {
    char *config, *text, *output, *plugin_path, *data_path;
    size_t ntext;
    struct words set, input;
    qn_pipeline_log log;
    void *log_user;

    pthread_mutex_t lock; /* for plan and stopped, which qn_pipeline_stop looks at */
    qn_plan *plan;
    int stopped;
    qn_log *lines;
    qn_desk *desk; /* NULL: not open */
    pthread_t thread;
    int running; /* the thread has been started and not been joined */
    qn_run_report report;
    qn_status status; /* of the run */
    char run_why[1024];

    const qn_json_form *json;
    void *json_scratch;
    qn_problems *problems;
    char why[1200];
};

/* Plugins are opened and closed one at a time, whichever handle they are for: so their authors are
 * promised, and libltdl is not meant for several threads. */
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

const char *qn_version(void)
{
    return QN_VERSION;
}

/* ---- what to run ----------------------------------------------------------------------------- */

static qn_status fail(qn_pipeline *p, qn_status st, const char *why)
{
    snprintf(p->why, sizeof p->why, "%s", why);
    return st;
}

static qn_status no_memory(qn_pipeline *p)
{
    return fail(p, QN_E_NOMEM, "out of memory");
}

qn_pipeline *qn_pipeline_new(void)
{
    qn_pipeline *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    pthread_mutex_init(&p->lock, NULL);
    return p;
}

static qn_status replace(qn_pipeline *p, char **place, const char *s)
{
    char *copy = strdup(s);
    if (!copy) return no_memory(p);
    free(*place);
    *place = copy;
    return QN_OK;
}

static qn_status add(qn_pipeline *p, struct words *w, const char *s)
{
    char **more = realloc(w->v, (w->n + 1) * sizeof *more), *copy = strdup(s);
    if (more) w->v = more;
    if (!more || !copy) {
        free(copy);
        return no_memory(p);
    }
    w->v[w->n++] = copy;
    return QN_OK;
}

static void forget(struct words *w)
{
    while (w->n)
        free(w->v[--w->n]);
    free(w->v);
}

qn_status qn_pipeline_config(qn_pipeline *p, const char *path)
{
    qn_status st = replace(p, &p->config, path);
    if (st != QN_OK) return st;
    free(p->text);
    p->text = NULL;
    return QN_OK;
}

qn_status qn_pipeline_config_text(qn_pipeline *p, const char *text, size_t n, const char *name)
{
    char *copy = malloc(n + 1);
    if (!copy || replace(p, &p->config, name) != QN_OK) {
        free(copy);
        return no_memory(p);
    }
    if (n) memcpy(copy, text, n);
    copy[n] = '\0';
    free(p->text);
    p->text = copy;
    p->ntext = n;
    return QN_OK;
}

qn_status qn_pipeline_set(qn_pipeline *p, const char *assignment)
{
    return add(p, &p->set, assignment);
}

qn_status qn_pipeline_input(qn_pipeline *p, const char *path)
{
    return add(p, &p->input, path);
}

qn_status qn_pipeline_output(qn_pipeline *p, const char *path)
{
    return replace(p, &p->output, path);
}

qn_status qn_pipeline_plugin_path(qn_pipeline *p, const char *folders)
{
    return replace(p, &p->plugin_path, folders);
}

qn_status qn_pipeline_data_path(qn_pipeline *p, const char *folders)
{
    return replace(p, &p->data_path, folders);
}

void qn_pipeline_on_log(qn_pipeline *p, qn_pipeline_log log, void *user)
{
    p->log = log;
    p->log_user = user;
}

/* ---- plan ------------------------------------------------------------------------------------ */

static void write_line(void *user, qn_level level, const char *stage, const char *text)
{
    const qn_pipeline *p = user;
    p->log(p->log_user, (int)level, stage, text);
}

static void fill_request(const qn_pipeline *p, qn_plan_request *req)
{
    memset(req, 0, sizeof *req);
    req->config = p->config;
    req->text = p->text;
    req->ntext = p->ntext;
    req->set = (const char *const *)p->set.v;
    req->nset = p->set.n;
    req->plugin_path = p->plugin_path;
    req->data_path = p->data_path;
    req->workers = -1;
    req->log = p->lines;
    req->guest = 1;
    if (p->desk) {
        req->ends = &qn_desk_ends;
        req->owner = p->desk;
    } else {
        req->input = (const char *const *)p->input.v;
        req->ninput = p->input.n;
        req->output = p->output;
    }
}

/* In the C locale, for this thread only: where the program's has a decimal comma, 0.5 in a config
 * would be 0. */
static qn_plan *new_plan(const qn_plan_request *req, qn_diags *diags)
{
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0), old;
    qn_plan *plan;
    if (!c) return NULL;
    old = uselocale(c);
    pthread_mutex_lock(&loading);
    plan = qn_plan_new(req, diags);
    pthread_mutex_unlock(&loading);
    uselocale(old);
    freelocale(c);
    return plan;
}

/* Lock held, plan made. */
static void raise_stop(qn_pipeline *p, int how)
{
    atomic_store(&p->plan->session->stop, how);
    if (p->desk) qn_desk_close(p->desk);
}

/* QN_OK and p->plan, or QN_E_CONFIG or QN_E_NOMEM with problems. */
static qn_status make_plan(qn_pipeline *p)
{
    qn_diags *diags = qn_diags_new();
    qn_plan_request req;
    qn_plan *plan = NULL;
    qn_problems_free(p->problems);
    p->problems = NULL;
    if (p->log) p->lines = qn_log_new(write_line, p, QN_DEBUG, 10);
    fill_request(p, &req);
    if (diags && (!p->log || p->lines)) plan = new_plan(&req, diags);
    if (diags) p->problems = qn_problems_new(diags, p->why, sizeof p->why);
    qn_diags_free(diags);
    if (!p->problems || (p->log && !p->lines)) {
        qn_plan_free(plan);
        return no_memory(p);
    }
    if (!plan) return qn_problems_get(p->problems, 0) ? QN_E_CONFIG : no_memory(p);
    pthread_mutex_lock(&p->lock);
    p->plan = plan;
    if (p->stopped) raise_stop(p, p->desk ? QN_CANCEL : QN_DRAIN);
    pthread_mutex_unlock(&p->lock);
    return QN_OK;
}

static void free_plan(qn_pipeline *p)
{
    qn_plan *plan;
    if (p->json && p->json_scratch) p->json->forget(p->json_scratch);
    p->json = NULL;
    p->json_scratch = NULL;
    pthread_mutex_lock(&p->lock);
    plan = p->plan;
    p->plan = NULL;
    pthread_mutex_unlock(&p->lock);
    pthread_mutex_lock(&loading);
    qn_plan_free(plan);
    pthread_mutex_unlock(&loading);
    qn_run_report_free(&p->report);
    qn_log_free(p->lines);
    p->lines = NULL;
    qn_desk_free(p->desk);
    p->desk = NULL;
}

/* ---- the thread that runs -------------------------------------------------------------------- */

static void *run_thread(void *arg)
{
    qn_pipeline *p = arg;
    p->status = qn_run(p->plan, NULL, NULL, &p->report, p->run_why, sizeof p->run_why);
    if (p->lines) qn_log_flush(p->lines);
    if (p->desk) qn_desk_over(p->desk, p->status);
    return NULL;
}

/* All signals stay the program's: a broken pipe then comes back from write(2) as an error. */
static qn_status start(qn_pipeline *p)
{
    sigset_t all, old;
    int err;
    p->run_why[0] = '\0';
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &old);
    err = pthread_create(&p->thread, NULL, run_thread, p);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    p->running = err == 0;
    return p->running ? QN_OK : fail(p, QN_E_NOMEM, "cannot start a thread");
}

static qn_status join(qn_pipeline *p)
{
    pthread_join(p->thread, NULL);
    p->running = 0;
    if (p->status == QN_OK) return QN_OK;
    return fail(p, p->status, p->run_why[0] ? p->run_why : "cancelled");
}

void qn_pipeline_stop(qn_pipeline *p)
{
    pthread_mutex_lock(&p->lock);
    if (p->plan) raise_stop(p, p->desk || p->stopped ? QN_CANCEL : QN_DRAIN);
    p->stopped = 1;
    pthread_mutex_unlock(&p->lock);
}

void qn_pipeline_free(qn_pipeline *p)
{
    if (!p) return;
    if (p->running) {
        qn_pipeline_stop(p);
        qn_desk_let_go(p->desk);
        join(p);
    }
    free_plan(p);
    qn_problems_free(p->problems);
    forget(&p->set);
    forget(&p->input);
    free(p->config);
    free(p->text);
    free(p->output);
    free(p->plugin_path);
    free(p->data_path);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

/* ---- documents in, annotated documents out --------------------------------------------------- */

static qn_status not_open(qn_pipeline *p)
{
    return fail(p, QN_E_BUG, "the pipeline is not open: call qn_pipeline_open first");
}

/* What open and run ask for first. */
static qn_status may_start(qn_pipeline *p)
{
    if (p->plan) return fail(p, QN_E_BUG, "the pipeline is open: call qn_pipeline_finish first");
    if (!p->config) return fail(p, QN_E_BUG, "no config was given: call qn_pipeline_config first");
    pthread_mutex_lock(&p->lock);
    p->stopped = 0;
    pthread_mutex_unlock(&p->lock);
    return QN_OK;
}

qn_status qn_pipeline_open(qn_pipeline *p)
{
    qn_status st = may_start(p);
    if (st != QN_OK) return st;
    p->desk = qn_desk_new();
    if (!p->desk) return no_memory(p);
    st = make_plan(p);
    if (st == QN_OK) {
        const qn_stage *sink = &p->plan->stage[p->plan->nstage - 1];
        p->json = sink->plugin->extension(QN_EXT_JSON);
        qn_desk_share(p->desk, p->plan->run.workers ? (unsigned)p->plan->run.workers : qn_cores());
        st = start(p);
    }
    if (st != QN_OK) free_plan(p);
    return st;
}

qn_status qn_pipeline_push(qn_pipeline *p, const char *id, const char *text, size_t n,
                           const char *meta)
{
    if (!p->desk) return QN_E_BUG; /* words would race with another thread's */
    return qn_desk_push(p->desk, id, (qn_str){text, n}, meta);
}

qn_status qn_pipeline_next(qn_pipeline *p, const qn_record **record)
{
    qn_status st;
    *record = NULL;
    if (!p->desk) return not_open(p);
    st = qn_desk_next(p->desk, record);
    if (st < 0) fail(p, st, st == QN_E_CANCELLED ? "cancelled" : p->run_why);
    return st;
}

qn_status qn_pipeline_finish(qn_pipeline *p)
{
    qn_status st;
    if (!p->desk) return not_open(p);
    qn_desk_let_go(p->desk);
    qn_desk_end(p->desk);
    st = join(p);
    free_plan(p);
    return st;
}

qn_layer_id qn_pipeline_layer(const qn_pipeline *p, const char *name)
{
    qn_str word = {name, strlen(name)};
    return p->desk ? qn_names_find(p->plan->session->layers, word) : 0;
}

qn_str qn_pipeline_layer_name(const qn_pipeline *p, qn_layer_id layer)
{
    static const qn_str none = QN_STR("");
    return p->desk ? qn_names_text(p->plan->session->layers, layer) : none;
}

qn_str qn_pipeline_word(const qn_pipeline *p, qn_name word)
{
    static const qn_str none = QN_STR("");
    return p->desk ? qn_names_text(p->plan->session->names, word) : none;
}

qn_status qn_pipeline_json(qn_pipeline *p, const qn_record *r, qn_str *line)
{
    qn_call call;
    *line = (qn_str){"", 0};
    if (!p->desk) return not_open(p);
    if (!qn_live(r)) return fail(p, QN_E_DATA, "the record was dropped or failed");
    qn_call_init(&call, &p->plan->stage[p->plan->nstage - 1], 0, NULL, NULL);
    if (p->json->line(&call.ctx, r, &p->json_scratch, line) != QN_OK) return no_memory(p);
    return QN_OK;
}

/* ---- a whole pipeline ------------------------------------------------------------------------ */

qn_status qn_pipeline_run(qn_pipeline *p, qn_counts *counts)
{
    qn_status st = may_start(p);
    if (counts) memset(counts, 0, sizeof *counts);
    if (st != QN_OK) return st;
    st = make_plan(p);
    if (st == QN_OK) st = start(p);
    if (p->running) {
        const qn_totals *t = &p->report.totals;
        st = join(p);
        if (counts) *counts = (qn_counts){t->read, t->out, t->dropped, t->failed};
    }
    free_plan(p);
    return st;
}

/* ---- what went wrong ------------------------------------------------------------------------- */

const qn_problem *qn_pipeline_problem(const qn_pipeline *p, size_t i)
{
    return p->problems ? qn_problems_get(p->problems, i) : NULL;
}

const char *qn_pipeline_error(const qn_pipeline *p)
{
    return p->why;
}
