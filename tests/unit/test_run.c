/* SPDX-License-Identifier: MIT */
/* tests/unit/test_run.c - the runner with plugins made here: order, turns, failures, stopping
 * (core/run.h). A number source counts up; the sink writes what reaches it into memory. */
#include "run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#undef fail /* cmocka has a macro of that name; qn_host has a member */

#include "wire.h"

enum { MANY = 3000 };

/* ---- plugins --------------------------------------------------------------------------------- */

static struct {
    uint64_t limit;      /* records the source makes */
    uint64_t at;         /* how far it is */
    uint64_t fail_every; /* the picky stage fails these */
    uint64_t broken_at;  /* read fails here */
    int bad_utf8;        /* every tenth text is broken */
    int gone;            /* the sink's reader has gone */
    int drain_at, cancel_at;
    int opened, left, finished;
    char *out; /* what the sink got */
    size_t nout;
    uint64_t sum; /* the ordered stage's own */
    int inside;
} t;

static qn_status count_read(qn_ctx *cx, qn_batch *b)
{
    while (t.at < t.limit && b->n < b->cap) {
        qn_record *r;
        char *text;
        if (t.broken_at && t.at == t.broken_at)
            return cx->host->fail(cx, QN_E_IO, "the source broke at %llu",
                                  (unsigned long long)t.at);
        r = cx->host->add_record(cx, b);
        text = r ? qn_alloc(b, 32) : NULL;
        if (!text) return QN_E_NOMEM;
        r->text.p = text;
        r->text.n = (size_t)snprintf(text, 32, "%llu", (unsigned long long)t.at);
        if (t.bad_utf8 && t.at % 10 == 3) text[0] = (char)0xE9;
        r->id = r->place = r->text;
        t.at++;
        if ((t.drain_at && t.at == (uint64_t)t.drain_at) || cx->host->stopping(cx)) return QN_OK;
    }
    return t.at == t.limit ? QN_END : QN_OK;
}

static uint64_t value(const qn_record *r)
{
    return strtoull(r->text.p, NULL, 10);
}

static qn_status picky_process(qn_ctx *cx, qn_record *r)
{
    qn_count(cx, 0, 1);
    if (t.fail_every && value(r) % t.fail_every == t.fail_every - 1)
        return cx->host->fail(cx, QN_E_DATA, "will not have %llu", (unsigned long long)value(r));
    if (value(r) % 64 < 5) /* uneven work, so that batches overtake each other */
        usleep(200);
    return QN_OK;
}

/* Works in order, in the middle of the chain: drops what is not larger than all before. */
static qn_status sum_commit(qn_ctx *cx, qn_batch *b)
{
    uint32_t i;
    if (__atomic_exchange_n(&t.inside, 1, __ATOMIC_ACQ_REL))
        return cx->host->fail(cx, QN_E_BUG, "two at once");
    for (i = 0; i < b->n; i++) {
        if (!qn_live(b->rec[i])) continue;
        if (value(b->rec[i]) < t.sum) return cx->host->fail(cx, QN_E_BUG, "out of order");
        t.sum = value(b->rec[i]);
        if (t.sum % 5 == 4) cx->host->drop_record(cx, b->rec[i], cx->names[0]);
    }
    __atomic_store_n(&t.inside, 0, __ATOMIC_RELEASE);
    return QN_OK;
}

static qn_status sink_batch(qn_ctx *cx, qn_batch *b)
{
    char *all = qn_alloc(b, 32 * (size_t)b->n + 1), *p = all;
    uint32_t i;
    for (i = 0; all && i < b->n; i++)
        if (qn_live(b->rec[i]))
            p += snprintf(p, 32, "%.*s\n", (int)b->rec[i]->text.n, b->rec[i]->text.p);
    cx->carry = all;
    return all ? QN_OK : QN_E_NOMEM;
}

static qn_status sink_commit(qn_ctx *cx, qn_batch *b)
{
    size_t n = strlen(cx->carry);
    (void)b;
    if (t.gone) return cx->host->fail(cx, QN_E_CANCELLED, "gone");
    t.out = realloc(t.out, t.nout + n + 1);
    memcpy(t.out + t.nout, cx->carry, n + 1);
    t.nout += n;
    return QN_OK;
}

static qn_status sink_finish(qn_ctx *cx)
{
    (void)cx;
    t.finished++;
    return QN_OK;
}

static qn_status enter(qn_ctx *cx)
{
    __atomic_add_fetch(&t.opened, 1, __ATOMIC_RELAXED);
    cx->local = &t;
    return QN_OK;
}

static void leave(qn_ctx *cx)
{
    if (cx->local == &t) __atomic_add_fetch(&t.left, 1, __ATOMIC_RELAXED);
}

