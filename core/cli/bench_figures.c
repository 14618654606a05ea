/* SPDX-License-Identifier: MIT */
/* core/cli/bench_figures.c - see bench_figures.h. Speeds are those of a run without its start, the
 * median of all runs; two pipelines are compared pair by pair, as they ran one behind the other. */
#include "bench_figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "text/utf8.h"

/* A machine whose runs differ by more than this has other things to do. */
static const double noisy = 0.10;

typedef struct side_figures {
    bench_interval mb_s, docs_s, tokens_s, start_ms, seconds;
    double peak;                        /* bytes; the median */
    double stage_ms[BENCH_MOST_STAGES]; /* of work for a MB of input; the median */
    double share[BENCH_MOST_STAGES];    /* of all stages' work */
} side_figures;

/* ---- from runs to figures ----------------------------------------------------------------------
 */

typedef double (*measure)(const bench_run *, const bench_run *first);

static double mb_s(const bench_run *r, const bench_run *first)
{
    (void)first;
    return r->run_ns ? (double)r->bytes * 1e3 / (double)r->run_ns : 0;
}

static double docs_s(const bench_run *r, const bench_run *first)
{
    (void)first;
    return r->run_ns ? (double)r->read * 1e9 / (double)r->run_ns : 0;
}

static double tokens_s(const bench_run *r, const bench_run *first)
{
    return r->run_ns ? (double)first->tokens * 1e9 / (double)r->run_ns : 0;
}

static double start_ms(const bench_run *r, const bench_run *first)
{
    (void)first;
    return (double)r->start_ns / 1e6;
}

static double seconds(const bench_run *r, const bench_run *first)
{
    (void)first;
    return (double)r->run_ns / 1e9;
}

static double peak(const bench_run *r, const bench_run *first)
{
    (void)first;
    return (double)r->peak_bytes;
}

static bench_interval of_runs(const bench_side *s, measure what, double *v)
{
    size_t i;
    for (i = 0; i < s->n; i++)
        v[i] = what(&s->run[i], &s->first);
    return bench_interval_of(v, s->n);
}

static void stage_figures(const bench_side *s, side_figures *f, double *v)
{
    const double mb = (double)s->first.bytes / 1e6;
    double all = 0;
    unsigned k;
    size_t i;
    for (k = 0; k < s->first.nstage; k++) {
        for (i = 0; i < s->n; i++)
            v[i] = mb > 0 ? (double)s->run[i].stage[k].ns / 1e6 / mb : 0;
        f->stage_ms[k] = bench_interval_of(v, s->n).median;
        all += f->stage_ms[k];
    }
    for (k = 0; k < s->first.nstage; k++)
        f->share[k] = all > 0 ? f->stage_ms[k] / all : 0;
}

static int work_out(const bench_side *s, side_figures *f)
{
    double *v = calloc(s->n + 1, sizeof *v);
    if (!v) return 0;
    f->mb_s = of_runs(s, mb_s, v);
    f->docs_s = of_runs(s, docs_s, v);
    f->tokens_s = of_runs(s, tokens_s, v);
    f->start_ms = of_runs(s, start_ms, v);
    f->seconds = of_runs(s, seconds, v);
    f->peak = of_runs(s, peak, v).median;
    stage_figures(s, f, v);
    free(v);
    return 1;
}

/* How many times as fast the second is, from pairs. */
static int compare(const bench_figures *b, bench_interval *ratio)
{
    const bench_side *one = &b->side[0], *two = &b->side[1];
    double *v = calloc(one->n + 1, sizeof *v);
    size_t i;
    if (!v) return 0;
    for (i = 0; i < one->n; i++)
        v[i] =
            mb_s(&one->run[i], NULL) > 0 ? mb_s(&two->run[i], NULL) / mb_s(&one->run[i], NULL) : 1;
    *ratio = bench_interval_of(v, one->n);
    free(v);
    return 1;
}

static int is_noisy(const bench_interval *i)
{
    return i->high - i->low > noisy * i->median;
}

/* ---- text --------------------------------------------------------------------------------------
 */

static void print_row(const char *what, const bench_interval *i)
{
    const char *form =
        i->median < 100 ? "  %-14s %12.1f   %.1f .. %.1f\n" : "  %-14s %12.0f   %.0f .. %.0f\n";
    printf(form, what, i->median, i->low, i->high);
}

static void print_stages(const bench_side *s, const side_figures *f)
{
    unsigned k;
    printf("  %-16s %-14s %10s %7s\n", "stage", "plugin", "ms per MB", "share");
    for (k = 0; k < s->first.nstage; k++)
        printf("  %-16s %-14s %10.2f %6.1f%%\n", s->first.stage[k].id, s->first.stage[k].plugin,
               f->stage_ms[k], 100 * f->share[k]);
}

