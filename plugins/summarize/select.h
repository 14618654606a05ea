/* SPDX-License-Identifier: MIT */
/* plugins/summarize/select.h - scores the sentences of a document by named features and picks the
 * summary. */
#ifndef SUMMARIZE_SELECT_H
#define SUMMARIZE_SELECT_H
#include "terms.h"

/* How much each feature of a sentence counts; see docs/plugins/summarize.md. */
typedef struct summ_weights {
    double forward;  /* likeness to what follows, over the highest in the document */
    double backward; /* likeness to what went before, over the same */
    double position; /* 1 / sqrt(1 + number of the sentence) */
    double brief;    /* fewer than 8 words, the more the fewer */
    double lengthy;  /* more than 45 words, the more the more, at most 1 */
    double question, quote, pronoun;
    double entities; /* named entities per word, at most 1 */
    double mmr;      /* likeness to the most similar sentence already chosen */
} summ_weights;

/* What is known of a sentence beside its words; set by the caller. */
typedef struct summ_hint {
    uint8_t excluded;  /* heading, junk: never chosen while there is anything else */
    uint16_t entities; /* spans of the ents layer that begin in it */
} summ_hint;

/* One limit is above 0, the others 0. */
typedef struct summ_budget {
    uint32_t sentences, words, chars;
    double ratio; /* of the sentences */
} summ_budget;

typedef struct summ_picker {
    double *score, *likeness, *shared, *sum;
    uint32_t *head, *touched, *chosen;
    struct summ_posting *post;
    uint32_t capsent, capid, cappost;
} summ_picker;

void summ_picker_free(summ_picker *);
/* Chooses sentences; their numbers are in picker->chosen, best first, *n of them. Every document
 * with a sentence gets one at least. QN_E_NOMEM. */
qn_status summ_pick(summ_picker *, const summ_doc *, qn_str text, const summ_hint *,
                    const summ_weights *, const summ_budget *, uint32_t *n);
#endif
