/* SPDX-License-Identifier: MIT */
/* plugins/summarize/select.c - see select.h.
 *
 * Position-aware centrality: a sentence is good when what follows takes its words up, and less so
 * when it repeats what went before (as PacSum, Zheng and Lapata 2019, but over plain term vectors).
 * Both likenesses are dot products with running sums of all vectors after and before it, so a
 * document costs time linear in its words. Redundancy is held down by maximal marginal relevance
 * (Carbonell and Goldstein 1998). */
#include "select.h"

#include <math.h>
#include <stdlib.h>

enum { FEWEST_WORDS = 5, BRIEF_WORDS = 8, LENGTHY_WORDS = 45 };
enum { MISSES = 16 }; /* sentences tried that do not fit before a budget counts as spent */
/* A sentence in which a term occurs, and how much it weighs there. */
struct summ_posting {
    uint32_t sentence;
    float weight;
};

#define NO_CANDIDATE (-1e5) /* below every score of a candidate */

void summ_picker_free(summ_picker *p)
{
    free(p->score);
    free(p->likeness);
    free(p->shared);
    free(p->sum);
    free(p->head);
    free(p->post);
    free(p->touched);
    free(p->chosen);
    memset(p, 0, sizeof *p);
}

/* Room for n elements, contents lost. */
static int room(void *array, size_t n, size_t size)
{
    void **p = array;
    free(*p);
    *p = malloc(n * size + 1);
    return *p != NULL;
}

static int make_room(summ_picker *p, const summ_doc *d)
{
    int ok = 1;
    if (d->nsent > p->capsent) {
        p->capsent = d->nsent;
        ok = room(&p->score, d->nsent, sizeof *p->score) &&
             room(&p->likeness, d->nsent, sizeof *p->likeness) &&
             room(&p->shared, d->nsent, sizeof *p->shared) &&
             room(&p->touched, d->nsent, sizeof *p->touched) &&
             room(&p->chosen, d->nsent, sizeof *p->chosen);
    }
    if (ok && d->nid + 1 > p->capid) {
        p->capid = d->nid + 1;
        ok = room(&p->sum, p->capid, sizeof *p->sum) && room(&p->head, p->capid, sizeof *p->head);
    }
    if (ok && d->nterm > p->cappost) {
        p->cappost = d->nterm;
        ok = room(&p->post, d->nterm, sizeof *p->post);
    }
    if (!ok) summ_picker_free(p);
    return ok;
}

/* ---- features -----------------------------------------------------------------------------------
 */

static int starts_with_quote(const char *p, const char *end)
{
    return p < end && (*p == '"' || (end - p >= 3 && memcmp(p, "\xE2\x80\x9C", 3) == 0));
}

static int ends_with_quote(const char *p, const char *end)
{
    return p < end && (end[-1] == '"' || (end - p >= 3 && memcmp(end - 3, "\xE2\x80\x9D", 3) == 0));
}

static int is_question(const char *p, const char *end)
{
    while (end > p && (end[-1] == '"' || (unsigned char)end[-1] >= 0x80))
        end--;
    return end > p && end[-1] == '?';
}

/* Opens with a word that points back: the reader would ask who. */
static int points_back(const char *p, const char *end)
{
    static const char *const words[] = {"He",    "She",  "It",   "They",  "His",     "Her",
                                        "Their", "This", "That", "These", "Those",   "But",
                                        "And",   "So",   "Its",  "Mr.",   "However", "Also",
                                        "Mrs.",  "Ms.",  "Such", "Then",  "Yet",     "Him"};
    size_t i, n;
    if (starts_with_quote(p, end)) p += *p == '"' ? 1 : 3;
    for (i = 0; i < sizeof words / sizeof *words; i++) {
        n = strlen(words[i]);
        if ((size_t)(end - p) > n && memcmp(p, words[i], n) == 0 && (p[n] == ' ' || p[n] == ','))
            return 1;
    }
    return 0;
}