static void print_side(const bench_side *s, const side_figures *f, char letter)
{
    char n[32];
    size_t i;
    if (letter) printf("%c: ", letter);
    printf("%s", s->job.config);
    for (i = 0; i < s->job.nset; i++)
        printf(" --set %s", s->job.set[i]);
    printf(", %u worker%s\n", s->first.workers, s->first.workers == 1 ? "" : "s");
    printf("  %-14s %12s   %s\n", "", "median", "95% interval");
    print_row("MB/s", &f->mb_s);
    print_row("documents/s", &f->docs_s);
    if (s->first.has_tokens) print_row("tokens/s", &f->tokens_s);
    print_row("start, ms", &f->start_ms);
    printf("  %-14s %12s\n", "peak memory", sized(f->peak, n));
    print_stages(s, f);
    if (s->first.failed)
        printf("  %s documents failed and were left out\n", grouped(s->first.failed, n));
    if (is_noisy(&f->mb_s)) printf("  noisy: the machine was busy, or the runs are too short\n");
}

static void print_head(const bench_figures *b)
{
    const bench_side *s = &b->side[0];
    char docs[32], bytes[32];
    printf("%zu runs%s behind a warm-up, of %s%s documents, %s (%.2f s a run)\n", s->n,
           b->nside > 1 ? " of each, in turn," : "",
           s->job.ninput          ? ""
           : s->job.sample->pages ? "made-up pages: "
                                  : "made-up news: ",
           grouped(s->first.read, docs), sized((double)s->first.bytes, bytes),
           s->n ? (double)s->run[s->n / 2].run_ns / 1e9 : 0);
}

static void print_times(double limit, double mb_s, const char *whom)
{
    const double times = limit / 1e6 / mb_s;
    printf(times < 100 ? " (%.1f times %s)" : " (%.0f times %s)", times, whom);
}

static void print_limits(const bench_figures *b, const side_figures *f)
{
    const char *whom = b->nside > 1 ? "A's speed" : "the speed above";
    char n[32];
    if (f->mb_s.median <= 0) return;
    printf("limits here and now: memory is copied at %s/s", sized(b->limits.copy, n));
    print_times(b->limits.copy, f->mb_s.median, whom);
    printf(", the input read at %s/s", sized(b->limits.read, n));
    print_times(b->limits.read, f->mb_s.median, whom);
    printf("\n");
}

static void print_ratio(const bench_interval *r)
{
    const double wide = r->high - 1 > 1 - r->low ? r->high - 1 : 1 - r->low;
    printf("B is %.3f times as fast as A (95%%: %.3f .. %.3f): ", r->median, r->low, r->high);
    switch (bench_verdict_of(r)) {
    case BENCH_FASTER:
        printf("faster\n");
        break;
    case BENCH_SLOWER:
        printf("slower\n");
        break;
    default:
        printf("no difference seen; one of less than %.1f%% could not have been\n", 100 * wide);
    }
}

/* The same documents in, other documents out: then speed is half of the story. */
static void print_warning(const bench_figures *b)
{
    const bench_run *one = &b->side[0].first, *two = &b->side[1].first;
    char n[32], m[32];
    if (one->out != two->out)
        printf("they do not do the same: %s documents come out of A, %s out of B\n",
               grouped(one->out, n), grouped(two->out, m));
}

int bench_print(const bench_figures *b)
{
    side_figures *f = calloc(b->nside, sizeof *f);
    bench_interval ratio;
    size_t i;
    int ok = f != NULL;
    for (i = 0; ok && i < b->nside; i++)
        ok = work_out(&b->side[i], &f[i]);
    if (ok && b->nside > 1) ok = compare(b, &ratio);
    if (ok) {
        print_head(b);
        for (i = 0; i < b->nside; i++)
            print_side(&b->side[i], &f[i], b->nside > 1 ? (char)('A' + i) : 0);
        print_limits(b, f);
        if (b->nside > 1) {
            print_ratio(&ratio);
            print_warning(b);
        }
    }
    free(f);
    return ok;
}

/* ---- JSON --------------------------------------------------------------------------------------
 */

static void put_string(qn_jsonw *w, const char *s)
{
    qn_str v = {s, strlen(s)};
    if (qn_utf8_valid(v.p, v.n) == v.n)
        qn_jsonw_str(w, v);
    else
        qn_jsonw_null(w);
}

/* ,"KEY": */
static void put_key(qn_jsonw *w, const char *key)
{
    if (w->n && w->p[w->n - 1] != '{') qn_jsonw_lit(w, ",");
    put_string(w, key);
    qn_jsonw_lit(w, ":");
}

static void put_count(qn_jsonw *w, const char *key, uint64_t v)
{
    put_key(w, key);
    qn_jsonw_u64(w, v);
}

static void put_real(qn_jsonw *w, const char *key, double v)
{
    put_key(w, key);
    qn_jsonw_real(w, v);
}

