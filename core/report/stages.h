/* SPDX-License-Identifier: MIT */
/* core/report/stages.h - floor 6: what `quern run --stats` wrote, read back (docs/stats.md). */
#ifndef QUERN_REPORT_STAGES_H
#define QUERN_REPORT_STAGES_H
#include "tree.h"

enum { REPORT_STAGES = 128, REPORT_DROPS = 16 };

typedef struct report_drop {
    qn_str rule;
    uint64_t n;
} report_drop;

typedef struct report_stage {
    qn_str id;
    uint64_t records, dropped, failed;
    double seconds, waited;
    report_drop drop[REPORT_DROPS]; /* records left out, by rule */
    unsigned ndrop;
} report_stage;

typedef struct report_run {
    qn_str version, config, state, limited_by;
    uint64_t workers;
    double seconds;
    struct {
        uint64_t read, out, dropped, failed, quarantined, skipped;
    } records;
    struct {
        uint64_t read, kept, changed, dropped, failed;
    } bytes;
    report_stage stage[REPORT_STAGES];
    unsigned nstage;
} report_run;

/* Reads json[0, n), which must live as long as the run: its strings lie there or in the pool. 0 and
 * `why` when it is not what it should be. */
int report_run_read(report_run *, qn_pool *, const char *json, size_t n, char *why, size_t nwhy);
#endif
