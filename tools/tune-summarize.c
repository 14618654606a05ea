/* SPDX-License-Identifier: MIT */
/* tools/tune-summarize.c - searches the default weights of summarize: those with which its
 * summaries have the highest ROUGE-1 + ROUGE-2, on the average of all documents given.
 *
 *   tune-summarize [--folds N] [--rounds N] [--bags N] [--seed N] LIST RECORDS...
 * >plugins/summarize/weights.h
 *
 * LIST is models/stop-en.list. RECORDS are what quern writes for documents with reference summaries
 * ("refs" in the metadata), with sents, ents and headings, offsets in code points; one file a set.
 * Random steps from the present weights, kept when they do better (hill climbing); deterministic
 * for a seed. What is reported on standard error is five-fold cross-validated, beside the first
 * three sentences. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eval/doc.h"
#include "eval/words.h"
#include "search.h"
#include "summarize/select.h"
#include "text/utf8.h"

enum { MOST_SETS = 16, SENTENCES = 3 };

/* A document with its features measured, and everything ROUGE needs as numbers of words. */
struct doc {
    int set;
    summ_doc terms;
    summ_picker picker;
    qn_str text;
    eval_words *sent; /* words of each sentence */
    eval_words *ref;
    uint32_t nref;
    uint32_t last[SENTENCES]; /* the choice scored last, and its score */
    double r1, r2;
    double lead; /* ROUGE-1 of the first three */
};

struct corpus {
    struct doc *v;
    size_t n;
    const char *set[MOST_SETS];
    int nset;
};

/* Words of grammar, from models/stop-en.list. */
static words_language english;

/* The features but relevance, which the sets have nothing for, and mmr in its place. */
enum { TUNED = SUMM_RELEVANCE + 1 };

/* ---- reading ----------------------------------------------------------------------------------
 */

/* Spans in code points to bytes; spans are in order. */
static qn_span *to_bytes(const eval_doc *d, int layer)
{
    const eval_layer *l = &d->layer[layer];
    qn_span *v = search_need(calloc(l->n + 1, sizeof *v));
    uint32_t *byte = search_need(malloc((d->points + 1) * sizeof *byte)), i, n = 0;
    for (i = 0; i <= d->text.n; i++)
        if (qn_utf8_boundary(d->text.p, d->text.n, i)) byte[n++] = i;
    for (i = 0; i < l->n; i++) {
        v[i].beg = byte[l->v[i].beg];
        v[i].end = byte[l->v[i].end];
    }
    free(byte);
    return v;
}

static summ_hint *hints(const eval_doc *d, const qn_span *sent)
{
    uint32_t n = d->layer[EVAL_SENTS].n, i, k;
    summ_hint *h = search_need(calloc(n + 1, sizeof *h));
    qn_span *ents = to_bytes(d, EVAL_ENTS), *heads = to_bytes(d, EVAL_HEADINGS);
    for (i = 0; i < n; i++) {
        for (k = 0; k < d->layer[EVAL_ENTS].n; k++)
            if (ents[k].beg >= sent[i].beg && ents[k].beg < sent[i].end) h[i].entities++;
        for (k = 0; k < d->layer[EVAL_HEADINGS].n; k++)
            h[i].excluded |= heads[k].beg < sent[i].end && heads[k].end > sent[i].beg;
    }
    free(ents);
    free(heads);
    return h;
}

static void take_words(struct doc *out, const eval_doc *d, const qn_span *sent, uint32_t nsent)
{
    eval_dictionary dict = {0};
    uint32_t i;
    out->sent = search_need(calloc(nsent + 1, sizeof *out->sent));
    out->ref = search_need(calloc(d->refs.n + 1, sizeof *out->ref));
    for (i = 0; i < nsent; i++)
        eval_words_add(&dict, &out->sent[i],
                       (qn_str){d->text.p + sent[i].beg, sent[i].end - sent[i].beg});
    for (i = 0; i < d->refs.n; i++)
        eval_words_add(&dict, &out->ref[i], d->refs.v[i]);
    out->nref = d->refs.n;
    if (dict.no_memory) search_need(NULL);
    eval_dictionary_free(&dict);
}

