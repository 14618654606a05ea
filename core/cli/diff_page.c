/* SPDX-License-Identifier: MIT */
/* core/cli/diff_page.c - what quern diff tells, on a page: a section for each document, what went
 * struck out and what came marked, with the words around it. */

#include "diff_show.h"

enum { AROUND = 120, MOST = 4000 };

static html *page_of(diff_show *s)
{
    return ((diff_page *)s)->h;
}

static void open_list(diff_show *s)
{
    diff_page *p = (diff_page *)s;
    if (!p->list) html_put(p->h, "<ul class=\"examples\">\n");
    p->list = 1;
}

static void close_list(diff_page *p)
{
    if (p->list) html_put(p->h, "</ul>\n");
    p->list = 0;
}

/* Line ends as `line_end`, which is markup. */
static void put_lines(html *h, qn_str s, const char *line_end)
{
    size_t i, from = 0;
    for (i = 0; i < s.n; i++) {
        if (s.p[i] != '\n') continue;
        html_text(h, (qn_str){s.p + from, i - from});
        html_put(h, line_end);
        from = i + 1;
    }
    html_text(h, (qn_str){s.p + from, s.n - from});
}

static void part(html *h, qn_str s, size_t from, size_t end, const char *line_end)
{
    put_lines(h, (qn_str){s.p + from, end - from}, line_end);
}

/* The nearest gap between words within a few bytes, else between characters. */
static size_t gap_after(qn_str s, size_t at)
{
    enum { WORD = 24 };
    size_t i;
    for (i = at; i < s.n && i < at + WORD; i++)
        if ((unsigned char)s.p[i] <= ' ') return i;
    return diff_cut_after(s, at);
}

static size_t gap_before(qn_str s, size_t at)
{
    enum { WORD = 24 };
    size_t i;
    for (i = at; i > 0 && i + WORD > at && i < s.n; i--)
        if ((unsigned char)s.p[i - 1] <= ' ') return i;
    return diff_cut_before(s, at);
}

static void put_some(html *h, qn_str s)
{
    const size_t end = diff_cut_before(s, MOST);
    put_lines(h, (qn_str){s.p, end}, "\xE2\x86\xB5\n"); /* a line end that came or went is seen */
    if (end < s.n) html_put(h, "\xE2\x80\xA6");
}

static void put_element(html *h, const char *name, qn_str s)
{
    if (!s.n) return;
    html_putf(h, "<%s>", name);
    put_some(h, s);
    html_putf(h, "</%s>", name);
}

static void show_document(diff_show *s, qn_str id)
{
    diff_page *p = (diff_page *)s;
    close_list(p);
    if (p->section) html_put(p->h, "</section>\n");
    p->section = 1;
    html_put(p->h, "<section>\n<h2 dir=\"auto\">");
    html_text(p->h, id);
    html_put(p->h, "</h2>\n");
}

static void show_only(diff_show *s, char mark)
{
    html_put(page_of(s), mark == '-' ? "<p>Only A has this document.</p>\n"
                                     : "<p>Only B has this document.</p>\n");
}

/* What is the same between two changes, or before the first and behind the last: not all of it. */
static void put_same(html *h, qn_str text, size_t from, size_t end, int first, int last)
{
    const size_t head = first ? from : gap_after(text, from + AROUND);
    const size_t tail = last ? end : gap_before(text, end > AROUND ? end - AROUND : 0);
    if (head >= tail || tail - head <= AROUND) {
        part(h, text, from, end, "<br>");
        return;
    }
    part(h, text, from, head, "<br>");
    html_put(h, " <span class=\"l\">\xE2\x80\xA6</span> ");
    part(h, text, tail, end, "<br>");
}

static void show_texts(diff_show *s, const char *what, qn_str a, qn_str b, const eval_change *v,
                       size_t n)
{
    html *h = page_of(s);
    size_t i, from = 0;
    close_list((diff_page *)s);
    html_putf(h, "<h3>%s</h3>\n<p dir=\"auto\">", what);
    for (i = 0; i < n; i++) {
        put_same(h, a, from, v[i].a, i == 0, 0);
        put_element(h, "del", (qn_str){a.p + v[i].a, v[i].a_end - v[i].a});
        put_element(h, "ins", (qn_str){b.p + v[i].b, v[i].b_end - v[i].b});
        from = v[i].a_end;
    }
    put_same(h, a, from, a.n, 0, 1);
    html_put(h, "</p>\n");
}

static void show_span(diff_show *s, char mark, qn_str label, qn_str text, size_t beg, size_t end)
{
    const size_t from = beg > AROUND / 2 ? gap_before(text, beg - AROUND / 2) : 0;
    html *h = page_of(s);
    open_list(s);
    html_put(h, mark == '-' ? "<li>\xE2\x88\x92 " : "<li>+ ");
    html_put(h, "<span class=\"l\">");
    html_text(h, label);
    html_put(h, "</span> <bdi>");
    part(h, text, from, beg, " ");
    put_element(h, mark == '-' ? "del" : "ins", (qn_str){text.p + beg, end - beg});
    part(h, text, end, gap_after(text, end + AROUND / 2), " ");
    html_put(h, "</bdi></li>\n");
}

static void show_tokens(diff_show *s, unsigned n)
{
    open_list(s);
    html_putf(page_of(s), "<li>%u tokens differ</li>\n", n);
}

static void show_phrases(diff_show *s, const eval_strings *a, const eval_strings *b)
{
    html *h = page_of(s);
    uint32_t i;
    open_list(s);
    html_put(h, "<li>key phrases:");
    for (i = 0; i < a->n; i++) {
        html_put(h, " ");
        put_element(h, "del", a->v[i]);
    }
    for (i = 0; i < b->n; i++) {
        html_put(h, " ");
        put_element(h, "ins", b->v[i]);
    }
    html_put(h, "</li>\n");
}

void diff_page_begin(diff_page *p, html *h)
{
    p->show =
        (diff_show){show_document, show_only, show_texts, show_span, show_tokens, show_phrases};
    p->h = h;
    p->section = 0;
    p->list = 0;
}

void diff_page_end(diff_page *p)
{
    close_list(p);
    if (p->section) html_put(p->h, "</section>\n");
}
