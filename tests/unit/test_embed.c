/* SPDX-License-Identifier: MIT */
/* tests/unit/test_embed.c - quern/run.h, linked with libquern.so as a program would be: documents
 * in and out, whole runs, mistakes, stops, threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <quern/run.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char two_stages[] = "version = 1; stages = ({ plugin = \"sentences\"; },"
                                 " { plugin = \"tokens\"; });";

static qn_pipeline *configured(const char *text)
{
    qn_pipeline *p = qn_pipeline_new();
    assert_non_null(p);
    assert_int_equal(qn_pipeline_config_text(p, text, strlen(text), "inline.cfg"), QN_OK);
    return p;
}

static qn_pipeline *opened(const char *text, const char *workers)
{
    qn_pipeline *p = configured(text);
    assert_int_equal(qn_pipeline_set(p, workers), QN_OK);
    if (qn_pipeline_open(p) != QN_OK) fail_msg("%s", qn_pipeline_error(p));
    return p;
}

static void push(qn_pipeline *p, const char *id, const char *text, const char *meta)
{
    assert_int_equal(qn_pipeline_push(p, id, text, strlen(text), meta), QN_OK);
}

static const qn_record *next(qn_pipeline *p)
{
    const qn_record *r;
    assert_int_equal(qn_pipeline_next(p, &r), QN_OK);
    return r;
}

static int is(qn_str s, const char *word)
{
    return s.n == strlen(word) && memcmp(s.p, word, s.n) == 0;
}

/* ---- documents in and out -------------------------------------------------------------------- */

static void a_document_comes_back_with_its_layers(void **state)
{
    qn_pipeline *p = opened(two_stages, "run.workers=2");
    const qn_record *r;
    const qn_layer *sents;
    (void)state;
    push(p, "one", "It rained. We left.", "{\"lang\":\"en\",\"n\":3,\"tags\":[1,2]}");
    r = next(p);
    assert_true(qn_live(r) && is(r->id, "one"));
    sents = &r->layer[qn_pipeline_layer(p, "sents")];
    assert_int_equal(sents->n, 2);
    assert_true(is(qn_span_text(r, &sents->v[1]), "We left."));
    assert_int_equal(r->layer[qn_pipeline_layer(p, "tokens")].n, 6);
    assert_true(is(qn_meta_get(r, (qn_str)QN_STR("lang"))->u.str, "en"));
    assert_int_equal(qn_meta_get(r, (qn_str)QN_STR("n"))->u.i, 3);
    assert_true(is(qn_meta_get(r, (qn_str)QN_STR("tags"))->u.str, "[1,2]"));
    assert_int_equal(qn_pipeline_layer(p, "no-such-layer"), 0);
    assert_true(is(qn_pipeline_layer_name(p, qn_pipeline_layer(p, "sents")), "sents"));
    assert_int_equal(qn_pipeline_next(p, &r), QN_END);
    assert_int_equal(qn_pipeline_finish(p), QN_OK);
    qn_pipeline_free(p);
}

static void json_is_what_the_sink_of_the_config_would_write(void **state)
{
    qn_pipeline *p = opened("version = 1; stages = ({ plugin = \"files\"; path = \"/nowhere\"; },"
                            " { plugin = \"sentences\"; }, { plugin = \"jsonl\"; tokens = false;"
                            " path = \"/nowhere/out.jsonl\"; }, { plugin = \"text\"; });",
                            "run.workers=1");
    qn_str line;
    (void)state;
    push(p, NULL, "Caf\xC3\xA9. Good.", "{\"a\":true}");
    assert_int_equal(qn_pipeline_json(p, next(p), &line), QN_OK);
    assert_string_equal(line.p, "{\"id\":\"1\",\"text\":\"Caf\xC3\xA9. Good.\","
                                "\"sents\":[{\"start\":0,\"end\":5},{\"start\":6,\"end\":11}],"
                                "\"meta\":{\"a\":true}}\n");
    assert_int_equal(line.n, strlen(line.p));
    qn_pipeline_free(p);
}

static void many_come_back_in_order(void **state)
{
    enum { N = 3000 };
    qn_pipeline *p = opened(two_stages, "run.workers=4");
    unsigned i, in = 0;
    (void)state;
    for (i = 0; i < N; i++) {
        char id[16];
        const qn_record *r;
        for (; in < N && in < i + 200; in++) {
            snprintf(id, sizeof id, "d%u", in);
            push(p, id, in % 7 ? "Short. Text." : "", NULL);
        }
        snprintf(id, sizeof id, "d%u", i);
        r = next(p);
        assert_true(is(r->id, id));
        assert_int_equal(r->layer[qn_pipeline_layer(p, "sents")].n, i % 7 ? 2 : 0);
    }
    assert_int_equal(qn_pipeline_finish(p), QN_OK);
    qn_pipeline_free(p);
}