static int ends_like_a_sentence(const char *p, const char *end)
{
    while (end > p && (end[-1] == '"' || end[-1] == ')' || end[-1] == '\''))
        end--;
    if (end - p >= 3 && (memcmp(end - 3, "\xE2\x80\x9D", 3) == 0)) end -= 3;
    return end > p && (strchr(".!?", end[-1]) != NULL || (unsigned char)end[-1] >= 0x80);
}

/* Neither furniture nor fragment. */
static int is_candidate(const summ_sentence *s, qn_str text, const summ_hint *h)
{
    return !h->excluded && s->words >= FEWEST_WORDS &&
           ends_like_a_sentence(text.p + s->beg, text.p + s->end);
}

static double dot(const summ_doc *d, const summ_sentence *s, const double *sum)
{
    double v = 0;
    uint32_t k;
    for (k = s->first; k < s->first + s->n; k++)
        v += d->term[k].weight * sum[d->term[k].id];
    return v;
}

/* score[i] = forward, likeness[i] = backward; the highest forward. */
static double centrality(summ_picker *p, const summ_doc *d)
{
    double highest = 0;
    uint32_t i, k;
    memset(p->sum, 0, d->nid * sizeof *p->sum);
    for (i = 0; i < d->nsent; i++) {
        const summ_sentence *s = &d->sent[i];
        p->likeness[i] = dot(d, s, p->sum);
        for (k = s->first; k < s->first + s->n; k++)
            p->sum[d->term[k].id] += d->term[k].weight;
    }
    memset(p->sum, 0, d->nid * sizeof *p->sum);
    for (i = d->nsent; i-- > 0;) {
        const summ_sentence *s = &d->sent[i];
        p->score[i] = dot(d, s, p->sum);
        if (p->score[i] > highest) highest = p->score[i];
        for (k = s->first; k < s->first + s->n; k++)
            p->sum[d->term[k].id] += d->term[k].weight;
    }
    return highest > 0 ? highest : 1;
}

static double length_guard(const summ_sentence *s, const summ_weights *w)
{
    double v = 0, over;
    if (s->words < BRIEF_WORDS) v += w->brief * (BRIEF_WORDS - s->words) / BRIEF_WORDS;
    if (s->words > LENGTHY_WORDS) {
        over = (double)(s->words - LENGTHY_WORDS) / LENGTHY_WORDS;
        v += w->lengthy * (over < 1 ? over : 1);
    }
    return v;
}

static void score_all(summ_picker *p, const summ_doc *d, qn_str text, const summ_hint *h,
                      const summ_weights *w)
{
    double highest = centrality(p, d);
    uint32_t i, seen = 0;
    for (i = 0; i < d->nsent; i++) {
        const summ_sentence *s = &d->sent[i];
        const char *beg = text.p + s->beg, *end = text.p + s->end;
        double v = w->forward * p->score[i] / highest + w->backward * p->likeness[i] / highest;
        double density = s->words ? (double)h[i].entities / s->words : 0;
        p->likeness[i] = p->shared[i] = 0;
        if (!is_candidate(s, text, &h[i])) {
            p->score[i] = -1e6 - i; /* only when there is nothing else */
            continue;
        }
        v += w->position / sqrt(1.0 + seen);
        v += length_guard(s, w) + w->entities * (density < 1 ? density : 1);
        if (is_question(beg, end)) v += w->question;
        if (starts_with_quote(beg, end)) v += w->quote * (ends_with_quote(beg, end) ? 1 : 0.5);
        if (seen > 0 && points_back(beg, end)) v += w->pronoun;
        p->score[i] = v;
        seen++;
    }
}

/* ---- choosing
 * ------------------------------------------------------------------------------------ */

