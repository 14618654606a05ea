/* SPDX-License-Identifier: MIT */
/* tests/bench/bench_cleanup.c - speed of fixtext and junklines on invented news text, as MB/s and
 * as a share of memcpy in the same run. Processor time, the best of some rounds. */
#include "fixtext/fix.h"
#include "junklines/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SIZE = 32 << 20, ROUNDS = 7 };

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

/* Sentences of some 20 words in paragraphs; a few curly quotes and accents, and one piece of
 * damage in about `every` bytes (0: none); with `junk` a junk line now and then. */
static char *make_text(size_t every, int junk)
{
    static const char *const words[] = {
        "the",  "harbour", "council", "of",    "said",     "that",    "a",       "bridge",
        "on",   "Tuesday", "in",      "to",    "ferry",    "“nobody", "knew”",   "and",
        "café", "was",     "closed",  "since", "Müller's", "winter",  "because", "officials",
        "had",  "asked",   "for",     "it",    "reports",  "police"};
    static const char *const damage[] = {"\xC2\xA0", "Ã©", "â€™", "\xE2\x80\x8B",
                                         "\xC2\xAD", "ﬁ",  "\r\n"};
    static const char *const lines[] = {"Getty Images\n", "Share this article\n",
                                        "By Ana Lopes, reporter\n", "Published 3 March 2026\n",
                                        "Read more: The bridge that closed\n"};
    char *text = must(malloc(SIZE + 256));
    size_t n = 0, hurt = every;
    while (n < SIZE) {
        for (unsigned i = 0; i < 80; i++) {
            const char *w = words[next_random() % (sizeof words / sizeof *words)];
            n += (size_t)sprintf(text + n, "%s%s", w, i % 20 == 19 ? ". " : " ");
            if (every && n > hurt) {
                w = damage[next_random() % (sizeof damage / sizeof *damage)];
                n += (size_t)sprintf(text + n - 1, "x%sx ", w) - 1;
                hurt = n + every;
            }
            if (n >= SIZE) break;
        }
        text[n - 1] = '\n';
        if (junk)
            n += (size_t)sprintf(text + n, "%s",
                                 lines[next_random() % (sizeof lines / sizeof *lines)]);
    }
    text[SIZE] = 0;
    return text;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The edits carried out into a second buffer, as the core would. */
struct copy {
    const char *text;
    char *out;
    size_t at, n, edits;
};

static int emit(void *arg, uint32_t beg, uint32_t end, const char *with, size_t n,
                enum fixtext_rule rule)
{
    struct copy *c = arg;
    (void)rule;
    memcpy(c->out + c->n, c->text + c->at, beg - c->at);
    c->n += beg - c->at;
    memcpy(c->out + c->n, with, n);
    c->n += n;
    c->at = end;
    c->edits++;
    return 0;
}

static void say(const char *what, double seconds, double base, size_t edits)
{
    double rate = SIZE / seconds / 1e6;
    printf("%-28s %8.0f MB/s  %5.2f of memcpy", what, rate, base > 0 ? rate / base : 1.0);
    if (edits) printf("  %zu edits", edits);
    putchar('\n');
}

static double time_memcpy(const char *text, char *out)
{
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        double t = now();
        memcpy(out, text, SIZE);
        __asm__ volatile("" ::"r"(out) : "memory");
        t = now() - t;
        best = t < best ? t : best;
    }
    return best;
}

static double time_fixtext(const char *text, char *out, size_t *edits)
{
    const struct fixtext_options o = {1, FIXTEXT_ENT_AUTO, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0};
    struct fixtext_scratch s = {0};
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        struct copy c = {.text = text, .out = out};
        double t = now();
        if (fixtext_run(&s, &o, text, SIZE, emit, &c)) must(NULL);
        if (c.edits) memcpy(out + c.n, text + c.at, SIZE - c.at);
        t = now() - t;
        best = t < best ? t : best;
        *edits = c.edits;
    }
    fixtext_scratch_free(&s);
    return best;
}

static struct junklines_rules *rules_from(const char *path)
{
    struct junklines_rules *r = must(junklines_rules_new());
    char *text = must(malloc(1 << 20));
    FILE *f = fopen(path, "rb");
    const char *why = "cannot be read";
    size_t n = f ? fread(text, 1, 1 << 20, f) : 0;
    if (!f || junklines_rules_add(r, text, n, &why) || !junklines_rules_ready(r)) {
        fprintf(stderr, "%s: %s\n", path, why);
        exit(1);
    }
    fclose(f);
    free(text);
    return r;
}

static double time_junklines(const struct junklines_rules *r, const char *text, int model)
{
    struct junklines_doc d = {0};
    double best = 1e9;
    for (int i = 0; i < 2; i++) {
        double t = now();
        for (size_t at = 0; at + 4096 <= SIZE / 4; at += 4096) /* documents of 4 KiB */
            if (!junklines_read(&d, r, text + at, 4096) || (model && !junklines_score(&d)))
                must(NULL);
        t = (now() - t) * 4;
        best = t < best ? t : best;
    }
    junklines_doc_free(&d);
    return best;
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : getenv("QN_RULES");
    char *clean = make_text(0, 0), *dirty = make_text(200, 0), *web = make_text(0, 1);
    char *out = must(malloc(SIZE * 2));
    size_t edits;
    double base, t;
    memset(out, 1, SIZE * 2);
    t = time_memcpy(clean, out);
    base = SIZE / t / 1e6;
    say("memcpy", t, 0, 0);
    t = time_fixtext(clean, out, &edits);
    say("fixtext, clean", t, base, edits);
    t = time_fixtext(dirty, out, &edits);
    say("fixtext, a fix in 200 bytes", t, base, edits);
    if (path) {
        struct junklines_rules *r = rules_from(path);
        say("junklines, rules", time_junklines(r, web, 0), base, 0);
        say("junklines, rules and model", time_junklines(r, web, 1), base, 0);
        junklines_rules_free(r);
    }
    free(clean);
    free(dirty);
    free(web);
    free(out);
    return 0;
}
