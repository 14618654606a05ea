/* SPDX-License-Identifier: MIT */
/* core/eval/flat.h - floor 5: a document seen as its characters that are not white space, so that
 * places can be compared between two texts whose line ends and blanks differ; and the way from
 * one such view to another when the texts differ in more. */
#ifndef QUERN_EVAL_FLAT_H
#define QUERN_EVAL_FLAT_H
#include "eval/doc.h"

typedef struct eval_flat {
    uint32_t n;     /* characters that are not white space */
    uint32_t *ch;   /* n code points */
    uint32_t *at;   /* n: which code point of the text each one is */
    uint32_t *flat; /* points + 1: characters before each code point */
    uint32_t points;
} eval_flat;

/* 0 when out of memory; then nothing is left to free. */
int eval_flat_make(eval_flat *f, const eval_doc *d);
void eval_flat_free(eval_flat *f);

/* How pred's characters correspond to gold's. Both NULL: they are the same. */
typedef struct eval_way {
    uint32_t *ents;  /* pred.n + 1: for the edges of an entity */
    uint32_t *sents; /* pred.n + 1: for the first and last character of a sentence or token */
} eval_way;

typedef enum eval_fit {
    EVAL_SAME,    /* the texts agree */
    EVAL_ALIGNED, /* they differ and were aligned */
    EVAL_APART,   /* they differ too much and are too long: not aligned */
    EVAL_NOMEM
} eval_fit;

eval_fit eval_way_find(eval_way *way, const eval_flat *gold, const eval_flat *pred);
void eval_way_free(eval_way *way);
#endif
