/* SPDX-License-Identifier: MIT */
/* core/bench/sample.h - floor 5: text to measure with where nobody has brought any: made-up news,
 * as long as wanted, no two documents the same, always the same ones. */
#ifndef QUERN_BENCH_SAMPLE_H
#define QUERN_BENCH_SAMPLE_H
#include <quern/base.h>

typedef struct bench_sample {
    char *text;    /* the documents, one behind the other */
    size_t *start; /* n + 1 of them: document i is text[start[i]..start[i + 1]) */
    size_t n;
    int pages;
} bench_sample;

/* n documents; as web pages when `pages`. 0: no memory. */
int bench_sample_make(bench_sample *, size_t n, int pages);
void bench_sample_free(bench_sample *);
#endif
