/* SPDX-License-Identifier: MIT */
/* tests/unit/test_html.c - plugins/html: tokens by the cases of tests/data/html/tokens.txt, the
 * block tree, and what a page says about itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "html/meta.h"
#include "html/page.h"
#include "html/refs.h"
#include "html/score.h"

enum { ROOM = 4096 };

struct out {
    char p[ROOM];
    size_t n;
    int in_text;
};

static void put(struct out *o, const char *p, size_t n)
{
    assert_true(o->n + n < ROOM);
    memcpy(o->p + o->n, p, n);
    o->n += n;
    o->p[o->n] = '\0';
}

static void put_resolved(struct out *o, const char *p, size_t n, int in_attribute)
{
    for (size_t i = 0, used, len; i < n; i += used) {
        char ref[HTML_REF_BYTES];
        used = p[i] == '&' ? html_reference(p + i, n - i, in_attribute, ref, &len) : 0;
        if (used)
            put(o, ref, len);
        else
            put(o, p + i, used = 1);
    }
}

static void put_lower(struct out *o, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put(o, (char[]){(char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] | 32 : p[i])}, 1);
}

static void put_open(struct out *o, const char *p, const struct html_token *t)
{
    struct html_attr a;
    uint32_t at = t->attrs;
    put(o, "<", 1);
    put_lower(o, p + t->name, t->name_end - t->name);
    while (html_attr(p, t, &at, &a)) {
        put(o, " ", 1);
        put_lower(o, p + a.name, a.name_end - a.name);
        put(o, "=", 1);
        put_resolved(o, p + a.value, a.value_end - a.value, 1);
    }
    put(o, ">", 1);
}

static void put_token(struct out *o, const char *p, const struct html_token *t)
{
    if (t->kind == HTML_TEXT) {
        if (!o->in_text) put(o, "'", 1);
        o->in_text = 1;
        if (t->references)
            put_resolved(o, p + t->beg, t->end - t->beg, 0);
        else
            put(o, p + t->beg, t->end - t->beg);
        return;
    }
    if (o->in_text) put(o, "'", 1);
    o->in_text = 0;
    if (t->kind == HTML_OPEN) put_open(o, p, t);
    if (t->kind == HTML_CLOSE) {
        put(o, "</", 2);
        put_lower(o, p + t->name, t->name_end - t->name);
        put(o, ">", 1);
    }
    if (t->kind == HTML_COMMENT) put(o, "<!-->", 5);
    if (t->kind == HTML_DOCTYPE) put(o, "<!d>", 4);
}

/* The tokens of p[0, n), from a copy of just that size, so that a sanitizer sees what lies behind.
 */
static void tokens_of(const char *p, size_t n, struct out *o)
{
    char *copy = malloc(n ? n : 1);
    struct html_tokenizer t;
    struct html_token tok;
    uint32_t behind = 0;
    assert_non_null(copy);
    memcpy(copy, p, n);
    memset(o, 0, sizeof *o);
    html_tokenizer_open(&t, copy, (uint32_t)n);
    for (html_next(&t, &tok); tok.kind != HTML_END; html_next(&t, &tok)) {
        assert_true(tok.beg >= behind && tok.end > tok.beg && tok.end <= n);
        behind = tok.end;
        put_token(o, copy, &tok);
    }
    if (o->in_text) put(o, "'", 1);
    free(copy);
}

static size_t unescape(char *p)
{
    size_t n = 0;
    for (size_t i = 0; p[i]; i++) {
        char c = p[i];
        if (c == '\\' && p[i + 1]) {
            c = p[++i];
            c = (char)(c == 'n' ? '\n' : c == 't' ? '\t' : c == 'f' ? '\f' : c == 'r' ? '\r' : c);
        }
        p[n++] = c;
    }
    p[n] = '\0';
    return n;
}

static void test_tokens_are_those_of_the_standard(void **state)
{
    const char *top = getenv("top_srcdir");
    char line[ROOM], path[ROOM], *want;
    FILE *f;
    struct out got;
    int n = 0, wrong = 0;
    (void)state;
    snprintf(path, sizeof path, "%s/tests/data/html/tokens.txt", top ? top : ".");
    f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        if (line[0] == '#') continue;
        line[strcspn(line, "\n")] = '\0';
        want = strchr(line, '\t');
        assert_non_null(want);
        *want++ = '\0';
        unescape(want);
        tokens_of(line, unescape(line), &got);
        n++;
        if (strcmp(got.p, want) != 0) {
            print_error("%s\n  want: %s\n  got:  %s\n", line, want, got.p);
            wrong++;
        }
    }
    fclose(f);
    assert_true(n > 200);
    assert_int_equal(wrong, 0);
}

static void test_any_cut_of_a_page_gives_tokens_within_it(void **state)
{
    static const char page[] = "<!doctype html><!-- a --><p class=\"b\" c='d' e=f>g &amp; h<script>"
                               "<!--<script>i</script>--></script><title>j&#x41;</title></p>";
    struct out got;
    (void)state;
    for (size_t i = 0; i < sizeof page; i++)
        for (size_t k = i; k < sizeof page; k++)
            tokens_of(page + i, k - i, &got);
}

/* ---- blocks ---- */

