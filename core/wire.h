/* SPDX-License-Identifier: MIT */
/* core/wire.h - floor 4: joins the stages of a plan: declared words become numbers, every need is
 * met by an earlier stage, and the chain is cut into steps. */
#ifndef QUERN_WIRE_H
#define QUERN_WIRE_H
#include "plan.h"

/* Fills needs, makes, names and ncount of a stage from its descriptor. QN_E_NOMEM. */
qn_status qn_wire_words(qn_stage *);
/* The first need of this stage, from its `*i`-th on, that no earlier stage makes, with advice in
 * help[nhelp]; NULL when all are met. *i moves behind it. */
const char *qn_wire_unmet(const qn_plan *, unsigned stage, size_t *i, char *help, size_t nhelp);
/* The plan's steps. QN_E_NOMEM. */
qn_status qn_wire_steps(qn_plan *);
#endif
