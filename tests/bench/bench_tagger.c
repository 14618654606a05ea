/* SPDX-License-Identifier: MIT */
/* tests/bench/bench_tagger.c - the tagger in tokens a second on one thread, with AVX2 and without,
 * beside a loop that only fetches and sums the same rows, and the time to load its model. The
 * sample articles are small: all that they need stays in the caches. Give a FILE of a megabyte or
 * so to see what memory costs. bench_tagger [MODEL [FILE]]: the model that ships and the sample
 * articles by default. */
#include "../../plugins/tagger/tag.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../../tools/tagger-segment.h"

enum { RUNS = 5, TIMES = 200 };

static tagger_model model;
static qn_layer sents, tokens;
static qn_str text;

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t tag_all(void)
{
    static tagger_work w;
    if (tagger_tag(&w, &model, text, &tokens, &sents) != QN_OK) exit(1);
    return w.n;
}

static uint64_t words_only(void)
{
    static tagger_words w;
    if (tagger_words_read(&w, text, &tokens, &sents, &model.lists) != QN_OK) exit(1);
    return w.n;
}

static uint64_t features_only(void)
{
    static tagger_words w;
    uint64_t f[FEATURES_MAX], sum = 0;
    uint32_t s, i;
    if (tagger_words_read(&w, text, &tokens, &sents, &model.lists) != QN_OK) exit(1);
    for (s = 0; s < w.nsent; s++)
        for (i = w.sent[s]; i < w.sent[s + 1]; i++)
            sum += tagger_features(&w, i, w.sent[s], w.sent[s + 1], f);
    return sum;
}

static uint64_t (*known)[FEATURES_MAX]; /* the features of every token, worked out beforehand */
static unsigned *nknown;
static void (*sum_rows)(const tagger_genre *, const uint64_t *, unsigned, tagger_sums *);

/* Returns the features with a row that a token has on average. */
static double work_out(void)
{
    tagger_words w = {0};
    uint64_t sum = 0;
    uint32_t s, i;
    known = calloc(tokens.n, sizeof *known);
    nknown = calloc(tokens.n, sizeof *nknown);
    if (!known || !nknown) exit(1);
    if (tagger_words_read(&w, text, &tokens, &sents, &model.lists) != QN_OK) exit(1);
    for (s = 0; s < w.nsent; s++)
        for (i = w.sent[s]; i < w.sent[s + 1]; i++)
            sum += nknown[i] =
                tagger_sift(&model.genre[0], known[i],
                            tagger_features(&w, i, w.sent[s], w.sent[s + 1], known[i]));
    tagger_words_free(&w);
    return (double)sum / tokens.n;
}

/* The limit: nothing but fetching and summing the rows of the text's features. */
static uint64_t limit(void)
{
    uint64_t total = 0;
    tagger_sums s;
    uint32_t i;
    for (i = 0; i < tokens.n; i++) {
        if (i + 1 < tokens.n) tagger_prefetch(&model.genre[0], known[i + 1], nknown[i + 1]);
        sum_rows(&model.genre[0], known[i], nknown[i], &s);
        total += (uint64_t)(uint16_t)s.v[COL_O];
    }
    return total;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double measure(const char *name, uint64_t (*f)(void), double base)
{
    double speed[RUNS];
    uint64_t sink = 0;
    int run, i;
    for (run = 0; run < RUNS; run++) {
        const double start = seconds();
        for (i = 0; i < TIMES; i++)
            sink += f();
        speed[run] = (double)tokens.n * TIMES / 1e6 / (seconds() - start);
    }
    qsort(speed, RUNS, sizeof *speed, ascending);
    printf("%-28s %6.2f M tokens/s [%.2f-%.2f]", name, speed[RUNS / 2], speed[0], speed[RUNS - 1]);
    if (base > 0) printf("  %.2f of the limit", speed[RUNS / 2] / base);
    printf("  (%llu)\n", (unsigned long long)(sink / RUNS / TIMES));
    return speed[RUNS / 2];
}

static qn_str read_file(const char *path, qn_str more)
{
    FILE *f = fopen(path, "rb");
    size_t room = 16 << 20, n;
    char *p = aligned_alloc(64, room);
    if (!f || !p) {
        fprintf(stderr, "bench_tagger: %s cannot be read: run it from the source tree\n", path);
        exit(1);
    }
    if (more.n) memcpy(p, more.p, more.n);
    n = fread(p + more.n, 1, room - more.n, f);
    fclose(f);
    return (qn_str){p, more.n + n};
}

static void read_text(int argc, char **argv, const char *top)
{
    static const char *const names[] = {"harbour", "merger", "quake", "telescope"};
    char path[1024];
    size_t i;
    if (argc > 2) {
        text = read_file(argv[2], text);
        return;
    }
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/examples/articles/%s.txt", top, names[i]);
        text = read_file(path, text);
    }
}

int main(int argc, char **argv)
{
    const char *top = getenv("top_srcdir") ? getenv("top_srcdir") : ".";
    char path[1024], words[200];
    double base, start;
    qn_str file;
    snprintf(path, sizeof path, "%s/models/names-en.tagger", top);
    file = read_file(argc > 1 ? argv[1] : path, (qn_str){NULL, 0});
    start = seconds();
    if (tagger_model_open(&model, file, words, sizeof words)) {
        fprintf(stderr, "bench_tagger: %s\n", words);
        return 1;
    }
    printf("model checked in %.1f ms\n", (seconds() - start) * 1e3);
    read_text(argc, argv, top);
    segment_text(text.p, (uint32_t)text.n, &sents, &tokens);
    printf("%u tokens, ", tokens.n);
    printf("%.1f features with a row each\n", work_out());
    sum_rows = tagger_sum;
    base = measure("limit: fetch and sum rows", limit, 0);
    sum_rows = tagger_sum_plain;
    measure("the same in plain C", limit, base);
    measure("words and context", words_only, base);
    measure("words and features", features_only, base);
    measure("tagger", tag_all, base);
    return 0;
}
