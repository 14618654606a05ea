/* SPDX-License-Identifier: MIT */
/* core/bench/sample.c - see sample.h. A document is a title and paragraphs of sentences drawn by
 * its number; a sentence has gaps for names, places, amounts and dates. */
#include "sample.h"

#include <stdlib.h>
#include <string.h>

static const char *const sentences[] = {
    "%P told reporters in %C on %D that the harbour would stay closed for another %N days.",
    "The %O said it had paid %M to the crews whose boats could not leave.",
    "\xE2\x80\x9CWe were promised an answer in March, and we are still waiting,\xE2\x80\x9D %P "
    "said.",
    "Nobody at the %O could be reached for comment.",
    "The figure is %N more than a year ago, and the highest since the count began.",
    "In %C, shops opened late because the first train did not arrive until 9:40 a.m.",
    "Dr. %P, who led the study, called the result \"a surprise, but not a miracle\".",
    "It was the third such vote since %D; the first two failed by a handful of seats.",
    "Rain is forecast for the weekend.",
    "The bridge between %C and the islands, built for about %M, opens next spring.",
    "Of the %N people who were asked, two in five said they had never heard of the plan.",
    "Mr. %P did not say who would pay for it.",
    "The court in %C will hear the case on %D, its spokeswoman said in an e-mail.",
    "Prices rose by 3.4% in the second quarter, the %O reported, after a fall of 0.2% in the "
    "first.",
    "\"Is that enough? No. But it is a start,\" said %P, a teacher from %C.",
    "A copy of the letter, dated %D, was seen by this newspaper.",
    "The team from %C won 3-1, with two goals in the last %N minutes.",
    "Since then the company has sold its offices in %C and cut %N jobs.",
    "The museum, which drew %N visitors last summer, keeps the older part of the collection.",
    "Farmers say the new rule (it takes effect on %D) leaves them no time to prepare.",
    "%P and the head of the %O are to meet in %C before the end of the month.",
    "That would cost each household about %M a year, by the ministry\xE2\x80\x99s own reckoning.",
    "Critics of the deal, among them %P, had asked for a second opinion.",
    "Work on the line began on %D and should have taken %N weeks.",
    "The river stood at 6.2 m in %C that night, half a metre below the top of the wall.",
    "Many of the letters were never answered, the inquiry found.",
};
static const char *const first_names[] = {"Anna",  "Tom\xC3\xA1s", "Li",    "Grace",
                                          "Omar",  "Ingrid",       "Kwame", "Priya",
                                          "Jonas", "Elena",        "Hugh",  "Mei"};
static const char *const last_names[] = {"Berg",   "Okafor", "Sandoval", "Lindqvist", "Rahman",
                                         "Moreau", "Tanaka", "Novak",    "O'Leary",   "Haddad"};
static const char *const cities[] = {"Velo",   "Lisbon", "Accra",  "Osaka", "Lima",
                                     "Bergen", "Tunis",  "Quebec", "Pune",  "Tallinn"};
static const char *const bodies[] = {
    "Harbour Council",   "Ministry of Transport", "Coastal Bank", "National Statistics Office",
    "Fishermen's Union", "University of Velo",    "Northern Rail"};
static const char *const months[] = {"January", "March", "May", "June", "September", "November"};

/* Where the next draw comes from, and the document so far. */
struct maker {
    uint32_t seed;
    char *p; /* NULL: only the length is wanted */
    size_t n;
};

static uint32_t draw(struct maker *m, uint32_t below)
{
    m->seed ^= m->seed << 13;
    m->seed ^= m->seed >> 17;
    m->seed ^= m->seed << 5;
    return (m->seed >> 7) % below;
}

static void put(struct maker *m, const char *s, size_t n)
{
    if (m->p) memcpy(m->p + m->n, s, n);
    m->n += n;
}

static void put_word(struct maker *m, const char *s)
{
    put(m, s, strlen(s));
}

#define PUT_ONE_OF(m, list) put_word((m), (list)[draw((m), sizeof(list) / sizeof *(list))])

