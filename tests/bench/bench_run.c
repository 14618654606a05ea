/* SPDX-License-Identifier: MIT */
/* tests/bench/bench_run.c - what the runner costs: an empty stage per record, and the gain of a
 * second worker on stages that do real work. Ratios come from runs of one process. */
#include <stdio.h>
#include <stdlib.h>

#include "run.h"
#include "unit/bare_plan.h"

enum { TEXT = 2265, WORK_ROUNDS = 12, RUNS = 5 };

static uint64_t limit, made;
static char text[TEXT];

static qn_status make_records(qn_ctx *cx, qn_batch *b)
{
    while (made < limit && b->n < b->cap && b->bytes < 65536) {
        qn_record *r = cx->host->add_record(cx, b);
        if (!r) return QN_E_NOMEM;
        r->text.p = text;
        r->text.n = TEXT;
        r->id.p = "x";
        r->id.n = 1;
        made++;
    }
    return made == limit ? QN_END : QN_OK;
}

static qn_status nothing(qn_ctx *cx, qn_record *r)
{
    (void)cx;
    (void)r;
    return QN_OK;
}

/* Some microseconds of memory and arithmetic, as much as sentences and tokens take. */
static qn_status busy(qn_ctx *cx, qn_record *r)
{
    uint64_t h = 14695981039346656037u;
    int k;
    size_t i;
    for (k = 0; k < WORK_ROUNDS; k++)
        for (i = 0; i + 8 <= r->text.n; i += 8) {
            uint64_t w;
            memcpy(&w, r->text.p + i, 8);
            h = (h ^ w) * 1099511628211u;
        }
    qn_count(cx, 0, h & 1);
    return QN_OK;
}

static qn_status swallow(qn_ctx *cx, qn_batch *b)
{
    (void)cx;
    (void)b;
    return QN_OK;
}

static const qn_counter_decl one[] = {{"odd", "a result that cannot be optimised away"},
                                      {NULL, NULL}};

#define SOURCE                                                                                     \
    {                                                                                              \
        .plugin = { QN_PLUGIN_HEAD, .kind = QN_SOURCE, .name = "make", .read = make_records }      \
    }
#define STAGE(f)                                                                                   \
    {                                                                                              \
        .plugin = { QN_PLUGIN_HEAD, .kind = QN_STAGE, .name = #f, .process = f, .counters = one }  \
    }
#define SINK                                                                                       \
    {                                                                                              \
        .plugin = { QN_PLUGIN_HEAD, .kind = QN_SINK, .name = "swallow", .commit = swallow }        \
    }

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double once(const qn_module *m, unsigned n, unsigned workers)
{
    qn_run_report rep;
    qn_plan plan;
    char why[256];
    double s;
    made = 0;
    if (bare_plan(&plan, m, n, NULL) != 0) exit(1);
    plan.run.workers = workers;
    if (qn_run(&plan, NULL, NULL, &rep, why, sizeof why) != QN_OK) {
        fprintf(stderr, "%s\n", why);
        exit(1);
    }
    s = (double)rep.ns / 1e9;
    qn_run_report_free(&rep);
    bare_plan_free(&plan);
    return s;
}

/* Median seconds; one run to warm up. */
static double seconds(const qn_module *m, unsigned n, unsigned workers, uint64_t records)
{
    double s[RUNS];
    int i;
    limit = records;
    once(m, n, workers);
    for (i = 0; i < RUNS; i++)
        s[i] = once(m, n, workers);
    qsort(s, RUNS, sizeof *s, by_value);
    return s[RUNS / 2];
}

int main(void)
{
    static const qn_module bare[] = {SOURCE, SINK};
    static const qn_module eight[] = {
        SOURCE,         STAGE(nothing), STAGE(nothing), STAGE(nothing), STAGE(nothing),
        STAGE(nothing), STAGE(nothing), STAGE(nothing), STAGE(nothing), SINK};
    static const qn_module work[] = {SOURCE, STAGE(busy), STAGE(busy), SINK};
    double without, with, single, two;
    memset(text, 'x', sizeof text);
    without = seconds(bare, 2, 1, 1000000);
    with = seconds(eight, 10, 1, 1000000);
    single = seconds(work, 4, 1, 200000);
    two = seconds(work, 4, 2, 200000);
    printf("source and sink only    %8.1f ns a record\n", without * 1e3);
    printf("an empty stage          %8.1f ns a record\n", (with - without) / 8 * 1e3);
    printf("two busy stages         %8.1f ns a record, 1 worker\n", single * 5e3);
    printf("                        %8.1f ns a record, 2 workers\n", two * 5e3);
    printf("gain of a second worker %8.2f x\n", single / two);
    return 0;
}
