/* SPDX-License-Identifier: MIT */
/* core/eval/changes.h - floor 5: what was changed between two texts, word by word: the fewest words
 * that have to go and to come (E. W. Myers: An O(ND) Difference Algorithm, 1986). */
#ifndef QUERN_EVAL_CHANGES_H
#define QUERN_EVAL_CHANGES_H
#include <quern/base.h>

/* Bytes [a, a_end) of one text stand as [b, b_end) in the other; either may be empty. What lies
 * between two changes is the same in both. */
typedef struct eval_change {
    size_t a, a_end, b, b_end;
} eval_change;

/* The changes in order, *out to be freed; words are cut at white space, which is compared, too.
 * Texts that have too little in common are one change from the first to the last difference. 0: no
 * memory. */
int eval_changes(qn_str a, qn_str b, eval_change **out, size_t *n);
#endif
