/* SPDX-License-Identifier: MIT */
/* tools/make-clusters.c - words that keep the same company, for the tagger's model: word vectors to
 * clusters of several sizes, by spherical k-means (Dhillon and Modha, Machine Learning 42, 2001).
 * Deterministic for one compiler and machine. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: make-clusters WORDS LEARN ROUNDS NUMBER... <VECTORS >CLUSTERS\n"
    "VECTORS is GloVe's text format: a word and its numbers a line, the commonest word first.\n"
    "The first WORDS of them are written, \"WORD CLUSTER...\" a line, with one cluster for each\n"
    "NUMBER of clusters, counted from 1. The first LEARN words choose the clusters, in ROUNDS\n"
    "rounds; words that come later only join one.\n";

enum { DIM = 104 /* of a vector in memory, at most; a multiple of 8 */ };

typedef struct vectors {
    float (*v)[DIM]; /* of length 1 */
    char **word;
    uint32_t n;
} vectors;

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "make-clusters: %s\n", what);
    exit(1);
}

static void *need(void *p)
{
    if (!p) die("out of memory");
    return p;
}

static void make_unit(float *v)
{
    float sum = 0;
    unsigned d;
    for (d = 0; d < DIM; d++)
        sum += v[d] * v[d];
    for (d = 0; d < DIM && sum > 0; d++)
        v[d] /= sqrtf(sum);
}

static void read_vectors(vectors *x, uint32_t words)
{
    char *line = NULL, *at, *end;
    size_t cap = 0;
    unsigned d;
    float value;
    x->v = need(calloc(words, sizeof *x->v));
    x->word = need(calloc(words, sizeof *x->word));
    while (x->n < words && getline(&line, &cap, stdin) > 0) {
        if (!(at = strchr(line, ' '))) die("a line is not \"WORD NUMBER...\"");
        *at++ = 0;
        for (d = 0; value = strtof(at, &end), end != at; at = end, d++) {
            if (d == DIM) die("a vector has more than 104 numbers");
            x->v[x->n][d] = value;
        }
        make_unit(x->v[x->n]);
        x->word[x->n++] = need(strdup(line));
    }
    free(line);
}

/* Eight sums side by side, which the compiler can keep in one register. */
static float product(const float *a, const float *b)
{
    float sum[8] = {0}, all = 0;
    unsigned d, k;
    for (d = 0; d < DIM; d += 8)
        for (k = 0; k < 8; k++)
            sum[k] += a[d + k] * b[d + k];
    for (k = 0; k < 8; k++)
        all += sum[k];
    return all;
}

static uint32_t nearest(const float *v, float (*centre)[DIM], uint32_t n)
{
    uint32_t k, best = 0;
    float most = -2, p;
    for (k = 0; k < n; k++)
        if ((p = product(v, centre[k])) > most) {
            most = p;
            best = k;
        }
    return best;
}

/* splitmix64 (Vigna, 2015) */
static uint32_t below(uint64_t *state, uint32_t n)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)((z ^ z >> 31) % n);
}

/* The words' clusters, from 0. A centre that loses all its words starts again at some word. */
static void cluster(const vectors *x, uint32_t learn, unsigned rounds, uint32_t n, uint32_t *of)
{
    float(*centre)[DIM] = need(calloc(n, sizeof *centre));
    uint64_t state = n;
    uint32_t i, k;
    unsigned d;
    for (k = 0; k < n; k++)
        memcpy(centre[k], x->v[below(&state, learn)], sizeof *centre);
    for (; rounds; rounds--) {
        for (i = 0; i < learn; i++)
            of[i] = nearest(x->v[i], centre, n);
        memset(centre, 0, n * sizeof *centre);
        for (i = 0; i < learn; i++)
            for (d = 0; d < DIM; d++)
                centre[of[i]][d] += x->v[i][d];
        for (k = 0; k < n; k++) {
            if (product(centre[k], centre[k]) == 0)
                memcpy(centre[k], x->v[below(&state, learn)], sizeof *centre);
            make_unit(centre[k]);
        }
    }
    for (i = 0; i < x->n; i++)
        of[i] = nearest(x->v[i], centre, n);
    free(centre);
}

int main(int argc, char **argv)
{
    vectors x = {0};
    uint32_t *of[16], words, learn, i;
    unsigned rounds, k, sizes = argc > 4 ? (unsigned)argc - 4 : 0;
    if (sizes == 0 || sizes > 16) {
        fputs(usage, stderr);
        return 64;
    }
    words = (uint32_t)strtoul(argv[1], NULL, 10);
    learn = (uint32_t)strtoul(argv[2], NULL, 10);
    rounds = (unsigned)strtoul(argv[3], NULL, 10);
    if (words == 0) die("WORDS is not a number");
    read_vectors(&x, words);
    if (learn == 0 || learn > x.n) die("LEARN is more than there are words, or not a number");
    for (k = 0; k < sizes; k++) {
        const uint32_t n = (uint32_t)strtoul(argv[4 + k], NULL, 10);
        if (n == 0 || n > learn) die("there are more clusters than words to learn from, or none");
        of[k] = need(malloc(x.n * sizeof *of[k]));
        cluster(&x, learn, rounds, n, of[k]);
    }
    for (i = 0; i < x.n; i++) {
        printf("%s", x.word[i]);
        for (k = 0; k < sizes; k++)
            printf(" %u", of[k][i] + 1);
        putchar('\n');
        free(x.word[i]);
    }
    for (k = 0; k < sizes; k++)
        free(of[k]);
    free(x.word);
    free(x.v);
    return fflush(stdout) || ferror(stdout);
}
