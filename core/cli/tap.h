/* SPDX-License-Identifier: MIT */
/* core/cli/tap.h - floor 6: --tap STAGE[:N]: the first N records as a stage left them, one JSON
 * object a line, with every layer and every stretch of text that was changed, and by which rule. */
#ifndef QUERN_CLI_TAP_H
#define QUERN_CLI_TAP_H
#include <stdio.h>

#include "plan.h"
#include "text/json_write.h"

enum { MOST_TAPS = 16, TAP_RECORDS = 10 };

struct tap {
    char stage[64];
    uint64_t left; /* records still to be shown */
    FILE *out;
    qn_session *session; /* for the words of layers and labels; set before the run */
};

/* Reads "STAGE" or "STAGE:N" into a tap; 0 when it is neither. */
int parse_tap(struct tap *, const char *word);
/* One record as a JSON object and a line end. */
void put_tapped(qn_jsonw *, const char *stage, qn_session *, const qn_record *);
/* qn_tap.see; `arg` is a struct tap. */
qn_status see_tap(void *arg, const qn_batch *);
#endif
