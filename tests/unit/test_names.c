/* SPDX-License-Identifier: MIT */
/* tests/unit/test_names.c - core/names.c: one number for a word, whoever asks, until the table is
 * full. */
#include "names.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static qn_str str(const char *s)
{
    const qn_str r = {s, strlen(s)};
    return r;
}

static void test_a_word_has_one_number(void **state)
{
    qn_names *t = qn_names_new(100);
    const qn_str with_nul = {"a\0b", 3}, cut = {"PERSONAL", 6}, none = {NULL, 0};
    (void)state;
    assert_non_null(t);
    assert_int_equal(qn_names_find(t, str("PERSON")), 0);
    assert_int_equal(qn_names_count(t), 0);
    assert_int_equal(qn_names_get(t, str("PERSON")), 1);
    assert_int_equal(qn_names_get(t, str("ORG")), 2);
    assert_int_equal(qn_names_get(t, cut), 1);
    assert_int_equal(qn_names_find(t, str("ORG")), 2);
    assert_int_equal(qn_names_get(t, with_nul), 3);
    assert_int_equal(qn_names_get(t, str("a")), 4);
    assert_int_equal(qn_names_get(t, none), 5);
    assert_int_equal(qn_names_count(t), 5);
    assert_true(qn_str_eq(qn_names_text(t, 3), with_nul));
    qn_names_free(t);
}

static void test_a_number_has_its_word(void **state)
{
    qn_names *t = qn_names_new(100);
    char word[] = "ORG";
    (void)state;
    assert_non_null(t);
    assert_int_equal(qn_names_get(t, str(word)), 1);
    word[0] = '?'; /* the table has its own copy */
    assert_string_equal(qn_names_text(t, 1).p, "ORG");
    assert_int_equal(qn_names_text(t, 1).n, 3);
    assert_string_equal(qn_names_text(t, 0).p, "");
    assert_string_equal(qn_names_text(t, 2).p, "");
    assert_string_equal(qn_names_text(t, 65535).p, "");
    qn_names_free(t);
}

static void test_a_full_table_says_so_and_goes_on(void **state)
{
    qn_names *t = qn_names_new(65535);
    char word[16];
    int i;
    (void)state;
    assert_non_null(t);
    for (i = 1; i <= 65535; i++) {
        snprintf(word, sizeof word, "w%d", i);
        assert_int_equal(qn_names_get(t, str(word)), i);
    }
    assert_int_equal(qn_names_get(t, str("one more")), 0);
    assert_int_equal(qn_names_find(t, str("one more")), 0);
    assert_int_equal(qn_names_count(t), 65535);
    assert_int_equal(qn_names_get(t, str("w65535")), 65535);
    assert_string_equal(qn_names_text(t, 65535).p, "w65535");
    qn_names_free(t);
}

enum { THREADS = 4, WORDS = 500 };

typedef struct asker {
    qn_names *table;
    int number;
    uint16_t got[WORDS];
    int wrong;
} asker;

/* Each thread asks for the words in another order, and reads back what it is given. */
static void *ask(void *arg)
{
    asker *a = arg;
    char word[16];
    int i;
    for (i = 0; i < WORDS; i++) {
        const int w = (i * 7 + a->number * 131) % WORDS;
        snprintf(word, sizeof word, "w%d", w);
        a->got[w] = qn_names_get(a->table, str(word));
        a->wrong += !qn_str_eq(qn_names_text(a->table, a->got[w]), str(word));
    }
    return NULL;
}

static void test_threads_get_the_same_numbers(void **state)
{
    static asker a[THREADS];
    pthread_t thread[THREADS];
    qn_names *t = qn_names_new(1000);
    int i;
    (void)state;
    assert_non_null(t);
    for (i = 0; i < THREADS; i++) {
        a[i].table = t;
        a[i].number = i;
        assert_int_equal(pthread_create(&thread[i], NULL, ask, &a[i]), 0);
    }
    for (i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(thread[i], NULL), 0);
    for (i = 0; i < THREADS; i++) {
        assert_int_equal(a[i].wrong, 0);
        assert_memory_equal(a[i].got, a[0].got, sizeof a[0].got);
    }
    assert_int_equal(qn_names_count(t), WORDS);
    qn_names_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_word_has_one_number),
        cmocka_unit_test(test_a_number_has_its_word),
        cmocka_unit_test(test_a_full_table_says_so_and_goes_on),
        cmocka_unit_test(test_threads_get_the_same_numbers),
    };
    return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