static void put_interval(qn_jsonw *w, const char *key, const bench_interval *i)
{
    put_key(w, key);
    qn_jsonw_lit(w, "{");
    put_real(w, "median", i->median);
    put_real(w, "low", i->low);
    put_real(w, "high", i->high);
    qn_jsonw_lit(w, "}");
}

static void put_stages(qn_jsonw *w, const bench_side *s, const side_figures *f)
{
    unsigned k;
    put_key(w, "stages");
    qn_jsonw_lit(w, "[");
    for (k = 0; k < s->first.nstage; k++) {
        if (k) qn_jsonw_lit(w, ",");
        qn_jsonw_lit(w, "{");
        put_key(w, "id");
        put_string(w, s->first.stage[k].id);
        put_key(w, "plugin");
        put_string(w, s->first.stage[k].plugin);
        put_real(w, "ms_per_mb", f->stage_ms[k]);
        put_real(w, "share", f->share[k]);
        qn_jsonw_lit(w, "}");
    }
    qn_jsonw_lit(w, "]");
}

static void put_runs(qn_jsonw *w, const bench_side *s)
{
    size_t i;
    put_key(w, "run_seconds");
    qn_jsonw_lit(w, "[");
    for (i = 0; i < s->n; i++) {
        if (i) qn_jsonw_lit(w, ",");
        qn_jsonw_real(w, (double)s->run[i].run_ns / 1e9);
    }
    qn_jsonw_lit(w, "]");
}

static void put_side(qn_jsonw *w, const bench_side *s, const side_figures *f)
{
    size_t i;
    qn_jsonw_lit(w, "{");
    put_key(w, "config");
    put_string(w, s->job.config);
    put_key(w, "set");
    qn_jsonw_lit(w, "[");
    for (i = 0; i < s->job.nset; i++) {
        if (i) qn_jsonw_lit(w, ",");
        put_string(w, s->job.set[i]);
    }
    qn_jsonw_lit(w, "]");
    put_count(w, "workers", s->first.workers);
    put_count(w, "out", s->first.out);
    put_count(w, "failed", s->first.failed);
    put_interval(w, "mb_per_second", &f->mb_s);
    put_interval(w, "documents_per_second", &f->docs_s);
    if (s->first.has_tokens) {
        put_count(w, "tokens", s->first.tokens);
        put_interval(w, "tokens_per_second", &f->tokens_s);
    }
    put_interval(w, "start_ms", &f->start_ms);
    put_real(w, "peak_bytes", f->peak);
    put_stages(w, s, f);
    put_interval(w, "seconds", &f->seconds);
    put_runs(w, s);
    put_key(w, "noisy");
    qn_jsonw_bool(w, is_noisy(&f->mb_s));
    qn_jsonw_lit(w, "}");
}

static void put_input(qn_jsonw *w, const bench_side *s)
{
    put_key(w, "input");
    qn_jsonw_lit(w, "{");
    put_key(w, "kind");
    put_string(w, s->job.ninput ? "files" : s->job.sample->pages ? "sample pages" : "sample news");
    put_count(w, "documents", s->first.read);
    put_count(w, "bytes", s->first.bytes);
    qn_jsonw_lit(w, "}");
}

static void put_ratio(qn_jsonw *w, const bench_interval *ratio)
{
    static const char *const words[] = {"no difference seen", "faster", "slower"};
    put_interval(w, "ratio", ratio);
    put_key(w, "verdict");
    put_string(w, words[bench_verdict_of(ratio)]);
}

static void put_all(qn_jsonw *w, const bench_figures *b, const side_figures *f)
{
    size_t i;
    qn_jsonw_lit(w, "{");
    put_key(w, "quern");
    put_string(w, QN_VERSION);
    put_count(w, "runs", b->side[0].n);
    put_input(w, &b->side[0]);
    put_key(w, "configs");
    qn_jsonw_lit(w, "[");
    for (i = 0; i < b->nside; i++) {
        if (i) qn_jsonw_lit(w, ",");
        put_side(w, &b->side[i], &f[i]);
    }
    qn_jsonw_lit(w, "]");
    put_key(w, "limits");
    qn_jsonw_lit(w, "{");
    put_real(w, "copy_mb_per_second", b->limits.copy / 1e6);
    put_real(w, "read_mb_per_second", b->limits.read / 1e6);
    qn_jsonw_lit(w, "}");
}

int bench_put_json(const bench_figures *b, qn_jsonw *w)
{
    side_figures *f = calloc(b->nside, sizeof *f);
    bench_interval ratio;
    size_t i;
    int ok = f != NULL;
    for (i = 0; ok && i < b->nside; i++)
        ok = work_out(&b->side[i], &f[i]);
    if (ok) put_all(w, b, f);
    if (ok && b->nside > 1) {
        ok = compare(b, &ratio);
        if (ok) put_ratio(w, &ratio);
    }
    qn_jsonw_lit(w, "}\n");
    free(f);
    return ok && !w->no_memory;
}