static void expect_blocks(const char *page, const char *want)
{
    struct html_page g = {0};
    struct out o = {.n = 0};
    assert_true(html_page_read(&g, page, (uint32_t)strlen(page)));
    for (uint32_t i = 0; i < g.nblock; i++) {
        if (i) put(&o, "|", 1);
        for (uint32_t r = g.block[i].run; r < g.block[i].run + g.block[i].nrun; r++) {
            if (g.run[r].line_before) put(&o, "/", 1);
            put(&o, page + g.run[r].beg, g.run[r].end - g.run[r].beg);
        }
    }
    html_page_free(&g);
    assert_string_equal(o.p, want);
}

static void test_blocks_end_where_readers_see_them_end(void **state)
{
    (void)state;
    expect_blocks("<p>a<p>b", "a|b");
    expect_blocks("a<div>b</div>c", "a|b|c");
    expect_blocks("<p>a <b>b</b> <i>c</i>", "a b c");
    expect_blocks("<b><p>a</b> b</p>c", "a b|c");
    expect_blocks("<p>a<br>b<br><br>c", "a/b|c");
    expect_blocks("<ul><li>a<li>b<ul><li>c</ul>d</ul>e", "a|b|c|d|e");
    expect_blocks("<table><tr><td>a<td>b<tr><th>c</table>d", "a|b|c|d");
    expect_blocks("<dl><dt>a<dd>b</dl>", "a|b");
    expect_blocks("<td></p></table>a", "a");
    expect_blocks("<head><title>t</title><p>a", "a");
    expect_blocks("<p>a<script>s</script>b<!-- c -->d", "abd");
    expect_blocks("<p>a<span hidden>b</span>c", "ac");
    expect_blocks("<svg><text>a</text></svg>b", "b");
    expect_blocks("<select><option>a</select><button>b</button>c", "c");
    expect_blocks("<template><p>a</template>b", "b");
    expect_blocks("</div></p></nosuch>a", "a");
    expect_blocks("  \n <p> \n a \n ", "a \n ");
}

static void test_a_page_deeper_than_any_is_read_to_its_end(void **state)
{
    enum { DEEP = 20000 };
    char *page = malloc(DEEP * 11 + 16), *p = page;
    struct html_page g = {0};
    (void)state;
    assert_non_null(page);
    for (int i = 0; i < DEEP; i++)
        p = stpcpy(p, "<div>");
    p = stpcpy(p, "in");
    for (int i = 0; i < DEEP; i++)
        p = stpcpy(p, "</div>");
    p = stpcpy(p, "<p>out");
    assert_true(html_page_read(&g, page, (uint32_t)(p - page)));
    assert_int_equal(g.nblock, 2);
    assert_int_equal(g.node[g.node[g.block[1].node].parent].tag, HTML_T_HTML);
    html_page_free(&g);
    free(page);
}

/* ---- metadata ---- */

static void expect_meta(const char *page, enum html_field field, const char *want)
{
    struct html_page g = {0};
    qn_str found[HTML_FIELDS];
    char *room;
    assert_true(html_page_read(&g, page, (uint32_t)strlen(page)));
    room = malloc(html_meta_room(&g) + 1);
    assert_non_null(room);
    html_meta(&g, room, found);
    assert_int_equal(found[field].n, strlen(want));
    if (*want) assert_memory_equal(found[field].p, want, found[field].n);
    free(room);
    html_page_free(&g);
}

static void test_the_surest_place_names_title_byline_date_and_language(void **state)
{
    (void)state;
    expect_meta("<title> A &amp;\n B </title>", HTML_TITLE, "A & B");
    expect_meta("<title>A - Site</title><meta property=\"og:title\" content=\"A\">", HTML_TITLE,
                "A");
    expect_meta("<meta property=og:title content=B><script type='application/ld+json'>"
                "{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"S\"},{\"headline\":\"A \\u00e9\"}]}"
                "</script>",
                HTML_TITLE, "A é");
    expect_meta("<meta name=author content='Ann Lee'>", HTML_BYLINE, "Ann Lee");
    expect_meta("<meta property='article:author' content='https://x.example/ann'>", HTML_BYLINE,
                "");
    expect_meta("<script type=\"application/ld+json\">{\"headline\":\"h\",\"author\":[{\"@type\":"
                "\"Person\",\"name\":\"Ann Lee\"},{\"name\":\"Bo\"}]}</script>",
                HTML_BYLINE, "Ann Lee");
    expect_meta("<script type=\"application/ld+json\">{\"headline\":\"h\",\"author\":[[[[[[[[[[[[["
                "</script><meta name=author content=Bo>",
                HTML_BYLINE, "Bo");
    expect_meta("<time datetime=2024-05-12>Sunday</time>", HTML_PUBLISHED, "2024-05-12");
    expect_meta("<meta property='article:published_time' content='2024-05-12T10:00:00Z'>"
                "<time datetime=2020-01-01></time>",
                HTML_PUBLISHED, "2024-05-12T10:00:00Z");
    expect_meta("<html lang=de-CH>", HTML_LANGUAGE, "de-CH");
    expect_meta("<p>no more than text", HTML_TITLE, "");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens_are_those_of_the_standard),
        cmocka_unit_test(test_any_cut_of_a_page_gives_tokens_within_it),
        cmocka_unit_test(test_blocks_end_where_readers_see_them_end),
        cmocka_unit_test(test_a_page_deeper_than_any_is_read_to_its_end),
        cmocka_unit_test(test_the_surest_place_names_title_byline_date_and_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
