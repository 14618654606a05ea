/* SPDX-License-Identifier: MIT */
/* core/run.h - floor 5: workers that take batches through the plan's steps, in bounded memory,
 * with the same output whatever their number. */
#ifndef QUERN_RUN_H
#define QUERN_RUN_H
#include "ledger.h"
#include "plan.h"

typedef struct qn_stage_report {
    uint64_t records;         /* live records given to it */
    uint64_t dropped, failed; /* of these, by it */
    uint64_t ns;              /* spent in it, over all workers */
    uint64_t serial_ns;       /* the part in which only one worker could be */
    uint64_t wait_ns;         /* how long workers (source) or batches (commit) waited for it */
    uint64_t *count;          /* the plugin's counters, summed */
} qn_stage_report;

typedef struct qn_run_report {
    qn_totals totals;
    uint64_t ns;       /* wall clock */
    uint64_t first_ns; /* until the first batch had been through every step */
    unsigned workers;
    unsigned nstage;
    qn_stage_report *stage;
    qn_ledger *ledger; /* for its drops and changes */
    int limit;         /* the stage that limits the run; -1 when there was nothing to measure */
} qn_run_report;

/* A run that is under way, for the functions below; only within a tick. */
typedef struct qn_running qn_running;

/* Called about ten times a second on the calling thread. */
typedef void (*qn_tick)(void *user, qn_running *);

qn_totals qn_running_totals(qn_running *);
uint64_t qn_running_ns(qn_running *); /* since the start */
/* What the report would be if the run ended now, without what the ledger knows of single stages and
 * rules (report->ledger is NULL). To be freed with qn_run_report_free. */
void qn_running_report(qn_running *, qn_run_report *);

/* Runs the plan to its end: QN_OK; QN_E_CANCELLED when session->stop went to QN_CANCEL or the
 * reader of a pipe has gone; any other failure with words in why[nwhy]. A drain (QN_DRAIN) ends
 * well, with fewer records. Outputs are put in place only when the run ended well. *report is
 * filled in every case, to be freed with qn_run_report_free. One run per plan; main thread. */
qn_status qn_run(qn_plan *, qn_tick, void *user, qn_run_report *, char *why, size_t nwhy);
void qn_run_report_free(qn_run_report *);

/* Cores this process may use. */
unsigned qn_cores(void);
#endif
