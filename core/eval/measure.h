/* SPDX-License-Identifier: MIT */
/* core/eval/measure.h - floor 5: a figure made of what each document contributes to it, so that
 * documents can be drawn again: bootstrap intervals (B. Efron: Bootstrap Methods, Annals of
 * Statistics 7, 1979) and the paired randomisation test (E. Noreen: Computer-Intensive Methods for
 * Testing Hypotheses, 1989). */
#ifndef QUERN_EVAL_MEASURE_H
#define QUERN_EVAL_MEASURE_H
#include <stddef.h>
#include <stdint.h>

/* Right, too many, missing. */
typedef struct eval_count {
    uint32_t tp, fp, fn;
} eval_count;

/* Precision, recall, F1: of summed counts, or the means of the documents' own. From 0 to 1. */
typedef struct eval_prf {
    double p, r, f;
} eval_prf;

typedef struct eval_measure {
    char name[64];
    size_t ndoc;
    eval_count *count; /* per document; NULL: `own` is used */
    eval_prf *own;     /* per document, p < 0 where it has none; the figure is the mean */
} eval_measure;

/* 0 when out of memory. counts: made of counts, else of means (no document has one yet). */
int eval_measure_make(eval_measure *m, const char *name, size_t ndoc, int counts);
void eval_measure_free(eval_measure *m);

eval_prf eval_prf_of(uint64_t tp, uint64_t fp, uint64_t fn);
/* The same of the documents with in[doc] set. */
eval_prf eval_measure_part(const eval_measure *m, const char *in);
eval_count eval_measure_sum(const eval_measure *m);
eval_prf eval_measure_value(const eval_measure *m);

/* Two-sided 95 % interval of F1 by `rounds` draws of documents; the same seed gives the same. */
void eval_interval(const eval_measure *m, unsigned rounds, uint64_t seed, double *lo, double *hi);

/* Of b over a, on the same documents: the difference in F1, its 95 % interval, and the share of
 * random swaps of the two systems' documents that differ at least as much (p). */
typedef struct eval_paired {
    double diff, lo, hi, p;
} eval_paired;
eval_paired eval_compare(const eval_measure *a, const eval_measure *b, unsigned rounds,
                         uint64_t seed);
#endif
