/* SPDX-License-Identifier: MIT */
/* core/eval/score.h - floor 5: all that can be scored of predicted records against gold ones, in
 * one walk over the documents. */
#ifndef QUERN_EVAL_SCORE_H
#define QUERN_EVAL_SCORE_H
#include "eval/rouge.h"
#include "eval/spans.h"

/* The figures; a file pair has those whose layer both files hold. */
typedef enum eval_figure {
    EVAL_F_ENTS,
    EVAL_F_SENTS,
    EVAL_F_BOUNDS,
    EVAL_F_TOKENS,
    EVAL_F_LINES,
    EVAL_F_ROUGE_1,
    EVAL_F_ROUGE_2,
    EVAL_F_ROUGE_L,
    EVAL_F_ROUGE_LSUM,
    EVAL_F_PHRASES,
    EVAL_FIGURES
} eval_figure;

enum { EVAL_PHRASE_LIMIT = 10 };

/* One wrong span. A side that has none is all zero. */
typedef struct eval_wrong {
    eval_kind kind;
    eval_fault fault;
    size_t doc; /* of gold */
    eval_key gold, pred;
} eval_wrong;

typedef struct eval_score {
    const eval_docs *gold, *pred;
    eval_measure figure[EVAL_FIGURES];
    int has[EVAL_FIGURES];
    eval_measure *label; /* entities by number of label */
    unsigned nlabel;
    size_t missing, aligned, apart; /* documents: without prediction, aligned, not comparable */
    size_t exact;                   /* whose sentences are all right */
    eval_wrong *wrong;
    size_t nwrong, capwrong;
    int no_memory;
} eval_score;

/* Scores pred against gold. by_order: pairs by place in the file, not by id. QN_OK or
 * QN_E_NOMEM. */
qn_status eval_score_make(eval_score *s, const eval_docs *gold, const eval_docs *pred, int by_order,
                          const eval_labels *labels);
void eval_score_free(eval_score *s);
#endif
