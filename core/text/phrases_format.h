/* SPDX-License-Identifier: MIT */
/* core/text/phrases_format.h - how a list of phrases lies in memory: head, slots of a hash table,
 * entries, strings. Numbers are in the byte order of the machine, which the head tells. */
#ifndef QUERN_PHRASES_FORMAT_H
#define QUERN_PHRASES_FORMAT_H
#include <stdint.h>

enum { PHRASES_ORDER = 0x01020304, PHRASES_FILTER = 8192, PHRASES_LONGER = 1u << 31 };

struct qn_phrases_head {
    char magic[8];
    uint32_t order; /* PHRASES_ORDER, as this machine writes it */
    uint32_t nslot; /* a power of two */
    uint32_t nentry;
    uint32_t nstring;               /* bytes */
    uint64_t size;                  /* of the whole */
    uint8_t filter[PHRASES_FILTER]; /* bits of the hashes of first tokens */
};

/* A phrase, or the beginning of one up to where a token may end. */
struct qn_phrases_slot {
    uint64_t hash;
    uint32_t first; /* entry */
    uint32_t count; /* of entries, and PHRASES_LONGER; 0: free */
};

struct qn_phrases_entry {
    uint32_t name, label, id; /* where they begin among the strings */
    uint16_t nname;
    uint8_t nlabel, flags;
    uint32_t nid;
};

static inline uint32_t phrases_filter_bit(uint64_t h)
{
    return (uint32_t)(h >> 13) & (PHRASES_FILTER * 8 - 1);
}
static inline uint32_t phrases_slot_of(uint64_t h, uint32_t nslot)
{
    return (uint32_t)(h >> 29) & (nslot - 1);
}
#endif
