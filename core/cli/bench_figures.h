/* SPDX-License-Identifier: MIT */
/* core/cli/bench_figures.h - floor 7: what the runs add up to, as text and as JSON. */
#ifndef QUERN_CLI_BENCH_FIGURES_H
#define QUERN_CLI_BENCH_FIGURES_H
#include "bench/interval.h"
#include "bench_measure.h"
#include "text/json_write.h"

/* A pipeline that was measured. */
typedef struct bench_side {
    bench_job job;
    bench_run first; /* with the records counted */
    bench_run *run;  /* n of them */
    size_t n;
} bench_side;

typedef struct bench_figures {
    const bench_side *side; /* nside: 1 or 2 */
    size_t nside;
    bench_limits limits;
} bench_figures;

/* 0: no memory. */
int bench_print(const bench_figures *);
int bench_put_json(const bench_figures *, qn_jsonw *);
#endif
