/* SPDX-License-Identifier: MIT */
/* tests/unit/test_phrases.c - core/text/phrases: what is put into a list is found in it, token by
 * token, and damaged lists do no harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "text/phrases.h"

static qn_str str(const char *s)
{
    return (qn_str){s, strlen(s)};
}

static qn_str build(const char *const *names, int n, unsigned flags)
{
    qn_phrases_builder *b = qn_phrases_new();
    qn_str bytes;
    int i;
    assert_non_null(b);
    for (i = 0; i < n; i++) {
        qn_phrase p = {str(names[i]), str("GPE"), str(i % 2 ? "Q1" : ""), flags};
        assert_true(qn_phrases_add(b, &p));
    }
    bytes = qn_phrases_build(b);
    assert_non_null(bytes.p);
    qn_phrases_free(b);
    return bytes;
}

/* Walks words as a plugin does; the number of phrases with exactly these words. */
static uint32_t find(const qn_phrases *l, const char *const *word, int n)
{
    uint64_t h = QN_PHRASES_START;
    uint32_t first = 0, count = 0;
    int i, longer = 1;
    for (i = 0; i < n; i++) {
        if (!longer) return 0;
        if (i) h = qn_phrases_hash(h, " ", 1);
        h = qn_phrases_hash(h, word[i], strlen(word[i]));
        if (i == 0 && !qn_phrases_begins(l, h)) return 0;
        count = qn_phrases_find(l, h, &first, &longer);
    }
    return count;
}

static void test_every_phrase_is_found_word_by_word(void **state)
{
    static const char *const names[] = {"Paris",       "New York", "New  York Times", "U.S.",
                                        "Saint-Denis", "Ünal",     "côte d’ivoire"};
    static const char *const paris[] = {"PARIS"}, *const york[] = {"new", "York"},
                             *const times[] = {"New", "York", "Times"}, *const unal[] = {"ünal"},
                             *const cote[] = {"Côte", "d'Ivoire"}, *const none[] = {"New"},
                             *const other[] = {"York", "Times"};
    qn_str bytes = build(names, 7, 0);
    qn_phrases l;
    const char *why;
    (void)state;
    assert_true(qn_phrases_open(&l, bytes, &why));
    assert_int_equal(qn_phrases_count(&l), 7);
    assert_int_equal(find(&l, paris, 1), 1);
    assert_int_equal(find(&l, york, 2), 1);
    assert_int_equal(find(&l, times, 3), 1);
    assert_int_equal(find(&l, unal, 1), 1);
    assert_int_equal(find(&l, cote, 2), 1);
    assert_int_equal(find(&l, none, 1), 0);
    assert_int_equal(find(&l, other, 2), 0);
    free((char *)bytes.p);
}

static void test_case_rules(void **state)
{
    const qn_phrase exact = {str("São Tomé"), str("GPE"), str(""), 0};
    const qn_phrase any = {str("São Tomé"), str("GPE"), str(""), QN_PHRASE_ANY_CASE};
    (void)state;
    assert_true(qn_phrases_match(&exact, str("São Tomé"), 0));
    assert_true(qn_phrases_match(&exact, str("São \n Tomé"), 0));
    assert_false(qn_phrases_match(&exact, str("SÃO TOMÉ"), 0));
    assert_true(qn_phrases_match(&exact, str("SÃO TOMÉ"), 1));
    assert_false(qn_phrases_match(&exact, str("são tomé"), 1));
    assert_true(qn_phrases_match(&any, str("são tomé"), 0));
    assert_false(qn_phrases_match(&any, str("são tom"), 0));
    assert_false(qn_phrases_match(&any, str("são tomés"), 0));
}

static void test_a_hundred_thousand_phrases_and_no_others(void **state)
{
    qn_phrases_builder *b = qn_phrases_new();
    char name[40];
    const char *one[1] = {name}, *why;
    qn_phrases l;
    qn_str bytes;
    int i;
    (void)state;
    for (i = 0; i < 100000; i++) {
        qn_phrase p = {
            {name, (size_t)snprintf(name, sizeof name, "x%dy", i)}, str("A"), str(""), 0};
        assert_true(qn_phrases_add(b, &p));
    }
    bytes = qn_phrases_build(b);
    assert_true(qn_phrases_open(&l, bytes, &why));
    for (i = 0; i < 200000; i++) {
        snprintf(name, sizeof name, "x%dy", i);
        assert_int_equal(find(&l, one, 1), i < 100000);
    }
    qn_phrases_free(b);
    free((char *)bytes.p);
}

static void test_damaged_lists_do_no_harm(void **state)
{
    static const char *const names[] = {"Paris", "New York", "Quern"};
    static const char *const york[] = {"New", "York"};
    qn_str bytes = build(names, 3, 0);
    char *copy = malloc(bytes.n);
    uint32_t seed = 7, round, i;
    const char *why;
    qn_phrases l;
    (void)state;
    for (i = 0; i < bytes.n; i += 997)
        assert_false(qn_phrases_open(&l, (qn_str){bytes.p, i}, &why));
    for (round = 0; round < 3000; round++) {
        memcpy(copy, bytes.p, bytes.n);
        for (i = 0; i < 8; i++) {
            seed = seed * 1664525u + 1013904223u;
            copy[(round % 2 ? 8200 : 0) + (seed >> 8) % (bytes.n - 8200)] = (char)(seed >> 3);
        }
        if (!qn_phrases_open(&l, (qn_str){copy, bytes.n}, &why)) continue;
        find(&l, york, 2);
        for (i = 0; i < 5; i++) {
            qn_phrase p;
            if (qn_phrases_get(&l, i, &p)) qn_phrases_match(&p, str("New York"), 1);
        }
    }
    free(copy);
    free((char *)bytes.p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_phrase_is_found_word_by_word),
        cmocka_unit_test(test_case_rules),
        cmocka_unit_test(test_a_hundred_thousand_phrases_and_no_others),
        cmocka_unit_test(test_damaged_lists_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
