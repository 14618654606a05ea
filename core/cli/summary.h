/* SPDX-License-Identifier: MIT */
/* core/cli/summary.h - floor 6: what a run tells the operator: the line while it goes on, the
 * table when it has ended. */
#ifndef QUERN_CLI_SUMMARY_H
#define QUERN_CLI_SUMMARY_H
#include <stdio.h>

#include "run.h"

/* The progress line on standard error. */
typedef struct progress_line {
    int drawn; /* 1 while it stands there */
    const qn_plan *plan;
} progress_line;

void draw_progress(progress_line *, qn_running *);
void clear_progress(progress_line *);

/* Records, rate, and a row per stage: records, time, share, waiting, notes. */
void print_summary(FILE *, const qn_plan *, const qn_run_report *);
#endif
