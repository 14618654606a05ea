/* SPDX-License-Identifier: MIT */
/* tests/unit/test_tokens.c - tokens tile the text whatever it is; the styles split as documented;
 * work stays linear. */
#include "../../plugins/tokens/tokenize.h"
#include "text/chars.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static qn_span spans[4096];

static int full(tokens_out *o)
{
    (void)o;
    return 1;
}

/* Tokens of an exact-sized copy, so that reading past the end is seen by the sanitizers. */
static uint32_t split(const char *text, uint32_t n, int style, const char *language,
                      const qn_span *sents, uint32_t nsents)
{
    tokens_params p = {style, tokens_find_abbrevs(language), sents, nsents, {NULL, 0}};
    tokens_out out = {spans, 0, 4096, full, NULL};
    char *copy = malloc(n ? n : 1);
    assert_non_null(copy);
    memcpy(copy, text, n);
    assert_int_equal(tokens_split(copy, n, &p, &out), 0);
    free(copy);
    return out.n;
}

static void check_tiling(const char *text, uint32_t n, uint32_t count)
{
    uint32_t at = 0, i;
    unsigned len;
    for (i = 0; i < count; i++) {
        int space = 0;
        for (; at < spans[i].beg; at += len) {
            assert_int_not_equal(len = qn_space_at(text + at, n - at), 0);
            space = 1;
        }
        if (i) assert_int_equal(spans[i - 1].flags == QN_TOKEN_SPACE, space);
        assert_int_equal(at, spans[i].beg);
        assert_true(spans[i].end > spans[i].beg && spans[i].end <= n);
        for (; at < spans[i].end; at += len) {
            assert_int_equal(qn_space_at(text + at, n - at), 0);
            qn_char_get(text + at, &len);
        }
        assert_int_equal(at, spans[i].end);
    }
    if (count) assert_int_equal(spans[count - 1].flags == QN_TOKEN_SPACE, at < n);
    for (; at < n; at += len)
        assert_int_not_equal(len = qn_space_at(text + at, n - at), 0);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void test_tokens_tile_random_text(void **unused)
{
    static const char *const bits[] = {".",
                                       "..",
                                       "!",
                                       "?",
                                       " ",
                                       "\n",
                                       "\"",
                                       "'",
                                       "(",
                                       ")",
                                       "Mr",
                                       "don't",
                                       "it",
                                       "U.S",
                                       "5",
                                       ",",
                                       "-",
                                       "/",
                                       "@",
                                       "#",
                                       "$",
                                       ":",
                                       ")",
                                       "http://",
                                       "www.",
                                       "com",
                                       "n't",
                                       "'s",
                                       "km",
                                       "1,000",
                                       "%",
                                       "&",
                                       "*",
                                       "<",
                                       ">",
                                       "=",
                                       "^_^",
                                       "\\",
                                       "_",
                                       "`",
                                       "[",
                                       "]",
                                       ";",
                                       "co",
                                       "'tis",
                                       "y'all",
                                       "e",
                                       ".doc",
                                       "cannot",
                                       "\t",
                                       "\xE2\x80\x99",
                                       "\xE2\x80\x9C",
                                       "\xE2\x80\x94",
                                       "\xE2\x80\xA6",
                                       "\xC3\xA9",
                                       "\xC3\x89",
                                       "\xC2\xA0",
                                       "\xF0\x9F\x98\x80",
                                       "\xEF\xB8\x8F",
                                       "\xE2\x80\x8D",
                                       "\xE3\x80\x82",
                                       "\xC2\xAD"};
    static const char *const languages[] = {"en", "fr", "de"};
    uint32_t state = 3, round, i;
    char text[700];
    (void)unused;
    for (round = 0; round < 12000; round++) {
        uint32_t n = 0, pieces = next_random(&state) % 60;
        qn_span sents[2] = {{0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}};
        for (i = 0; i < pieces; i++) {
            const char *bit = bits[next_random(&state) % (sizeof bits / sizeof bits[0])];
            if (i == pieces / 2) sents[0].end = sents[1].beg = n;
            memcpy(text + n, bit, strlen(bit));
            n += (uint32_t)strlen(bit);
        }
        sents[1].end = n;
        check_tiling(
            text, n,
            split(text, n, (int)(round % 3), languages[round / 3 % 3], sents, round & 1 ? 2 : 0));
    }
}

/* Words are found 64 bytes at a time: blanks before a text move its tokens and change nothing. */
static void test_blocks_do_not_matter(void **unused)
{
    static const char *const bits[] = {" ",  " ",        "a",   "Of",       "cannot",      "Mr. ",
                                       ", ", ".",        "'s",  "\n",       "-",           "U.S",
                                       "5",  "\xC3\xA9", "it ", "abcdefgh", "\xE2\x80\x9C"};
    static qn_span first[1024];
    uint32_t state = 5, round, shift, i;
    char text[64 + 1024];
    (void)unused;
    memset(text, ' ', 64);
    for (round = 0; round < 200; round++) {
        uint32_t n = 64, pieces = next_random(&state) % 120, count, half;
        qn_span sents[2] = {{0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}};
        half = n;
        for (i = 0; i < pieces; i++) {
            const char *bit = bits[next_random(&state) % (sizeof bits / sizeof bits[0])];
            if (i == pieces / 2) half = n;
            memcpy(text + n, bit, strlen(bit));
            n += (uint32_t)strlen(bit);
        }
        for (shift = 0; shift <= 64; shift++) {
            sents[0].end = sents[1].beg = half - 64 + shift;
            sents[1].end = n - 64 + shift;
            count = split(text + 64 - shift, n - 64 + shift, STYLE_UD, "en", sents, 2);
            if (shift == 0) memcpy(first, spans, count * sizeof *spans);
            for (i = 0; i < count; i++)
                assert_true(spans[i].beg == first[i].beg + shift &&
                            spans[i].end == first[i].end + shift &&
                            spans[i].flags == first[i].flags);
        }
    }
}

static void expect_in(const char *language, const char *text, int style, const char *want)
{
    char got[1024] = "";
    qn_span sent = {.beg = 0, .end = (uint32_t)strlen(text)};
    uint32_t i, n = split(text, sent.end, style, language, &sent, 1);
    for (i = 0; i < n; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s", i ? "|" : "",
                 (int)(spans[i].end - spans[i].beg), text + spans[i].beg);
    assert_string_equal(got, want);
}

static void expect(const char *text, int style, const char *want)
{
    expect_in("en", text, style, want);
}

static void test_contractions(void **unused)
{
    (void)unused;
    expect("I don't think they'd've gone; it's Ana's.", STYLE_UD,
           "I|do|n't|think|they|'d|'ve|gone|;|it|'s|Ana|'s|.");
    expect("We can\xE2\x80\x99t, and cannot, say: gonna?", STYLE_UD,
           "We|ca|n\xE2\x80\x99t|,|and|can|not|,|say|:|gon|na|?");
    expect("O'Hara left at four o'clock, ma'am.", STYLE_UD,
           "O'Hara|left|at|four|o'clock|,|ma'am|.");
    expect("the 1990's, the '60s, the bosses' cars", STYLE_UD,
           "the|1990's|,|the|'60s|,|the|bosses|'|cars");
}

static void test_words_written_as_one(void **unused)
{
    (void)unused;
    expect("'Tis, 'twasn't, y'all, c'mon, d'ye want more'n 3, whatcha, dunno", STYLE_PTB,
           "'T|is|,|'t|was|n't|,|y'|all|,|c'm|on|,|d|'ye|want|more|'n|3|,|wha|t|cha|,|du|n|no");
    expect("'tis, y\xE2\x80\x99"
           "all, whatcha, wanna, dunno, whaddya",
           STYLE_UD, "'t|is|,|y\xE2\x80\x99|all|,|whatcha|,|wan|na|,|du|n|no|,|whaddya");
    expect("'tis, hes theyll shouldve oughtnt, wanna gonna dunno, y'all's lets", STYLE_SPACY,
           "'|tis|,|he|s|they|ll|should|ve|ought|nt|,|wanna|gon|na|dunno|,|y'all|'s|lets");
    expect("'em, 'til dawn, the '60s", STYLE_SPACY, "'em|,|'|til|dawn|,|the|'|60s");
    expect("U.S.-backed", STYLE_SPACY, "U.S.-backed");
}

static void test_hyphens_and_slashes(void **unused)
{
    (void)unused;
    expect("A well-known co-worker and/or ex-wife on 9/11/2001 w/o notice", STYLE_UD,
           "A|well|-|known|co-worker|and|/|or|ex-wife|on|9/11/2001|w/o|notice");
    expect("A well-known co-worker and/or ex-wife", STYLE_PTB,
           "A|well-known|co-worker|and/or|ex-wife");
    expect("A well-known co-worker and/or F-16s, 5-10", STYLE_SPACY,
           "A|well|-|known|co|-|worker|and/or|F-16s|,|5|-|10");
    expect("call 555-0134 or 202-555-0134, rooms 5-10", STYLE_UD,
           "call|555-0134|or|202-555-0134|,|rooms|5|-|10");
}

static void test_stops(void **unused)
{
    (void)unused;
    expect("Mr. Sand of Acme Inc. met the U.S. envoy, etc., at 5 p.m. in no. 7.", STYLE_UD,
           "Mr.|Sand|of|Acme|Inc.|met|the|U.S.|envoy|,|etc.|,|at|5|p.m.|in|no.|7|.");
    expect("She works for Acme Inc.", STYLE_UD, "She|works|for|Acme|Inc|.");
    expect("She left the U.S.", STYLE_UD, "She|left|the|U.S.");
    expect("Wait... what?! It ended.It began again.", STYLE_UD,
           "Wait|...|what|?!|It|ended|.|It|began|again|.");
}

static void test_numbers_and_money(void **unused)
{
    (void)unused;
    expect("$2,000 (\xC2\xA3"
           "1,585) or US$3.5m, up 4.5% at 10:30pm, #1",
           STYLE_UD, "$|2,000|(|\xC2\xA3|1,585|)|or|US$|3.5|m|,|up|4.5|%|at|10:30|pm|,|#|1");
    expect("v2.0.1 of the 21st, 1960s and 5km", STYLE_UD, "v2.0.1|of|the|21st|,|1960s|and|5|km");
}

static void test_signs_before_numbers(void **unused)
{
    (void)unused;
    expect("-5 to +3.5, or .5", STYLE_UD, "-|5|to|+3.5|,|or|.5");
    expect("-5 to -1,000.5", STYLE_PTB, "-5|to|-1,000.5");
    expect("-5.3 and C++, F#.", STYLE_SPACY, "-5.3|and|C++|,|F#|.");
}

static void test_faces(void **unused)
{
    (void)unused;
    expect(":-) ;P (: <3 ^_^ >:( -_- \\o/ :'( :))", STYLE_UD,
           ":-)|;P|(:|<3|^_^|>:(|-_-|\\o/|:'(|:))");
    expect("\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD\xF0\x9F\x98\x80 "
           "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA7!",
           STYLE_UD,
           "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD|\xF0\x9F\x98\x80|"
           "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA7|!");
}

static void test_dates_and_units(void **unused)
{
    (void)unused;
    expect("On 2020-05-12 and 12/05/2020, 5 May '20, at 7pm", STYLE_UD,
           "On|2020-05-12|and|12/05/2020|,|5|May|'20|,|at|7|pm");
    expect("On 2020-05-12, a 10kg F-16 in 1914-18", STYLE_PTB,
           "On|2020-05-12|,|a|10kg|F-16|in|1914-18");
    expect("20\xC2\xB0"
           "C, 5\xE2\x82\xAC, A$5, \xC2\xA5"
           "100, 10-15%",
           STYLE_UD, "20|\xC2\xB0|C|,|5|\xE2\x82\xAC|,|A$|5|,|\xC2\xA5|100|,|10|-|15|%");
}

static void test_paths(void **unused)
{
    (void)unused;
    expect("in /usr/bin/ls, ~/a.txt or C:\\a\\b.txt.", STYLE_UD,
           "in|/usr/bin/ls|,|~/a.txt|or|C:\\a\\b.txt|.");
}

static void test_operator_words(void **unused)
{
    static const char *const words[] = {"Zzgl.", "kpf"};
    const char *text = "Zzgl. Kpf. end.";
    qn_span sent = {.beg = 0, .end = 15};
    tokens_params p = {STYLE_UD, tokens_find_abbrevs("en"), &sent, 1, {NULL, 0}};
    tokens_out out = {spans, 0, 4096, full, NULL};
    (void)unused;
    assert_int_equal(tokens_add_words(&p.extra, words, 2), 0);
    assert_int_equal(tokens_split(text, 15, &p, &out), 0);
    assert_int_equal(out.n, 4);
    assert_true(spans[0].end == 5 && spans[1].end == 10 && spans[2].end == 14);
    free(p.extra.key);
}

static void test_other_languages(void **unused)
{
    (void)unused;
    expect_in("fr", "L'homme d\xE2\x80\x99hier, aujourd'hui, qu'il", STYLE_UD,
              "L'|homme|d\xE2\x80\x99|hier|,|aujourd'hui|,|qu'|il");
    expect_in("it", "dell'arte, un po' d'acqua", STYLE_UD, "dell'|arte|,|un|po|'|d'|acqua");
    expect_in("de", "im Ost-West-Streit, z.B. Peters", STYLE_UD,
              "im|Ost-West-Streit|,|z.B.|Peters");
    expect_in("nl", "zo'n auto's", STYLE_UD, "zo'n|auto's");
}

static void test_addresses(void **unused)
{
    (void)unused;
    expect("See (https://example.org/a-b?c=d), mail <ann.lee@example.org>, or www.example.com.",
           STYLE_UD,
           "See|(|https://example.org/"
           "a-b?c=d|)|,|mail|<|ann.lee@example.org|>|,|or|www.example.com|.");
    expect("@quern_app likes #news :-) and report-2_final.doc", STYLE_UD,
           "@quern_app|likes|#news|:-)|and|report-2_final.doc");
}

/* Tokens of 400 KB of one repeated unit arrive, tiled; a quadratic walk would not come back. */
static void test_long_runs_end(void **unused)
{
    static const char *const units[] = {"a",
                                        ".",
                                        "-",
                                        "a-",
                                        "a.",
                                        "'",
                                        "@",
                                        "a@",
                                        "/",
                                        "a/b",
                                        "1,",
                                        "http://",
                                        "www.",
                                        "&",
                                        "*",
                                        "=",
                                        "(",
                                        ":)",
                                        "\xE2\x80\x99",
                                        "\xE2\x80\x8D",
                                        "a-.",
                                        "a-@b",
                                        "http://)",
                                        "a)",
                                        "_-",
                                        "1/",
                                        "1-",
                                        ".a",
                                        "'a"};
    enum { SIZE = 400000 };
    char *text = malloc(SIZE);
    qn_span *v = malloc((SIZE + 1) * sizeof *v);
    size_t i, at;
    (void)unused;
    assert_true(text && v);
    for (i = 0; i < sizeof units / sizeof units[0]; i++) {
        tokens_params p = {STYLE_UD, tokens_find_abbrevs("en"), NULL, 0, {NULL, 0}};
        tokens_out out = {v, 0, SIZE + 1, full, NULL};
        size_t len = strlen(units[i]), n = SIZE - SIZE % len;
        for (at = 0; at < n; at += len)
            memcpy(text + at, units[i], len);
        assert_int_equal(tokens_split(text, (uint32_t)n, &p, &out), 0);
        assert_int_equal(v[0].beg, 0);
        assert_int_equal(v[out.n - 1].end, n);
    }
    free(v);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_tokens_tile_random_text),
                                       cmocka_unit_test(test_blocks_do_not_matter),
                                       cmocka_unit_test(test_contractions),
                                       cmocka_unit_test(test_words_written_as_one),
                                       cmocka_unit_test(test_hyphens_and_slashes),
                                       cmocka_unit_test(test_stops),
                                       cmocka_unit_test(test_numbers_and_money),
                                       cmocka_unit_test(test_signs_before_numbers),
                                       cmocka_unit_test(test_faces),
                                       cmocka_unit_test(test_dates_and_units),
                                       cmocka_unit_test(test_paths),
                                       cmocka_unit_test(test_operator_words),
                                       cmocka_unit_test(test_other_languages),
                                       cmocka_unit_test(test_addresses),
                                       cmocka_unit_test(test_long_runs_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
