/* SPDX-License-Identifier: MIT */
/* tests/bench/bench_sentences.c - sentences and tokens in MB/s on one thread, beside a plain scan
 * and, where libicu is installed, ICU's sentence and word iterators in the same run.
 * bench_sentences [FILE]: the sample articles, or a text file, repeated to documents of about
 * 4 KB and 16 MB in all. The sample flatters (branch prediction learns 9 KB): give a large file. */
#include "../../plugins/sentences/scan.h"
#include "../../plugins/sentences/split.h"
#include "../../plugins/tokens/tokenize.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef HAVE_ICU
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#endif

enum { TOTAL = 16 << 20, RUNS = 5, SPANS = 1 << 20 };

static char *text; /* the documents, one after the other */
static uint32_t doc_size;
static tokens_out sents, tokens;

static int full(tokens_out *o)
{
    o->n = 0; /* a document larger than the buffer: only the time counts */
    return 0;
}

static int keep(void *arg, uint32_t beg, uint32_t end, int score)
{
    (void)arg;
    (void)score;
    if (sents.n == sents.cap) return full(&sents);
    sents.v[sents.n].beg = beg;
    sents.v[sents.n++].end = end;
    return 0;
}

static uint64_t split(const char *p, uint32_t n, int gaps)
{
    sentences_params sp = {.gaps = gaps, .emit = keep};
    uint64_t work = 0;
    sentences_language(&sp, "en");
    sents.n = 0;
    sentences_split(p, n, &sp, &work);
    return sents.n;
}

static uint64_t tokenize(const char *p, uint32_t n)
{
    tokens_params tp = {.style = STYLE_UD,
                        .abbrev = tokens_find_abbrevs("en"),
                        .sents = sents.v,
                        .nsents = sents.n};
    tokens.n = 0;
    tokens_split(p, n, &tp, &tokens);
    return tokens.n;
}

static uint64_t run_scan(const char *p, uint32_t n)
{
    uint64_t hits = 0;
    scan_masks m;
    uint32_t i;
    for (i = 0; i + 65 <= n; i += 64) {
        sentences_scan(p + i, 1, &m);
        hits += (uint64_t)__builtin_popcountll(m.mark);
    }
    return hits;
}

static uint64_t run_lines(const char *p, uint32_t n)
{
    return split(p, n, GAPS_LINES);
}

static uint64_t run_all(const char *p, uint32_t n)
{
    return split(p, n, GAPS_ALL);
}

static uint64_t run_tokens(const char *p, uint32_t n)
{
    return tokenize(p, n);
}

static uint64_t run_both(const char *p, uint32_t n)
{
    split(p, n, GAPS_LINES);
    return tokenize(p, n);
}

#ifdef HAVE_ICU
static uint64_t icu(UBreakIterator *it, const char *p, uint32_t n)
{
    UErrorCode e = U_ZERO_ERROR;
    UText *u = utext_openUTF8(NULL, p, n, &e);
    uint64_t count = 0;
    ubrk_setUText(it, u, &e);
    while (ubrk_next(it) != UBRK_DONE)
        count++;
    utext_close(u);
    return count;
}

static uint64_t run_icu_sentences(const char *p, uint32_t n)
{
    static UBreakIterator *it;
    UErrorCode e = U_ZERO_ERROR;
    if (!it) it = ubrk_open(UBRK_SENTENCE, "en_US", NULL, 0, &e);
    return icu(it, p, n);
}

static uint64_t run_icu_words(const char *p, uint32_t n)
{
    static UBreakIterator *it;
    UErrorCode e = U_ZERO_ERROR;
    if (!it) it = ubrk_open(UBRK_WORD, "en_US", NULL, 0, &e);
    return icu(it, p, n);
}
#endif

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median MB/s of RUNS passes over all documents. */
static double measure(const char *name, uint64_t (*f)(const char *, uint32_t), double base)
{
    double speed[RUNS];
    uint64_t found = 0;
    uint32_t at;
    int run;
    for (run = 0; run < RUNS; run++) {
        double start = seconds();
        found = 0;
        for (at = 0; at + doc_size <= TOTAL; at += doc_size)
            found += f(text + at, doc_size);
        speed[run] = (double)at / 1e6 / (seconds() - start);
    }
    qsort(speed, RUNS, sizeof *speed, ascending);
    printf("%-28s %7.0f MB/s [%.0f-%.0f]", name, speed[RUNS / 2], speed[0], speed[RUNS - 1]);
    if (base > 0) printf("  %.2f x", speed[RUNS / 2] / base);
    printf("  (%llu found)\n", (unsigned long long)found);
    return speed[RUNS / 2];
}

static uint32_t read_file(const char *path, char *to, uint32_t room)
{
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(to, 1, room, f) : 0;
    if (f) fclose(f);
    return (uint32_t)n;
}

static int load(int argc, char **argv)
{
    static const char *const names[] = {"harbour", "merger", "quake", "telescope"};
    const char *top = getenv("top_srcdir");
    char path[1024];
    uint32_t n = 0, at;
    size_t i;
    if (argc > 1)
        n = read_file(argv[1], text, TOTAL);
    else
        for (i = 0; i < sizeof names / sizeof names[0]; i++) {
            snprintf(path, sizeof path, "%s/examples/articles/%s.txt", top ? top : ".", names[i]);
            n += read_file(path, text + n, TOTAL - n);
        }
    if (n == 0) return -1;
    for (at = n; at < TOTAL; at += n)
        memcpy(text + at, text, TOTAL - at < n ? TOTAL - at : n);
    /* whole copies of a short text; pieces of a long one (may cut a character: only time counts) */
    doc_size = n < 65536 ? n * (4096 / n ? 4096 / n : 1) : 4096;
    return 0;
}

int main(int argc, char **argv)
{
    double base = 0, words = 0;
    text = calloc(TOTAL + 64, 1);
    sents.v = malloc(SPANS * sizeof *sents.v);
    tokens.v = malloc(SPANS * sizeof *tokens.v);
    sents.cap = tokens.cap = SPANS;
    sents.more = tokens.more = full;
    if (!text || !sents.v || !tokens.v || load(argc, argv) != 0) {
        fputs("bench_sentences: no text: run it from the source tree, or give a file\n", stderr);
        return 1;
    }
    printf("documents of %u bytes; x: times ICU\n", doc_size);
#ifdef HAVE_ICU
    base = measure("ICU sentences", run_icu_sentences, 0);
    words = measure("ICU words", run_icu_words, 0);
#endif
    measure("plain scan", run_scan, base);
    measure("sentences, gaps = lines", run_lines, base);
    measure("sentences, gaps = all", run_all, base);
    measure("tokens", run_tokens, words);
    measure("sentences (lines) + tokens", run_both, words);
    return 0;
}
