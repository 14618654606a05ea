/* SPDX-License-Identifier: MIT */
/* tests/unit/test_summarize.c - plugins/summarize: terms, features, the choice, headlines; and
 * plugins/words: stop words and stems. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "summarize/headline.h"
#include "summarize/select.h"

static const char stop_list[] = "# words of grammar\nthe\na\nof\nand\nthis\nhas\nwas\nin\n";
static words_language english;

struct fixture {
    summ_doc doc;
    summ_picker picker;
    summ_hint hint[4096];
    qn_span sent[4096];
    uint32_t nsent;
    char text[1 << 17];
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    if (!f || words_language_read(&english, "en", (qn_str){stop_list, strlen(stop_list)}) != QN_OK)
        return -1;
    f->doc.language = &english;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    summ_doc_free(&f->doc);
    summ_picker_free(&f->picker);
    words_language_close(&english);
    free(f);
    return 0;
}

/* A text of one sentence a line. */
static void read_lines(struct fixture *f, const char *text)
{
    const char *p = text, *end;
    f->nsent = 0;
    snprintf(f->text, sizeof f->text, "%s", text);
    for (; *p; p = *end ? end + 1 : end) {
        end = p + strcspn(p, "\n");
        f->sent[f->nsent].beg = (uint32_t)(p - text);
        f->sent[f->nsent++].end = (uint32_t)(end - text);
    }
    assert_int_equal(summ_doc_read(&f->doc, (qn_str){f->text, strlen(f->text)}, f->sent, f->nsent),
                     QN_OK);
}

static void score(struct fixture *f, const summ_weights *w, const summ_about *about)
{
    static const summ_about nothing = {{NULL, 0}, {NULL, 0}};
    assert_int_equal(summ_score(&f->picker, &f->doc, (qn_str){f->text, strlen(f->text)}, f->hint,
                                about ? about : &nothing, w),
                     QN_OK);
}

static void choose(struct fixture *f, double mmr, summ_budget b, const char *want)
{
    char got[256] = "";
    uint32_t n, i;
    summ_choose(&f->picker, &f->doc, (qn_str){f->text, strlen(f->text)}, mmr, &b, &n);
    for (i = 0; i < n; i++)
        sprintf(got + strlen(got), "%u ", f->picker.chosen[i]);
    assert_string_equal(got, want);
}

/* ---- terms ------------------------------------------------------------------------------------
 */

static void test_words_of_grammar_go_and_plurals_meet(void **state)
{
    struct fixture *f = *state;
    read_lines(f, "The walls of the Harbour\nA wall and harbours this");
    assert_int_equal(f->doc.nid, 2);
    assert_int_equal(f->doc.sent[0].words, 5);
    assert_int_equal(f->doc.sent[0].n, 2);
    assert_int_equal(f->doc.sent[1].n, 2);
}

static void test_sentence_vectors_have_length_one(void **state)
{
    struct fixture *f = *state;
    double sum = 0;
    uint32_t k;
    read_lines(f, "ship ship ship boat boat sail");
    for (k = 0; k < f->doc.nterm; k++)
        sum += f->doc.term[k].weight * f->doc.term[k].weight;
    assert_true(sum > 0.9999 && sum < 1.0001);
}

static void test_words_of_other_alphabets_lose_their_capitals(void **state)
{
    struct fixture *f = *state;
    read_lines(f, "\xD0\x9C\xD0\x9E\xD0\xA0\xD0\x95\n\xD0\xBC\xD0\xBE\xD1\x80\xD0\xB5"); /* sea */
    assert_int_equal(f->doc.nid, 1);
}

static void test_stems_of_english_and_of_languages_without_stemmer(void **state)
{
    words_language polish;
    words_stemmer *en = words_stemmer_new(&english), *pl;
    char w[WORDS_LONGEST];
    (void)state;
    memcpy(w, "parties", 7);
    assert_int_equal(words_stem(en, w, 7), 5);
    assert_memory_equal(w, "party", 5);
    memcpy(w, "glass", 5);
    assert_int_equal(words_stem(en, w, 5), 5);
    memcpy(w, "council\xE2\x80\x99s", 11);
    assert_int_equal(words_stem(en, w, 11), 7);
    assert_int_equal(words_language_read(&polish, "pl", (qn_str){"i\n", 2}), QN_OK);
    pl = words_stemmer_new(&polish);
    memcpy(w,
           "\xC5\x82\xC3\xB3"
           "dkami",
           9);
    assert_int_equal(words_stem(pl, w, 9), 8); /* six letters, never half of one */
    words_stemmer_free(en);
    words_stemmer_free(pl);
    words_language_close(&polish);
}

