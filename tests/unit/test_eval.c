/* SPDX-License-Identifier: MIT */
/* tests/unit/test_eval.c - core/eval: stems, matches, ROUGE, key phrases, lines of clean-up,
 * figures: each against values worked out by hand or by the published reference programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "eval/lines.h"
#include "eval/match.h"
#include "eval/measure.h"
#include "eval/rouge.h"
#include "eval/stem.h"

static qn_str str(const char *s)
{
    const qn_str r = {s, strlen(s)};
    return r;
}

/* ---- stems ----------------------------------------------------------------------------------- */

static void test_words_are_stemmed_as_by_porter_and_nltk(void **state)
{
    static const char *const pair[][2] = {
        {"caresses", "caress"},
        {"ponies", "poni"},
        {"ties", "tie"},
        {"cats", "cat"},
        {"feed", "feed"},
        {"agreed", "agre"},
        {"plastered", "plaster"},
        {"motoring", "motor"},
        {"sing", "sing"},
        {"conflated", "conflat"},
        {"sized", "size"},
        {"hopping", "hop"},
        {"falling", "fall"},
        {"hissing", "hiss"},
        {"filing", "file"},
        {"happy", "happi"},
        {"enjoy", "enjoy"},
        {"relational", "relat"},
        {"digitizer", "digit"},
        {"vietnamization", "vietnam"},
        {"predication", "predic"},
        {"hopefulness", "hope"},
        {"formality", "formal"},
        {"sensibility", "sensibl"},
        {"triplicate", "triplic"},
        {"electrical", "electr"},
        {"goodness", "good"},
        {"allowance", "allow"},
        {"adoption", "adopt"},
        {"communism", "commun"},
        {"probate", "probat"},
        {"rate", "rate"},
        {"controlling", "control"},
        {"rolling", "roll"},
        {"skies", "sky"},
        {"dying", "die"},
        {"died", "die"},
        {"cried", "cri"},
        {"succeed", "succeed"},
        {"geology", "geolog"},
        {"syzygy", "syzygi"},
        {"yearly", "yearli"},
        {"2024", "2024"},
        {"s", "s"},
    };
    char w[32];
    size_t i, n;
    (void)state;
    for (i = 0; i < sizeof pair / sizeof *pair; i++) {
        strcpy(w, pair[i][0]);
        n = eval_stem(w, strlen(w));
        w[n] = '\0';
        assert_string_equal(w, pair[i][1]);
    }
}

/* ---- matches --------------------------------------------------------------------------------- */

static size_t points(const char *s, uint32_t *v)
{
    size_t n = 0;
    while (*s)
        v[n++] = (unsigned char)*s++;
    return n;
}

/* "a1 b2 n3;" for every match. */
static void match_words(const char *a, const char *b, char *out)
{
    uint32_t x[64], y[64];
    size_t nx = points(a, x), ny = points(b, y), n, i;
    eval_match *m;
    assert_int_equal(eval_match_all(x, (uint32_t)nx, y, (uint32_t)ny, &m, &n), 1);
    for (*out = '\0', i = 0; i < n; i++)
        sprintf(out + strlen(out), "%u,%u,%u;", m[i].a, m[i].b, m[i].n);
    free(m);
}

static void test_matches_are_those_of_difflib(void **state)
{
    char out[256];
    (void)state;
    match_words("abxcd", "abcd", out);
    assert_string_equal(out, "0,0,2;3,2,2;5,4,0;");
    match_words("qabxcd", "abycdf", out);
    assert_string_equal(out, "1,0,2;4,3,2;6,6,0;");
    match_words(" abcd", "abcd abcd", out);
    assert_string_equal(out, "0,4,5;5,9,0;");
    match_words("aaaa", "aa", out);
    assert_string_equal(out, "0,0,2;4,2,0;");
    match_words("", "x", out);
    assert_string_equal(out, "0,1,0;");
}

