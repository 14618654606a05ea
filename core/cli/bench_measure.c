/* SPDX-License-Identifier: MIT */
/* core/cli/bench_measure.c - one run in a child process: the config's stages between the sample (or
 * the config's own source) and an output that leads nowhere. */
#include "bench_measure.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "run.h"
#include "step.h"

enum { BATCH_BYTES = 64 << 10 };

/* session->owner of the run. */
struct ends {
    const bench_sample *sample;
    size_t next; /* document */
    uint16_t tokens;
    uint64_t ntoken;
};

static struct ends *ends_of(qn_ctx *cx)
{
    return ((qn_call *)cx)->stage->session->owner;
}

/* ---- the two ends of the pipeline --------------------------------------------------------------
 */

static qn_status add_document(qn_ctx *cx, qn_batch *b, const bench_sample *s, size_t i)
{
    enum { DIGITS = 24 };
    size_t n = s->start[i + 1] - s->start[i];
    qn_record *r = cx->host->add_record(cx, b);
    char *bytes = r ? qn_alloc(b, n + DIGITS) : NULL;
    if (!bytes) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    memcpy(bytes, s->text + s->start[i], n); /* as a source does that reads it */
    r->text = (qn_str){bytes, n};
    r->id = (qn_str){bytes + n, (size_t)snprintf(bytes + n, DIGITS, "%zu", i + 1)};
    r->place = r->id;
    r->flags |= QN_REC_BYTES;
    return QN_OK;
}

static qn_status read_sample(qn_ctx *cx, qn_batch *b)
{
    struct ends *e = ends_of(cx);
    const bench_sample *s = e->sample;
    const size_t first = e->next;
    while (e->next < s->n && e->next - first < b->cap &&
           s->start[e->next] - s->start[first] < BATCH_BYTES) {
        qn_status st = add_document(cx, b, s, e->next);
        if (st != QN_OK) return st;
        e->next++;
    }
    return e->next == first ? QN_END : QN_OK;
}

static qn_status count(qn_ctx *cx, qn_batch *b)
{
    struct ends *e = ends_of(cx);
    uint32_t i;
    for (i = 0; e->tokens && i < b->n; i++)
        if (qn_live(b->rec[i]) && e->tokens < b->rec[i]->nlayer)
            e->ntoken += b->rec[i]->layer[e->tokens].n;
    return QN_OK;
}

static const char *const makes[] = {"text", NULL};
static const qn_plugin source = {
    QN_PLUGIN_HEAD,   .kind = QN_SOURCE,      .name = "sample", .version = "1.0",
    .license = "MIT", .help = "made-up news", .makes = makes,   .read = read_sample,
};

/* ---- in the child ------------------------------------------------------------------------------
 */

/* Nothing of a run that was only to be measured ends up in the operator's files. */
static void write_nothing(qn_plan *plan)
{
    unsigned i;
    plan->run.dropped = NULL;
    for (i = 0; i < plan->nstage; i++)
        plan->stage[i].on_error = QN_ON_ERROR_SKIP;
}

static void name_stages(const qn_plan *plan, bench_run *out)
{
    unsigned i;
    out->nstage = plan->nstage < BENCH_MOST_STAGES ? plan->nstage : BENCH_MOST_STAGES;
    for (i = 0; i < out->nstage; i++) {
        snprintf(out->stage[i].id, BENCH_NAME, "%s", plan->stage[i].id);
        snprintf(out->stage[i].plugin, BENCH_NAME, "%s", plan->stage[i].plugin->name);
    }
}

