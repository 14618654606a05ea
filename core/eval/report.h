/* SPDX-License-Identifier: MIT */
/* core/eval/report.h - floor 5: a score in print: a table for people, one JSON object for programs,
 * errors in their context. */
#ifndef QUERN_EVAL_REPORT_H
#define QUERN_EVAL_REPORT_H
#include <stdio.h>

#include "eval/score.h"

typedef struct eval_print {
    unsigned rounds; /* of the bootstrap; 0: no intervals */
    uint64_t seed;
    unsigned errors;        /* of each kind, to be shown */
    int groups;             /* show F1 by group */
    const eval_score *base; /* an earlier system on the same gold to compare with, or NULL */
    const qn_names *names;  /* of labels */
} eval_print;

void eval_print_table(FILE *out, const eval_score *s, const eval_print *how);
/* QN_E_NOMEM when it could not be built. */
qn_status eval_print_json(FILE *out, const eval_score *s, const eval_print *how);
void eval_print_errors(FILE *out, const eval_score *s, const eval_print *how);
#endif
