/* SPDX-License-Identifier: MIT */
/* plugins/digest/group.c - see group.h. The centre is the sum of the sentence vectors (as in MEAD,
 * Radev and others 2004); a sentence is worth its score in its own document and its likeness to the
 * centre; redundancy is held down by maximal marginal relevance. */
#include "group.h"

#include <math.h>
#include <stdlib.h>

#define DUPLICATE 0.6 /* likeness from which on a sentence says what a chosen one says */

struct entry {
    uint64_t hash; /* 0: empty */
    float sum;
};

struct group {
    char *key;
    size_t nkey;
    uint64_t hash, seen; /* seen: when it was used last */
    uint64_t documents, arrived;
    digest_sentence kept[DIGEST_KEEP + 1];
    uint32_t nkept;
    struct entry *centre; /* DIGEST_TERMS slots */
    uint32_t nterm;
};

struct digest_groups {
    struct group **slot; /* open hash */
    uint32_t nslot, n, most;
    uint64_t clock;
};

/* ---- groups -----------------------------------------------------------------------------------
 */

static uint64_t hash_of(qn_str s)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a, 64 bits */
    size_t i;
    for (i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h ? h : 1;
}

digest_groups *digest_groups_new(uint32_t most)
{
    digest_groups *g = calloc(1, sizeof *g);
    if (!g) return NULL;
    g->most = most;
    for (g->nslot = 16; g->nslot < most * 2; g->nslot *= 2) {
    }
    g->slot = calloc(g->nslot, sizeof(struct group *));
    if (g->slot) return g;
    free(g);
    return NULL;
}

static void free_sentence(digest_sentence *s)
{
    free((char *)(uintptr_t)s->text.p);
    free((char *)(uintptr_t)s->id.p);
    free((digest_term *)(uintptr_t)s->term);
}

static void free_group(struct group *g)
{
    uint32_t i;
    if (!g) return;
    for (i = 0; i < g->nkept; i++)
        free_sentence(&g->kept[i]);
    free(g->centre);
    free(g->key);
    free(g);
}

void digest_groups_free(digest_groups *g)
{
    uint32_t i;
    if (!g) return;
    for (i = 0; i < g->nslot; i++)
        free_group(g->slot[i]);
    free(g->slot);
    free(g);
}

static uint32_t slot_of(const digest_groups *g, qn_str key, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & (g->nslot - 1);
    while (g->slot[at] && (g->slot[at]->hash != hash || g->slot[at]->nkey != key.n ||
                           memcmp(g->slot[at]->key, key.p, key.n) != 0))
        at = (at + 1) & (g->nslot - 1);
    return at;
}

/* Takes a group out; those behind it in the same run of slots move up. */
static void remove_slot(digest_groups *g, uint32_t at)
{
    uint32_t next = at, home;
    free_group(g->slot[at]);
    g->slot[at] = NULL;
    g->n--;
    for (;;) {
        next = (next + 1) & (g->nslot - 1);
        if (!g->slot[next]) return;
        home = (uint32_t)g->slot[next]->hash & (g->nslot - 1);
        if (((next - home) & (g->nslot - 1)) < ((next - at) & (g->nslot - 1))) continue;
        g->slot[at] = g->slot[next];
        g->slot[next] = NULL;
        at = next;
    }
}

static void forget_oldest(digest_groups *g)
{
    uint32_t i, oldest = g->nslot;
    for (i = 0; i < g->nslot; i++)
        if (g->slot[i] && (oldest == g->nslot || g->slot[i]->seen < g->slot[oldest]->seen))
            oldest = i;
    if (oldest < g->nslot) remove_slot(g, oldest);
}

static struct group *group_of(digest_groups *g, qn_str key, int make)
{
    uint64_t hash = hash_of(key);
    uint32_t at = slot_of(g, key, hash);
    struct group *new;
    if (g->slot[at] || !make) return g->slot[at];
    if (g->n >= g->most) forget_oldest(g);
    new = calloc(1, sizeof *new);
    if (new) new->key = malloc(key.n + 1);
    if (new) new->centre = calloc(DIGEST_TERMS, sizeof *new->centre);
    if (!new || !new->key || !new->centre) {
        free_group(new);
        return NULL;
    }
    memcpy(new->key, key.p, key.n);
    new->nkey = key.n;
    new->hash = hash;
    g->slot[slot_of(g, key, hash)] = new;
    g->n++;
    return new;
}

/* ---- the centre -------------------------------------------------------------------------------
 */

static struct entry *entry_of(const struct group *g, uint64_t hash)
{
    uint32_t at = (uint32_t)((hash * 0x9E3779B97F4A7C15u) >> 32) & (DIGEST_TERMS - 1);
    while (g->centre[at].hash && g->centre[at].hash != hash)
        at = (at + 1) & (DIGEST_TERMS - 1);
    return &g->centre[at];
}

/* Halves every word's sum and forgets those that are small, until half the slots are free. */
static int make_room(struct group *g)
{
    struct entry *old = g->centre;
    float least = 0.25F;
    uint32_t i;
    while (g->nterm > DIGEST_TERMS / 2) {
        struct entry *fresh = calloc(DIGEST_TERMS, sizeof *fresh);
        if (!fresh) return 0;
        g->centre = fresh;
        g->nterm = 0;
        for (i = 0; i < DIGEST_TERMS; i++) {
            if (!old[i].hash || old[i].sum < least) continue;
            *entry_of(g, old[i].hash) = (struct entry){old[i].hash, old[i].sum / 2};
            g->nterm++;
        }
        free(old);
        old = g->centre;
    }
    return 1;
}

