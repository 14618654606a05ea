/* SPDX-License-Identifier: MIT */
/* core/report/tally.c - see tally.h. Open addressing with linear steps. */
#include "report/tally.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a (draft-eastlake-fnv) over both parts with a NUL between them, and a last mixing for the
 * low bits, which choose the slot. */
uint64_t tally_hash(qn_str key, qn_str rest)
{
    uint64_t h = 14695981039346656037u;
    size_t i;
    for (i = 0; i < key.n; i++)
        h = (h ^ (unsigned char)key.p[i]) * 1099511628211u;
    h *= 1099511628211u;
    for (i = 0; i < rest.n; i++)
        h = (h ^ (unsigned char)rest.p[i]) * 1099511628211u;
    return h ^ h >> 32;
}

static int grow_slots(tally *t)
{
    const uint32_t n = t->nslot ? 2 * t->nslot : 256;
    uint32_t *slot = calloc(n, sizeof *slot), i, s;
    if (!slot) return 0;
    for (i = 0; i < t->n; i++) {
        for (s = (uint32_t)t->v[i].hash & (n - 1); slot[s]; s = (s + 1) & (n - 1))
            ;
        slot[s] = i + 1;
    }
    free(t->slot);
    t->slot = slot;
    t->nslot = n;
    return 1;
}

static tally_entry *new_entry(tally *t, qn_str key, qn_str rest, uint64_t hash)
{
    tally_entry *e;
    char *words;
    if (t->n == t->cap) {
        const uint32_t cap = t->cap ? 2 * t->cap : 128;
        tally_entry *v = realloc(t->v, cap * sizeof *v);
        if (!v) return NULL;
        t->v = v;
        t->cap = cap;
    }
    words = qn_pool_alloc(t->pool, key.n + rest.n + 1);
    if (!words) return NULL;
    if (key.n) memcpy(words, key.p, key.n);
    if (rest.n) memcpy(words + key.n, rest.p, rest.n);
    e = &t->v[t->n++];
    *e = (tally_entry){.key = {words, key.n}, .rest = {words + key.n, rest.n}, .hash = hash};
    return e;
}

static tally_entry *find(tally *t, qn_str key, qn_str rest)
{
    const uint64_t hash = tally_hash(key, rest);
    tally_entry *e;
    uint32_t s;
    if (t->n >= t->nslot / 2 && !grow_slots(t)) return NULL;
    for (s = (uint32_t)hash & (t->nslot - 1); t->slot[s]; s = (s + 1) & (t->nslot - 1)) {
        e = &t->v[t->slot[s] - 1];
        if (e->hash == hash && qn_str_eq(e->key, key) && qn_str_eq(e->rest, rest)) return e;
    }
    e = new_entry(t, key, rest, hash);
    if (e) t->slot[s] = t->n;
    return e;
}

tally_entry *tally_add(tally *t, qn_str key, qn_str rest, uint64_t document)
{
    tally_entry *e = find(t, key, rest);
    if (!e) return NULL;
    e->n++;
    e->documents += e->last != document;
    e->last = document;
    return e;
}

static int by_bytes(qn_str a, qn_str b)
{
    const size_t n = a.n < b.n ? a.n : b.n;
    const int d = n ? memcmp(a.p, b.p, n) : 0;
    return d ? d : (a.n > b.n) - (a.n < b.n);
}

static int by_count(const void *p, const void *q)
{
    const tally_entry *a = p, *b = q;
    const int d = by_bytes(a->key, b->key);
    if (a->n != b->n) return a->n > b->n ? -1 : 1;
    return d ? d : by_bytes(a->rest, b->rest);
}

void tally_sort(tally *t)
{
    if (t->n) qsort(t->v, t->n, sizeof *t->v, by_count);
}

void tally_free(tally *t)
{
    free(t->v);
    free(t->slot);
    *t = (tally){.pool = t->pool};
}
