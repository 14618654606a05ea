/* SPDX-License-Identifier: MIT */
/* plugins/dupes/table.h - the documents seen so far in a run, in bounded memory: found again by the
 * hash of the text or, by locality-sensitive hashing, by their sketch. */
#ifndef QUERN_DUPES_TABLE_H
#define QUERN_DUPES_TABLE_H
#include "sip.h"
#include "sketch.h"
#include <quern/base.h>

/* What is known of a document. */
struct dupes_doc {
    dupes_hash hash;        /* of its text, by a random key */
    const uint32_t *sketch; /* DUPES_SKETCH numbers; NULL: only the same text counts */
    qn_str id;
};

struct dupes_match {
    qn_str id; /* of the earlier document; good until the next dupes_table_add */
    double similarity;
    int exact; /* the same text */
};

typedef struct dupes_table dupes_table;

/* A table that takes at most about `memory` bytes: of the documents put in, the latest are
 * remembered. near: sketches are stored, too, for documents alike to the `threshold` (0 to 1).
 * NULL: out of memory. */
dupes_table *dupes_table_new(uint64_t memory, int near, double threshold);
void dupes_table_free(dupes_table *t);

/* The document that is most like it, the latest of several; 0 when none is. Bounded work. */
int dupes_table_find(dupes_table *t, const struct dupes_doc *doc, struct dupes_match *out);
int dupes_table_add(dupes_table *t, const struct dupes_doc *doc); /* 0: out of memory */

/* How many documents it can hold. */
uint32_t dupes_table_capacity(const dupes_table *t);
#endif