/* post[head[id] .. head[id + 1]): the sentences in which a term occurs. */
static void index_terms(summ_picker *p, const summ_doc *d)
{
    uint32_t i, k, at = 0;
    memset(p->head, 0, (d->nid + 1) * sizeof *p->head);
    for (k = 0; k < d->nterm; k++)
        p->head[d->term[k].id]++;
    for (i = 0; i <= d->nid; i++) {
        uint32_t n = i < d->nid ? p->head[i] : 0;
        p->head[i] = at;
        at += n;
    }
    for (i = 0; i < d->nsent; i++)
        for (k = d->sent[i].first; k < d->sent[i].first + d->sent[i].n; k++) {
            struct summ_posting *q = &p->post[p->head[d->term[k].id]++];
            q->sentence = i;
            q->weight = d->term[k].weight;
        }
    for (i = d->nid; i > 0; i--)
        p->head[i] = p->head[i - 1];
    p->head[0] = 0;
}

/* Raises the likeness of every sentence that shares a term with the one just chosen. Each posting
 * is looked at once: two sentences of a million words must not cost a million squared. */
static void note_choice(summ_picker *p, const summ_doc *d, uint32_t chosen)
{
    const summ_sentence *s = &d->sent[chosen];
    uint32_t k, q, n = 0;
    for (k = s->first; k < s->first + s->n; k++) {
        const summ_term *t = &d->term[k];
        for (q = p->head[t->id]; q < p->head[t->id + 1]; q++) {
            uint32_t i = p->post[q].sentence;
            if (p->shared[i] <= 0) p->touched[n++] = i;
            p->shared[i] += (double)t->weight * p->post[q].weight;
        }
    }
    while (n-- > 0) {
        uint32_t i = p->touched[n];
        if (p->shared[i] > p->likeness[i]) p->likeness[i] = p->shared[i];
        p->shared[i] = 0;
    }
}

/* The best sentence not yet taken (a taken one scores -infinity), or -1. */
static int best_left(const summ_picker *p, uint32_t n, double mmr)
{
    double best = -INFINITY;
    int at = -1;
    uint32_t i;
    for (i = 0; i < n; i++) {
        double v = p->score[i] - mmr * p->likeness[i];
        if (v > best) {
            best = v;
            at = (int)i;
        }
    }
    return at;
}

static uint32_t code_points(qn_str text, const summ_sentence *s)
{
    uint32_t n = 0, i;
    for (i = s->beg; i < s->end; i++)
        n += ((unsigned char)text.p[i] & 0xC0) != 0x80;
    return n;
}

struct spent {
    uint32_t sentences, words, chars;
};

static int fits(const summ_budget *b, const struct spent *u, uint32_t nsent)
{
    double most = ceil(b->ratio * nsent);
    if (b->words) return u->words <= b->words;
    if (b->chars) return u->chars <= b->chars;
    if (b->ratio > 0) return u->sentences <= most;
    return u->sentences <= b->sentences;
}

qn_status summ_pick(summ_picker *p, const summ_doc *d, qn_str text, const summ_hint *h,
                    const summ_weights *w, const summ_budget *b, uint32_t *n)
{
    struct spent used = {0, 0, 0};
    int at, misses = 0;
    *n = 0;
    if (d->nsent == 0) return QN_OK;
    if (!make_room(p, d)) return QN_E_NOMEM;
    score_all(p, d, text, h, w);
    index_terms(p, d);
    while (misses < MISSES && (at = best_left(p, d->nsent, w->mmr)) >= 0) {
        struct spent would = used;
        int candidate = p->score[at] > NO_CANDIDATE;
        would.sentences++;
        would.words += d->sent[at].words;
        would.chars += code_points(text, &d->sent[at]) + (*n > 0);
        p->score[at] = -INFINITY;
        if (*n > 0 && !candidate) break;
        if (*n > 0 && !fits(b, &would, d->nsent)) {
            if (!b->words && !b->chars) break;
            misses++; /* a shorter one may still fit */
            continue;
        }
        used = would;
        p->chosen[(*n)++] = (uint32_t)at;
        note_choice(p, d, (uint32_t)at);
    }
    return QN_OK;
}