static void test_long_texts_lose_their_common_ends_first(void **state)
{
    enum { N = 30000 };
    uint32_t *a = malloc(N * sizeof *a), *b = malloc(N * sizeof *b), i;
    eval_match *m;
    size_t n;
    (void)state;
    for (i = 0; i < N; i++)
        a[i] = b[i] = i % 7;
    memmove(b + 100, b + 110, (N - 110) * sizeof *b); /* ten are missing in b */
    assert_int_equal(eval_match_all(a, N, b, N - 10, &m, &n), 1);
    for (i = 0; i + 1 < n; i++)
        assert_memory_equal(a + m[i].a, b + m[i].b, m[i].n * sizeof *a);
    assert_true(eval_match_ratio(a, N, b, N - 10) > 0.999);
    free(m);
    free(a);
    free(b);
}

/* ---- ROUGE ----------------------------------------------------------------------------------- */

static void near(double got, double want)
{
    assert_true(got > want - 5e-5 && got < want + 5e-5);
}

static void test_rouge_counts_what_the_reference_program_counts(void **state)
{
    const qn_str ref[2] = {str("The police killed the gunman.\nThe crowd cheered loudly."),
                           str("Nothing in common at hand")};
    eval_prf s[EVAL_ROUGES];
    (void)state;
    assert_true(eval_rouge(str("the gunman police killed the crowd"), ref, 1, s));
    near(s[EVAL_ROUGE_1].p, 1.0);
    near(s[EVAL_ROUGE_1].r, 6.0 / 9);
    near(s[EVAL_ROUGE_2].p, 4.0 / 5); /* all but "gunman police" */
    near(s[EVAL_ROUGE_2].r, 4.0 / 8);
    near(s[EVAL_ROUGE_L].r, 5.0 / 9); /* the police killed the crowd */
    assert_true(eval_rouge(str("The gunmen were cheering"), ref, 2, s));
    near(s[EVAL_ROUGE_1].p, 2.0 / 4); /* the, cheer; gunmen is not gunman */
    assert_true(eval_rouge(str(""), ref, 2, s));
    near(s[EVAL_ROUGE_LSUM].f, 0);
}

static void test_rouge_lsum_joins_what_lines_have_in_common(void **state)
{
    const qn_str ref = str("w1 w2 w3 w4 w5");
    eval_prf s[EVAL_ROUGES];
    (void)state;
    assert_true(eval_rouge(str("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5"), &ref, 1, s));
    near(s[EVAL_ROUGE_LSUM].r, 4.0 / 5); /* Lin's example: the union of both lines */
    near(s[EVAL_ROUGE_LSUM].p, 4.0 / 10);
}

static void test_one_line_is_cut_at_sentences_but_not_behind_titles(void **state)
{
    const qn_str ref = str("b a. Mr. D c");
    eval_prf s[EVAL_ROUGES];
    (void)state;
    /* As one line "c mr d" would be the common subsequence at most; as two lines of each, every
     * word finds its partner. */
    assert_true(eval_rouge(str("Mr. D c. B a"), &ref, 1, s));
    near(s[EVAL_ROUGE_LSUM].f, 1.0);
}

static void test_key_phrases_are_compared_by_stems_each_once(void **state)
{
    const qn_str gold[3] = {str("Sleeping Beauty"), str("actresses"), str("Actress")};
    const qn_str pred[4] = {str("actress"), str("actresses"), str("the film"), str("The films")};
    eval_prf s;
    (void)state;
    assert_true(eval_phrases(pred, 4, gold, 3, 10, &s));
    near(s.p, 1.0 / 2); /* actress, the film */
    near(s.r, 1.0 / 2); /* of two different gold phrases */
    assert_true(eval_phrases(pred + 2, 2, gold, 3, 1, &s));
    near(s.f, 0);
}

/* ---- lines ------------------------------------------------------------------------------------
 */

static eval_line line(const char *text, eval_line_label label)
{
    eval_line l;
    l.text = str(text);
    l.label = label;
    return l;
}