static void take_doc(struct corpus *c, const eval_doc *d)
{
    static const summ_about about = {{NULL, 0}, {NULL, 0}};
    static const summ_weights none; /* the scores are made anew by each choice */
    uint32_t nsent = d->layer[EVAL_SENTS].n;
    struct doc *out;
    qn_span *sent;
    summ_hint *hint;
    if (!d->refs.n || !nsent) return;
    c->v = search_need(realloc(c->v, (c->n + 1) * sizeof *c->v));
    out = &c->v[c->n++];
    memset(out, 0, sizeof *out);
    out->set = c->nset;
    out->text = d->text;
    out->last[0] = UINT32_MAX;
    out->terms.language = &english;
    sent = to_bytes(d, EVAL_SENTS);
    hint = hints(d, sent);
    take_words(out, d, sent, nsent);
    if (summ_doc_read(&out->terms, d->text, sent, nsent) != QN_OK ||
        summ_score(&out->picker, &out->terms, d->text, hint, &about, &none) != QN_OK)
        search_need(NULL);
    free(sent);
    free(hint);
}

static void read_list(const char *path)
{
    static char list[1 << 16];
    FILE *f = fopen(path, "r");
    size_t n = f ? fread(list, 1, sizeof list, f) : 0;
    if (!f) search_die(path, "cannot be read");
    fclose(f);
    if (words_language_read(&english, "en", (qn_str){list, n}) != QN_OK) search_need(NULL);
}

static void read_set(struct corpus *c, const char *path, qn_names *labels)
{
    static eval_docs docs[MOST_SETS]; /* kept: the texts are in them */
    static const eval_reading how = {0, NULL};
    char why[1024];
    size_t i;
    if (c->nset == MOST_SETS) search_die(path, "too many sets");
    if (eval_docs_read(&docs[c->nset], path, &how, labels, why, sizeof why) != QN_OK)
        search_die(path, why);
    c->set[c->nset] = path;
    for (i = 0; i < docs[c->nset].n; i++)
        take_doc(c, &docs[c->nset].v[i]);
    c->nset++;
}

/* ---- ROUGE of a choice -------------------------------------------------------------------------
 */

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static size_t sorted_grams(const uint32_t *w, size_t n, int two, uint64_t *out)
{
    size_t i, count = two ? (n ? n - 1 : 0) : n;
    for (i = 0; i < count; i++)
        out[i] = two ? (uint64_t)w[i] << 32 | w[i + 1] : w[i];
    qsort(out, count, sizeof *out, ascending);
    return count;
}

