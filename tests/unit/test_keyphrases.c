/* SPDX-License-Identifier: MIT */
/* tests/unit/test_keyphrases.c - plugins/keyphrases: which phrases a text gives, what is measured
 * of them, and which are chosen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "keyphrases/phrases.h"

static const char stop_list[] = "the\na\nof\nin\nwas\nand\nis\n";
static words_language english;
static key_doc doc;
static const char *text;

static int set_up(void **state)
{
    (void)state;
    memset(&doc, 0, sizeof doc);
    doc.language = &english;
    return words_language_read(&english, "en", (qn_str){stop_list, strlen(stop_list)});
}

static int tear_down(void **state)
{
    (void)state;
    key_doc_free(&doc);
    words_language_close(&english);
    return 0;
}

/* A text of one sentence a line. */
static void read_lines(const char *s, const qn_layer *ents)
{
    static qn_span sent[1000];
    qn_layer l = {sent, 0, 1000};
    const char *p = s, *end;
    text = s;
    for (; *p; p = *end ? end + 1 : end) {
        end = p + strcspn(p, "\n");
        sent[l.n].beg = (uint32_t)(p - s);
        sent[l.n++].end = (uint32_t)(end - s);
    }
    assert_int_equal(key_doc_read(&doc, (qn_str){s, strlen(s)}, &l, ents, 3), QN_OK);
}

static const key_phrase *find(const char *what)
{
    uint32_t i;
    for (i = 0; i < doc.nphrase; i++) {
        qn_range at = key_place(&doc, &doc.phrase[i]);
        if (at.end - at.beg == strlen(what) && memcmp(text + at.beg, what, strlen(what)) == 0)
            return &doc.phrase[i];
    }
    return NULL;
}

static void test_phrases_stop_at_grammar_marks_and_sentence_ends(void **state)
{
    (void)state;
    read_lines("Old harbour walls of Velo, fishing boats.\nBoats sail", NULL);
    assert_non_null(find("Old harbour walls"));
    assert_non_null(find("harbour walls"));
    assert_null(find("walls of Velo"));
    assert_null(find("Velo, fishing"));
    assert_null(find("of"));
    assert_int_equal(find("boats")->count, 2); /* Boats is the same word */
    assert_null(find("boats.\nBoats"));
    assert_int_equal(find("boats")->sentences, 2);
}

static void test_words_joined_by_hyphens_and_apostrophes_are_one(void **state)
{
    (void)state;
    read_lines("A 3-Day show in O\xE2\x80\x99Neill Park and the council's vote in 1999", NULL);
    assert_non_null(find("3-Day show"));
    assert_non_null(find("O\xE2\x80\x99Neill Park"));
    assert_null(find("1999"));        /* numbers are no phrases */
    assert_non_null(find("council")); /* without 's */
    assert_null(find("council's"));
}

static void test_capitals_count_within_sentences_only(void **state)
{
    (void)state;
    read_lines("Velo is old.\nThe port of Velo is old.", NULL);
    assert_true(find("Velo")->value[KEY_CAPITALS] > 0.99F);
    assert_int_equal(find("Velo")->inside, 1);
    assert_true(find("port")->value[KEY_CAPITALS] < 0.01F);
    assert_true(find("Velo")->value[KEY_EARLY] > find("port")->value[KEY_EARLY]);
}

static void test_names_are_marked(void **state)
{
    qn_span span = {4, 15, 1, 0, 0};
    qn_layer ents = {&span, 1, 1};
    (void)state;
    read_lines("The Ada Lockhar said nothing", &ents);
    assert_int_equal(find("Ada Lockhar")->is_entity, 1);
    assert_int_equal(find("Lockhar")->is_entity, 0);
    assert_int_equal(find("Ada Lockhar")->count, 1);
}

static void test_what_is_said_already_gives_way(void **state)
{
    key_weights w = {.feature = {[KEY_COUNT] = 1, [KEY_PAIR] = 0.1}, .overlap = 0};
    uint32_t n = 2;
    (void)state;
    read_lines("harbour walls, harbour walls, ferry", NULL);
    assert_int_equal(key_choose(&doc, &w, -100, &n), QN_OK);
    assert_int_equal(n, 2);
    assert_ptr_equal(&doc.phrase[doc.chosen[0]], find("harbour walls"));
    assert_ptr_equal(&doc.phrase[doc.chosen[1]], find("harbour"));
    w.overlap = 1;
    n = 2;
    assert_int_equal(key_choose(&doc, &w, -100, &n), QN_OK);
    assert_ptr_equal(&doc.phrase[doc.chosen[1]], find("ferry"));
    n = 10;
    assert_int_equal(key_choose(&doc, &w, 0.69, &n), QN_OK);
    assert_int_equal(n, 2); /* the rest scores less */
}

static void test_empty_and_odd_texts(void **state)
{
    uint32_t n = 5;
    key_weights w = {.feature = {[KEY_COUNT] = 1}};
    (void)state;
    read_lines("", NULL);
    assert_int_equal(doc.nphrase, 0);
    assert_int_equal(key_choose(&doc, &w, -1, &n), QN_OK);
    assert_int_equal(n, 0);
    read_lines("... --- '''' the of\n- 12 % \xF0\x9F\x98\x80", NULL);
    assert_int_equal(doc.nphrase, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_phrases_stop_at_grammar_marks_and_sentence_ends,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_words_joined_by_hyphens_and_apostrophes_are_one,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_capitals_count_within_sentences_only, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_names_are_marked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_said_already_gives_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_empty_and_odd_texts, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
