/* SPDX-License-Identifier: MIT */
/* tests/unit/test_junklines.c - the rule language, the verdicts on tests/data/cleanup/hard.txt,
 * and that no input takes more than linear work. */
#include "junklines/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *source_file(const char *name, char *path, size_t n)
{
    const char *top = getenv("top_srcdir");
    snprintf(path, n, "%s/%s", top ? top : "..", name);
    return path;
}

static char *slurp(const char *name, size_t *n)
{
    char path[4096], *p = NULL;
    FILE *f = fopen(source_file(name, path, sizeof path), "rb");
    size_t cap = 0;
    *n = 0;
    if (!f) fail_msg("cannot open %s", path);
    do {
        char *more;
        cap = cap ? cap * 2 : 65536;
        more = realloc(p, cap);
        assert_non_null(more);
        p = more;
        *n += fread(p + *n, 1, cap - *n, f);
    } while (*n == cap);
    fclose(f);
    return p;
}

static struct junklines_rules *rules_of(const char *text)
{
    struct junklines_rules *r = junklines_rules_new();
    const char *why = "";
    assert_non_null(r);
    if (junklines_rules_add(r, text, strlen(text), &why)) fail_msg("%s", why);
    assert_true(junklines_rules_ready(r));
    return r;
}

static struct junklines_rules *shipped(void)
{
    struct junklines_rules *r = junklines_rules_new();
    const char *why = "";
    size_t n;
    char *text = slurp("models/news-en.rules", &n);
    int line = junklines_rules_add(r, text, n, &why);
    if (line) fail_msg("news-en.rules:%d: %s", line, why);
    assert_true(junklines_rules_ready(r));
    free(text);
    return r;
}

static const char *match(const struct junklines_rules *r, const char *line, unsigned where)
{
    static struct junklines_words w;
    int k;
    junklines_split(line, strlen(line), &w);
    k = junklines_match(r, &w, where);
    return k == JUNKLINES_NONE   ? ""
           : k == JUNKLINES_KEEP ? "keep"
                                 : junklines_class(r, (unsigned)k);
}

static void test_language(void **state)
{
    static const char text[] = "# comment\n[a]\nhello world\n(read|see) more (about |)us\n"
                               "start ...\n... the end\none ... two\n[b]\n<n> comments\nby <name>\n"
                               "on <when>\nmail <email>\nat <url>\n<UP> news\n... via <name>\n"
                               "<(> x <)> y\n[keep]\nstart of something\n"
                               "[c]\nshort ... :: 3\nquiet ... :: nostop\nhead :: top\n";
    static const struct {
        const char *line, *want;
    } cases[] = {{"Hello, world", ""},
                 {"HELLO  World.", "a"},
                 {"• Hello world >", "a"},
                 {"Read more about us", "a"},
                 {"See more us", "a"},
                 {"read more about", ""},
                 {"Start here now", "a"},
                 {"Start of something", "keep"},
                 {"Wait for the end", "a"},
                 {"The end of it", ""},
                 {"One and two", "a"},
                 {"one two", "a"},
                 {"One and two and", ""},
                 {"1,204 comments", "b"},
                 {"many comments", ""},
                 {"By Ana Lopes de Sousa", "b"},
                 {"By the river", ""},
                 {"On 3 March 2026, 14:05 GMT", "b"},
                 {"on time", ""},
                 {"Mail a.b@c.example", "b"},
                 {"At www.c.example", "b"},
                 {"CITY NEWS", "b"},
                 {"City News", ""},
                 {"A picture via Ana Lopes", "b"},
                 {"(x) y", "b"},
                 {"Short and sweet", "c"},
                 {"Short but not sweet enough", ""},
                 {"Quiet please", "c"},
                 {"Quiet, please.", ""},
                 {"Head", ""}};
    struct junklines_rules *r = rules_of(text);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (strcmp(match(r, cases[i].line, 0), cases[i].want) != 0)
            fail_msg("\"%s\": \"%s\", expected \"%s\"", cases[i].line, match(r, cases[i].line, 0),
                     cases[i].want);
    assert_string_equal(match(r, "Head", JUNKLINES_TOP), "c");
    junklines_rules_free(r);
}

static void test_mistakes_in_rules(void **state)
{
    static const struct {
        const char *text, *why;
        int line;
    } cases[] = {{"hello\n", "a pattern before the first [class]", 1},
                 {"[a]\n\nx (y\n", "a ( without its )", 3},
                 {"[a]\nx <nosuch>\n", "unknown <slot>", 2},
                 {"[a]\nx :: 3 sometimes\n", "unknown condition behind ::", 2},
                 {"[a\nx\n", "a class is written [name], at most 28 letters", 1},
                 {"[a]\n:: 3\n", "an empty pattern", 2}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct junklines_rules *r = junklines_rules_new();
        const char *why = "";
        assert_int_equal(junklines_rules_add(r, cases[i].text, strlen(cases[i].text), &why),
                         cases[i].line);
        assert_string_equal(why, cases[i].why);
        junklines_rules_free(r);
    }
}

