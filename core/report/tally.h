/* SPDX-License-Identifier: MIT */
/* core/report/tally.h - floor 6: how often each of many strings was seen, and in how many
 * documents. */
#ifndef QUERN_REPORT_TALLY_H
#define QUERN_REPORT_TALLY_H
#include <quern/base.h>

#include "tree.h"

/* One string. Its address changes when others are added. */
typedef struct tally_entry {
    qn_str key, rest;   /* two parts: a label and a name, a rule and nothing */
    uint64_t n, bytes;  /* bytes: for the caller */
    uint64_t documents; /* that had it; each is counted once */
    uint64_t last;      /* the document that was counted last, from 1 */
    uint32_t more;      /* for the caller, 0 at first */
    uint64_t hash;
} tally_entry;

typedef struct tally {
    qn_pool *pool; /* the caller's; strings are copied into it */
    tally_entry *v;
    uint32_t n, cap;
    uint32_t *slot; /* number of an entry + 1, or 0 */
    uint32_t nslot; /* a power of two */
} tally;

/* Counts the string once more, in that document (from 1). NULL when out of memory. */
tally_entry *tally_add(tally *, qn_str key, qn_str rest, uint64_t document);
/* 64 bits that two strings hardly share. */
uint64_t tally_hash(qn_str key, qn_str rest);
/* By n, the most frequent first, then by key and rest; the table takes no more then. */
void tally_sort(tally *);
void tally_free(tally *);
#endif
