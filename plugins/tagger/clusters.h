/* SPDX-License-Identifier: MIT */
/* plugins/tagger/clusters.h - which words keep the same company, known by hash: each word's cluster
 * at three grains, as evidence for the model. The table is part of the model file. */
#ifndef TAGGER_CLUSTERS_H
#define TAGGER_CLUSTERS_H
#include <quern/base.h>

enum { CLUSTER_GRAINS = 3 /* from coarse to fine */ };

/* One word; all 0 in an empty slot, and for a word that is not known. */
typedef struct tagger_cluster {
    uint16_t check;
    uint16_t id[CLUSTER_GRAINS]; /* 1 and up */
} tagger_cluster;

/* Open addressing; a word lies at most CLUSTER_PROBES slots from its place. */
typedef struct tagger_clusters {
    const tagger_cluster *v;
    uint32_t size; /* a power of two, or 0: none */
} tagger_clusters;
enum { CLUSTER_PROBES = 128 };

/* `low` is tagger_word.low. */
static inline uint64_t tagger_cluster_hash(uint32_t low)
{
    return (low + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15);
}

static inline uint32_t tagger_cluster_slot(uint64_t hash, uint32_t size)
{
    return (uint32_t)(hash >> 40) & (size - 1);
}

static inline uint16_t tagger_cluster_check(uint64_t hash)
{
    return (uint16_t)(hash >> 24);
}

static inline const tagger_cluster *tagger_cluster_find(const tagger_clusters *c, uint32_t low)
{
    static const tagger_cluster unknown;
    const uint64_t hash = tagger_cluster_hash(low);
    uint32_t i;
    for (i = 0; i < CLUSTER_PROBES && c->size; i++) {
        const tagger_cluster *e = &c->v[(tagger_cluster_slot(hash, c->size) + i) & (c->size - 1)];
        if (!e->id[0] || e->check == tagger_cluster_check(hash)) return e;
    }
    return &unknown;
}

static inline void tagger_cluster_prefetch(const tagger_clusters *c, uint32_t low)
{
    if (c->size) __builtin_prefetch(&c->v[tagger_cluster_slot(tagger_cluster_hash(low), c->size)]);
}
#endif