/* One document of hard.txt: its lines joined, and the verdict expected for each. */
struct document {
    char *text;
    size_t n;
    char want[64][16];
    unsigned lines;
};

static unsigned check_document(const struct junklines_rules *r, const struct document *t)
{
    static const struct junklines_policy policy = {true, true, 0};
    struct junklines_doc d = {0};
    unsigned wrong = 0;
    assert_true(junklines_read(&d, r, t->text, t->n) && junklines_score(&d));
    assert_int_equal(d.n, t->lines);
    for (unsigned i = 0; i < d.n; i++) {
        int k = junklines_verdict(&d, i, &policy);
        const char *got = k >= 0                 ? junklines_class(r, (unsigned)k)
                          : k == JUNKLINES_MODEL ? "model"
                                                 : "keep";
        if (strcmp(got, t->want[i]) != 0) {
            print_message("%s, expected %s: %.*s\n", got, t->want[i],
                          (int)(d.v[i].end - d.v[i].beg), t->text + d.v[i].beg);
            wrong++;
        }
    }
    junklines_doc_free(&d);
    return wrong;
}

static void test_hard_lines(void **state)
{
    struct junklines_rules *r = shipped();
    struct document t = {0};
    unsigned wrong = 0, lines = 0;
    size_t n;
    char *all = slurp("tests/data/cleanup/hard.txt", &n), *p = all, *end = all + n;
    (void)state;
    t.text = malloc(n);
    while (p < end) {
        char *nl = memchr(p, '\n', (size_t)(end - p)), *tab;
        size_t len = nl ? (size_t)(nl - p) : (size_t)(end - p);
        if (*p == '=' || *p == '#') {
            wrong += t.n ? check_document(r, &t) : 0;
            t.n = t.lines = 0;
        } else {
            tab = memchr(p, '\t', len);
            assert_non_null(tab);
            snprintf(t.want[t.lines++], 16, "%.*s", (int)(tab - p), p);
            memcpy(t.text + t.n, tab + 1, len - (size_t)(tab + 1 - p));
            t.n += len - (size_t)(tab + 1 - p);
            t.text[t.n++] = '\n';
            lines++;
        }
        p += len + 1;
    }
    wrong += check_document(r, &t);
    assert_true(lines >= 60);
    assert_int_equal(wrong, 0);
    free(t.text);
    free(all);
    junklines_rules_free(r);
}

static void test_headings(void **state)
{
    static const char text[] =
        "A quiet town wakes up\n"
        "The first ferry left at dawn, with nobody on board but the captain and a box of fish.\n"
        "What the captain saw\n"
        "From the wheelhouse the whole of the bay lay open, and on the far side there was smoke.\n"
        "Getty Images\n"
        "The captain and his crew on the quay\n"
        "By noon the fire had reached the first of the boats, and people began to run.\n"
        "Why did nobody call?\n"
        "That is the question the inquiry will have to answer when it meets again in autumn.\n";
    struct junklines_rules *r = shipped();
    struct junklines_doc d = {0};
    (void)state;
    assert_true(junklines_read(&d, r, text, sizeof text - 1));
    assert_int_equal(d.n, 9);
    for (unsigned i = 0; i < d.n; i++)
        assert_int_equal(junklines_heading(&d, i), i == 0 || i == 2);
    junklines_doc_free(&d);
    junklines_rules_free(r);
}

static void test_hostile_sizes(void **state)
{
    static const char *const unit[] = {"a",    "a\n", "the ",      "by A ", "share \n",
                                       "1 / ", "( ",  "\xC2\xB7 ", "... ",  "http://a.b/c",
                                       "@",    "\n",  "a.b/c."};
    const size_t size = 1000000;
    struct junklines_rules *r = shipped();
    struct junklines_doc d = {0};
    char *big = malloc(size);
    (void)state;
    assert_non_null(big);
    for (size_t u = 0; u < sizeof unit / sizeof *unit; u++) {
        size_t n = 0, len = strlen(unit[u]);
        for (; n + len <= size; n += len)
            memcpy(big + n, unit[u], len);
        assert_true(junklines_read(&d, r, big, n) && junklines_score(&d));
        for (unsigned i = 0; i < d.n; i++)
            assert_true(d.v[i].beg < d.v[i].end && d.v[i].end <= d.v[i].next && d.v[i].next <= n);
    }
    free(big);
    junklines_doc_free(&d);
    junklines_rules_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_language),      cmocka_unit_test(test_mistakes_in_rules),
        cmocka_unit_test(test_hard_lines),    cmocka_unit_test(test_headings),
        cmocka_unit_test(test_hostile_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
