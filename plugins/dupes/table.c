/* SPDX-License-Identifier: MIT */
/* plugins/dupes/table.c - see table.h. A ring of documents; each hash bucket is a list from the
 * latest to the oldest, so that the first one which has left the ring ends the walk and nothing
 * need be removed. Crafted documents cannot make a walk longer than WALK, and who meets whom is the
 * same in every run. */
#include "table.h"

#include <math.h>
#include <stdlib.h>

enum { WALK = 64, ID_MAX = 200, BANDS_MAX = DUPES_SKETCH / 2 };

struct entry {
    dupes_hash hash;
    char *id;
    uint32_t nid;
    uint32_t seen; /* number of the search that looked at it last */
};

struct dupes_table {
    struct entry *doc; /* ring of `most` */
    uint32_t *sketch;  /* of each */
    uint32_t *head;    /* (bands + 1) x nhead: number of the latest document; 0 none */
    uint32_t *next;    /* most x (bands + 1) */
    uint32_t most, nhead, last, searches;
    uint64_t stored;
    unsigned bands, rows;
    double threshold;
};

/* Rows of a band: the more, the less is compared in vain, but documents alike to the threshold
 * must still meet: the curve's steep part lies a tenth below it. */
static void choose_bands(dupes_table *t)
{
    unsigned rows;
    t->rows = 2;
    for (rows = 2; rows <= 16; rows++) {
        unsigned bands = DUPES_SKETCH / rows;
        if (pow(1.0 / bands, 1.0 / rows) <= t->threshold - 0.1) t->rows = rows;
    }
    t->bands = DUPES_SKETCH / t->rows;
}

static uint64_t bytes_each(const dupes_table *t, int near)
{
    uint64_t lists = t->bands + 1;
    return sizeof(struct entry) + 64 + (near ? DUPES_SKETCH * sizeof(uint32_t) : 0) +
           lists * 3 * sizeof(uint32_t);
}

dupes_table *dupes_table_new(uint64_t memory, int near, double threshold)
{
    dupes_table *t = calloc(1, sizeof *t);
    uint64_t most;
    size_t lists;
    if (!t) return NULL;
    t->threshold = threshold;
    if (near) choose_bands(t);
    most = memory / bytes_each(t, near);
    t->most = most < 16 ? 16 : most > 1U << 30 ? 1U << 30 : (uint32_t)most;
    for (t->nhead = 16; t->nhead < t->most; t->nhead *= 2) {
    }
    lists = t->bands + 1;
    t->doc = calloc(t->most, sizeof *t->doc);
    t->head = calloc(lists * t->nhead, sizeof *t->head);
    t->next = calloc(lists * t->most, sizeof *t->next);
    if (near) t->sketch = calloc((size_t)t->most * DUPES_SKETCH, sizeof *t->sketch);
    if (t->doc && t->head && t->next && (!near || t->sketch)) return t;
    dupes_table_free(t);
    return NULL;
}

void dupes_table_free(dupes_table *t)
{
    uint32_t i;
    if (!t) return;
    for (i = 0; t->doc && i < t->most; i++)
        free(t->doc[i].id);
    free(t->doc);
    free(t->sketch);
    free(t->head);
    free(t->next);
    free(t);
}

uint32_t dupes_table_capacity(const dupes_table *t)
{
    return t->most;
}

/* The bucket of a document in list 0 (its text) or 1 .. bands (a part of its sketch). */
static uint32_t *head_of(const dupes_table *t, const struct dupes_doc *doc, unsigned list)
{
    uint64_t h = doc->hash.a;
    if (list) {
        const char *band = (const char *)(doc->sketch + (list - 1) * t->rows);
        h = dupes_sip((dupes_hash){list, 0}, band, t->rows * sizeof(uint32_t)).a;
    }
    return &t->head[(size_t)list * t->nhead + (h & (t->nhead - 1))];
}

static int alive(const dupes_table *t, uint32_t number)
{
    return number && t->last - number < t->most && t->last - number < t->stored;
}

static struct entry *entry_of(const dupes_table *t, uint32_t number)
{
    return &t->doc[number % t->most];
}

static uint32_t next_of(const dupes_table *t, uint32_t number, unsigned list)
{
    return t->next[(size_t)(number % t->most) * (t->bands + 1) + list];
}

static uint32_t find_exact(const dupes_table *t, const struct dupes_doc *doc)
{
    uint32_t number = *head_of(t, doc, 0);
    for (; alive(t, number); number = next_of(t, number, 0)) {
        const struct entry *e = entry_of(t, number);
        if (e->hash.a == doc->hash.a && e->hash.b == doc->hash.b) return number;
    }
    return 0;
}

/* The best of one bucket, when it is better than *best; of equals the latest stays. */
static uint32_t walk(dupes_table *t, const struct dupes_doc *doc, unsigned list, double *best)
{
    uint32_t number = *head_of(t, doc, list), found = 0, steps;
    for (steps = 0; steps < WALK && alive(t, number); steps++, number = next_of(t, number, list)) {
        struct entry *e = entry_of(t, number);
        double like;
        if (e->seen == t->searches) continue;
        e->seen = t->searches;
        like = dupes_similarity(doc->sketch, t->sketch + (size_t)(number % t->most) * DUPES_SKETCH);
        if (like < t->threshold || like <= *best) continue;
        *best = like;
        found = number;
    }
    return found;
}

static uint32_t find_near(dupes_table *t, const struct dupes_doc *doc, double *best)
{
    uint32_t number = 0, better;
    unsigned list;
    t->searches++;
    for (list = 1; *best < 1 && list <= t->bands; list++) {
        better = walk(t, doc, list, best);
        if (better) number = better;
    }
    return number;
}

int dupes_table_find(dupes_table *t, const struct dupes_doc *doc, struct dupes_match *out)
{
    uint32_t number = find_exact(t, doc);
    out->similarity = number ? 1 : 0;
    out->exact = number != 0;
    if (!number && t->sketch && doc->sketch) number = find_near(t, doc, &out->similarity);
    if (!number) return 0;
    out->id = (qn_str){entry_of(t, number)->id, entry_of(t, number)->nid};
    return 1;
}

int dupes_table_add(dupes_table *t, const struct dupes_doc *doc)
{
    uint32_t number = t->last + 1 ? t->last + 1 : 1;
    struct entry *e = entry_of(t, number);
    size_t nid = doc->id.n < ID_MAX ? doc->id.n : 0; /* an id of that length is no use */
    char *id = malloc(nid + 1);
    unsigned list, lists = t->sketch && doc->sketch ? t->bands + 1 : 1;
    if (!id) return 0;
    if (nid) memcpy(id, doc->id.p, nid);
    free(e->id);
    *e = (struct entry){.hash = doc->hash, .id = id, .nid = (uint32_t)nid};
    t->last = number;
    t->stored++;
    if (lists > 1)
        memcpy(t->sketch + (size_t)(number % t->most) * DUPES_SKETCH, doc->sketch,
               DUPES_SKETCH * sizeof *t->sketch);
    for (list = 0; list < lists; list++) {
        uint32_t *head = head_of(t, doc, list);
        t->next[(size_t)(number % t->most) * (t->bands + 1) + list] = *head;
        *head = number;
    }
    return 1;
}
