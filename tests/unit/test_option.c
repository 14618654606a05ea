/* SPDX-License-Identifier: MIT */
/* tests/unit/test_option.c - core/option.c, where no built-in plugin's options reach: secrets,
 * tables of an older quern, and what the check of a table refuses. */
#include "option.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct opts {
    const char *token;
    int64_t n;
    uint64_t size;
    double wait;
    qn_list words;
};

static const qn_option table[] = {
    QN_OPTION(struct opts, token, QN_SECRET, .help = "a secret"),
    QN_OPTION(struct opts, n, QN_INT, .def = "3", .min = "1", .max = "9", .help = "a number"),
    QN_OPTION(struct opts, size, QN_SIZE, .def = "64KiB", .help = "a size"),
    QN_OPTION(struct opts, wait, QN_TIME, .def = "250ms", .help = "a time"),
    QN_OPTION(struct opts, words, QN_LIST, .def = "a,b", .help = "words"),
    {.name = NULL},
};

/* Reads a table with one setting, a string, and hands back what is said about it. */
static char *read_one(const char *name, const char *value, struct opts *out)
{
    static const char line[] = "token = \"hunter2\";";
    static const qn_option_owner owner = {"the test", NULL, NULL};
    qn_pool *pool = qn_pool_new();
    qn_diags *diags = qn_diags_new();
    qn_node *group = qn_node_add(pool, NULL, QN_NODE_GROUP, NULL);
    qn_node *node = qn_node_add(pool, group, QN_NODE_STRING, name);
    char *said = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&said, &n);
    node->u.s = value;
    node->key = node->value = (qn_place){"x.cfg", 1, 1, 1, line};
    memset(out, 0, sizeof *out);
    qn_options_read(table, sizeof *table, group, out, pool, &owner, diags);
    qn_diags_print(diags, f, QN_DIAG_TEXT, 0);
    fclose(f);
    qn_diags_free(diags);
    out->token = out->token ? "set" : NULL; /* the string is the pool's */
    out->words.v = NULL;
    qn_pool_free(pool);
    return said;
}

static void test_a_secret_in_a_config_is_not_shown(void **state)
{
    struct opts o;
    char *said = read_one("token", "hunter2", &o);
    (void)state;
    assert_non_null(strstr(said, "E0202"));
    assert_null(strstr(said, "hunter2"));
    assert_null(o.token);
    free(said);
}

static void test_a_secret_comes_from_the_environment(void **state)
{
    struct opts o;
    char *said;
    (void)state;
    setenv("QUERN_TEST_TOKEN", "s3cret", 1);
    said = read_one("token", "env:QUERN_TEST_TOKEN", &o);
    assert_string_equal(said, "");
    assert_non_null(o.token);
    free(said);
    unsetenv("QUERN_TEST_TOKEN");
    said = read_one("token", "env:QUERN_TEST_TOKEN", &o);
    assert_non_null(strstr(said, "E0209"));
    free(said);
}

static void secret_file_of(size_t n, const char *expected)
{
    char path[] = "/tmp/quern-secret-XXXXXX", value[64];
    struct opts o;
    char *said;
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    assert_non_null(f);
    while (n--)
        putc('x', f);
    fputs("\nsecond line\n", f);
    fclose(f);
    snprintf(value, sizeof value, "file:%s", path);
    said = read_one("token", value, &o);
    if (expected)
        assert_non_null(strstr(said, expected));
    else
        assert_string_equal(said, "");
    assert_int_equal(o.token == NULL, expected != NULL);
    free(said);
    remove(path);
}

static void test_a_secret_file_is_whole_or_refused(void **state)
{
    (void)state;
    secret_file_of(12, NULL);
    secret_file_of(0, "it is empty");
    secret_file_of(5000, "longer than 4 KiB");
}

static void test_defaults_are_read_with_their_units(void **state)
{
    struct opts o;
    char *said = read_one("size", "1.5MiB", &o);
    (void)state;
    assert_string_equal(said, "");
    assert_int_equal(o.n, 3);
    assert_int_equal(o.size, 1572864);
    assert_true(o.wait > 0.2499 && o.wait < 0.2501);
    assert_int_equal(o.words.n, 2);
    free(said);
}

/* A table whose rows end behind `help` in an older quern, and one of a newer quern. */
static void test_sizes_know_tebibytes_and_times_no_debts(void **state)
{
    struct opts o;
    char *said = read_one("size", "2TiB", &o);
    (void)state;
    assert_string_equal(said, "");
    assert_int_equal(o.size, UINT64_C(2) << 40);
    free(said);
    said = read_one("wait", "-1s", &o);
    assert_non_null(strstr(said, "E0204"));
    assert_non_null(strstr(said, "a time is not negative"));
    free(said);
}

static void test_rows_of_another_length(void **state)
{
    struct longer {
        qn_option o;
        long more;
    };
    static const struct longer rows[] = {
        {QN_OPTION(struct opts, n, QN_INT, .help = "one"), 7},
        {QN_OPTION(struct opts, size, QN_SIZE, .help = "two"), 7},
        {{.name = NULL}, 0},
    };
    qn_option row;
    (void)state;
    assert_true(qn_option_find(&rows->o, sizeof *rows, "size", &row));
    assert_string_equal(row.help, "two");
    assert_false(qn_option_row(&rows->o, sizeof *rows, 2, &row));
    assert_false(qn_option_row(table, 8, 0, &row));
}

static void refused(const qn_option *rows, const char *why)
{
    char said[256];
    assert_false(qn_option_check(rows, sizeof *rows, sizeof(struct opts), said, sizeof said));
    assert_non_null(strstr(said, why));
}

static void test_a_table_is_checked(void **state)
{
    static const qn_option twice[] = {QN_OPTION(struct opts, n, QN_INT, .help = "x"),
                                      QN_OPTION(struct opts, n, QN_INT, .help = "x"),
                                      {.name = NULL}};
    static const qn_option above[] = {
        QN_OPTION(struct opts, n, QN_INT, .def = "10", .max = "9", .help = "x"), {.name = NULL}};
    static const qn_option word[] = {
        QN_OPTION(struct opts, n, QN_ENUM, .def = "c", .choices = "a|b", .help = "x"),
        {.name = NULL}};
    static const qn_option secret[] = {
        QN_OPTION(struct opts, token, QN_SECRET, .def = "env:X", .help = "x"), {.name = NULL}};
    char said[256];
    (void)state;
    assert_true(qn_option_check(table, sizeof *table, sizeof(struct opts), said, sizeof said));
    refused(twice, "is there twice");
    refused(above, "above its maximum");
    refused(word, "none of its choices");
    refused(secret, "is a secret and has a default");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_secret_in_a_config_is_not_shown),
        cmocka_unit_test(test_a_secret_comes_from_the_environment),
        cmocka_unit_test(test_a_secret_file_is_whole_or_refused),
        cmocka_unit_test(test_defaults_are_read_with_their_units),
        cmocka_unit_test(test_sizes_know_tebibytes_and_times_no_debts),
        cmocka_unit_test(test_rows_of_another_length),
        cmocka_unit_test(test_a_table_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