static const qn_counter_decl picky_counters[] = {{"seen", "records"}, {NULL, NULL}};
static const char *const sum_names[] = {"every-fifth", NULL};
static qn_module modules[] = {
    {.plugin = {QN_PLUGIN_HEAD, .kind = QN_SOURCE, .name = "count", .read = count_read}},
    {.plugin = {QN_PLUGIN_HEAD, .kind = QN_STAGE, .name = "picky", .process = picky_process,
                .counters = picky_counters, .enter = enter, .leave = leave}},
    {.plugin = {QN_PLUGIN_HEAD, .kind = QN_STAGE, .name = "sum", .commit = sum_commit,
                .names = sum_names}},
    {.plugin = {QN_PLUGIN_HEAD, .kind = QN_SINK, .name = "lines", .process_batch = sink_batch,
                .commit = sink_commit, .finish = sink_finish}},
};

/* ---- a plan without a config ----------------------------------------------------------------- */

enum { NSTAGE = sizeof modules / sizeof *modules };

static char logged[4096];

static void keep_line(void *user, qn_level level, const char *stage, const char *text)
{
    (void)user;
    (void)level;
    snprintf(logged + strlen(logged), sizeof logged - strlen(logged), "%s: %s\n", stage, text);
}

static void make_plan(qn_plan *plan, unsigned workers, qn_on_error on_error)
{
    unsigned i;
    memset(plan, 0, sizeof *plan);
    logged[0] = '\0';
    plan->session = qn_session_new(qn_log_new(keep_line, NULL, QN_DEBUG, 3), NULL);
    plan->stage = calloc(NSTAGE, sizeof *plan->stage);
    plan->nstage = NSTAGE;
    plan->run.workers = workers;
    plan->run.batch_records = 7;
    plan->run.quarantine = "quarantine.jsonl";
    for (i = 0; i < NSTAGE; i++) {
        qn_stage *s = &plan->stage[i];
        s->module = &modules[i];
        s->plugin = &modules[i].plugin;
        s->id = s->plugin->name;
        s->index = i;
        s->on_error = on_error;
        s->session = plan->session;
        assert_int_equal(qn_wire_words(s), QN_OK);
    }
    assert_int_equal(qn_wire_steps(plan), QN_OK);
}

static void free_plan(qn_plan *plan)
{
    unsigned i;
    for (i = 0; i < NSTAGE; i++) {
        free(plan->stage[i].needs);
        free(plan->stage[i].makes);
        free(plan->stage[i].names);
        free(plan->stage[i].failure);
        free(plan->stage[i].failure_option);
    }
    qn_log_free(plan->session->log);
    qn_session_free(plan->session);
    free(plan->stage);
    free(plan->step);
}

static char why[512];
static qn_run_report rep;

static qn_status run(unsigned workers, qn_on_error on_error, qn_tick tick)
{
    qn_plan plan;
    qn_status st;
    make_plan(&plan, workers, on_error);
    st = qn_run(&plan, tick, plan.session, &rep, why, sizeof why);
    qn_log_flush(plan.session->log);
    free_plan(&plan);
    return st;
}

static int reset(void **state)
{
    (void)state;
    free(t.out);
    memset(&t, 0, sizeof t);
    t.limit = MANY;
    return 0;
}