static void test_lines_are_kept_when_the_text_still_holds_them_in_order(void **state)
{
    eval_line v[5] = {line("Share this", EVAL_DROP), line("", EVAL_BLANK),
                      line("The first line of the article.", EVAL_KEEP),
                      line("Read more", EVAL_DROP), line("Its last line.", EVAL_KEEP)};
    eval_doc d;
    eval_count c;
    (void)state;
    memset(&d, 0, sizeof d);
    d.line = v;
    d.nline = 5;
    assert_true(eval_lines(&d, str("The first line of the article.\nIts last line."), &c));
    assert_int_equal(c.tp, 2);
    assert_int_equal(c.fp, 0);
    assert_int_equal(c.fn, 0);
    /* lines joined across one that was dropped are not recognised, neighbours are */
    assert_true(eval_lines(&d, str("The first line of the article. Its last line."), &c));
    assert_int_equal(c.fp, 2);
    v[3].label = EVAL_BLANK;
    assert_true(eval_lines(&d, str("The first line of the article. Its last line."), &c));
    assert_int_equal(c.tp, 1);
    assert_int_equal(c.fp, 0);
    v[3].label = EVAL_DROP;
    /* a letter repaired, one junk line left, one real line lost */
    assert_true(eval_lines(&d, str("Share this\nThe first lines of the article."), &c));
    assert_int_equal(c.tp, 1);
    assert_int_equal(c.fn, 1);
    assert_int_equal(c.fp, 1);
    assert_true(eval_lines(&d, str(""), &c));
    assert_int_equal(c.tp, 2);
    assert_int_equal(c.fp, 2);
}

/* ---- figures ----------------------------------------------------------------------------------
 */

static void test_intervals_hold_the_figure_and_repeat(void **state)
{
    eval_measure m;
    double lo, hi, lo2, hi2;
    size_t i;
    (void)state;
    assert_true(eval_measure_make(&m, "x", 40, 1));
    for (i = 0; i < 40; i++)
        m.count[i] = (eval_count){(uint32_t)(i % 5), 1, (uint32_t)(i % 3)};
    near(eval_measure_value(&m).p, 80.0 / 120);
    eval_interval(&m, 500, 7, &lo, &hi);
    eval_interval(&m, 500, 7, &lo2, &hi2);
    assert_true(lo < eval_measure_value(&m).f && eval_measure_value(&m).f < hi);
    assert_true(lo == lo2 && hi == hi2);
    eval_measure_free(&m);
}

static void test_a_system_against_itself_and_a_better_one(void **state)
{
    eval_measure a, b;
    eval_paired p;
    size_t i;
    (void)state;
    assert_true(eval_measure_make(&a, "a", 60, 0) && eval_measure_make(&b, "b", 60, 0));
    for (i = 0; i < 60; i++) {
        a.own[i] = (eval_prf){0.5, 0.5, 0.4 + 0.002 * (double)(i % 10)};
        b.own[i] = (eval_prf){0.5, 0.5, 0.45 + 0.002 * (double)(i % 7)};
    }
    p = eval_compare(&a, &a, 200, 1);
    assert_true(p.diff == 0 && p.lo == 0 && p.hi == 0 && p.p == 1);
    p = eval_compare(&a, &b, 200, 1);
    assert_true(p.diff > 0.03 && p.lo > 0 && p.hi < 0.1 && p.p < 0.01);
    a.own[3].p = b.own[3].p = -1; /* not scored: the mean does without it */
    assert_true(eval_compare(&a, &b, 200, 1).diff > 0.03);
    eval_measure_free(&a);
    eval_measure_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_are_stemmed_as_by_porter_and_nltk),
        cmocka_unit_test(test_matches_are_those_of_difflib),
        cmocka_unit_test(test_long_texts_lose_their_common_ends_first),
        cmocka_unit_test(test_rouge_counts_what_the_reference_program_counts),
        cmocka_unit_test(test_rouge_lsum_joins_what_lines_have_in_common),
        cmocka_unit_test(test_one_line_is_cut_at_sentences_but_not_behind_titles),
        cmocka_unit_test(test_key_phrases_are_compared_by_stems_each_once),
        cmocka_unit_test(test_lines_are_kept_when_the_text_still_holds_them_in_order),
        cmocka_unit_test(test_intervals_hold_the_figure_and_repeat),
        cmocka_unit_test(test_a_system_against_itself_and_a_better_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
