/* SPDX-License-Identifier: MIT */
/* core/suggest.h - floor 1: "did you mean": the known word nearest to a wrong one. */
#ifndef QUERN_SUGGEST_H
#define QUERN_SUGGEST_H
#include <stddef.h>

/* The optimal string alignment distance (insertions, deletions, substitutions and swaps of
 * neighbours; Damerau 1964, restricted) of two words of bytes, or `limit` + 1 when it is more. */
unsigned qn_word_distance(const char *a, const char *b, unsigned limit);

typedef struct qn_suggest {
    const char *wrong;
    const char *best; /* NULL: nothing near enough */
    unsigned distance;
} qn_suggest;

/* Starts looking for the word; then give every known word to qn_suggest_try and read `best`. A
 * word is near enough at a distance of at most 1 + a quarter of its length. */
void qn_suggest_start(qn_suggest *, const char *wrong);
void qn_suggest_try(qn_suggest *, const char *known);
#endif
