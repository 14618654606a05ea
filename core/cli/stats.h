/* SPDX-License-Identifier: MIT */
/* core/cli/stats.h - floor 6: a run in numbers for programs: JSON (--stats) and the text format of
 * Prometheus (--metrics-file). */
#ifndef QUERN_CLI_STATS_H
#define QUERN_CLI_STATS_H
#include "run.h"
#include "text/json_write.h"

/* The run as one JSON object without line end; docs/stats.md describes it. `state` is "done",
 * "failed", "running" ... */
void put_stats(qn_jsonw *, const qn_plan *, const qn_run_report *, const char *config,
               const char *state);
/* The same figures as metrics. */
void put_metrics(qn_jsonw *, const qn_plan *, const qn_run_report *);

/* Writes bytes to a file that is seen whole or not at all. 0 with the reason in why. */
int write_file(const char *path, const qn_jsonw *, char *why, size_t nwhy);
#endif