static void what_is_wrong_with_a_document_is_said_of_its_record(void **state)
{
    qn_pipeline *p = opened(two_stages, "run.workers=2");
    const qn_record *r;
    qn_str line;
    (void)state;
    push(p, "bytes", "a\xFFz", NULL);
    push(p, "meta", "Text.", "{\"a\":");
    push(p, "list", "Text.", "[1]");
    push(p, "good", "Text.", "{}");
    r = next(p);
    assert_true(r->flags & QN_REC_FAILED);
    assert_non_null(strstr(r->why.p, "not UTF-8: byte 0xFF at offset 1"));
    assert_int_equal(qn_pipeline_json(p, r, &line), QN_E_DATA);
    r = next(p);
    assert_non_null(strstr(r->why.p, "one JSON object: byte 6: found the end"));
    r = next(p);
    assert_true(r->flags & QN_REC_FAILED);
    assert_true(qn_live(next(p)));
    assert_int_equal(qn_pipeline_push(p, "\xC3", "x", 1, NULL), QN_E_DATA);
    qn_pipeline_free(p);
}

static void a_dropped_document_comes_back_with_the_rule(void **state)
{
    qn_pipeline *p = opened("version = 1; stages = ({ plugin = \"docfilter\"; presets = "
                            "\"gopher\"; action = \"drop\"; });",
                            "run.workers=2");
    const qn_record *r;
    (void)state;
    push(p, "short", "Two words.", NULL);
    r = next(p);
    assert_true(r->flags & QN_REC_DROPPED);
    assert_true(r->why.n > 0);
    qn_pipeline_free(p);
}

static void on_error_stop_ends_the_run(void **state)
{
    qn_pipeline *p = configured(two_stages);
    const qn_record *r;
    (void)state;
    assert_int_equal(qn_pipeline_set(p, "run.on_error=stop"), QN_OK);
    assert_int_equal(qn_pipeline_open(p), QN_OK);
    push(p, "bad", "\xFF", NULL);
    assert_int_equal(qn_pipeline_next(p, &r), QN_E_DATA);
    assert_null(r);
    assert_non_null(strstr(qn_pipeline_error(p), "not UTF-8"));
    assert_int_equal(qn_pipeline_push(p, "late", "x", 1, NULL), QN_E_CANCELLED);
    assert_int_equal(qn_pipeline_finish(p), QN_E_DATA);
    assert_int_equal(qn_pipeline_open(p), QN_OK); /* a fresh start */
    push(p, "good", "Yes.", NULL);
    assert_true(qn_live(next(p)));
    qn_pipeline_free(p);
}

/* ---- mistakes -------------------------------------------------------------------------------- */

static void mistakes_have_code_and_place(void **state)
{
    qn_pipeline *p = configured("version = 1;\nstages = (\n  { plugin = \"sentenses\"; },\n"
                                "  { plugin = \"tokens\"; nonsense = 1; }\n);\n");
    const qn_problem *b;
    (void)state;
    assert_int_equal(qn_pipeline_set(p, "tokens.gone=1"), QN_OK);
    assert_int_equal(qn_pipeline_open(p), QN_E_CONFIG);
    b = qn_pipeline_problem(p, 1);
    assert_string_equal(qn_pipeline_problem(p, 0)->file, "--set");
    assert_string_equal(b->code, "E0101");
    assert_string_equal(b->file, "inline.cfg");
    assert_int_equal(b->line, 3);
    assert_int_equal(b->column, 14);
    assert_int_equal(b->len, 11);
    assert_non_null(strstr(b->note, "'sentences'"));
    assert_string_equal(qn_pipeline_problem(p, 2)->code, "E0203");
    assert_null(qn_pipeline_problem(p, 3));
    assert_non_null(strstr(qn_pipeline_error(p), "tokens"));
    assert_int_equal(qn_pipeline_config_text(p, two_stages, strlen(two_stages), "x"), QN_OK);
    qn_pipeline_free(p);
}

