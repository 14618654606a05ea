/* SPDX-License-Identifier: MIT */
/* core/embed_problems.h - floor 5: diagnostics as an embedding program reads them. */
#ifndef QUERN_EMBED_PROBLEMS_H
#define QUERN_EMBED_PROBLEMS_H
#include <quern/run.h>

#include "diag.h"

typedef struct qn_problems qn_problems;

/* A copy, sorted by place; the first error goes into why[nwhy] as one line. NULL: no memory. */
qn_problems *qn_problems_new(qn_diags *, char *why, size_t nwhy);
void qn_problems_free(qn_problems *);
const qn_problem *qn_problems_get(const qn_problems *, size_t i);
#endif
