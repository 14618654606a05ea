/* SPDX-License-Identifier: MIT */
/* core/eval/match.c - see match.h. */
#include "eval/match.h"

#include <stdlib.h>
#include <string.h>

/* Above this many elements the common ends are taken off first: the result is then one of the
 * longest matches at the ends rather than in the middle, and edited documents stay linear. */
enum { LONG = 20000 };

struct work {
    const uint32_t *a, *b;
    uint32_t *place;        /* positions in b, by value and then by position */
    uint32_t *first, *stop; /* per element of a: its positions are place[first, stop) */
    uint32_t *run, *prev;   /* length of the run that ends at b[j - 1], this and the last row */
    eval_match *out;
    size_t n, cap;
    uint64_t left; /* of the work allowed */
};

/* The rest of a range still to be matched. */
struct range {
    uint32_t a, a_end, b, b_end;
};

static int by_value(const void *x, const void *y, void *arg)
{
    const uint32_t *b = arg;
    uint32_t i = *(const uint32_t *)x, j = *(const uint32_t *)y;
    if (b[i] != b[j]) return b[i] < b[j] ? -1 : 1;
    return i < j ? -1 : i > j;
}

/* The first position in place[] whose value is at least v. */
static uint32_t lower(const struct work *w, uint32_t nb, uint32_t v)
{
    uint32_t lo = 0, hi = nb;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (w->b[w->place[mid]] < v)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static int index_values(struct work *w, uint32_t na, uint32_t nb)
{
    uint32_t i;
    w->place = malloc((nb + 1) * sizeof *w->place);
    w->first = malloc((na + 1) * sizeof *w->first);
    w->stop = malloc((na + 1) * sizeof *w->stop);
    w->run = calloc((size_t)nb + 1, sizeof *w->run);
    w->prev = calloc((size_t)nb + 1, sizeof *w->prev);
    if (!w->place || !w->first || !w->stop || !w->run || !w->prev) return 0;
    for (i = 0; i < nb; i++)
        w->place[i] = i;
    if (nb) qsort_r(w->place, nb, sizeof *w->place, by_value, (void *)(uintptr_t)w->b);
    for (i = 0; i < na; i++) {
        w->first[i] = lower(w, nb, w->a[i]);
        w->stop[i] = w->a[i] == UINT32_MAX ? nb : lower(w, nb, w->a[i] + 1);
    }
    return 1;
}

/* The longest match in the range; runs are kept for the row before and this one, and what was
 * written is wiped by walking it again, so that a row costs what it matches. */
static eval_match longest(struct work *w, const struct range *r)
{
    eval_match best = {r->a, r->b, 0};
    uint32_t i, k;
    for (i = r->a; i < r->a_end; i++) {
        uint32_t *swap;
        for (k = w->first[i]; k < w->stop[i]; k++) {
            uint32_t j = w->place[k], n;
            if (j < r->b) continue;
            if (j >= r->b_end) break;
            n = w->prev[j] + 1; /* the run that ended at b[j - 1] */
            w->run[j + 1] = n;
            if (n > best.n) {
                best.a = i + 1 - n;
                best.b = j + 1 - n;
                best.n = n;
            }
        }
        w->left -= w->left < w->stop[i] - w->first[i] ? w->left : w->stop[i] - w->first[i];
        if (i > r->a)
            for (k = w->first[i - 1]; k < w->stop[i - 1]; k++)
                w->prev[w->place[k] + 1] = 0;
        swap = w->prev;
        w->prev = w->run;
        w->run = swap;
        if (!w->left) break;
    }
    if (i > r->a) {
        uint32_t last = i < r->a_end ? i : i - 1;
        for (k = w->first[last]; k < w->stop[last]; k++)
            w->prev[w->place[k] + 1] = 0;
    }
    return best;
}

static int add(struct work *w, uint32_t a, uint32_t b, uint32_t n)
{
    eval_match *more;
    if (w->n && w->out[w->n - 1].a + w->out[w->n - 1].n == a &&
        w->out[w->n - 1].b + w->out[w->n - 1].n == b && n) {
        w->out[w->n - 1].n += n;
        return 1;
    }
    if (w->n == w->cap) {
        w->cap = w->cap ? w->cap * 2 : 16;
        more = realloc(w->out, w->cap * sizeof *more);
        if (!more) return 0;
        w->out = more;
    }
    w->out[w->n].a = a;
    w->out[w->n].b = b;
    w->out[w->n].n = n;
    w->n++;
    return 1;
}

static int by_a(const void *x, const void *y)
{
    const eval_match *m = x, *n = y;
    return m->a < n->a ? -1 : m->a > n->a;
}

/* The stack holds ranges apart from one another, so it is never deeper than there are matches. */
static int match_ranges(struct work *w, const struct range *whole, eval_match **raw, size_t *nraw)
{
    struct range *stack = malloc(sizeof *stack), *more;
    size_t n = 1, cap = 1, capraw = 0;
    if (!stack) return 0;
    stack[0] = *whole;
    while (n) {
        struct range r = stack[--n];
        eval_match m = longest(w, &r), *grown;
        if (!w->left) {
            free(stack);
            return -1;
        }
        if (!m.n) continue;
        if (*nraw == capraw) {
            capraw = capraw ? capraw * 2 : 16;
            grown = realloc(*raw, capraw * sizeof *grown);
            if (!grown) break;
            *raw = grown;
        }
        (*raw)[(*nraw)++] = m;
        if (n + 2 > cap) {
            cap = cap * 2 + 2;
            more = realloc(stack, cap * sizeof *stack);
            if (!more) break;
            stack = more;
        }
        if (m.a + m.n < r.a_end && m.b + m.n < r.b_end)
            stack[n++] = (struct range){m.a + m.n, r.a_end, m.b + m.n, r.b_end};
        if (r.a < m.a && r.b < m.b) stack[n++] = (struct range){r.a, m.a, r.b, m.b};
        continue;
    }
    free(stack);
    return n == 0;
}

static void free_work(struct work *w)
{
    free(w->place);
    free(w->first);
    free(w->stop);
    free(w->run);
    free(w->prev);
}

int eval_match_all(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb, eval_match **out,
                   size_t *n)
{
    struct work w = {0};
    struct range whole = {0, na, 0, nb};
    eval_match *raw = NULL;
    size_t nraw = 0, i;
    uint32_t tail = 0;
    int done;
    w.a = a;
    w.b = b;
    w.left = EVAL_MATCH_WORK;
    if (na > LONG || nb > LONG) {
        while (whole.a < na && whole.a < nb && a[whole.a] == b[whole.a])
            whole.a++;
        whole.b = whole.a;
        while (tail < na - whole.a && tail < nb - whole.b && a[na - 1 - tail] == b[nb - 1 - tail])
            tail++;
        whole.a_end = na - tail;
        whole.b_end = nb - tail;
    }
    done = index_values(&w, na, nb) ? match_ranges(&w, &whole, &raw, &nraw) : 0;
    if (done == 1 && nraw) qsort(raw, nraw, sizeof *raw, by_a);
    if (done == 1 && whole.a) done = add(&w, 0, 0, whole.a);
    for (i = 0; i < nraw && done == 1; i++)
        done = add(&w, raw[i].a, raw[i].b, raw[i].n);
    if (done == 1 && tail) done = add(&w, na - tail, nb - tail, tail);
    if (done == 1) done = add(&w, na, nb, 0);
    free(raw);
    free_work(&w);
    if (done != 1) {
        free(w.out);
        return done;
    }
    *out = w.out;
    *n = w.n;
    return 1;
}

double eval_match_ratio(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb)
{
    eval_match *m;
    size_t n, i;
    uint64_t same = 0;
    if (na + nb == 0) return 1;
    if (eval_match_all(a, na, b, nb, &m, &n) != 1) return -1;
    for (i = 0; i < n; i++)
        same += m[i].n;
    free(m);
    return 2.0 * (double)same / ((double)na + (double)nb);
}