static void calls_in_the_wrong_order_are_refused(void **state)
{
    qn_pipeline *p = qn_pipeline_new();
    const qn_record *r;
    (void)state;
    assert_int_equal(qn_pipeline_open(p), QN_E_BUG);
    assert_int_equal(qn_pipeline_push(p, NULL, "x", 1, NULL), QN_E_BUG);
    assert_int_equal(qn_pipeline_next(p, &r), QN_E_BUG);
    assert_int_equal(qn_pipeline_finish(p), QN_E_BUG);
    assert_int_equal(qn_pipeline_config(p, "/nowhere/x.cfg"), QN_OK);
    assert_int_equal(qn_pipeline_open(p), QN_E_CONFIG);
    assert_string_equal(qn_pipeline_problem(p, 0)->code, "E0501");
    qn_pipeline_free(p);
    p = opened(two_stages, "run.workers=1");
    assert_int_equal(qn_pipeline_open(p), QN_E_BUG);
    assert_int_equal(qn_pipeline_run(p, NULL), QN_E_BUG);
    qn_pipeline_free(p);
    qn_pipeline_free(NULL);
}

/* ---- whole runs ------------------------------------------------------------------------------ */

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static void keep_log(void *user, int level, const char *stage, const char *text)
{
    (void)stage;
    if (level >= 2) snprintf(user, 512, "%s", text);
}

static void a_whole_run_reads_and_writes_files(void **state)
{
    char dir[] = "/tmp/quern-embed-XXXXXX", in[64], out[64], log[512] = "", line[512];
    qn_pipeline *p = configured("version = 1; stages = ({ plugin = \"files\"; },"
                                " { plugin = \"sentences\"; }, { plugin = \"jsonl\"; });");
    qn_counts n;
    FILE *f;
    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(in, sizeof in, "%s/in.jsonl", dir);
    snprintf(out, sizeof out, "%s/out.jsonl", dir);
    write_file(in, "{\"id\":\"a\",\"text\":\"Yes. No.\"}\n{\"id\":\"b\"}\n");
    assert_int_equal(qn_pipeline_input(p, in), QN_OK);
    assert_int_equal(qn_pipeline_output(p, out), QN_OK);
    qn_pipeline_on_log(p, keep_log, log);
    if (qn_pipeline_run(p, &n) != QN_OK) fail_msg("%s", qn_pipeline_error(p));
    assert_int_equal(n.read, 2);
    assert_int_equal(n.out, 1);
    assert_int_equal(n.failed, 1);
    assert_non_null(strstr(log, "no \"text\""));
    f = fopen(out, "r");
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    fclose(f);
    assert_non_null(strstr(line, "{\"start\":5,\"end\":8}"));
    qn_pipeline_free(p);
    unlink(in);
    unlink(out);
    rmdir(dir);
}

static void stop_by_log(void *user, int level, const char *stage, const char *text)
{
    (void)level;
    (void)stage;
    (void)text;
    qn_pipeline_stop(user);
}

/* Once: the records under way come out, the output is kept. Twice: neither. */
static void a_run_that_is_stopped_ends_well_or_at_once(void **state)
{
    enum { LINES = 200000 };
    char dir[] = "/tmp/quern-embed-XXXXXX", in[64], out[64];
    unsigned i, twice;
    FILE *f;
    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(in, sizeof in, "%s/in.jsonl", dir);
    snprintf(out, sizeof out, "%s/out.jsonl", dir);
    f = fopen(in, "w");
    assert_non_null(f);
    for (i = 0; i < LINES; i++)
        fputs(i == 100 || i == 101 ? "{}\n" : "{\"text\":\"Yes. No.\"}\n", f);
    assert_int_equal(fclose(f), 0);
    for (twice = 0; twice < 2; twice++) {
        qn_pipeline *p = configured("version = 1; stages = ({ plugin = \"files\"; },"
                                    " { plugin = \"sentences\"; }, { plugin = \"jsonl\"; });");
        qn_counts n;
        assert_int_equal(qn_pipeline_set(p, "run.workers=1"), QN_OK);
        /* the second bad line, in the same batch, is the second stop */
        assert_int_equal(
            qn_pipeline_set(p, twice ? "run.batch_records=64" : "run.batch_records=101"), QN_OK);
        assert_int_equal(qn_pipeline_input(p, in), QN_OK);
        assert_int_equal(qn_pipeline_output(p, out), QN_OK);
        qn_pipeline_on_log(p, stop_by_log, p);
        assert_int_equal(qn_pipeline_run(p, &n), twice ? QN_E_CANCELLED : QN_OK);
        assert_true(n.read > 100 && n.read < LINES);
        assert_int_equal(access(out, F_OK), twice ? -1 : 0);
        unlink(out);
        qn_pipeline_free(p);
    }
    unlink(in);
    rmdir(dir);
}

/* ---- ends and threads ------------------------------------------------------------------------ */

