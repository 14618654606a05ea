/* SPDX-License-Identifier: MIT */
/* core/cli/diff_show.c - what quern diff tells, on the terminal: a line for each difference, the
 * change in the marks of wdiff. No control character of a document gets there. */
#include "diff_show.h"

#include <stdio.h>

enum { AROUND = 24, MOST = 200 };

/* ---- for both ways of telling ------------------------------------------------------------------
 */

size_t diff_cut_after(qn_str s, size_t at)
{
    while (at < s.n && (s.p[at] & 0xC0) == 0x80)
        at++;
    return at < s.n ? at : s.n;
}

size_t diff_cut_before(qn_str s, size_t at)
{
    if (at >= s.n) return s.n;
    while (at > 0 && (s.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

int diff_blank(qn_str s)
{
    size_t i;
    for (i = 0; i < s.n && (unsigned char)s.p[i] <= ' ';)
        i++;
    return s.n && i == s.n;
}

/* ---- text --------------------------------------------------------------------------------------
 */

/* On one line. */
static void put(qn_str s)
{
    size_t i;
    for (i = 0; i < s.n; i++) /* no control, of C1 neither, reaches the terminal */
        if (s.p[i] == '\xC2' && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xA0)
            putchar(' '), i++;
        else
            putchar((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F ? ' ' : s.p[i]);
}

static void put_some(qn_str s, size_t most)
{
    const size_t end = diff_cut_before(s, most);
    put((qn_str){s.p, end});
    if (end < s.n) fputs("...", stdout);
}

/* White space that came or went is to be seen. */
static void put_blank(qn_str s)
{
    size_t i;
    for (i = 0; i < s.n && i < MOST; i++) {
        if (s.p[i] == '\n')
            fputs("\\n", stdout);
        else if (s.p[i] == '\t')
            fputs("\\t", stdout);
        else
            putchar(' ');
    }
    if (i < s.n) fputs("...", stdout);
}

static void put_marked(const char *open, qn_str s, const char *end)
{
    if (!s.n) return;
    fputs(open, stdout);
    if (diff_blank(s))
        put_blank(s);
    else
        put_some(s, MOST);
    fputs(end, stdout);
}

static void put_before(qn_str s, size_t at)
{
    const size_t from = diff_cut_after(s, at > AROUND ? at - AROUND : 0);
    put((qn_str){s.p + from, at - from});
}

static void put_behind(qn_str s, size_t at)
{
    put((qn_str){s.p + at, diff_cut_before(s, at + AROUND) - at});
}

static void show_document(diff_show *s, qn_str id)
{
    (void)s;
    put_some(id, 500);
    putchar('\n');
}

static void show_only(diff_show *s, char mark)
{
    (void)s;
    printf("  %c only there\n", mark);
}

static void show_texts(diff_show *s, const char *what, qn_str a, qn_str b, const eval_change *v,
                       size_t n)
{
    size_t i;
    (void)s;
    for (i = 0; i < n; i++) {
        printf("  %s, at byte %zu: ", what, v[i].a);
        put_before(a, v[i].a);
        put_marked("[-", (qn_str){a.p + v[i].a, v[i].a_end - v[i].a}, "-]");
        put_marked("{+", (qn_str){b.p + v[i].b, v[i].b_end - v[i].b}, "+}");
        put_behind(a, v[i].a_end);
        putchar('\n');
    }
}

static void show_span(diff_show *s, char mark, qn_str label, qn_str text, size_t beg, size_t end)
{
    (void)s;
    printf("  %c %-10.*s ", mark, (int)label.n, label.p);
    put_before(text, beg);
    fputs("[[", stdout);
    put_some((qn_str){text.p + beg, end - beg}, 60);
    fputs("]]", stdout);
    put_behind(text, end);
    putchar('\n');
}

static void show_tokens(diff_show *s, unsigned n)
{
    (void)s;
    printf("  tokens: %u differ\n", n);
}

static int has(const eval_strings *list, qn_str word)
{
    uint32_t i;
    for (i = 0; i < list->n; i++)
        if (qn_str_eq(list->v[i], word)) return 1;
    return 0;
}

static uint32_t put_missing(const eval_strings *from, const eval_strings *in, const char *open,
                            const char *end)
{
    uint32_t i, n = 0;
    for (i = 0; i < from->n; i++) {
        if (has(in, from->v[i])) continue;
        putchar(' ');
        put_marked(open, from->v[i], end);
        n++;
    }
    return n;
}

static void show_phrases(diff_show *s, const eval_strings *a, const eval_strings *b)
{
    uint32_t n;
    (void)s;
    fputs("  key phrases:", stdout);
    n = put_missing(a, b, "[-", "-]");
    n += put_missing(b, a, "{+", "+}");
    puts(n ? "" : " the same in another order");
}

const diff_show diff_show_text = {show_document, show_only,   show_texts,
                                  show_span,     show_tokens, show_phrases};
