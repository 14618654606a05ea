/* SPDX-License-Identifier: MIT */
/* tests/unit/test_docfilter.c - each signal by hand-counted texts; hostile texts in linear time. */
#include "docfilter/signals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const stop[] = {"the", "of", "and"};
static double v[DF_SIGNALS];

static void measure(const char *text)
{
    struct docfilter_scratch s = {.key = {3, 5}};
    double again[DF_SIGNALS];
    assert_true(docfilter_measure(&s, text, strlen(text), 1, stop, 3, v));
    s.key[0] = 99; /* what is measured does not depend on the key */
    assert_true(docfilter_measure(&s, text, strlen(text), 1, stop, 3, again));
    assert_memory_equal(v, again, sizeof v);
    docfilter_scratch_free(&s);
}

static void near(double got, double expected)
{
    if (got < expected - 1e-9 || got > expected + 1e-9)
        fail_msg("got %g, expected %g", got, expected);
}

static void test_words(void **state)
{
    (void)state;
    measure("The  cat, and été -- 12 #a ... of\n");
    near(v[DF_WORDS], 9);
    near(v[DF_WORD_LENGTH], (3 + 4 + 3 + 3 + 2 + 2 + 2) / 7.0);
    near(v[DF_HASHES], 1 / 9.0);
    near(v[DF_ELLIPSES], 1 / 9.0);
    near(v[DF_ALPHA_WORDS], 6 / 9.0);
    near(v[DF_STOP_WORDS], 3);
    near(v[DF_NEWLINES], 1 / 9.0);
    measure("Lorem ipsum { }");
    near(v[DF_BRACES], 1);
    near(v[DF_LOREM_IPSUM], 1);
    measure("");
    near(v[DF_WORDS], 0);
}

static void test_lines(void **state)
{
    (void)state;
    measure(
        "- one\n• two...\n\nHe said: “It is the end of the whole of it.”\nMore of the same …\n");
    near(v[DF_BULLET_LINES], 2 / 4.0);
    near(v[DF_ELLIPSIS_LINES], 2 / 4.0);
    near(v[DF_END_LINES], 3 / 4.0);
    near(v[DF_SHORT_LINES], 3 / 4.0);
    measure("One two three four five. Six seven!\nOne two.\nNo end mark is in this line\n");
    near(v[DF_SENTENCES], 2);
}

static void test_repeats(void **state)
{
    (void)state;
    measure("ab\nab\n\ncd\n\nab\nab\n");
    near(v[DF_DUP_LINES], 3 / 5.0);
    near(v[DF_DUP_LINE_CHARS], 6 / 10.0);
    near(v[DF_DUP_PARAGRAPHS], 1 / 3.0);
    near(v[DF_DUP_PARAGRAPH_CHARS], 5 / 12.0);
    measure("a b a b c d");
    near(v[DF_TOP_2GRAM], 4 / 6.0);
    near(v[DF_TOP_3GRAM], 0);
    measure("a b c d e f a b c d e g");
    near(v[DF_DUP_5GRAM], 5 / 12.0);
    near(v[DF_DUP_6GRAM], 0);
}

static void test_rules_and_names(void **state)
{
    size_t i, n = 0;
    (void)state;
    for (i = 0; docfilter_rules[i].name; i++) {
        assert_true(docfilter_rules[i].min <= docfilter_rules[i].max);
        n++;
    }
    assert_true(n > 0 && n < 40);
    for (i = 0; i < DF_SIGNALS; i++)
        assert_non_null(docfilter_signal_name[i]);
}

static void test_hostile_text_ends(void **state)
{
    static const char *const piece[] = {"a ", "\n", ".", "a\n", "…", "#", "\n\n\na"};
    size_t n = 1 << 19, i, k;
    char *text = malloc(n + 1);
    (void)state;
    assert_non_null(text);
    for (k = 0; k < sizeof piece / sizeof *piece; k++) {
        size_t len = strlen(piece[k]);
        for (i = 0; i + len <= n; i += len)
            memcpy(text + i, piece[k], len);
        text[i] = 0;
        measure(text);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_rules_and_names),
        cmocka_unit_test(test_hostile_text_ends),
    };
    return cmocka_run_group_tests_name("docfilter", tests, NULL, NULL);
}
