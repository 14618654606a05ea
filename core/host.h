/* SPDX-License-Identifier: MIT */
/* core/host.h - floor 3: the table of functions that plugins call (quern/host.h). */
#ifndef QUERN_CORE_HOST_H
#define QUERN_CORE_HOST_H
#include "stage.h"

/* The one table; constant. */
extern const qn_host qn_the_host;

/* Readies a view of a stage for its plugin. `count` has stage->ncount counters. */
void qn_call_init(qn_call *, qn_stage *, unsigned worker, qn_edit *, uint64_t *count);

/* Marks a record failed with words kept in its batch. Any thread that owns the batch. */
void qn_record_fail(qn_stage *, qn_record *, const char *fmt, ...) QN_PRINTF(3, 4);
#endif
