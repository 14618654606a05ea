/* SPDX-License-Identifier: MIT */
/* tools/search.c - see search.h. */
#include "search.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void search_die(const char *what, const char *why)
{
    fprintf(stderr, "tuner: %s: %s\n", what, why);
    exit(1);
}

void *search_need(void *p)
{
    if (!p) search_die("memory", "out of it");
    return p;
}

static double uniform(search_task *t)
{
    uint64_t z = t->seed += 0x9E3779B97F4A7C15u; /* SplitMix64 */
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (double)((z ^ z >> 31) >> 11) / 9007199254740992.0;
}

/* Close enough to a normal distribution. */
static double normal(search_task *t)
{
    int i;
    double sum = -6;
    for (i = 0; i < 12; i++)
        sum += uniform(t);
    return sum;
}

int search_in_fold(size_t doc, int fold, int folds)
{
    return folds && (int)(doc * 2654435761u % 4294967296u >> 16) % folds == fold;
}

/* The mean score, each document counted `times`; every weight costs a little, so that one that does
 * nothing goes to 0. */
static double objective(const search_task *t, const double *w, const unsigned *times)
{
    double sum = 0, cost = 0;
    size_t i, n = 0;
    int k;
    for (i = 0; i < t->ndoc; i++) {
        if (!times[i]) continue;
        sum += times[i] * t->score(t->corpus, i, w);
        n += times[i];
    }
    for (k = 0; k < t->n; k++)
        cost += 0.02 * fabs(w[k]);
    if (t->penalty) cost += t->penalty(t->corpus, times);
    return n ? sum / (double)n - cost : 0;
}

static void step(search_task *t, double *w, double size)
{
    int steps = 1 + (int)(uniform(t) * 3), i;
    while (steps-- > 0) {
        i = (int)(uniform(t) * t->n);
        if (t->weight[i].fixed) continue;
        w[i] += normal(t) * size;
        if (w[i] < t->weight[i].least) w[i] = t->weight[i].least;
        if (w[i] > t->weight[i].most) w[i] = t->weight[i].most;
    }
}

/* Steps of one to three weights at a time, smaller and smaller. */
static void climb(search_task *t, double *w, const unsigned *times)
{
    double best = objective(t, w, times), next[SEARCH_MOST], v;
    int i;
    for (i = 0; i < t->rounds; i++) {
        memcpy(next, w, sizeof next);
        step(t, next, 0.8 * pow(0.05, (double)i / t->rounds));
        v = objective(t, next, times);
        if (v > best) {
            best = v;
            memcpy(w, next, sizeof next);
        }
    }
}

void search_run(search_task *t, int fold, int folds, double *out)
{
    unsigned *times = search_need(calloc(t->ndoc + 1, sizeof *times));
    int bag, i;
    size_t k, at;
    for (i = 0; i < t->n; i++)
        out[i] = 0;
    for (bag = 0; bag < t->bags; bag++) {
        double w[SEARCH_MOST] = {0};
        for (i = 0; i < t->n; i++)
            w[i] = t->weight[i].start;
        memset(times, 0, t->ndoc * sizeof *times);
        for (k = 0; k < t->ndoc; k++) {
            at = t->bags > 1 ? (size_t)(uniform(t) * (double)t->ndoc) : k;
            times[at] += !search_in_fold(at, fold, folds);
        }
        climb(t, w, times);
        for (i = 0; i < t->n; i++)
            out[i] += w[i] / t->bags;
    }
    free(times);
}

void search_round(double *w, int n)
{
    int i;
    for (i = 0; i < n; i++)
        w[i] = round(w[i] * 20) / 20 + 0.0; /* no -0 */
}

void search_print(const search_task *t, const double *w, const char *plugin, const char *macro)
{
    int i;
    printf("/* SPDX-License-" /* in two pieces for tools that read licence lines */
           "Identifier: MIT */\n"
           "/* plugins/%s/weights.h - what each feature counts by default, as text for the option\n"
           " * table. Written by tools/tune-%s; models/README.md says from what. */\n"
           "#ifndef %s_WEIGHTS_H\n#define %s_WEIGHTS_H\n",
           plugin, plugin, macro, macro);
    for (i = 0; i < t->n; i++)
        printf("#define W_%-8s \"%g\"\n", t->weight[i].name, w[i]);
    printf("#endif\n");
}
