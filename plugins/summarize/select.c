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

const char *const summ_feature_name[SUMM_FEATURES] = {
    [SUMM_FORWARD] = "forward",   [SUMM_BACKWARD] = "backward",   [SUMM_POSITION] = "position",
    [SUMM_FIRST] = "first",       [SUMM_BRIEF] = "brief",         [SUMM_LENGTHY] = "lengthy",
    [SUMM_QUESTION] = "question", [SUMM_QUOTE] = "quote",         [SUMM_PRONOUN] = "pronoun",
    [SUMM_CAPTION] = "caption",   [SUMM_ENTITIES] = "entities",   [SUMM_FIGURES] = "figures",
    [SUMM_TITLE] = "title",       [SUMM_RELEVANCE] = "relevance",
};

/* A sentence in which a term occurs, and how much it weighs there. */
struct summ_posting {
    uint32_t sentence;
    float weight;
};

void summ_picker_free(summ_picker *p)
{
    free(p->value);
    free(p->score);
    free(p->likeness);
    free(p->shared);
    free(p->sum);
    free(p->head);
    free(p->post);
    free(p->touched);
    free(p->chosen);
    free(p->queue);
    free(p->worth);
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
        ok = room(&p->value, d->nsent, sizeof *p->value) &&
             room(&p->score, d->nsent, sizeof *p->score) &&
             room(&p->likeness, d->nsent, sizeof *p->likeness) &&
             room(&p->shared, d->nsent, sizeof *p->shared) &&
             room(&p->touched, d->nsent, sizeof *p->touched) &&
             room(&p->chosen, d->nsent, sizeof *p->chosen) &&
             room(&p->queue, d->nsent, sizeof *p->queue) &&
             room(&p->worth, d->nsent, sizeof *p->worth);
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

static int holds(const char *p, const char *end, const char *word)
{
    return memmem(p, (size_t)(end - p), word, strlen(word)) != NULL;
}

/* "Royal duties: The Queen and ..." - one to four words, a colon and a capital. All in capitals
 * they are the place of a dateline. */
static int has_kicker(const char *p, const char *end)
{
    enum { LONGEST = 45, WORDS = 4 };
    const char *q;
    int blanks = 0, small = 0;
    for (q = p; q < end && q - p < LONGEST && blanks < WORDS; q++) {
        if (strchr(",.;\"", *q) || (unsigned char)*q == 0xE2) return 0;
        blanks += *q == ' ';
        small += *q >= 'a' && *q <= 'z';
        if (*q == ':' && end - q > 2 && q[1] == ' ')
            return small > 0 && ((q[2] >= 'A' && q[2] <= 'Z') || (unsigned char)q[2] >= 0x80);
    }
    return 0;
}

/* The line under a picture, or the stamp of time over an article, where they are left in the text.
 */
static int is_caption(const char *p, const char *end)
{
    static const char *const words[] = {"pictured", "Pictured",  "(left)",  "(right)",
                                        "(above)",  " EST,",     " BST,",   " GMT,",
                                        " EDT,",    "PUBLISHED", "UPDATED:"};
    size_t i;
    if (starts_with_quote(p, end)) return 0;
    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (holds(p, end, words[i])) return 1;
    return has_kicker(p, end);
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

/* Adds the sentence's vector to the running sum. */
static void add_to(const summ_doc *d, const summ_sentence *s, double *sum)
{
    uint32_t k;
    for (k = s->first; k < s->first + s->n; k++)
        sum[d->term[k].id] += d->term[k].weight;
}

/* Forward and backward likeness, both over the highest forward in the document. */
static void measure_centrality(summ_picker *p, const summ_doc *d)
{
    double highest = 0;
    uint32_t i;
    memset(p->sum, 0, d->nid * sizeof *p->sum);
    for (i = 0; i < d->nsent; i++) {
        p->likeness[i] = dot(d, &d->sent[i], p->sum);
        add_to(d, &d->sent[i], p->sum);
    }
    memset(p->sum, 0, d->nid * sizeof *p->sum);
    for (i = d->nsent; i-- > 0;) {
        p->score[i] = dot(d, &d->sent[i], p->sum);
        if (p->score[i] > highest) highest = p->score[i];
        add_to(d, &d->sent[i], p->sum);
    }
    for (i = 0; i < d->nsent; i++) {
        p->value[i][SUMM_FORWARD] = (float)(highest > 0 ? p->score[i] / highest : 0);
        p->value[i][SUMM_BACKWARD] = (float)(highest > 0 ? p->likeness[i] / highest : 0);
    }
}

/* Likeness (the cosine) of every sentence to a text given beside the document. */
static void measure_likeness(summ_picker *p, summ_doc *d, qn_str text, summ_feature feature)
{
    uint32_t i;
    memset(p->sum, 0, d->nid * sizeof *p->sum);
    if (!text.n || !summ_doc_vector(d, text, p->sum)) return;
    for (i = 0; i < d->nsent; i++)
        p->value[i][feature] = (float)dot(d, &d->sent[i], p->sum);
}

/* Figures in every sentence: the words with a digit in them, over all. */
static float figures(const summ_sentence *s, qn_str text)
{
    uint32_t i, n = 0;
    for (i = s->beg; i < s->end; i++)
        n += text.p[i] >= '0' && text.p[i] <= '9' &&
             (i == s->beg || text.p[i - 1] < '0' || text.p[i - 1] > '9');
    return s->words ? (float)(n < s->words ? n : s->words) / (float)s->words : 0;
}

static float at_most_one(double v)
{
    return (float)(v < 1 ? v : 1);
}

/* What a sentence shows by itself and by its place: `seen` candidates stand before it. */
static void measure_form(float *v, const summ_sentence *s, qn_str text, const summ_hint *h,
                         uint32_t seen)
{
    const char *beg = text.p + s->beg, *end = text.p + s->end;
    v[SUMM_POSITION] = (float)(1 / sqrt(1.0 + seen));
    v[SUMM_FIRST] = seen == 0;
    if (s->words < BRIEF_WORDS) v[SUMM_BRIEF] = (float)(BRIEF_WORDS - s->words) / BRIEF_WORDS;
    if (s->words > LENGTHY_WORDS)
        v[SUMM_LENGTHY] = at_most_one((double)(s->words - LENGTHY_WORDS) / LENGTHY_WORDS);
    v[SUMM_QUESTION] = (float)is_question(beg, end);
    if (starts_with_quote(beg, end)) v[SUMM_QUOTE] = ends_with_quote(beg, end) ? 1 : 0.5F;
    v[SUMM_PRONOUN] = seen > 0 && points_back(beg, end);
    v[SUMM_CAPTION] = (float)is_caption(beg, end);
    if (s->words) v[SUMM_ENTITIES] = at_most_one((double)h->entities / s->words);
    v[SUMM_FIGURES] = figures(s, text);
}

qn_status summ_score(summ_picker *p, summ_doc *d, qn_str text, const summ_hint *h,
                     const summ_about *about, const summ_weights *w)
{
    uint32_t i, seen = 0;
    int f;
    if (!make_room(p, d)) return QN_E_NOMEM;
    if (d->nsent) memset(p->value, 0, d->nsent * sizeof *p->value);
    measure_centrality(p, d);
    measure_likeness(p, d, about->title, SUMM_TITLE);
    measure_likeness(p, d, about->query, SUMM_RELEVANCE);
    for (i = 0; i < d->nsent; i++) {
        double v = 0;
        if (!is_candidate(&d->sent[i], text, &h[i])) {
            p->score[i] = 10 * SUMM_NO_CANDIDATE - i; /* only when there is nothing else */
            continue;
        }
        measure_form(p->value[i], &d->sent[i], text, &h[i], seen++);
        for (f = 0; f < SUMM_FEATURES; f++)
            v += w->feature[f] * p->value[i][f];
        p->score[i] = v;
    }
    return QN_OK;
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

/* ---- the queue: a heap of sentences by what they were worth when last looked at. What is chosen
 * only lowers the others, so the first one whose worth is still the same is the best. */

/* 1 when sentence a goes before b. */
static int before(const summ_picker *p, uint32_t a, uint32_t b)
{
    if (p->worth[a] != p->worth[b]) return p->worth[a] > p->worth[b];
    return a < b;
}

static void sift_down(summ_picker *p, uint32_t n, uint32_t at)
{
    uint32_t moved = p->queue[at], child;
    for (; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && before(p, p->queue[child + 1], p->queue[child])) child++;
        if (!before(p, p->queue[child], moved)) break;
        p->queue[at] = p->queue[child];
    }
    p->queue[at] = moved;
}

static void fill_queue(summ_picker *p, uint32_t n)
{
    uint32_t i;
    for (i = 0; i < n; i++) {
        p->queue[i] = i;
        p->worth[i] = p->score[i];
        p->likeness[i] = p->shared[i] = 0;
    }
    for (i = n / 2; i-- > 0;)
        sift_down(p, n, i);
}

/* Takes the best one out; *n of the queue must not be 0. */
static uint32_t take_best(summ_picker *p, uint32_t *n, double mmr)
{
    uint32_t best = p->queue[0];
    double now = p->score[best] - mmr * p->likeness[best];
    while (now < p->worth[best]) {
        p->worth[best] = now;
        sift_down(p, *n, 0);
        best = p->queue[0];
        now = p->score[best] - mmr * p->likeness[best];
    }
    p->queue[0] = p->queue[--*n];
    sift_down(p, *n, 0);
    return best;
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

void summ_choose(summ_picker *p, const summ_doc *d, qn_str text, double mmr, const summ_budget *b,
                 uint32_t *n)
{
    struct spent used = {0, 0, 0};
    uint32_t left = d->nsent;
    int misses = 0;
    *n = 0;
    fill_queue(p, left);
    index_terms(p, d);
    while (misses < MISSES && left > 0) {
        uint32_t at = take_best(p, &left, mmr);
        struct spent would = used;
        would.sentences++;
        would.words += d->sent[at].words;
        would.chars += code_points(text, &d->sent[at]) + (*n > 0);
        if (*n > 0 && p->score[at] < SUMM_NO_CANDIDATE) break;
        if (*n > 0 && !fits(b, &would, d->nsent)) {
            if (!b->words && !b->chars) break;
            misses++; /* a shorter one may still fit */
            continue;
        }
        used = would;
        p->chosen[(*n)++] = at;
        note_choice(p, d, at);
    }
}