static int drop_report(void **state)
{
    (void)state;
    qn_run_report_free(&rep);
    return 0;
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void output_is_the_same_for_any_number_of_workers(void **state)
{
    char *first;
    unsigned workers;
    assert_int_equal(run(1, QN_ON_ERROR_SKIP, NULL), QN_OK);
    first = t.out;
    t.out = NULL;
    assert_int_equal(strncmp(first, "0\n1\n2\n3\n5\n", 10), 0);
    for (workers = 2; workers <= 9; workers += 3) {
        qn_run_report_free(&rep);
        reset(state);
        t.fail_every = 0;
        assert_int_equal(run(workers, QN_ON_ERROR_SKIP, NULL), QN_OK);
        assert_string_equal(t.out, first);
        assert_int_equal(t.opened, workers);
        assert_int_equal(t.left, workers);
        assert_int_equal(t.finished, 1);
    }
    free(first);
}

static void every_record_is_accounted_for(void **state)
{
    const qn_drop_count *drop;
    size_t n;
    (void)state;
    t.fail_every = 100;
    assert_int_equal(run(4, QN_ON_ERROR_SKIP, NULL), QN_OK);
    assert_int_equal(rep.totals.read, MANY);
    assert_int_equal(rep.totals.failed, MANY / 100);
    assert_int_equal(rep.totals.skipped, MANY / 100);
    /* of the failed (99, 199, ...) all are ones that would have been dropped */
    assert_int_equal(rep.totals.dropped, MANY / 5 - MANY / 100);
    assert_int_equal(rep.totals.out, MANY - MANY / 5);
    assert_int_equal(rep.stage[1].records, MANY);
    assert_int_equal(rep.stage[1].count[0], MANY);
    assert_int_equal(rep.stage[1].failed, MANY / 100);
    assert_int_equal(rep.stage[2].dropped, rep.totals.dropped);
    drop = qn_ledger_drops(rep.ledger, &n);
    assert_int_equal(n, 1);
    assert_string_equal(drop[0].rule, "every-fifth");
    assert_string_equal(logged, "");
}

static void failures_are_reported_in_input_order(void **state)
{
    (void)state;
    t.fail_every = 500;
    assert_int_equal(run(4, QN_ON_ERROR_REPORT, NULL), QN_OK);
    assert_string_equal(logged, "picky: 499: will not have 499\n"
                                "picky: 999: will not have 999\n"
                                "picky: 1499: will not have 1499\n"
                                "picky: 3 more like: 499: will not have 499\n");
}

static void stop_ends_at_the_first_failure(void **state)
{
    (void)state;
    t.fail_every = 1000;
    assert_int_equal(run(4, QN_ON_ERROR_STOP, NULL), QN_E_DATA);
    assert_string_equal(why, "picky: 999: will not have 999");
    assert_int_equal(t.finished, 0);
}

static void quarantine_holds_what_failed(void **state)
{
    char dir[] = "/tmp/quern-run-XXXXXX", line[256];
    FILE *f;
    (void)state;
    assert_non_null(mkdtemp(dir));
    assert_int_equal(chdir(dir), 0);
    t.fail_every = 2000;
    t.bad_utf8 = 0;
    assert_int_equal(run(3, QN_ON_ERROR_QUARANTINE, NULL), QN_OK);
    f = fopen("quarantine.jsonl", "r");
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    assert_string_equal(line, "{\"id\":\"1999\",\"text\":\"1999\",\"place\":\"1999\",\"stage\":"
                              "\"picky\",\"error\":\"will not have 1999\"}\n");
    assert_null(fgets(line, sizeof line, f));
    fclose(f);
    assert_int_equal(rep.totals.quarantined, 1);
    assert_int_equal(unlink("quarantine.jsonl"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(dir), 0);
}

static void text_that_is_not_utf8_fails_before_any_stage(void **state)
{
    (void)state;
    t.limit = 20;
    t.bad_utf8 = 1;
    assert_int_equal(run(1, QN_ON_ERROR_REPORT, NULL), QN_OK);
    assert_int_equal(rep.totals.failed, 2);
    assert_int_equal(rep.stage[1].records, 18);
    assert_non_null(strstr(logged, "the text is not UTF-8: byte 0xE9 at offset 0."));
}

static void broken_source_ends_the_run_with_its_words(void **state)
{
    (void)state;
    t.broken_at = 700;
    assert_int_equal(run(3, QN_ON_ERROR_REPORT, NULL), QN_E_IO);
    assert_string_equal(why, "count: the source broke at 700");
    assert_int_equal(t.finished, 0);
    assert_int_equal(t.left, t.opened);
}

static void reader_that_has_gone_ends_the_run(void **state)
{
    (void)state;
    t.gone = 1;
    assert_int_equal(run(3, QN_ON_ERROR_REPORT, NULL), QN_E_CANCELLED);
}

static void drain(void *user, qn_running *now)
{
    (void)now;
    atomic_store(&((qn_session *)user)->stop, QN_DRAIN);
}

static void cancel(void *user, qn_running *now)
{
    (void)now;
    atomic_store(&((qn_session *)user)->stop, QN_CANCEL);
}

static void drain_finishes_what_is_under_way(void **state)
{
    uint64_t lines = 0;
    size_t i;
    (void)state;
    t.limit = UINT64_MAX;
    assert_int_equal(run(3, QN_ON_ERROR_REPORT, drain), QN_OK);
    assert_int_equal(t.finished, 1);
    for (i = 0; i < t.nout; i++)
        lines += t.out[i] == '\n';
    assert_int_equal(lines, rep.totals.out);
    assert_int_equal(rep.totals.read, t.at);
}

static void cancel_ends_without_finish(void **state)
{
    (void)state;
    t.limit = UINT64_MAX;
    assert_int_equal(run(3, QN_ON_ERROR_REPORT, cancel), QN_E_CANCELLED);
    assert_int_equal(t.finished, 0);
    assert_int_equal(t.left, t.opened);
}

static void no_records_is_a_good_run(void **state)
{
    (void)state;
    t.limit = 0;
    assert_int_equal(run(2, QN_ON_ERROR_REPORT, NULL), QN_OK);
    assert_int_equal(rep.totals.read, 0);
    assert_int_equal(t.finished, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, reset, drop_report)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(output_is_the_same_for_any_number_of_workers),
        TEST(every_record_is_accounted_for),
        TEST(failures_are_reported_in_input_order),
        TEST(stop_ends_at_the_first_failure),
        TEST(quarantine_holds_what_failed),
        TEST(text_that_is_not_utf8_fails_before_any_stage),
        TEST(broken_source_ends_the_run_with_its_words),
        TEST(reader_that_has_gone_ends_the_run),
        TEST(drain_finishes_what_is_under_way),
        TEST(cancel_ends_without_finish),
        TEST(no_records_is_a_good_run),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(t.out);
    return failed;
}
