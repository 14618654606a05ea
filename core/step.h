/* SPDX-License-Identifier: MIT */
/* core/step.h - floor 4: carries out one step of the plan on one batch. Knows nothing of threads:
 * the runner sees to it that a batch has one worker and an ordered step one batch. */
#ifndef QUERN_STEP_H
#define QUERN_STEP_H
#include "ledger.h"
#include "plan.h"

/* A batch on its way through the plan. */
typedef struct qn_job {
    qn_batch *batch;
    void **carry;     /* per stage: what process_batch left for commit */
    unsigned step;    /* the next one to do */
    uint64_t arrived; /* when it came to an ordered step, in ns */
} qn_job;

/* What a worker brings along. */
typedef struct qn_bench {
    qn_plan *plan;
    qn_call *call;     /* per stage */
    qn_ledger *ledger; /* the run's; only the account step touches it */
} qn_bench;

/* Does job->step. QN_OK; QN_END from the read step when the input is at its end; any other
 * status ends the run: the words are in the stage's failure, or in the ledger's. */
qn_status qn_step_do(qn_bench *, qn_job *);

/* Where this thread is: the stage, and the records it may be working on; first NULL: none yet. 0:
 * in no step. Safe in a signal handler. */
typedef struct qn_where {
    const qn_stage *stage;
    const qn_record *first;
    uint32_t n;
} qn_where;
int qn_step_where(qn_where *);

/* Monotonic time in nanoseconds. */
uint64_t qn_now(void);
#endif