/* ---- features ---------------------------------------------------------------------------------
 */

static void test_forward_and_backward_likeness(void **state)
{
    struct fixture *f = *state;
    static const summ_weights w = {.feature = {[SUMM_FORWARD] = 1}};
    read_lines(f, "Harbour walls were closed yesterday.\nNothing else happened anywhere today.\n"
                  "Harbour walls were built long ago.");
    score(f, &w, NULL);
    assert_true(f->picker.value[0][SUMM_FORWARD] > 0.99F);
    assert_true(f->picker.value[0][SUMM_BACKWARD] < 0.001F);
    assert_true(f->picker.value[2][SUMM_FORWARD] < 0.001F);
    assert_true(f->picker.value[2][SUMM_BACKWARD] > 0.99F);
    assert_true(f->picker.value[1][SUMM_FORWARD] < 0.001F);
}

static void test_forms_are_seen(void **state)
{
    struct fixture *f = *state;
    static const summ_weights w;
    read_lines(f,
               "Boats and more boats came in 12 weeks.\nWill the boats ever come back home?\n"
               "\"We have waited for this day.\"\nHe said nothing more about it then.\nShort one.\n"
               "A heading without an end mark here");
    score(f, &w, NULL);
    assert_true(f->picker.value[0][SUMM_FIRST] > 0.5F);
    assert_true(f->picker.value[0][SUMM_FIGURES] > 0.1F);
    assert_true(f->picker.value[1][SUMM_QUESTION] > 0.5F);
    assert_true(f->picker.value[2][SUMM_QUOTE] > 0.5F);
    assert_true(f->picker.value[3][SUMM_PRONOUN] > 0.5F);
    assert_true(f->picker.value[3][SUMM_BRIEF] > 0);
    assert_true(f->picker.score[4] < SUMM_NO_CANDIDATE); /* fewer than five words */
    assert_true(f->picker.score[5] < SUMM_NO_CANDIDATE);
}

static void test_captions_and_time_stamps_are_seen(void **state)
{
    struct fixture *f = *state;
    static const summ_weights w;
    read_lines(f, "Royal duties: The Queen opens the harbour of Velo.\n"
                  "Anna Lees (left) walks along the old walls.\n"
                  "Last changed at 14:11 EST, 25 October 2013 by nobody.\n"
                  "The council has one aim: to open the harbour.\n"
                  "It said on Monday, at 12: The port stays.");
    score(f, &w, NULL);
    assert_true(f->picker.value[0][SUMM_CAPTION] > 0.5F);
    assert_true(f->picker.value[1][SUMM_CAPTION] > 0.5F);
    assert_true(f->picker.value[2][SUMM_CAPTION] > 0.5F);
    assert_true(f->picker.value[3][SUMM_CAPTION] < 0.5F);
    assert_true(f->picker.value[4][SUMM_CAPTION] < 0.5F);
}

static void test_query_and_title_draw_their_sentences(void **state)
{
    struct fixture *f = *state;
    static const summ_weights w = {.feature = {[SUMM_RELEVANCE] = 1, [SUMM_TITLE] = 0.5}};
    const summ_about about = {{"Fishermen", 9}, {"ferries to islands", 18}};
    read_lines(f,
               "The council met on a rainy Monday.\nThe ferry to the island will leave elsewhere.\n"
               "Fishermen of the town are to be paid.");
    score(f, &w, &about);
    choose(f, 0, (summ_budget){2, 0, 0, 0}, "1 2 ");
}

/* ---- choosing ---------------------------------------------------------------------------------
 */

static void test_what_was_said_already_is_not_chosen_again(void **state)
{
    struct fixture *f = *state;
    static const summ_weights w = {.feature = {[SUMM_POSITION] = 1}};
    read_lines(f, "The harbour walls moved by a metre.\nThe harbour walls moved by a metre.\n"
                  "A ferry leaves from the next town.\nThe council pays all fishing boats.");
    score(f, &w, NULL);
    choose(f, 0, (summ_budget){2, 0, 0, 0}, "0 1 ");
    score(f, &w, NULL);
    choose(f, 1, (summ_budget){2, 0, 0, 0}, "0 2 ");
}

