/* SPDX-License-Identifier: MIT */
/* tests/unit/test_sentences.c - what must hold of sentence spans whatever the decider thinks:
 * they tile the text, work is linear, both scans agree, layout is recognised. */
#include "../../plugins/sentences/layout.h"
#include "../../plugins/sentences/scan.h"
#include "../../plugins/sentences/split.h"
#include "text/chars.h"
#include "text/letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct found {
    uint32_t beg[4096], end[4096];
    uint32_t n;
} found;

static int keep(void *arg, uint32_t beg, uint32_t end, int score)
{
    found *f = arg;
    (void)score;
    if (f->n < 4096) {
        f->beg[f->n] = beg;
        f->end[f->n] = end;
    }
    f->n++;
    return 0;
}

static uint64_t split(found *f, const char *text, size_t n, const char *language, int gaps)
{
    sentences_params p = {.gaps = gaps, .emit = keep, .arg = f};
    uint64_t work = 0;
    char *copy;
    assert_int_equal(sentences_language(&p, language), 0);
    f->n = 0;
    /* an exact-sized copy: the sanitizers see a read past its end */
    copy = malloc(n ? n : 1);
    assert_non_null(copy);
    memcpy(copy, text, n);
    assert_int_equal(sentences_split(copy, (uint32_t)n, &p, &work), 0);
    free(copy);
    return work;
}

