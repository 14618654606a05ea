/* SPDX-License-Identifier: MIT */
/* plugins/summarize/select.h - scores the sentences of a document by named features and picks the
 * summary. */
#ifndef SUMMARIZE_SELECT_H
#define SUMMARIZE_SELECT_H
#include "terms.h"

/* What is measured of a sentence; docs/plugins/summarize.md says how. */
typedef enum summ_feature {
    SUMM_FORWARD,
    SUMM_BACKWARD,
    SUMM_POSITION,
    SUMM_FIRST,
    SUMM_BRIEF,
    SUMM_LENGTHY,
    SUMM_QUESTION,
    SUMM_QUOTE,
    SUMM_PRONOUN,
    SUMM_CAPTION,
    SUMM_ENTITIES,
    SUMM_FIGURES,
    SUMM_TITLE,
    SUMM_RELEVANCE,
    SUMM_FEATURES
} summ_feature;

/* Its word in configs and reasons. */
extern const char *const summ_feature_name[SUMM_FEATURES];

typedef struct summ_weights {
    double feature[SUMM_FEATURES];
    double mmr; /* likeness to the most similar sentence already chosen counts against one; >= 0 */
} summ_weights;

/* What is known of a sentence beside its words; set by the caller. */
typedef struct summ_hint {
    uint8_t excluded;  /* heading, junk: never chosen while there is anything else */
    uint16_t entities; /* spans of the ents layer that begin in it */
} summ_hint;

/* What is known of the document beside its sentences; n 0: nothing. */
typedef struct summ_about {
    qn_str title, query;
} summ_about;

/* One limit is above 0, the others 0. */
typedef struct summ_budget {
    uint32_t sentences, words, chars;
    double ratio; /* of the sentences */
} summ_budget;

typedef struct summ_picker {
    float (*value)[SUMM_FEATURES]; /* of each sentence */
    double *score, *likeness, *shared, *sum, *worth;
    uint32_t *head, *touched, *chosen, *queue;
    struct summ_posting *post;
    uint32_t capsent, capid, cappost;
} summ_picker;

void summ_picker_free(summ_picker *);

/* Measures the sentences of the document: value[i][feature], and score[i], which is below
 * SUMM_NO_CANDIDATE for headings, junk and fragments. QN_E_NOMEM. */
qn_status summ_score(summ_picker *, summ_doc *, qn_str text, const summ_hint *, const summ_about *,
                     const summ_weights *);
#define SUMM_NO_CANDIDATE (-1e5)

/* Chooses among the sentences scored; their numbers are in picker->chosen, best first, *n of them.
 * Every document with a sentence gets one at least. Time n log n in the document's words. */
void summ_choose(summ_picker *, const summ_doc *, qn_str text, double mmr, const summ_budget *,
                 uint32_t *n);
#endif
