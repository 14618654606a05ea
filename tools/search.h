/* SPDX-License-Identifier: MIT */
/* tools/search.h - finds weights by random steps that are kept when they do better (hill climbing),
 * averaged over draws of the documents (bagging, Breiman 1996): one search alone learns its
 * documents by heart. One bag is all documents. Deterministic for a seed. Shared by the tuners. */
#ifndef TOOLS_SEARCH_H
#define TOOLS_SEARCH_H
#include <stddef.h>
#include <stdint.h>

enum { SEARCH_MOST = 32 };

typedef struct search_weight {
    const char *name; /* as the macro in weights.h ends: "FORWARD" */
    double start, least, most;
    int fixed;
} search_weight;

/* How good the weights are for one document, in points. */
typedef double (*search_score)(void *corpus, size_t doc, const double *weight);

/* What is taken off beyond the scores, these having just been asked for; each document counted
 * `times`. */
typedef double (*search_penalty)(void *corpus, const unsigned *times);

typedef struct search_task {
    const search_weight *weight;
    int n; /* of weights */
    search_score score;
    void *corpus;
    size_t ndoc;
    int rounds, bags;
    uint64_t seed;          /* moves on */
    search_penalty penalty; /* or NULL */
} search_task;

/* Is the document left out when this fold is tested? folds 0: never. */
int search_in_fold(size_t doc, int fold, int folds);
/* Weights found on the documents outside the fold, into out[n]. */
void search_run(search_task *, int fold, int folds, double *out);
/* To multiples of 0.05. */
void search_round(double *weight, int n);
/* Writes weights.h of a plugin: `macro` is the start of its guard. */
void search_print(const search_task *, const double *weight, const char *plugin, const char *macro);
/* Ends the program. */
void search_die(const char *what, const char *why) __attribute__((noreturn));
void *search_need(void *p);
#endif