static double f1(const uint32_t *p, size_t np, const uint32_t *r, size_t nr, int two)
{
    uint64_t *x = search_need(malloc((np + 1) * sizeof *x)),
             *y = search_need(malloc((nr + 1) * sizeof *y));
    size_t i = 0, k = 0, match = 0;
    np = sorted_grams(p, np, two, x);
    nr = sorted_grams(r, nr, two, y);
    while (i < np && k < nr) {
        if (x[i] == y[k]) {
            match++;
            i++;
            k++;
        } else if (x[i] < y[k]) {
            i++;
        } else {
            k++;
        }
    }
    free(x);
    free(y);
    return np + nr ? 2.0 * (double)match / (double)(np + nr) : 0;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void score_choice(struct doc *d, const uint32_t *chosen, uint32_t n)
{
    uint32_t order[SENTENCES] = {UINT32_MAX, UINT32_MAX, UINT32_MAX}, i;
    eval_words all = {0};
    double v;
    memcpy(order, chosen, n * sizeof *order);
    qsort(order, SENTENCES, sizeof *order, by_number);
    if (memcmp(order, d->last, sizeof order) == 0) return;
    memcpy(d->last, order, sizeof order);
    for (i = 0; i < n; i++) {
        const eval_words *s = &d->sent[order[i]];
        all.v = search_need(realloc(all.v, (all.n + s->n + 1) * sizeof *all.v));
        if (s->n) memcpy(all.v + all.n, s->v, s->n * sizeof *s->v);
        all.n += s->n;
    }
    d->r1 = d->r2 = 0;
    for (i = 0; i < d->nref; i++) {
        v = f1(all.v, all.n, d->ref[i].v, d->ref[i].n, 0);
        if (v > d->r1) d->r1 = v;
        v = f1(all.v, all.n, d->ref[i].v, d->ref[i].n, 1);
        if (v > d->r2) d->r2 = v;
    }
    free(all.v);
}

/* ---- weights ----------------------------------------------------------------------------------
 */

static const search_weight weights[TUNED] = {
    [SUMM_FORWARD] = {"FORWARD", 1, 1, 1, 1}, /* the scale of the others */
    [SUMM_BACKWARD] = {"BACKWARD", -1, -5, 5, 0},
    [SUMM_POSITION] = {"POSITION", 1, -5, 5, 0},
    [SUMM_FIRST] = {"FIRST", 0, -5, 5, 0},
    [SUMM_BRIEF] = {"BRIEF", -0.5, -5, 5, 0},
    [SUMM_LENGTHY] = {"LENGTHY", -0.6, -5, 5, 0},
    [SUMM_QUESTION] = {"QUESTION", -0.7, -5, -0.4, 0}, /* a question is no news */
    [SUMM_QUOTE] = {"QUOTE", -0.4, -5, -0.2, 0},       /* nor is a bare quotation */
    [SUMM_PRONOUN] = {"PRONOUN", -0.1, -5, -0.1, 0}, /* who is "he"? readers mind, ROUGE does not */
    [SUMM_CAPTION] = {"CAPTION", -1, -5, -0.5, 0},   /* no captions in summaries */
    [SUMM_ENTITIES] = {"ENTITIES", 0.2, -5, 5, 0},
    [SUMM_FIGURES] = {"FIGURES", 0, -5, 5, 0},
    [SUMM_TITLE] = {"TITLE", 0, 0, 0, 1}, /* the sets have no titles */
    [SUMM_RELEVANCE] = {"MMR", 0.3, 0, 5, 0},
};

static void summarize(struct doc *d, const double *w)
{
    static const summ_budget budget = {SENTENCES, 0, 0, 0};
    summ_picker *p = &d->picker;
    uint32_t i, n;
    int f;
    for (i = 0; i < d->terms.nsent; i++) {
        if (p->score[i] < SUMM_NO_CANDIDATE) continue;
        for (p->score[i] = 0, f = 0; f < SUMM_RELEVANCE; f++)
            p->score[i] += w[f] * p->value[i][f];
    }
    summ_choose(p, &d->terms, d->text, w[SUMM_RELEVANCE], &budget, &n);
    score_choice(d, p->chosen, n);
}

/* ROUGE-1 + ROUGE-2, in points. */
static double score_doc(void *corpus, size_t doc, const double *w)
{
    struct corpus *c = corpus;
    summarize(&c->v[doc], w);
    return 100 * (c->v[doc].r1 + c->v[doc].r2);
}

/* Three points for every point of ROUGE-1 by which a set comes to less than a quarter point above
 * its first three sentences: no kind of news is given up for another. */
static double below_lead(void *corpus, const unsigned *times)
{
    struct corpus *c = corpus;
    double sum[MOST_SETS] = {0}, n[MOST_SETS] = {0}, cost = 0;
    size_t i;
    int k;
    for (i = 0; i < c->n; i++) {
        sum[c->v[i].set] += times[i] * (c->v[i].r1 - c->v[i].lead);
        n[c->v[i].set] += times[i];
    }
    for (k = 0; k < c->nset; k++)
        if (n[k] > 0 && 100 * sum[k] / n[k] < 0.25) cost += 3 * (0.25 - 100 * sum[k] / n[k]);
    return cost;
}

/* ---- reports ----------------------------------------------------------------------------------
 */

struct figure {
    double r1[MOST_SETS + 1], r2[MOST_SETS + 1];
    int n[MOST_SETS + 1];
};

static void note(struct figure *f, const struct doc *d, int nset)
{
    const int to[2] = {d->set, nset};
    int i;
    for (i = 0; i < 2; i++) {
        f->r1[to[i]] += d->r1;
        f->r2[to[i]] += d->r2;
        f->n[to[i]]++;
    }
}

static void print_figures(const struct corpus *c, const char *title, const struct figure *f)
{
    int i;
    fprintf(stderr, "%s\n", title);
    for (i = 0; i <= c->nset; i++)
        if (f->n[i])
            fprintf(stderr, "  %-60s %4d  %.2f / %.2f\n", i < c->nset ? c->set[i] : "all", f->n[i],
                    100 * f->r1[i] / f->n[i], 100 * f->r2[i] / f->n[i]);
}

static void report(struct corpus *c, const char *title, const double *w)
{
    struct figure f = {{0}, {0}, {0}};
    size_t i;
    for (i = 0; i < c->n; i++) {
        summarize(&c->v[i], w);
        note(&f, &c->v[i], c->nset);
    }
    print_figures(c, title, &f);
}

static void report_lead(struct corpus *c)
{
    static const uint32_t first[SENTENCES] = {0, 1, 2};
    struct figure f = {{0}, {0}, {0}};
    size_t i;
    for (i = 0; i < c->n; i++) {
        uint32_t n = c->v[i].terms.nsent;
        score_choice(&c->v[i], first, n < SENTENCES ? n : SENTENCES);
        c->v[i].lead = c->v[i].r1;
        note(&f, &c->v[i], c->nset);
    }
    print_figures(c, "first three sentences (ROUGE-1 / ROUGE-2)", &f);
}

static void cross_validate(struct corpus *c, search_task *t, int folds)
{
    struct figure f = {{0}, {0}, {0}};
    int fold;
    size_t i;
    for (fold = 0; fold < folds; fold++) {
        double w[SEARCH_MOST];
        search_run(t, fold, folds, w);
        for (i = 0; i < c->n; i++) {
            if (!search_in_fold(i, fold, folds)) continue;
            summarize(&c->v[i], w);
            note(&f, &c->v[i], c->nset);
        }
    }
    print_figures(c, "searched, cross-validated", &f);
}

int main(int argc, char **argv)
{
    static const struct option longs[] = {{"folds", required_argument, NULL, 'f'},
                                          {"rounds", required_argument, NULL, 'r'},
                                          {"bags", required_argument, NULL, 'b'},
                                          {"seed", required_argument, NULL, 's'},
                                          {NULL, 0, NULL, 0}};
    struct corpus c = {0};
    search_task t = {weights, TUNED, score_doc, &c, 0, 4000, 1, 1, below_lead};
    qn_names *labels = search_need(qn_names_new(1000));
    double w[SEARCH_MOST];
    uint64_t seed;
    int folds = 5, opt, i;
    while ((opt = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        if (opt == 'f')
            folds = atoi(optarg);
        else if (opt == 'r')
            t.rounds = atoi(optarg);
        else if (opt == 'b')
            t.bags = atoi(optarg);
        else if (opt == 's')
            t.seed = strtoull(optarg, NULL, 10);
        else
            search_die("usage", "tune-summarize [OPTION...] LIST RECORDS...");
    }
    if (optind < argc) read_list(argv[optind++]);
    for (; optind < argc; optind++)
        read_set(&c, argv[optind], labels);
    if (!c.n) search_die("RECORDS", "no document with refs and sents");
    t.ndoc = c.n;
    report_lead(&c);
    for (i = 0; i < TUNED; i++)
        w[i] = weights[i].start;
    report(&c, "set by hand", w);
    seed = t.seed; /* the weights do not depend on whether they are cross-validated */
    if (folds > 1) cross_validate(&c, &t, folds);
    t.seed = seed;
    search_run(&t, 0, 0, w);
    search_round(w, TUNED);
    report(&c, "searched on all, rounded", w);
    search_print(&t, w, "summarize", "SUMMARIZE");
    return 0;
}