static void put_number(struct maker *m, uint32_t v)
{
    char digits[12];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + v % 10);
    while ((v /= 10) > 0);
    put(m, digits + at, sizeof digits - at);
}

static void put_gap(struct maker *m, char what)
{
    switch (what) {
    case 'P':
        PUT_ONE_OF(m, first_names);
        put(m, " ", 1);
        PUT_ONE_OF(m, last_names);
        break;
    case 'C':
        PUT_ONE_OF(m, cities);
        break;
    case 'O':
        PUT_ONE_OF(m, bodies);
        break;
    case 'M':
        put(m, "$", 1);
        put_number(m, 2 + draw(m, 900));
        put_word(m, " million");
        break;
    case 'D':
        put_number(m, 1 + draw(m, 28));
        put(m, " ", 1);
        PUT_ONE_OF(m, months);
        put(m, " ", 1);
        put_number(m, 1998 + draw(m, 28));
        break;
    default:
        put_number(m, 3 + draw(m, 9990));
    }
}

static void put_sentence(struct maker *m)
{
    const char *s = sentences[draw(m, sizeof sentences / sizeof *sentences)];
    for (;;) {
        const char *gap = strchr(s, '%');
        while (gap && (gap[1] < 'A' || gap[1] > 'Z')) /* a per cent sign */
            gap = strchr(gap + 1, '%');
        put(m, s, gap ? (size_t)(gap - s) : strlen(s));
        if (!gap) return;
        put_gap(m, gap[1]);
        s = gap + 2;
    }
}

static void put_document(struct maker *m, size_t number, int pages)
{
    uint32_t paragraphs, i, k;
    m->seed = 2463534242U ^ ((uint32_t)number * 2654435761U);
    if (!m->seed) m->seed = 1;
    draw(m, 2);
    paragraphs = 4 + draw(m, 6);
    if (pages)
        put_word(m,
                 "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>News"
                 "</title><script>var page = {kind: '<p>story</p>'};</script></head><body>\n<nav>"
                 "<ul><li><a href=\"/\">Home</a></li><li><a href=\"/sport\">Sport</a></li>"
                 "<li><a href=\"/weather\">Weather</a></li></ul></nav>\n<article>\n<h1>");
    PUT_ONE_OF(m, cities);
    put_word(m, " waits for an answer from the ");
    PUT_ONE_OF(m, bodies);
    put_word(m, pages ? "</h1>\n" : "\n\n");
    for (i = 0; i < paragraphs; i++) {
        if (pages) put_word(m, "<p class=\"text\">");
        for (k = 2 + draw(m, 4); k > 0; k--) {
            put_sentence(m);
            if (k > 1) put(m, " ", 1);
        }
        put_word(m, pages ? "</p>\n" : "\n\n");
    }
    if (pages)
        put_word(m, "</article>\n<aside><h2>Read more</h2><ul><li><a href=\"/a\">Most read</a></li>"
                    "</ul></aside>\n<footer><p>Terms of use | Privacy | Contact us</p></footer>\n"
                    "</body></html>\n");
}

int bench_sample_make(bench_sample *s, size_t n, int pages)
{
    struct maker m = {0, NULL, 0};
    size_t i;
    memset(s, 0, sizeof *s);
    s->start = malloc((n + 1) * sizeof *s->start);
    if (!s->start) return 0;
    for (i = 0; i < n; i++) {
        s->start[i] = m.n;
        put_document(&m, i, pages);
    }
    s->start[n] = m.n;
    s->text = malloc(m.n + 1);
    m.p = s->text;
    m.n = 0;
    for (i = 0; s->text && i < n; i++)
        put_document(&m, i, pages);
    s->n = n;
    s->pages = pages;
    if (s->text) return 1;
    bench_sample_free(s);
    return 0;
}

void bench_sample_free(bench_sample *s)
{
    free(s->text);
    free(s->start);
    memset(s, 0, sizeof *s);
}
