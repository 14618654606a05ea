/* SPDX-License-Identifier: MIT */
/* tools/tune-keyphrases.c - searches the default weights of keyphrases: those with which its first
 * ten phrases agree best with those that people marked (F1, stemmed, as quern eval counts).
 *
 *   tune-keyphrases [--folds N] [--rounds N] [--bags N] [--seed N] LIST RECORDS  >weights.h
 *
 * LIST is models/stop-en.list. RECORDS are what quern writes (sents, ents; offsets in code points)
 * for documents whose marked phrases are in the metadata as "keyphrases"; numbers and dates should
 * not be among the entities. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eval/doc.h"
#include "eval/words.h"
#include "keyphrases/phrases.h"
#include "search.h"
#include "text/utf8.h"

enum { LIMIT = 10, WORDS = 3, TUNED = KEY_FEATURES + 1 };

/* A document with its phrases measured; `match`: the marked phrase each one is, from 1, or 0;
 * `same`: phrases that the scorer takes for one have one number. */
struct doc {
    key_doc phrases;
    uint32_t *same;
    uint32_t wanted; /* different marked phrases: numbers below are theirs */
};

struct corpus {
    struct doc *v;
    size_t n;
};

static words_language english;

static qn_layer to_layer(const eval_doc *d, int layer)
{
    const eval_layer *l = &d->layer[layer];
    qn_layer out = {search_need(calloc(l->n + 1, sizeof *out.v)), l->n, l->n};
    uint32_t *byte = search_need(malloc((d->points + 1) * sizeof *byte)), i, n = 0;
    for (i = 0; i <= d->text.n; i++)
        if (qn_utf8_boundary(d->text.p, d->text.n, i)) byte[n++] = i;
    for (i = 0; i < l->n; i++) {
        out.v[i].beg = byte[l->v[i].beg];
        out.v[i].end = byte[l->v[i].end];
    }
    free(byte);
    return out;
}

/* The scorer's number of a phrase: its stems, with blanks between. */
static uint32_t number(eval_dictionary *words, eval_dictionary *phrases, qn_str s)
{
    eval_words w = {0};
    char key[512];
    size_t at = 0;
    uint32_t i;
    eval_words_add(words, &w, s);
    for (i = 0; i < w.n && at + strlen(words->word[w.v[i]]) + 2 < sizeof key; i++)
        at += (size_t)sprintf(key + at, "%s ", words->word[w.v[i]]);
    eval_words_free(&w);
    return eval_word_number(phrases, key, at);
}

static void take_doc(struct corpus *c, const eval_doc *d)
{
    eval_dictionary words = {0}, phrases = {0};
    qn_layer sents = to_layer(d, EVAL_SENTS), ents = to_layer(d, EVAL_ENTS);
    struct doc *out;
    uint32_t i;
    c->v = search_need(realloc(c->v, (c->n + 1) * sizeof *c->v));
    out = &c->v[c->n++];
    memset(out, 0, sizeof *out);
    out->phrases.language = &english;
    if (key_doc_read(&out->phrases, d->text, &sents, &ents, WORDS) != QN_OK) search_need(NULL);
    for (i = 0; i < d->keys.n; i++)
        number(&words, &phrases, d->keys.v[i]);
    out->wanted = phrases.n;
    out->same = search_need(calloc(out->phrases.nphrase + 1, sizeof *out->same));
    for (i = 0; i < out->phrases.nphrase; i++) {
        qn_range at = key_place(&out->phrases, &out->phrases.phrase[i]);
        out->same[i] = number(&words, &phrases, (qn_str){d->text.p + at.beg, at.end - at.beg});
    }
    free(sents.v);
    free(ents.v);
    eval_dictionary_free(&words);
    eval_dictionary_free(&phrases);
}

/* F1 of the first ten, in points. */
static double score_doc(void *corpus, size_t doc, const double *w)
{
    struct corpus *c = corpus;
    struct doc *d = &c->v[doc];
    key_weights weights;
    uint32_t n = LIMIT, i, k, given = 0, match = 0;
    memcpy(weights.feature, w, sizeof weights.feature);
    weights.overlap = w[KEY_FEATURES];
    if (key_choose(&d->phrases, &weights, -1e9, &n) != QN_OK) search_need(NULL);
    for (i = 0; i < n; i++) {
        uint32_t no = d->same[d->phrases.chosen[i]];
        for (k = 0; k < i && d->same[d->phrases.chosen[k]] != no; k++) {
        }
        if (k < i) continue;
        given++;
        match += no < d->wanted;
    }
    return given + d->wanted ? 200.0 * match / (given + d->wanted) : 0;
}

