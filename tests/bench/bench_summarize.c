/* SPDX-License-Identifier: MIT */
/* tests/bench/bench_summarize.c - speed of summarize and keyphrases on invented text whose
 * sentences are given: MB/s on news-sized documents, as a share of a loop that only hashes the
 * words; a document of 2,000 sentences; and a document of 10 MB against small ones, byte for byte.
 * Processor time, the best of some rounds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "keyphrases/phrases.h"
#include "keyphrases/weights.h"
#include "summarize/select.h"
#include "summarize/weights.h"

enum { SMALL = 3000, BIG = 10 << 20, ROUNDS = 5, WORDS = 20000 };

static words_language english;
static uint32_t seed = 1;

static uint32_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

static void *must(void *p)
{
    if (!p) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    return p;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A document: sentences of some 20 words drawn as in language, few words often and many seldom. */
struct doc {
    char *text;
    size_t n;
    qn_span *sent;
    uint32_t nsent;
};

static void put_word(struct doc *d)
{
    static const char *const grammar[] = {"the", "of", "and", "to", "a", "in", "that", "was"};
    static const char syllable[][3] = {"ba", "co", "di", "fe", "gu", "ha", "lo", "mi",
                                       "no", "pa", "ra", "se", "ti", "vo", "wa", "ze"};
    uint32_t r = next_random(), word, i, n;
    if (r % 5 < 2) {
        n = (uint32_t)strlen(grammar[r >> 8 & 7]);
        memcpy(d->text + d->n, grammar[r >> 8 & 7], n);
        d->n += n;
        return;
    }
    word = WORDS / (1 + (next_random() % WORDS)); /* the n-th word about 1/n as often */
    word = word * 2654435761u >> 8;
    n = 2 + word % 3;
    for (i = 0; i < n; i++, word >>= 4) {
        memcpy(d->text + d->n, syllable[word & 15], 2);
        d->n += 2;
    }
}

static struct doc make_doc(size_t size, uint32_t most_sentences)
{
    struct doc d = {must(malloc(size + 4096)), 0, must(malloc((size / 20 + 8) * sizeof(qn_span))),
                    0};
    while (d.n < size && d.nsent < most_sentences) {
        uint32_t words = 12 + next_random() % 16;
        qn_span *s = &d.sent[d.nsent++];
        memset(s, 0, sizeof *s);
        s->beg = (uint32_t)d.n;
        while (words-- > 0) {
            put_word(&d);
            d.text[d.n++] = words ? ' ' : '.';
        }
        d.text[s->beg] = (char)(d.text[s->beg] & ~0x20);
        s->end = (uint32_t)d.n;
        d.text[d.n++] = ' ';
    }
    return d;
}

/* ---- what is timed ----------------------------------------------------------------------------
 */

static void hash_words(const struct doc *d, void *unused)
{
    static volatile uint64_t sum;
    const char *p = d->text, *end = d->text + d->n, *q;
    (void)unused;
    for (; p < end; p = q + 1) {
        for (q = p; q < end && *q != ' '; q++) {
        }
        sum += words_hash(p, (size_t)(q - p));
    }
}

struct summarizer {
    summ_doc doc;
    summ_picker picker;
    summ_hint *hint;
    uint32_t sentences;
};

static void summarize(const struct doc *d, void *arg)
{
    static const summ_about about = {{NULL, 0}, {NULL, 0}};
    struct summarizer *s = arg;
    summ_weights w = {.feature = {[SUMM_FORWARD] = atof(W_FORWARD),
                                  [SUMM_BACKWARD] = atof(W_BACKWARD),
                                  [SUMM_POSITION] = 1},
                      .mmr = atof(W_MMR)};
    summ_budget b = {s->sentences, 0, 0, 0};
    qn_str text = {d->text, d->n};
    uint32_t n;
    if (summ_doc_read(&s->doc, text, d->sent, d->nsent) != QN_OK ||
        summ_score(&s->picker, &s->doc, text, s->hint, &about, &w) != QN_OK)
        must(NULL);
    summ_choose(&s->picker, &s->doc, text, w.mmr, &b, &n);
}

static void find_phrases(const struct doc *d, void *arg)
{
    key_doc *k = arg;
    key_weights w = {.feature = {[KEY_COUNT] = atof(W_COUNT), [KEY_EARLY] = 1}, .overlap = 1};
    qn_layer sents = {d->sent, d->nsent, d->nsent};
    uint32_t n = 10;
    if (key_doc_read(k, (qn_str){d->text, d->n}, &sents, NULL, 3) != QN_OK ||
        key_choose(k, &w, -1e9, &n) != QN_OK)
        must(NULL);
}

/* Best seconds of a pass over the documents. */
static double best(void (*work)(const struct doc *, void *), const struct doc *d, uint32_t n,
                   void *arg)
{
    double least = 1e9, t;
    uint32_t i;
    int round;
    for (round = 0; round < ROUNDS; round++) {
        t = seconds();
        for (i = 0; i < n; i++)
            work(&d[i], arg);
        t = seconds() - t;
        if (t < least) least = t;
    }
    return least;
}

int main(void)
{
    enum { MANY = 2000 };
    static struct doc small[MANY];
    struct doc big, long_one;
    struct summarizer s = {.sentences = 3};
    key_doc k = {.language = &english};
    double bytes = 0, limit, t, per_small, per_big;
    uint32_t i;
    if (words_language_read(&english, "en", (qn_str){"the\nof\nand\nto\na\nin\nthat\nwas\n", 30}) !=
        QN_OK)
        must(NULL);
    s.doc.language = &english;
    s.hint = must(calloc(BIG / 20, sizeof *s.hint));
    for (i = 0; i < MANY; i++) {
        small[i] = make_doc(SMALL, UINT32_MAX);
        bytes += (double)small[i].n;
    }
    big = make_doc(BIG, UINT32_MAX);
    long_one = make_doc(BIG, 2000);
    limit = best(hash_words, small, MANY, NULL);
    printf("hash every word             %8.1f MB/s   (the limit)\n", bytes / 1e6 / limit);
    t = best(summarize, small, MANY, &s);
    per_small = t / bytes;
    printf("summarize, 3 KB documents   %8.1f MB/s   %.2f of the limit\n", bytes / 1e6 / t,
           limit / t);
    t = best(summarize, &big, 1, &s);
    per_big = t / (double)big.n;
    printf("summarize, one of 10 MB     %8.1f MB/s   %.2f times the cost of a byte\n",
           (double)big.n / 1e6 / t, per_big / per_small);
    t = best(summarize, &long_one, 1, &s);
    printf("2,000 sentences, 3 chosen   %8.2f ms\n", 1000 * t);
    s.sentences = 1000;
    t = best(summarize, &long_one, 1, &s);
    printf("2,000 sentences, 1000 chosen %7.2f ms\n", 1000 * t);
    t = best(find_phrases, small, MANY, &k);
    printf("keyphrases, 3 KB documents  %8.1f MB/s   %.2f of the limit\n", bytes / 1e6 / t,
           limit / t);
    per_small = t / bytes;
    t = best(find_phrases, &big, 1, &k);
    printf("keyphrases, one of 10 MB    %8.1f MB/s   %.2f times the cost of a byte\n",
           (double)big.n / 1e6 / t, t / (double)big.n / per_small);
    return 0;
}
