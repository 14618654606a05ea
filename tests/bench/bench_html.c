/* SPDX-License-Identifier: MIT */
/* tests/bench/bench_html.c - speed of html's tokenizer, block tree and choice of blocks, as MB/s
 * and as a share of a walk from '<' to '<' in the same run. Pages: the files given, or an invented
 * one. Processor time, the best of some rounds. */
#include "html/score.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST = 1024, ROUNDS = 9, INVENTED = 4 << 20 };

struct page {
    char *p;
    uint32_t n;
};
static struct page pages[MOST];
static size_t npages, nbytes;
static volatile size_t sink; /* so that no work can be left out */

static void *must(void *p)
{
    if (p) return p;
    fputs("bench_html: out of memory\n", stderr);
    exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void add_page(char *p, size_t n)
{
    if (npages == MOST) return;
    pages[npages++] = (struct page){p, (uint32_t)n};
    nbytes += n;
}

static void read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *p = must(malloc(64 << 20));
    size_t n;
    if (!f) {
        perror(path);
        exit(1);
    }
    n = fread(p, 1, 64 << 20, f);
    fclose(f);
    add_page(must(realloc(p, n + 1)), n);
}

/* Menus, scripts, attributes and paragraphs, about as in news pages: a seventh is text. */
static void invent(void)
{
    static const char part[] =
        "<li class=\"nav-item menu__item\" data-id=\"12\"><a href=\"/news/world?ref=menu\" "
        "class=\"link\">World &amp; more</a></li>\n"
        "<div class=\"story-body__inner\" id=\"b7\"><p>The harbour council said on Tuesday that "
        "the "
        "bridge, which was closed in the winter, would open for the ferry &mdash; &quot;or not at "
        "all&quot;.</p></div>\n<script>window.dataLayer=window.dataLayer||[];function gtag(){"
        "dataLayer.push(arguments);}if(a<b&&c>d){gtag('js',new Date());}gtag('config',"
        "'X-1234567-1',{'anonymize_ip':true,'page_path':'/news/world/harbour'});</script>\n"
        "<figure class=\"media\"><img src=\"/i/480/h.jpg\" srcset=\"/i/240/h.jpg 240w, "
        "/i/480/h.jpg "
        "480w, /i/960/h.jpg 960w\" alt=\"\" loading=\"lazy\"><figcaption>The quay.</figcaption>"
        "</figure><!-- end of part -->\n";
    char *p = must(malloc(INVENTED + sizeof part));
    size_t n = 0;
    while (n < INVENTED) {
        memcpy(p + n, part, sizeof part - 1);
        n += sizeof part - 1;
    }
    add_page(p, n);
}

static void walk(const struct page *g)
{
    const char *p = g->p, *end = p + g->n;
    while (p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        p++;
        sink++;
    }
}

static void tokenize(const struct page *g)
{
    struct html_tokenizer t;
    struct html_token tok;
    html_tokenizer_open(&t, g->p, g->n);
    for (html_next(&t, &tok); tok.kind != HTML_END; html_next(&t, &tok))
        sink++;
}

static struct html_page tree;

static void blocks(const struct page *g)
{
    if (!html_page_read(&tree, g->p, g->n)) must(NULL);
}

static void choose(const struct page *g)
{
    blocks(g);
    if (!html_score(&tree, html_weights)) must(NULL);
}

static double say(const char *what, void (*work)(const struct page *), double base)
{
    double best = 1e9;
    for (int r = 0; r < ROUNDS; r++) {
        double t = now();
        for (size_t i = 0; i < npages; i++)
            work(&pages[i]);
        t = now() - t;
        best = t < best ? t : best;
    }
    printf("%-28s %8.0f MB/s  %5.3f of the walk  %8.0f pages/s\n", what,
           (double)nbytes / best / 1e6, base > 0 ? base / best : 1.0, (double)npages / best);
    return best;
}

int main(int argc, char **argv)
{
    double base;
    for (int i = 1; i < argc; i++)
        read_file(argv[i]);
    if (!npages) invent();
    printf("%zu pages, %.1f MB\n", npages, (double)nbytes / 1e6);
    base = say("walk from < to <", walk, 0);
    say("tokens", tokenize, base);
    say("blocks", blocks, base);
    say("blocks, the article's chosen", choose, base);
    html_page_free(&tree);
    for (size_t i = 0; i < npages; i++)
        free(pages[i].p);
    return 0;
}
