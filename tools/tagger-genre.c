/* SPDX-License-Identifier: MIT */
/* tools/tagger-genre.c - see tagger-genre.h: logistic regression on the words of documents and of
 * pieces of them, so that short ones are judged, too. */
#include "tagger-genre.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../plugins/tagger/genre.h"

enum { PASSES = 10, STEPS = 1024 /* of the rounded weights, a unit */ };

static const double rate = 0.02, decay = 1e-5;
/* Odds of e to this leave no doubt. */
static const double span = 3;

typedef struct piece {
    uint32_t first, n;
    int web;
} piece;

typedef struct pieces {
    uint16_t *word; /* its clue */
    uint32_t nword, capword;
    piece *v;
    uint32_t n, cap;
} pieces;

static void add_piece(pieces *p, uint32_t first, uint32_t n, int web)
{
    if (p->n == p->cap) {
        p->cap = p->cap ? p->cap * 2 : 1024;
        p->v = need(realloc(p->v, p->cap * sizeof *p->v));
    }
    p->v[p->n++] = (piece){first, n, web};
}

/* The document as a whole, and cut in pieces of two lengths. */
static void add_doc(pieces *p, const corpus_doc *d)
{
    static const uint32_t lengths[] = {60, 200};
    const int web = d->set->style == STYLE_WEB || d->set->style == STYLE_TWEETS;
    const uint32_t first = p->nword;
    tagger_word w;
    uint32_t i, k, n = d->tokens.n;
    if (p->nword + n > p->capword) {
        p->capword = (p->nword + n) * 2;
        p->word = need(realloc(p->word, p->capword * sizeof *p->word));
    }
    for (i = 0; i < d->tokens.n; i++) {
        tagger_word_look(&w, d->text, d->tokens.v[i].beg, d->tokens.v[i].end);
        if (tagger_tells_genre(&w)) p->word[p->nword++] = (uint16_t)tagger_clue(&w, 32 - CLUE_BITS);
    }
    n = p->nword - first;
    add_piece(p, first, n, web);
    for (k = 0; k < 2; k++)
        for (i = 0; n > lengths[k] && i < n; i += lengths[k])
            add_piece(p, first + i, n - i < lengths[k] ? n - i : lengths[k], web);
}

static double judge(const pieces *p, const piece *x, const double *w, double bias)
{
    double sum = bias;
    uint32_t i;
    for (i = 0; i < x->n; i++)
        sum += w[p->word[x->first + i]];
    return sum;
}

static void shuffle(pieces *p, uint64_t *state)
{
    uint32_t i;
    for (i = p->n; i > 1; i--) {
        const uint32_t j = (uint32_t)(random_next(state) % i);
        const piece t = p->v[i - 1];
        p->v[i - 1] = p->v[j];
        p->v[j] = t;
    }
}

static void climb(const pieces *p, double *w, double *bias)
{
    uint32_t i, k;
    for (i = 0; i < p->n; i++) {
        const piece *x = &p->v[i];
        const double miss = x->web - 1 / (1 + exp(-judge(p, x, w, *bias)));
        const double by = rate * miss / sqrt((double)x->n + 1);
        *bias += by;
        for (k = 0; k < x->n; k++)
            w[p->word[x->first + k]] += by - rate * decay * w[p->word[x->first + k]];
    }
}

void learn_genre(const corpus *c, uint64_t seed, genre_clues *out)
{
    double *w = need(calloc(CLUES, sizeof *w)), bias = 0;
    uint32_t i, wrong[2] = {0}, all[2] = {0};
    pieces p = {0};
    for (i = 0; i < c->n; i++)
        if (!c->v[i].held) add_doc(&p, &c->v[i]);
    for (i = 0; i < PASSES; i++) {
        shuffle(&p, &seed);
        climb(&p, w, &bias);
    }
    for (i = 0; i < p.n; i++) {
        all[p.v[i].web]++;
        wrong[p.v[i].web] += (judge(&p, &p.v[i], w, bias) > 0) != p.v[i].web;
    }
    fprintf(stderr, "genre: %u of %u pieces of news and %u of %u of the web taken for the other\n",
            wrong[0], all[0], wrong[1], all[1]);
    for (i = 0; i < CLUES; i++)
        out->clue[i] = (int16_t)lround(fmax(-30000, fmin(30000, w[i] * STEPS)));
    out->bias = (int32_t)lround(bias * STEPS);
    out->span = (int32_t)lround(span * STEPS);
    free(w);
    free(p.word);
    free(p.v);
}
