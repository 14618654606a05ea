/* SPDX-License-Identifier: MIT */
/* core/names.c - see names.h. An open-addressing table over an array of words. The array is
 * allocated whole at the start and its entries are written before their number is published, so
 * that readers need no lock. */
#include "names.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct qn_names {
    pthread_mutex_t lock;
    atomic_uint n;
    unsigned limit;
    unsigned mask;
    qn_str *word;   /* [1..limit] */
    uint16_t *slot; /* hash -> number, 0 = free */
};

static uint32_t hash(qn_str s)
{
    uint32_t h = 2166136261u; /* FNV-1a: www.isthe.com/chongo/tech/comp/fnv */
    size_t i;
    for (i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h;
}

qn_names *qn_names_new(unsigned limit)
{
    qn_names *t = calloc(1, sizeof *t);
    unsigned size = 16;
    if (!t) return NULL;
    while (size < limit * 2)
        size *= 2;
    t->limit = limit;
    t->mask = size - 1;
    t->word = calloc((size_t)limit + 1, sizeof *t->word);
    t->slot = calloc(size, sizeof *t->slot);
    if (!t->word || !t->slot || pthread_mutex_init(&t->lock, NULL) != 0) {
        free(t->word);
        free(t->slot);
        free(t);
        return NULL;
    }
    t->word[0].p = "";
    return t;
}

void qn_names_free(qn_names *t)
{
    unsigned i;
    if (!t) return;
    for (i = 1; i <= atomic_load(&t->n); i++)
        free((char *)(uintptr_t)t->word[i].p);
    pthread_mutex_destroy(&t->lock);
    free(t->word);
    free(t->slot);
    free(t);
}

static unsigned find(const qn_names *t, qn_str word)
{
    unsigned at = hash(word) & t->mask;
    while (t->slot[at] && !qn_str_eq(t->word[t->slot[at]], word))
        at = (at + 1) & t->mask;
    return at;
}

uint16_t qn_names_find(qn_names *t, qn_str word)
{
    uint16_t number;
    pthread_mutex_lock(&t->lock);
    number = t->slot[find(t, word)];
    pthread_mutex_unlock(&t->lock);
    return number;
}

static uint16_t add(qn_names *t, unsigned at, qn_str word)
{
    unsigned n = atomic_load(&t->n) + 1;
    char *copy = n <= t->limit ? malloc(word.n + 1) : NULL;
    if (!copy) return 0;
    if (word.n) memcpy(copy, word.p, word.n);
    copy[word.n] = '\0';
    t->word[n].p = copy;
    t->word[n].n = word.n;
    t->slot[at] = (uint16_t)n;
    atomic_store(&t->n, n);
    return (uint16_t)n;
}

uint16_t qn_names_get(qn_names *t, qn_str word)
{
    unsigned at;
    uint16_t number;
    pthread_mutex_lock(&t->lock);
    at = find(t, word);
    number = t->slot[at] ? t->slot[at] : add(t, at, word);
    pthread_mutex_unlock(&t->lock);
    return number;
}

qn_str qn_names_text(const qn_names *t, uint16_t number)
{
    return number <= atomic_load(&t->n) ? t->word[number] : t->word[0];
}

unsigned qn_names_count(const qn_names *t)
{
    return atomic_load(&t->n);
}