static const search_weight weights[TUNED] = {
    [KEY_COUNT] = {"COUNT", 1, 1, 1, 1}, /* the scale of the others */
    [KEY_EARLY] = {"EARLY", 1, -10, 10, 0},
    [KEY_SPREAD] = {"SPREAD", 0.5, -10, 10, 0},
    [KEY_CAPITALS] = {"CAPITALS", 0.3, -10, 10, 0},
    [KEY_PAIR] = {"PAIR", 0, -10, 10, 0},
    [KEY_LONG] = {"LONG", -0.5, -10, 10, 0},
    [KEY_ENTITY] = {"ENTITY", 0.3, -10, 10, 0},
    [KEY_WORDS] = {"WORDS", 0.3, -10, 10, 0},
    [KEY_ACRONYM] = {"ACRONYM", 0, -10, 10, 0},
    [KEY_LETTERS] = {"LETTERS", 0.2, -10, 10, 0},
    [KEY_FEATURES] = {"OVERLAP", 0.5, 0, 10, 0},
};

static double mean(struct corpus *c, const double *w)
{
    double sum = 0;
    size_t i;
    for (i = 0; i < c->n; i++)
        sum += score_doc(c, i, w);
    return sum / (double)c->n;
}

static double cross_validate(struct corpus *c, search_task *t, int folds)
{
    double sum = 0, w[SEARCH_MOST];
    int fold;
    size_t i;
    for (fold = 0; fold < folds; fold++) {
        search_run(t, fold, folds, w);
        for (i = 0; i < c->n; i++)
            if (search_in_fold(i, fold, folds)) sum += score_doc(c, i, w);
    }
    return sum / (double)c->n;
}

static void read_all(struct corpus *c, const char *list, const char *records)
{
    static char text[1 << 16];
    static eval_docs docs;
    static const eval_reading how = {0, NULL};
    FILE *f = fopen(list, "r");
    size_t n = f ? fread(text, 1, sizeof text, f) : 0, i;
    char why[1024];
    if (!f) search_die(list, "cannot be read");
    fclose(f);
    if (words_language_read(&english, "en", (qn_str){text, n}) != QN_OK) search_need(NULL);
    if (eval_docs_read(&docs, records, &how, search_need(qn_names_new(1000)), why, sizeof why) !=
        QN_OK)
        search_die(records, why);
    for (i = 0; i < docs.n; i++)
        if (docs.v[i].keys.n) take_doc(c, &docs.v[i]);
    if (!c->n) search_die(records, "no document with keyphrases");
}

int main(int argc, char **argv)
{
    static const struct option longs[] = {{"folds", required_argument, NULL, 'f'},
                                          {"rounds", required_argument, NULL, 'r'},
                                          {"bags", required_argument, NULL, 'b'},
                                          {"seed", required_argument, NULL, 's'},
                                          {NULL, 0, NULL, 0}};
    struct corpus c = {0};
    search_task t = {weights, TUNED, score_doc, &c, 0, 500, 10, 1, NULL};
    double w[SEARCH_MOST];
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
            search_die("usage", "tune-keyphrases [OPTION...] LIST RECORDS");
    }
    if (argc - optind != 2) search_die("usage", "tune-keyphrases [OPTION...] LIST RECORDS");
    read_all(&c, argv[optind], argv[optind + 1]);
    t.ndoc = c.n;
    for (i = 0; i < TUNED; i++)
        w[i] = weights[i].start;
    fprintf(stderr, "F1 of ten, %zu documents\nset by hand: %.2f\n", c.n, mean(&c, w));
    if (folds > 1)
        fprintf(stderr, "searched, cross-validated: %.2f\n", cross_validate(&c, &t, folds));
    search_run(&t, 0, 0, w);
    search_round(w, TUNED);
    fprintf(stderr, "searched on all, rounded: %.2f\n", mean(&c, w));
    search_print(&t, w, "keyphrases", "KEYPHRASES");
    return 0;
}
