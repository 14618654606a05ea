/* SPDX-License-Identifier: MIT */
/* plugins/tagger/lists.h - names and words of lists, known by hash, as evidence for the model. The
 * table is part of the model file. */
#ifndef TAGGER_LISTS_H
#define TAGGER_LISTS_H
#include "clusters.h"

/* Bits above those of the classes. Three more are used for a word's place in a phrase. */
enum {
    LISTS_WORD = 26,  /* it is a common word that has a kind */
    LISTS_LOWER = 27, /* it is listed in lower case; else it must have a capital */
    LISTS_PREFIX = 31 /* the beginning of a longer phrase */
};
enum { LISTS_WORDS = 8 /* of a phrase, at most */ };

/* A word of the dictionary that has no kind. */
enum { LISTS_KNOWN = 255 };

/* One phrase; an empty slot has no bits. `kind` is that of a common word, LISTS_KNOWN, or 0. */
typedef struct tagger_listed {
    uint32_t check, bits, kind;
} tagger_listed;

/* Open addressing; a phrase lies at most LISTS_PROBES slots from its place. */
typedef struct tagger_lists {
    const tagger_listed *v;
    uint32_t size;                    /* a power of two, or 0: no list */
    uint32_t place, org, name, title; /* classes that the document's context asks for */
    tagger_clusters clusters;
} tagger_lists;
enum { LISTS_PROBES = 64 };

/* The hash of a phrase of words: start with 0, add tagger_word.low of each. */
static inline uint64_t tagger_lists_hash(uint64_t h, uint32_t low)
{
    h = (h ^ low) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

/* What is listed of a phrase; all 0 when it is unknown. */
static inline const tagger_listed *tagger_lists_find(const tagger_lists *l, uint64_t hash)
{
    static const tagger_listed unknown;
    uint32_t i, at = (uint32_t)(hash >> 32), check = (uint32_t)hash;
    for (i = 0; i < LISTS_PROBES && l->size; i++) {
        const tagger_listed *e = &l->v[(at + i) & (l->size - 1)];
        if (!e->bits || e->check == check) return e;
    }
    return &unknown;
}

static inline void tagger_lists_prefetch(const tagger_lists *l, uint64_t hash)
{
    if (l->size) __builtin_prefetch(&l->v[(uint32_t)(hash >> 32) & (l->size - 1)]);
}
#endif
