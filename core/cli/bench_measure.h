/* SPDX-License-Identifier: MIT */
/* core/cli/bench_measure.h - floor 7: one run of a pipeline, measured, in a process of its own, so
 * that no run finds what another has left in memory. And what the machine itself can do. */
#ifndef QUERN_CLI_BENCH_MEASURE_H
#define QUERN_CLI_BENCH_MEASURE_H
#include "bench/sample.h"
#include "plan.h"

enum { BENCH_MOST_STAGES = 100, BENCH_NAME = 48 };

typedef struct bench_stage {
    char id[BENCH_NAME], plugin[BENCH_NAME];
    uint64_t ns; /* in it, over all workers */
} bench_stage;

typedef struct bench_run {
    uint64_t start_ns; /* config read, plugins loaded, models mapped */
    uint64_t run_ns;
    uint64_t bytes; /* of text that was read */
    uint64_t read, out, failed;
    uint64_t tokens;     /* where the records are counted */
    uint64_t peak_bytes; /* of memory */
    unsigned workers, nstage;
    int has_tokens; /* the pipeline makes tokens */
    bench_stage stage[BENCH_MOST_STAGES];
} bench_run;

/* What is run. Nothing of the operator's is written: records go to /dev/null as JSON, or (`count`)
 * nowhere, their tokens being counted; those that fail are left out. */
typedef struct bench_job {
    const char *config;
    const char *const *set; /* nset assignments */
    size_t nset;
    const char *const *input; /* ninput paths; without any, the sample */
    size_t ninput;
    long workers; /* -1: as the config says */
    const bench_sample *sample;
    int count;
    int loud; /* says on standard error what is wrong */
} bench_job;

/* EXIT_DONE and *out, or the exit status of what went wrong. */
int bench_measure(const bench_job *, bench_run *out);

/* Bytes a second that memory is copied at, and that the input is read at when nothing else is done:
 * the paths' files, or the sample from a file. 0: could not be measured. */
typedef struct bench_limits {
    double copy, read;
} bench_limits;
bench_limits bench_limits_of(const bench_job *);
#endif
