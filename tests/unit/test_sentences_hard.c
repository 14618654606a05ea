/* SPDX-License-Identifier: MIT */
/* tests/unit/test_sentences_hard.c - runs the cases of tests/data/sentences (the head of hard.txt
 * says how they are written) and asks for most of each file right throughout. */
#include "../../plugins/sentences/split.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LINE = 2048 };

/* One case, and what the splitter makes of it. */
typedef struct hard_case {
    char text[LINE];
    char want[LINE]; /* '|' at the first byte of each sentence, '.' elsewhere */
    char got[LINE];
    uint32_t n;
} hard_case;

static int mark(void *arg, uint32_t beg, uint32_t end, int score)
{
    (void)end;
    (void)score;
    ((hard_case *)arg)->got[beg] = '|';
    return 0;
}

static void parse(hard_case *c, const char *line)
{
    c->n = 0;
    memset(c->want, '.', LINE);
    memset(c->got, '.', LINE);
    c->want[0] = '|';
    for (; *line && *line != '\n'; line++) {
        if (*line == '|') {
            c->want[c->n] = '|';
        } else if (line[0] == '\\' && line[1] == 'n') {
            c->text[c->n++] = '\n';
            line++;
        } else {
            c->text[c->n++] = *line;
        }
    }
}

static int is_right(hard_case *c, const char *language, const char *gaps)
{
    uint64_t work = 0;
    sentences_params p = {.gaps = strcmp(gaps, "off") == 0   ? GAPS_OFF
                                  : strcmp(gaps, "all") == 0 ? GAPS_ALL
                                                             : GAPS_LINES,
                          .emit = mark,
                          .arg = c};
    assert_int_equal(sentences_language(&p, language), 0);
    assert_int_equal(sentences_split(c->text, c->n, &p, &work), 0);
    return memcmp(c->want, c->got, c->n) == 0;
}

typedef struct tally {
    unsigned cases, right;
} tally;

/* Runs the cases of one file; names those that are cut wrongly. */
static tally run_file(const char *name)
{
    char line[LINE], path[LINE], language[16] = "en", gaps[16] = "lines";
    const char *top = getenv("top_srcdir");
    unsigned number = 0;
    tally t = {0, 0};
    static hard_case c;
    FILE *f;
    snprintf(path, sizeof path, "%s/tests/data/sentences/%s", top ? top : ".", name);
    f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        number++;
        if (line[0] == '@') {
            assert_int_equal(sscanf(line, "@ %15s %15s", language, gaps), 2);
        } else if (line[0] != '#' && line[0] != '\n') {
            parse(&c, line);
            t.cases++;
            if (is_right(&c, language, gaps))
                t.right++;
            else
                print_message("# %s:%u is cut wrongly: %s", name, number, line);
        }
    }
    fclose(f);
    print_message("# %s: %u of %u cases right throughout\n", name, t.right, t.cases);
    return t;
}

static void test_hard_cases(void **unused)
{
    tally t = run_file("hard.txt");
    (void)unused;
    assert_true(t.cases >= 300);
    assert_true(t.right * 100 >= t.cases * 95);
}

static void test_news_cases(void **unused)
{
    tally t = run_file("news.txt");
    (void)unused;
    assert_true(t.cases >= 120);
    assert_true(t.right * 100 >= t.cases * 80);
}

static void test_unseen_cases(void **unused)
{
    tally t = run_file("unseen.txt");
    (void)unused;
    assert_true(t.cases >= 90);
    assert_true(t.right * 100 >= t.cases * 90);
}

static void test_other_languages(void **unused)
{
    tally t = run_file("languages.txt");
    (void)unused;
    assert_true(t.cases >= 130);
    assert_true(t.right * 100 >= t.cases * 95);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hard_cases), cmocka_unit_test(test_news_cases),
        cmocka_unit_test(test_unseen_cases), cmocka_unit_test(test_other_languages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
