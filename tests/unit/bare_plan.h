/* SPDX-License-Identifier: MIT */
/* tests/unit/bare_plan.h - a plan of plugins given as structs, without config or loader: for tests
 * and benchmarks of the runner. */
#ifndef QUERN_BARE_PLAN_H
#define QUERN_BARE_PLAN_H
#include "plan.h"

/* Stages in the order of the modules, ids as the plugins' names, one worker, batches of 64. The
 * log becomes the plan's. 0, or -1 when out of memory. */
int bare_plan(qn_plan *, const qn_module *, unsigned n, qn_log *);
void bare_plan_free(qn_plan *);
#endif
