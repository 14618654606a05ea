/* SPDX-License-Identifier: MIT */
/* core/batch.h - floor 1: the batch behind qn_batch. Records and all they point to live in its
 * blocks of memory, which are handed out by qn_alloc() and taken back all at once by a reset. */
#ifndef QUERN_BATCH_H
#define QUERN_BATCH_H
#include <quern/record.h>

/* Memory a batch holds on to across resets when qn_batch_new is given 0. */
#define QN_BATCH_KEEP ((size_t)1 << 20)

typedef struct qn_batch_memory {
    size_t used; /* bytes handed out since the last reset */
    size_t held; /* bytes now taken from the system */
    size_t peak; /* the most ever held */
} qn_batch_memory;

/* An empty batch that keeps up to `keep` bytes of memory across resets (0: QN_BATCH_KEEP), so
 * that one huge document does not make it large for ever. NULL when out of memory. */
qn_batch *qn_batch_new(size_t keep);
void qn_batch_free(qn_batch *);

/* Empties the batch for the next use: n, bytes and seq become 0; cap is left alone. Every
 * pointer into it is dead. */
void qn_batch_reset(qn_batch *);

/* A new record at the end, with nlayer empty layers (layer 0 counted); everything else zero
 * except `batch`. qn_batch.cap, what a source is asked for, does not limit it. NULL when out of
 * memory or past 2^32 - 1 records. qn_batch.bytes then counts the texts of all earlier records. */
qn_record *qn_batch_add_record(qn_batch *, uint32_t nlayer);

qn_batch_memory qn_batch_stats(const qn_batch *);
#endif