static void test_budgets(void **state)
{
    struct fixture *f = *state;
    static const summ_weights w = {.feature = {[SUMM_POSITION] = 1}};
    read_lines(f,
               "One two three four five six seven eight nine ten.\nEleven twelve thirteen fourteen "
               "fifteen sixteen.\nTwenty thirty forty fifty sixty seventy.\nThe end of it came.");
    score(f, &w, NULL);
    choose(f, 0, (summ_budget){0, 16, 0, 0}, "0 1 ");
    score(f, &w, NULL);
    choose(f, 0, (summ_budget){0, 15, 0, 0}, "0 3 "); /* a shorter one still fits */
    score(f, &w, NULL);
    choose(f, 0, (summ_budget){0, 1, 0, 0}, "0 "); /* never nothing */
    score(f, &w, NULL);
    choose(f, 0, (summ_budget){0, 0, 0, 0.75}, "0 1 2 ");
    score(f, &w, NULL);
    choose(f, 0, (summ_budget){0, 0, 98, 0}, "0 1 ");
}

/* The lazy queue must give what looking at every sentence each time gives. */
static void test_the_queue_chooses_like_a_full_search(void **state)
{
    struct fixture *f = *state;
    static const summ_weights w = {
        .feature = {[SUMM_FORWARD] = 1, [SUMM_BACKWARD] = -1, [SUMM_POSITION] = 0.5}};
    static const char *const word[] = {"ship", "boat", "sail", "port", "crew", "wind",
                                       "rope", "deck", "mast", "tide", "reef", "hull"};
    static char text[1 << 16];
    uint32_t i, k, n, seed = 7, at = 0, want[40] = {0}, nwant = 0;
    static char taken[300];
    static double score0[300];
    for (i = 0; i < 300; i++) {
        for (k = 0; k < 6; k++) {
            seed = seed * 1103515245 + 12345;
            at += (uint32_t)sprintf(text + at, "%s ", word[(seed >> 16) % 12]);
        }
        at += (uint32_t)sprintf(text + at - 1, ".\n") - 1;
    }
    read_lines(f, text);
    score(f, &w, NULL);
    memcpy(score0, f->picker.score, 300 * sizeof *score0);
    memset(taken, 0, sizeof taken);
    while (nwant < 40) {
        double best = -1e9;
        uint32_t which = 0;
        for (i = 0; i < 300; i++) {
            double like = 0, v;
            for (k = 0; k < nwant; k++) {
                const summ_sentence *a = &f->doc.sent[i], *b = &f->doc.sent[want[k]];
                double dot = 0;
                uint32_t x, y;
                for (x = a->first; x < a->first + a->n; x++)
                    for (y = b->first; y < b->first + b->n; y++)
                        if (f->doc.term[x].id == f->doc.term[y].id)
                            dot += (double)f->doc.term[x].weight * f->doc.term[y].weight;
                if (dot > like) like = dot;
            }
            v = score0[i] - 0.7 * like;
            if (!taken[i] && v > best + 1e-9) {
                best = v;
                which = i;
            }
        }
        taken[which] = 1;
        want[nwant++] = which;
    }
    summ_choose(&f->picker, &f->doc, (qn_str){f->text, strlen(f->text)}, 0.7,
                &(summ_budget){40, 0, 0, 0}, &n);
    assert_int_equal(n, 40);
    for (i = 0; i < 40; i++)
        assert_int_equal(f->picker.chosen[i], want[i]);
}

/* ---- headlines --------------------------------------------------------------------------------
 */

static void headline(const char *text, const char *want)
{
    qn_range r =
        summ_headline((qn_str){text, strlen(text)}, (qn_range){0, (uint32_t)strlen(text)}, 12);
    char got[512];
    snprintf(got, sizeof got, "%.*s", (int)(r.end - r.beg), text + r.beg);
    assert_string_equal(got, want);
}

static void test_headlines_lose_dateline_attribution_and_side_clauses(void **state)
{
    (void)state;
    headline("SEOUL, South Korea (AP) \xE2\x80\x94 The port will close for a year.",
             "The port will close for a year");
    headline("The port of Velo will close for a year, the council said on Friday.",
             "The port of Velo will close for a year");
    headline("The council of Velo will close the old harbour for a whole year, which worries its "
             "fishermen.",
             "The council of Velo will close the old harbour for a whole year");
    headline("Will the old boats come back?", "Will the old boats come back?");
    headline("Too short, he said.", "Too short, he said");
    headline("NATO - yes.", "NATO - yes"); /* too little would be left */
    headline("x", "x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_words_of_grammar_go_and_plurals_meet, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_sentence_vectors_have_length_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_words_of_other_alphabets_lose_their_capitals, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_stems_of_english_and_of_languages_without_stemmer,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_forward_and_backward_likeness, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_forms_are_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_captions_and_time_stamps_are_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_query_and_title_draw_their_sentences, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_what_was_said_already_is_not_chosen_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_budgets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_queue_chooses_like_a_full_search, set_up,
                                        tear_down),
        cmocka_unit_test(test_headlines_lose_dateline_attribution_and_side_clauses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
