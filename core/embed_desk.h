/* SPDX-License-Identifier: MIT */
/* core/embed_desk.h - floor 5: the desk between an embedding program and a run: what the program
 * pushes is the run's source, what the run's sink takes is handed to the program, one record at a
 * time. The batch waits at the desk, so a record is read where it lies. */
#ifndef QUERN_EMBED_DESK_H
#define QUERN_EMBED_DESK_H
#include "plan.h"

typedef struct qn_desk qn_desk;

/* For a plan whose session->owner is the desk. */
extern const qn_ends qn_desk_ends;

/* `share`: workers between whom waiting documents are divided. NULL: no memory. */
qn_desk *qn_desk_new(void);
void qn_desk_free(qn_desk *);
void qn_desk_share(qn_desk *, unsigned workers);

/* Any thread. Statuses as in quern/run.h. */
qn_status qn_desk_push(qn_desk *, const char *id, qn_str text, const char *meta);
/* One thread, which also calls let_go: gives the record back without asking for another. */
qn_status qn_desk_next(qn_desk *, const qn_record **);
void qn_desk_let_go(qn_desk *);

/* No more will come; what comes out of the run is passed over. */
void qn_desk_end(qn_desk *);
/* Whoever waits gives up: QN_E_CANCELLED. Any thread. */
void qn_desk_close(qn_desk *);
/* The run is over: next gives this when nothing is left to hand out. */
void qn_desk_over(qn_desk *, qn_status);
#endif