/* Every byte that is not white space is in exactly one sentence; spans are trimmed and sorted. */
static void check_tiling(const char *text, size_t n, const found *f)
{
    uint32_t at = 0, i;
    unsigned len;
    for (i = 0; i < f->n; i++) {
        assert_true(f->beg[i] >= at && f->end[i] > f->beg[i] && f->end[i] <= n);
        while (at < f->beg[i]) {
            assert_int_not_equal(len = qn_space_at(text + at, n - at), 0);
            at += len;
        }
        assert_int_equal(qn_space_at(text + at, n - at), 0);
        assert_int_equal(qn_space_at(text + qn_char_prev(text, f->end[i]), n), 0);
        assert_true(f->end[i] == n || ((unsigned char)text[f->end[i]] & 0xC0) != 0x80);
        at = f->end[i];
    }
    while (at < n) {
        assert_int_not_equal(len = qn_space_at(text + at, n - at), 0);
        at += len;
    }
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void test_tiling_of_random_text(void **unused)
{
    static const char *const bits[] = {".",
                                       "!",
                                       "?",
                                       " ",
                                       "  ",
                                       "\n",
                                       "\n\n",
                                       "\"",
                                       "'",
                                       "(",
                                       ")",
                                       "Mr",
                                       "the",
                                       "It",
                                       "U.S",
                                       "5",
                                       "\xE2\x80\xA6",
                                       "\xE3\x80\x82",
                                       "\xC2\xA0",
                                       ",",
                                       "-",
                                       "[12]",
                                       "[4es]",
                                       "[note 3]",
                                       "[date needed]",
                                       "\xD6\x89",
                                       "\xE2\x80\x9D",
                                       "www.x.org",
                                       "\r\n",
                                       "\xE2\x80\xA8",
                                       "\xC3\xA9",
                                       "\t",
                                       "\f",
                                       ":)",
                                       "*",
                                       "\xF0\x9F\x98\x80"};
    static const char *const languages[] = {"en", "de", "other"};
    static found f;
    uint32_t state = 1, round, i;
    char text[1200];
    (void)unused;
    for (round = 0; round < 3000; round++) {
        size_t n = 0;
        uint32_t pieces = next_random(&state) % 150;
        for (i = 0; i < pieces; i++) {
            const char *bit = bits[next_random(&state) % (sizeof bits / sizeof bits[0])];
            memcpy(text + n, bit, strlen(bit));
            n += strlen(bit);
        }
        split(&f, text, n, languages[round % 3], (int)(round / 3 % 3));
        check_tiling(text, n, &f);
    }
}

/* The scan works in blocks of 64 bytes: where they lie must not matter. */
static void test_blocks_do_not_matter(void **unused)
{
    static const char *const bits[] = {".", "! ",  " ",    " It",          "Mr. ",         "\" ",
                                       "(", ") ",  "\n\n", "U.S. ",        "no. 5",        "a",
                                       ":", " \"", "...",  "\xE3\x80\x82", "\xE2\x80\x9D", " Ann"};
    static found plain, shifted;
    uint32_t state = 11, round, i, shift;
    char text[900];
    (void)unused;
    for (round = 0; round < 100; round++) {
        size_t n = 64; /* blanks before it, of which a part is given */
        memset(text, ' ', n);
        for (i = 0; i < 100; i++) {
            const char *bit = bits[next_random(&state) % (sizeof bits / sizeof bits[0])];
            memcpy(text + n, bit, strlen(bit));
            n += strlen(bit);
        }
        split(&plain, text + 64, n - 64, "en", (int)(round % 3));
        for (shift = 1; shift <= 64; shift++) {
            split(&shifted, text + 64 - shift, n - 64 + shift, "en", (int)(round % 3));
            assert_int_equal(shifted.n, plain.n);
            for (i = 0; i < plain.n; i++)
                assert_true(shifted.beg[i] == plain.beg[i] + shift &&
                            shifted.end[i] == plain.end[i] + shift);
        }
    }
}

static void test_both_scans_agree(void **unused)
{
    uint32_t state = 7, round, i;
    char block[65];
    scan_masks a, b;
    (void)unused;
    for (round = 0; round < 20000; round++) {
        for (i = 0; i < sizeof block; i++)
            block[i] = round & 1 ? (char)next_random(&state)
                                 : " .!?\"()a\nZ\t\xE2"[next_random(&state) % 12];
        sentences_scan(block, (int)(round >> 1 & 1), &a);
        sentences_scan_scalar(block, (int)(round >> 1 & 1), &b);
        assert_true(a.mark == b.mark && a.gap == b.gap && (a.gap == 0 || (round & 2)));
        assert_int_equal(qn_letters(block), qn_letters_scalar(block));
        assert_int_equal(qn_blanks(block), qn_blanks_scalar(block));
    }
}

/* A word is the same from one register and character by character, and its key is that of the
 * lexicon. */
static void test_both_descriptions_agree(void **unused)
{
    static const char *const bits[] = {
        "a",        "Z",        "q",  "B", "7", ".",  "'",   "-", "/",  "@",  "_",  "\\", "$",
        "\xC3\x89", "\xC3\xA9", "ab", "K", "0", "U.", "S.A", ":", "cd", "ef", "gh", "ij", "kl"};
    uint32_t state = 11, round;
    char text[128];
    (void)unused;
    for (round = 0; round < 40000; round++) {
        gap_word a = {.beg = next_random(&state) % 4}, b;
        uint32_t pieces = next_random(&state) % 12, n = a.beg;
        memset(text, '!', sizeof text);
        while (pieces--) {
            const char *bit = bits[next_random(&state) % (sizeof bits / sizeof bits[0])];
            memcpy(text + n, bit, strlen(bit));
            n += (uint32_t)strlen(bit);
        }
        a.end = n;
        b = a;
        sentences_describe(&a, text, n + next_random(&state) % 20);
        sentences_describe_scalar(&b, text);
        assert_true(a.key == b.key && a.tail == b.tail && a.shape == b.shape &&
                    a.capital == b.capital && a.one_mark == b.one_mark);
        assert_int_equal(a.key, sentences_word_key(text + a.beg, n - a.beg));
    }
}

/* Work, counted in bytes looked at, for the texts that make naive splitters quadratic. */
static void test_work_is_linear(void **unused)
{
    static const char *const units[] = {
        "a",     ".",   ". ",  "a.",  "a. ",    "A.b",   "\n",       " \n",          "a\n",
        "!\" ",  ")",   "(",   " ",   "\t",     "A b. ", "\"",       ".)",           "Mr. ",
        ". \" ", "a.B", "...", "[1]", ". [1] ", ". [a ", "\xD6\x89", "\xE3\x80\x82", "\xE2\x80\xA8",
        "x.Yz",  "@.Aa"};
    enum { SMALL = 50000, LARGE = 400000 };
    static found f;
    char *text = malloc(LARGE + 8);
    size_t i;
    (void)unused;
    assert_non_null(text);
    for (i = 0; i < 3 * (sizeof units / sizeof units[0]); i++) {
        const char *unit = units[i / 3];
        size_t len = strlen(unit), at;
        uint64_t small, large;
        for (at = 0; at + len <= LARGE; at += len)
            memcpy(text + at, unit, len);
        small = split(&f, text, SMALL - SMALL % len, "en", (int)(i % 3));
        large = split(&f, text, LARGE - LARGE % len, "en", (int)(i % 3));
        assert_true(large <= 9 * small + 1000);
        assert_true(large <= (uint64_t)LARGE * 400);
    }
    free(text);
}

static void expect(const char *text, const char *language, int gaps, const char *const *want)
{
    static found f;
    uint32_t i;
    split(&f, text, strlen(text), language, gaps);
    for (i = 0; i < f.n && want[i]; i++) {
        char got[512];
        snprintf(got, sizeof got, "%.*s", (int)(f.end[i] - f.beg[i]), text + f.beg[i]);
        assert_string_equal(got, want[i]);
    }
    assert_int_equal(i, f.n);
    assert_null(want[i]);
}
#define EXPECT(text, language, gaps, ...)                                                          \
    expect(text, language, gaps, (const char *const[]){__VA_ARGS__, NULL})

/* A no-break space beside a blank belongs to neither sentence. */
static void test_sentences_are_trimmed(void **unused)
{
    (void)unused;
    EXPECT("Thanks,\xC2\xA0 Bob Roy", "en", GAPS_ALL, "Thanks,", "Bob Roy");
    EXPECT("It rained.\xC2\xA0 We left.\xC2\xA0", "en", GAPS_ALL, "It rained.", "We left.");
}

static void test_layout(void **unused)
{
    (void)unused;
    EXPECT("One line\n\nAnother line", "en", GAPS_OFF, "One line", "Another line");
    EXPECT("Ministers meet in Lima\nTalks began at noon. They went on.\n", "en", GAPS_LINES,
           "Ministers meet in Lima", "Talks began at noon.", "They went on.");
    EXPECT("The harbour was closed for most of the\nmorning because of fog, and the ferry\n"
           "to the island did not sail. Nobody was\nhurt.\n",
           "en", GAPS_LINES,
           "The harbour was closed for most of the\nmorning because of fog, and the ferry\n"
           "to the island did not sail.",
           "Nobody was\nhurt.");
}

static void test_other_languages(void **unused)
{
    (void)unused;
    EXPECT("Das kostet ca. 5 Euro. Dr. Weiß kommt z.B. am Montag. Gut.", "de", GAPS_LINES,
           "Das kostet ca. 5 Euro.", "Dr. Weiß kommt z.B. am Montag.", "Gut.");
    EXPECT("\xE4\xBB\x8A\xE5\xA4\xA9\xE3\x80\x82\xE6\x98\x8E\xE5\xA4\xA9\xEF\xBC\x9F", "other",
           GAPS_LINES, "\xE4\xBB\x8A\xE5\xA4\xA9\xE3\x80\x82",
           "\xE6\x98\x8E\xE5\xA4\xA9\xEF\xBC\x9F");
}

static void test_operator_words(void **unused)
{
    static const char *const words[] = {"Zzgl.", "Kpf"};
    sentences_lexicon lex = {.table = sentences_find_lexicon("en")};
    (void)unused;
    assert_int_equal(sentences_add_words(&lex, words, 2), 0);
    assert_int_equal(sentences_lookup(&lex, sentences_word_key("zzgl", 4), 0), LEX_EXTRA);
    assert_int_equal(sentences_lookup(&lex, sentences_word_key("KPF", 3), 1), LEX_EXTRA);
    assert_int_equal(sentences_lookup(&lex, sentences_word_key("kpfe", 4), 0), 0);
    assert_true(sentences_lookup(&lex, sentences_word_key("Gen", 3), 1) & LEX_TITLE);
    assert_int_equal(sentences_lookup(&lex, sentences_word_key("gen", 3), 0), 0);
    sentences_free_words(&lex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tiling_of_random_text),
                                       cmocka_unit_test(test_blocks_do_not_matter),
                                       cmocka_unit_test(test_both_scans_agree),
                                       cmocka_unit_test(test_both_descriptions_agree),
                                       cmocka_unit_test(test_work_is_linear),
                                       cmocka_unit_test(test_sentences_are_trimmed),
                                       cmocka_unit_test(test_layout),
                                       cmocka_unit_test(test_other_languages),
                                       cmocka_unit_test(test_operator_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
