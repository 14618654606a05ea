/* SPDX-License-Identifier: MIT */
/* core/eval/match.h - floor 5: the stretches two sequences have in common, by Ratcliff and
 * Obershelp's rule: the longest common stretch first (leftmost on a tie), then the same on both
 * sides of it (J. W. Ratcliff, D. E. Metzener: Pattern Matching: The Gestalt Approach, Dr. Dobb's
 * Journal, July 1988; the rule of Python's difflib). */
#ifndef QUERN_EVAL_MATCH_H
#define QUERN_EVAL_MATCH_H
#include <stddef.h>
#include <stdint.h>

/* a[a, a + n) equals b[b, b + n). */
typedef struct eval_match {
    uint32_t a, b, n;
} eval_match;

/* Finds them in ascending order; the last entry is {na, nb, 0}. *out is the caller's to free.
 * Returns 0 when out of memory, and -1 when the work would pass EVAL_MATCH_WORK (the time is
 * quadratic in what two texts that differ do not share at their ends). */
int eval_match_all(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb, eval_match **out,
                   size_t *n);

/* 2 * common / (na + nb), from 0 to 1; -1 when out of memory or beyond the limit. */
double eval_match_ratio(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb);

#define EVAL_MATCH_WORK ((uint64_t)4000000000u)
#endif
