/* SPDX-License-Identifier: MIT */
/* tools/tune-html.c - searches the weights of the html plugin: those with which the blocks it keeps
 * agree best with the articles that people took out of pages (F1 of shingles of four words, the
 * measure of scrapinghub/article-extraction-benchmark, per page).
 *
 *   tune-html [--folds N] [--rounds N] [--bags N] [--seed N] PAGES  >weights.h
 *
 * PAGES holds JSON lines: {"html": "<!doctype...", "article": "its text"}. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "html/refs.h"
#include "html/score.h"
#include "search.h"
#include "text/json_read.h"

enum { SHINGLE = 4 };

/* Hashes of words. */
struct words {
    uint64_t *v;
    size_t n, cap;
};

struct doc {
    struct html_page page;
    struct words *block; /* of each block */
    struct words article, shingles;
};

struct corpus {
    struct doc *v;
    size_t n, cap;
    struct words kept, found; /* scratch */
};

/* ---- words and shingles ---- */

static void add(struct words *w, uint64_t hash)
{
    if (w->n == w->cap) {
        w->cap = w->cap ? w->cap * 2 : 64;
        w->v = search_need(reallocarray(w->v, w->cap, sizeof *w->v));
    }
    w->v[w->n++] = hash;
}

/* Bytes of p[0, n) that begin no word: punctuation of ASCII, Latin-1, U+2000 and U+3000 on. */
static size_t gap(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;
    const int alpha = (p[0] | 32) >= 'a' && (p[0] | 32) <= 'z';
    if (p[0] < 0x80) return !(alpha || (p[0] >= '0' && p[0] <= '9') || p[0] == '_');
    if (n > 1 && p[0] == 0xC2) return 2;
    if (n > 2 && ((p[0] == 0xE2 && p[1] < 0x84) || (p[0] == 0xE3 && p[1] == 0x80))) return 3;
    return 0;
}

static void add_words(struct words *w, const char *p, size_t n)
{
    for (size_t i = 0, skip; i < n;) {
        uint64_t h = 0xCBF29CE484222325u;
        if ((skip = gap(p + i, n - i)) != 0) {
            i += skip;
            continue;
        }
        for (; i < n && !gap(p + i, n - i); i++)
            h = (h ^ (unsigned char)p[i]) * 0x100000001B3u;
        add(w, h);
    }
}

