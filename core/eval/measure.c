/* SPDX-License-Identifier: MIT */
/* core/eval/measure.c - see measure.h. */
#include "eval/measure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ROUNDS = 100000 };

int eval_measure_make(eval_measure *m, const char *name, size_t ndoc, int counts)
{
    size_t i;
    memset(m, 0, sizeof *m);
    snprintf(m->name, sizeof m->name, "%s", name);
    m->ndoc = ndoc;
    if (counts)
        m->count = calloc(ndoc + 1, sizeof *m->count);
    else
        m->own = calloc(ndoc + 1, sizeof *m->own);
    for (i = 0; m->own && i < ndoc; i++)
        m->own[i].p = -1;
    return m->count || m->own;
}

void eval_measure_free(eval_measure *m)
{
    free(m->count);
    free(m->own);
    m->count = NULL;
    m->own = NULL;
}

eval_prf eval_prf_of(uint64_t tp, uint64_t fp, uint64_t fn)
{
    eval_prf v = {0, 0, 0};
    if (tp + fp) v.p = (double)tp / (double)(tp + fp);
    if (tp + fn) v.r = (double)tp / (double)(tp + fn);
    if (v.p + v.r > 0) v.f = 2 * v.p * v.r / (v.p + v.r);
    return v;
}

eval_count eval_measure_sum(const eval_measure *m)
{
    eval_count s = {0, 0, 0};
    size_t i;
    for (i = 0; m->count && i < m->ndoc; i++) {
        s.tp += m->count[i].tp;
        s.fp += m->count[i].fp;
        s.fn += m->count[i].fn;
    }
    return s;
}

/* A sum that can hold either kind. */
struct sum {
    uint64_t tp, fp, fn;
    eval_prf own;
    size_t n;
};

static void add(struct sum *s, const eval_measure *m, size_t doc)
{
    if (m->count) {
        s->tp += m->count[doc].tp;
        s->fp += m->count[doc].fp;
        s->fn += m->count[doc].fn;
    } else if (m->own[doc].p >= 0) {
        s->n++;
        s->own.p += m->own[doc].p;
        s->own.r += m->own[doc].r;
        s->own.f += m->own[doc].f;
    }
}

static eval_prf value(const struct sum *s, const eval_measure *m)
{
    double n = s->n ? (double)s->n : 1;
    eval_prf v;
    if (m->count) return eval_prf_of(s->tp, s->fp, s->fn);
    v.p = s->own.p / n;
    v.r = s->own.r / n;
    v.f = s->own.f / n;
    return v;
}

eval_prf eval_measure_part(const eval_measure *m, const char *in)
{
    struct sum s = {0};
    size_t i;
    for (i = 0; i < m->ndoc; i++)
        if (in[i]) add(&s, m, i);
    return value(&s, m);
}

eval_prf eval_measure_value(const eval_measure *m)
{
    struct sum s = {0};
    size_t i;
    for (i = 0; i < m->ndoc; i++)
        add(&s, m, i);
    return value(&s, m);
}

/* ---- drawing again ----------------------------------------------------------------------------
 */

/* SplitMix64 (G. Steele, D. Lea, C. Flood: Fast Splittable Pseudorandom Number Generators, 2014;
 * constants by S. Vigna). */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static size_t draw(uint64_t *state, size_t n)
{
    return (size_t)(((unsigned __int128)next(state) * n) >> 64);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The 2.5 and 97.5 % points of v[0, n). */
static void middle(double *v, unsigned n, double *lo, double *hi)
{
    qsort(v, n, sizeof *v, ascending);
    *lo = v[(unsigned)(0.025 * n)];
    *hi = v[(unsigned)(0.975 * n) - (n > 39)];
}

void eval_interval(const eval_measure *m, unsigned rounds, uint64_t seed, double *lo, double *hi)
{
    double *f;
    unsigned i;
    size_t k;
    *lo = *hi = eval_measure_value(m).f;
    if (rounds > MAX_ROUNDS) rounds = MAX_ROUNDS;
    if (!rounds || !m->ndoc) return;
    f = malloc(rounds * sizeof *f);
    if (!f) return;
    for (i = 0; i < rounds; i++) {
        struct sum s = {0};
        for (k = 0; k < m->ndoc; k++)
            add(&s, m, draw(&seed, m->ndoc));
        f[i] = value(&s, m).f;
    }
    middle(f, rounds, lo, hi);
    free(f);
}

static double difference(const struct sum *a, const struct sum *b, const eval_measure *m)
{
    return value(b, m).f - value(a, m).f;
}

/* How often swapping the two systems' answers at random differs as much as they do. */
static double swap_test(const eval_measure *a, const eval_measure *b, unsigned rounds,
                        uint64_t seed, double seen)
{
    unsigned i, hit = 0;
    size_t k;
    for (i = 0; i < rounds; i++) {
        struct sum x = {0}, y = {0};
        for (k = 0; k < a->ndoc; k++) {
            int swap = (int)(next(&seed) >> 63);
            add(&x, swap ? b : a, k);
            add(&y, swap ? a : b, k);
        }
        hit += fabs(difference(&x, &y, a)) >= fabs(seen) - 1e-12;
    }
    return (hit + 1.0) / (rounds + 1.0);
}

eval_paired eval_compare(const eval_measure *a, const eval_measure *b, unsigned rounds,
                         uint64_t seed)
{
    eval_paired c = {0, 0, 0, 1};
    double *d = NULL;
    unsigned i;
    size_t k;
    c.diff = c.lo = c.hi = eval_measure_value(b).f - eval_measure_value(a).f;
    if (rounds > MAX_ROUNDS) rounds = MAX_ROUNDS;
    if (rounds && a->ndoc) d = malloc(rounds * sizeof *d);
    if (!d) return c;
    for (i = 0; i < rounds; i++) {
        struct sum x = {0}, y = {0};
        for (k = 0; k < a->ndoc; k++) {
            size_t doc = draw(&seed, a->ndoc);
            add(&x, a, doc);
            add(&y, b, doc);
        }
        d[i] = difference(&x, &y, a);
    }
    middle(d, rounds, &c.lo, &c.hi);
    free(d);
    c.p = swap_test(a, b, rounds, seed + 1, c.diff);
    return c;
}
