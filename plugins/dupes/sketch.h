/* SPDX-License-Identifier: MIT */
/* plugins/dupes/sketch.h - a document as 128 numbers: the share that two documents have in common
 * is about the share of their word 5-grams in common (Jaccard). */
#ifndef QUERN_DUPES_SKETCH_H
#define QUERN_DUPES_SKETCH_H
#include <stddef.h>
#include <stdint.h>

enum { DUPES_SKETCH = 128, DUPES_SHINGLE = 5 };

struct dupes_shingles {
    uint64_t *v;
    size_t n, cap;
};

/* Fills out[0, DUPES_SKETCH) for the valid UTF-8 p[0, n). 1: done; 0: no word in it; -1: out of
 * memory. The same on every machine. */
int dupes_sketch(struct dupes_shingles *scratch, const char *p, size_t n, uint32_t *out);

/* The share of the sketch that two documents have in common, 0 to 1. */
double dupes_similarity(const uint32_t *a, const uint32_t *b);
#endif
