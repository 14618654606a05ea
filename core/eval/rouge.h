/* SPDX-License-Identifier: MIT */
/* core/eval/rouge.h - floor 5: a summary against reference summaries: ROUGE-1, -2, -L and -Lsum
 * (C.-Y. Lin: ROUGE, ACL workshop 2004), by the definition of Google's rouge-score: lower case,
 * runs of a-z and 0-9 are words, words of four letters and more are stemmed, of several references
 * the one with the best F1 counts for each measure. */
#ifndef QUERN_EVAL_ROUGE_H
#define QUERN_EVAL_ROUGE_H
#include <quern/base.h>

#include "eval/measure.h"

enum { EVAL_ROUGE_1, EVAL_ROUGE_2, EVAL_ROUGE_L, EVAL_ROUGE_LSUM, EVAL_ROUGES };

/* Scores into out[EVAL_ROUGES]; 0 when out of memory. */
int eval_rouge(qn_str summary, const qn_str *ref, uint32_t nref, eval_prf *out);

/* Key phrases: stemmed, exact matches of the first `limit` different predicted phrases. 0 when out
 * of memory. */
int eval_phrases(const qn_str *pred, uint32_t npred, const qn_str *gold, uint32_t ngold,
                 unsigned limit, eval_prf *out);
#endif