static int by_value(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void to_shingles(const struct words *w, struct words *out)
{
    const size_t last = w->n > SHINGLE ? w->n - SHINGLE : 0;
    out->n = 0;
    for (size_t i = 0; i <= last && w->n; i++) {
        uint64_t h = 0;
        for (size_t k = i; k < i + SHINGLE && k < w->n; k++)
            h = (h ^ w->v[k]) * 0x9E3779B97F4A7C15u;
        add(out, h);
    }
    qsort(out->v, out->n, sizeof *out->v, by_value);
}

static size_t shared(const struct words *a, const struct words *b)
{
    size_t i = 0, k = 0, n = 0;
    while (i < a->n && k < b->n) {
        if (a->v[i] == b->v[k])
            n++, i++, k++;
        else if (a->v[i] < b->v[k])
            i++;
        else
            k++;
    }
    return n;
}

/* ---- the pages ---- */

static void cut_blocks(struct doc *d)
{
    struct html_page *g = &d->page;
    d->block = search_need(calloc(g->nblock + 1, sizeof *d->block));
    for (uint32_t i = 0; i < g->nblock; i++) {
        const struct html_block *k = &g->block[i];
        for (uint32_t r = k->run; r < k->run + k->nrun; r++) {
            const size_t n = g->run[r].end - g->run[r].beg;
            char *plain = search_need(malloc(n + 1));
            add_words(&d->block[i], plain, html_plain(g->p + g->run[r].beg, n, 0, plain));
            free(plain);
        }
    }
}

static void read_page(struct corpus *c, qn_str line)
{
    char *room = search_need(malloc(line.n + 1));
    qn_str key, html = {0}, article = {0}, text;
    struct doc *d;
    qn_jsonr r;
    qn_jsonr_open(&r, line.p, line.n, room);
    qn_jsonr_object(&r);
    while (qn_jsonr_member(&r, &key)) {
        if (qn_jsonr_peek(&r) != QN_JSON_STRING ? !qn_jsonr_skip(&r, NULL)
                                                : !qn_jsonr_string(&r, &text))
            break;
        if (qn_str_eq(key, (qn_str)QN_STR("html"))) html = text;
        if (qn_str_eq(key, (qn_str)QN_STR("article"))) article = text;
    }
    if (!html.p || !article.p) search_die("pages", "a line without html and article");
    if (c->n == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 64;
        c->v = search_need(reallocarray(c->v, c->cap, sizeof *c->v));
    }
    d = memset(&c->v[c->n++], 0, sizeof *d);
    if (!html_page_read(&d->page, html.p, (uint32_t)html.n)) search_die("memory", "out of it");
    cut_blocks(d);
    add_words(&d->article, article.p, article.n);
    to_shingles(&d->article, &d->shingles);
}

static void read_pages(struct corpus *c, const char *path)
{
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    if (!f) search_die(path, "cannot be opened");
    while ((n = getline(&line, &cap, f)) > 0) {
        read_page(c, (qn_str){line, (size_t)n});
        line = NULL; /* the page points into it */
        cap = 0;
    }
    free(line);
    fclose(f);
}

/* ---- the search ---- */

static double page_score(void *corpus, size_t doc, const double *weight)
{
    struct corpus *c = corpus;
    struct doc *d = &c->v[doc];
    float w[HTML_F_COUNT];
    size_t hits;
    for (int i = 0; i < HTML_F_COUNT; i++)
        w[i] = (float)weight[i];
    if (!html_score(&d->page, w)) search_die("memory", "out of it");
    c->kept.n = 0;
    for (uint32_t i = 0; i < d->page.nblock; i++)
        for (size_t k = 0; d->page.block[i].keep && k < d->block[i].n; k++)
            add(&c->kept, d->block[i].v[k]);
    to_shingles(&c->kept, &c->found);
    hits = shared(&c->found, &d->shingles);
    return hits ? 200.0 * (double)hits / (double)(c->found.n + d->shingles.n) : 0;
}

static double mean(struct corpus *c, const double *w)
{
    double sum = 0;
    for (size_t i = 0; i < c->n; i++)
        sum += page_score(c, i, w);
    return sum / (double)c->n;
}

static void cross_validate(search_task *t, int folds)
{
    double w[SEARCH_MOST], sum = 0;
    size_t n = 0;
    for (int fold = 0; fold < folds; fold++) {
        search_run(t, fold, folds, w);
        for (size_t i = 0; i < t->ndoc; i++)
            if (search_in_fold(i, fold, folds)) {
                sum += page_score(t->corpus, i, w);
                n++;
            }
    }
    fprintf(stderr, "cross-validated in %d folds: %.2f\n", folds, n ? sum / (double)n : 0);
}

static void print_weights(const double *w, const search_weight *names)
{
    printf("/* SPDX-License-" /* in two pieces for tools that read licence lines */
           "Identifier: MIT */\n"
           "/* plugins/html/weights.h - what each feature of a block counts. Written by "
           "tools/tune-html;\n"
           " * models/README.md says from what. */\n");
    for (int i = 0; i < HTML_F_COUNT; i++)
        printf("#define W_%s %.2fF\n", names[i].name, w[i]);
}

int main(int argc, char **argv)
{
    static const struct option known[] = {{"folds", required_argument, NULL, 'f'},
                                          {"rounds", required_argument, NULL, 'r'},
                                          {"bags", required_argument, NULL, 'b'},
                                          {"seed", required_argument, NULL, 's'},
                                          {NULL, 0, NULL, 0}};
    static const char *const names[] = {
#define X(name) #name,
        HTML_FEATURES(X)
#undef X
    };
    search_weight weight[HTML_F_COUNT];
    struct corpus c = {0};
    search_task t = {.weight = weight,
                     .n = HTML_F_COUNT,
                     .score = page_score,
                     .corpus = &c,
                     .rounds = 60,
                     .bags = 8,
                     .seed = 1};
    double w[SEARCH_MOST] = {0};
    int folds = 5, o;
    while ((o = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (o == 'f')
            folds = atoi(optarg);
        else if (o == 'r')
            t.rounds = atoi(optarg);
        else if (o == 'b')
            t.bags = atoi(optarg);
        else if (o == 's')
            t.seed = strtoull(optarg, NULL, 10);
        else
            return 2;
    }
    if (optind + 1 != argc) search_die("usage", "tune-html [OPTION...] PAGES");
    read_pages(&c, argv[optind]);
    t.ndoc = c.n;
    for (int i = 0; i < HTML_F_COUNT; i++) {
        w[i] = (double)html_weights[i];
        weight[i] = (search_weight){names[i], w[i], -6, 6, i == HTML_F_MASS};
    }
    fprintf(stderr, "%zu pages; the weights of now: %.2f\n", c.n, mean(&c, w));
    if (folds > 1) cross_validate(&t, folds);
    search_run(&t, 0, 0, w);
    search_round(w, HTML_F_COUNT);
    fprintf(stderr, "searched on all, rounded: %.2f\n", mean(&c, w));
    print_weights(w, weight);
    return 0;
}
