/* SPDX-License-Identifier: MIT */
/* core/bench/interval.c - see interval.h. The interval of the sign test: as many of the values lie
 * below the true median as tosses of a coin come up heads. */
#include "interval.h"

#include <math.h>
#include <stdlib.h>

size_t bench_rank(size_t n)
{
    /* by logarithms: 2^-n is 0 in a double long before n is absurd */
    double log_p = -(double)n * log(2), below = 0;
    size_t k;
    for (k = 0; k < n / 2; k++) { /* below: the chance of at most k heads */
        below += exp(log_p);
        if (2 * below > 0.05) break;
        log_p += log((double)(n - k)) - log((double)(k + 1));
    }
    return k;
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

bench_interval bench_interval_of(double *v, size_t n)
{
    const size_t k = bench_rank(n);
    bench_interval i = {0, 0, 0};
    if (k == 0) return i;
    qsort(v, n, sizeof *v, compare);
    i.low = v[k - 1];
    i.median = (v[(n - 1) / 2] + v[n / 2]) / 2;
    i.high = v[n - k];
    return i;
}

bench_verdict bench_verdict_of(const bench_interval *ratio)
{
    if (ratio->low > 1) return BENCH_FASTER;
    return ratio->high < 1 ? BENCH_SLOWER : BENCH_SAME;
}