static void what_nobody_takes_is_let_go(void **state)
{
    unsigned i, k;
    (void)state;
    for (k = 0; k < 20; k++) {
        qn_pipeline *p = opened(two_stages, k % 2 ? "run.workers=1" : "run.workers=3");
        for (i = 0; i < 50; i++)
            push(p, NULL, "Some text. And more.", NULL);
        for (i = 0; i < k; i++)
            next(p);
        if (k % 3) assert_int_equal(qn_pipeline_finish(p), QN_OK);
        qn_pipeline_free(p);
    }
}

static void *stop_it(void *p)
{
    qn_pipeline_stop(p);
    return NULL;
}

/* The record in hand stays readable, whoever stops. */
static void a_stop_ends_waiting_and_spares_the_record_in_hand(void **state)
{
    qn_pipeline *p = opened(two_stages, "run.workers=2");
    const qn_record *r;
    pthread_t t;
    (void)state;
    push(p, "kept", "Some text. And more.", NULL);
    push(p, NULL, "Some text. And more.", NULL);
    r = next(p);
    assert_int_equal(pthread_create(&t, NULL, stop_it, p), 0);
    pthread_join(t, NULL);
    assert_true(is(r->id, "kept") && is(r->text, "Some text. And more."));
    assert_int_equal(qn_pipeline_next(p, &r), QN_E_CANCELLED);
    assert_int_equal(qn_pipeline_push(p, NULL, "x", 1, NULL), QN_E_CANCELLED);
    assert_int_equal(qn_pipeline_finish(p), QN_E_CANCELLED);
    qn_pipeline_free(p);
}

enum { EACH = 200 };

static void *push_many(void *p)
{
    unsigned i;
    for (i = 0; i < EACH; i++)
        if (qn_pipeline_push(p, NULL, "One. Two. Three.", 16, NULL) != QN_OK) return p;
    return NULL;
}

static void several_threads_push_to_one_handle(void **state)
{
    qn_pipeline *p = opened(two_stages, "run.workers=2");
    pthread_t t[4];
    void *bad;
    unsigned i, n = 0;
    const qn_record *r;
    (void)state;
    for (i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&t[i], NULL, push_many, p), 0);
    while (n < 4 * EACH)
        if (qn_pipeline_next(p, &r) == QN_OK) n++;
    for (i = 0; i < 4; i++) {
        pthread_join(t[i], &bad);
        assert_null(bad);
    }
    assert_int_equal(qn_pipeline_next(p, &r), QN_END);
    qn_pipeline_free(p);
}

static void *use_own_handle(void *arg)
{
    qn_pipeline *p = qn_pipeline_new();
    const qn_record *r;
    unsigned i;
    int ok = p && qn_pipeline_config_text(p, two_stages, strlen(two_stages), "x") == QN_OK &&
             qn_pipeline_set(p, "run.workers=1") == QN_OK && qn_pipeline_open(p) == QN_OK;
    for (i = 0; ok && i < 50; i++)
        ok = qn_pipeline_push(p, NULL, "One. Two.", 9, NULL) == QN_OK &&
             qn_pipeline_next(p, &r) == QN_OK && r->layer[qn_pipeline_layer(p, "sents")].n == 2;
    qn_pipeline_free(p);
    return ok ? NULL : arg;
}

static void every_thread_may_have_a_handle(void **state)
{
    static char bad_mark[] = "bad";
    pthread_t t[4];
    void *bad;
    unsigned i;
    (void)state;
    for (i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&t[i], NULL, use_own_handle, bad_mark), 0);
    for (i = 0; i < 4; i++) {
        pthread_join(t[i], &bad);
        assert_null(bad);
    }
}

static void handles_come_and_go(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < 100; i++) {
        qn_pipeline *p = opened(two_stages, "run.workers=1");
        push(p, NULL, "One. Two.", NULL);
        next(p);
        qn_pipeline_free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_comes_back_with_its_layers),
        cmocka_unit_test(json_is_what_the_sink_of_the_config_would_write),
        cmocka_unit_test(many_come_back_in_order),
        cmocka_unit_test(what_is_wrong_with_a_document_is_said_of_its_record),
        cmocka_unit_test(a_dropped_document_comes_back_with_the_rule),
        cmocka_unit_test(on_error_stop_ends_the_run),
        cmocka_unit_test(mistakes_have_code_and_place),
        cmocka_unit_test(calls_in_the_wrong_order_are_refused),
        cmocka_unit_test(a_whole_run_reads_and_writes_files),
        cmocka_unit_test(a_run_that_is_stopped_ends_well_or_at_once),
        cmocka_unit_test(what_nobody_takes_is_let_go),
        cmocka_unit_test(a_stop_ends_waiting_and_spares_the_record_in_hand),
        cmocka_unit_test(several_threads_push_to_one_handle),
        cmocka_unit_test(every_thread_may_have_a_handle),
        cmocka_unit_test(handles_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