static int add_to_centre(struct group *g, const digest_sentence *s)
{
    uint32_t k;
    for (k = 0; k < s->nterm; k++) {
        struct entry *e = entry_of(g, s->term[k].hash);
        if (!e->hash) {
            if (g->nterm >= DIGEST_TERMS * 3 / 4) {
                if (!make_room(g)) return 0;
                e = entry_of(g, s->term[k].hash);
            }
            g->nterm += !e->hash;
            e->hash = s->term[k].hash;
        }
        e->sum += s->term[k].weight;
    }
    return 1;
}

static double length_of_centre(const struct group *g)
{
    double sum = 0;
    uint32_t i;
    for (i = 0; i < DIGEST_TERMS; i++)
        sum += (double)g->centre[i].sum * g->centre[i].sum;
    return sum > 0 ? sqrt(sum) : 1;
}

/* Score in its document, and twice the likeness to what the other sentences say. */
static double worth(const struct group *g, const digest_sentence *s, double length)
{
    double dot = 0, self = 0;
    uint32_t k;
    for (k = 0; k < s->nterm; k++) {
        dot += (double)s->term[k].weight * entry_of(g, s->term[k].hash)->sum;
        self += (double)s->term[k].weight * s->term[k].weight;
    }
    return s->score + 2 * (dot - self) / length;
}

/* ---- sentences --------------------------------------------------------------------------------
 */

static int copy_sentence(digest_sentence *to, const digest_sentence *from)
{
    char *text = malloc(from->text.n + 1), *id = malloc(from->id.n + 1);
    digest_term *term = malloc((from->nterm + 1) * sizeof *term);
    *to = *from;
    if (!text || !id || !term) {
        free(text);
        free(id);
        free(term);
        return 0;
    }
    memcpy(text, from->text.p, from->text.n);
    memcpy(id, from->id.p, from->id.n);
    if (from->nterm) memcpy(term, from->term, from->nterm * sizeof *term);
    to->text.p = text;
    to->id.p = id;
    to->term = term;
    return 1;
}

static void drop_worst(struct group *g)
{
    double length = length_of_centre(g), least = 0, v;
    uint32_t i, worst = 0;
    for (i = 0; i < g->nkept; i++) {
        v = worth(g, &g->kept[i], length);
        if (i == 0 || v < least) {
            least = v;
            worst = i;
        }
    }
    free_sentence(&g->kept[worst]);
    memmove(&g->kept[worst], &g->kept[worst + 1], (g->nkept - worst - 1) * sizeof *g->kept);
    g->nkept--;
}

qn_status digest_add(digest_groups *all, qn_str key, const digest_sentence *v, uint32_t n)
{
    struct group *g = group_of(all, key, 1);
    uint32_t i;
    if (!g) return QN_E_NOMEM;
    g->seen = ++all->clock;
    g->documents++;
    for (i = 0; i < n; i++)
        if (!add_to_centre(g, &v[i])) return QN_E_NOMEM;
    for (i = 0; i < n; i++) {
        if (!copy_sentence(&g->kept[g->nkept], &v[i])) return QN_E_NOMEM;
        g->kept[g->nkept++].no = g->arrived++;
        if (g->nkept > DIGEST_KEEP) drop_worst(g);
    }
    return QN_OK;
}

static double likeness(const digest_sentence *a, const digest_sentence *b)
{
    double dot = 0;
    uint32_t i = 0, k = 0;
    while (i < a->nterm && k < b->nterm) { /* both sorted by hash */
        if (a->term[i].hash == b->term[k].hash)
            dot += (double)a->term[i++].weight * b->term[k++].weight;
        else if (a->term[i].hash < b->term[k].hash)
            i++;
        else
            k++;
    }
    return dot;
}

static int by_arrival(const void *a, const void *b)
{
    const digest_sentence *x = *(const digest_sentence *const *)a;
    const digest_sentence *y = *(const digest_sentence *const *)b;
    return x->no < y->no ? -1 : x->no > y->no;
}

uint32_t digest_best(digest_groups *all, qn_str key, double mmr, const digest_sentence **out,
                     uint32_t n)
{
    struct group *g = group_of(all, key, 0);
    double value[DIGEST_KEEP], like[DIGEST_KEEP] = {0}, length;
    uint32_t i, k, found = 0;
    if (!g) return 0;
    length = length_of_centre(g);
    for (i = 0; i < g->nkept; i++)
        value[i] = worth(g, &g->kept[i], length);
    while (found < n && found < g->nkept) {
        for (k = g->nkept, i = 0; i < g->nkept; i++) /* the best one left */
            if (value[i] > -1e300 &&
                (k == g->nkept || value[i] - mmr * like[i] > value[k] - mmr * like[k]))
                k = i;
        if (k == g->nkept) break;
        value[k] = -INFINITY;
        out[found++] = &g->kept[k];
        for (i = 0; i < g->nkept; i++) {
            double v = likeness(&g->kept[i], &g->kept[k]);
            if (v > like[i]) like[i] = v;
            if (v > DUPLICATE) value[i] = -INFINITY; /* says the same */
        }
    }
    qsort(out, found, sizeof *out, by_arrival);
    return found;
}

uint64_t digest_documents(digest_groups *all, qn_str key)
{
    const struct group *g = group_of(all, key, 0);
    return g ? g->documents : 0;
}