static int run_plan(const bench_job *job, qn_plan *plan, struct ends *e, bench_run *out)
{
    qn_run_report rep;
    char why[1024];
    unsigned i;
    qn_status st;
    e->tokens = qn_names_find(plan->session->layers, (qn_str){"tokens", 6});
    write_nothing(plan);
    name_stages(plan, out);
    st = qn_run(plan, NULL, NULL, &rep, why, sizeof why);
    if (st != QN_OK && job->loud) fprintf(stderr, "quern: %s: %s\n", job->config, why);
    out->run_ns = rep.ns;
    out->bytes = rep.totals.bytes;
    out->read = rep.totals.read;
    out->out = rep.totals.out;
    out->failed = rep.totals.failed;
    out->workers = rep.workers;
    out->tokens = e->ntoken;
    out->has_tokens = e->tokens != 0;
    for (i = 0; i < out->nstage && i < rep.nstage; i++)
        out->stage[i].ns = rep.stage[i].ns;
    qn_run_report_free(&rep);
    return st == QN_OK ? EXIT_DONE : st == QN_E_IO ? EXIT_IO : EXIT_INTERNAL;
}

static int plan_and_run(const bench_job *job, bench_run *out)
{
    struct ends e = {job->sample, 0, 0, 0};
    const qn_ends ends = {job->ninput ? NULL : &source, job->count ? count : NULL, NULL};
    const uint64_t start = qn_now();
    qn_diags *diags = qn_diags_new();
    qn_log *log = job->loud ? qn_log_new(log_to_stderr, NULL, QN_WARN, 5) : NULL;
    const qn_plan_request req = {.config = job->config,
                                 .set = job->set,
                                 .nset = job->nset,
                                 .input = job->input,
                                 .ninput = job->ninput,
                                 .workers = job->workers,
                                 .ends = &ends,
                                 .owner = &e,
                                 .log = log};
    qn_plan *plan = diags ? qn_plan_new(&req, diags) : NULL;
    int code;
    if (diags && job->loud)
        qn_diags_print(diags, stderr, QN_DIAG_TEXT, use_color(stderr, COLOR_AUTO));
    out->start_ns = qn_now() - start;
    code = plan ? run_plan(job, plan, &e, out) : diags ? exit_of_diags(diags) : EXIT_INTERNAL;
    if (log) qn_log_flush(log);
    qn_plan_free(plan);
    qn_log_free(log);
    qn_diags_free(diags);
    return code;
}

static int write_all(int fd, const void *bytes, size_t n)
{
    const char *p = bytes;
    while (n) {
        ssize_t got = write(fd, p, n);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return 0;
        p += got;
        n -= (size_t)got;
    }
    return 1;
}

/* ---- in the parent -----------------------------------------------------------------------------
 */

static int read_all(int fd, void *bytes, size_t n)
{
    char *p = bytes;
    while (n) {
        ssize_t got = read(fd, p, n);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return 0;
        p += got;
        n -= (size_t)got;
    }
    return 1;
}

static int collect(pid_t child, int fd, bench_run *out)
{
    struct rusage used;
    int status = 0, whole = read_all(fd, out, sizeof *out);
    while (wait4(child, &status, 0, &used) < 0)
        if (errno != EINTR) return EXIT_INTERNAL;
    if (WIFSIGNALED(status)) {
        fprintf(stderr, "quern: the run was ended by signal %d\n", WTERMSIG(status));
        return EXIT_INTERNAL;
    }
    if (WEXITSTATUS(status) != EXIT_DONE) return WEXITSTATUS(status);
    out->peak_bytes = (uint64_t)used.ru_maxrss << 10;
    return whole ? EXIT_DONE : EXIT_INTERNAL;
}

int bench_measure(const bench_job *job, bench_run *out)
{
    int fd[2], code;
    pid_t child;
    memset(out, 0, sizeof *out);
    fflush(NULL);
    if (pipe(fd) != 0) return EXIT_INTERNAL;
    child = fork();
    if (child == 0) {
        close(fd[0]);
        code = plan_and_run(job, out);
        if (code == EXIT_DONE && !write_all(fd[1], out, sizeof *out)) code = EXIT_INTERNAL;
        fflush(NULL);
        _exit(code);
    }
    close(fd[1]);
    code = child < 0 ? EXIT_INTERNAL : collect(child, fd[0], out);
    close(fd[0]);
    return code;
}
