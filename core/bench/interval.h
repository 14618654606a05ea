/* SPDX-License-Identifier: MIT */
/* core/bench/interval.h - floor 5: the median of a few measurements, and where the true one lies.
 * Times on a shared machine have no bell curve, so the interval is made of ranks alone. */
#ifndef QUERN_BENCH_INTERVAL_H
#define QUERN_BENCH_INTERVAL_H
#include <stddef.h>

/* Fewer have no interval of 95 %. */
enum { BENCH_LEAST_RUNS = 6 };

typedef struct bench_interval {
    double low, median, high; /* the true median is in low..high in 95 of 100 cases or more */
} bench_interval;

/* Sorts v, n >= BENCH_LEAST_RUNS values. */
bench_interval bench_interval_of(double *v, size_t n);
/* The rank (from 1) of the low end; that of the high end is n + 1 - rank. 0: n is too small. */
size_t bench_rank(size_t n);

typedef enum bench_verdict { BENCH_SAME, BENCH_FASTER, BENCH_SLOWER } bench_verdict;
/* What the ratio of two speeds allows to be said. */
bench_verdict bench_verdict_of(const bench_interval *ratio);
#endif
