/* SPDX-License-Identifier: MIT */
/* core/ledger.h - floor 4: accounts for every record that was read: came through, dropped by
 * which rule, failed and why, and where the failed ones went. Works in input order, so that what
 * it says is the same whatever the number of workers. */
#ifndef QUERN_LEDGER_H
#define QUERN_LEDGER_H
#include "plan.h"

typedef struct qn_ledger qn_ledger;

/* A rule and how often it took a record out. */
typedef struct qn_drop_count {
    unsigned stage;
    const char *rule;
    uint64_t n;
} qn_drop_count;

/* A rule and what it changed in the texts of records that came through: stretches, their bytes in
 * the raw input, and the bytes that stand there now. */
typedef struct qn_change_count {
    qn_name rule;
    uint64_t n, raw, text;
} qn_change_count;

/* Totals so far; may be read while the run is on. The books balance: read = out + dropped + failed,
 * and bytes = kept + changed + dropped_bytes + failed_bytes. */
typedef struct qn_totals {
    uint64_t read, out, dropped, failed;
    uint64_t bytes;         /* of raw input */
    uint64_t kept, changed; /* of these, in records that came through: as they were, or not */
    uint64_t dropped_bytes, failed_bytes;
    uint64_t quarantined; /* of the failed records: written to the quarantine file */
    uint64_t skipped;     /* of the failed records: on_error = "skip" */
} qn_totals;

/* Opens the quarantine file when a stage of the plan asks for it, and the one for what is dropped
 * when the plan names it. NULL with why. */
qn_ledger *qn_ledger_new(qn_plan *, char *why, size_t nwhy);
void qn_ledger_free(qn_ledger *);

/* Takes a batch into account: QN_OK; QN_E_DATA when a record failed in a stage with on_error =
 * "stop"; QN_E_IO when one of the files cannot be written. Then qn_ledger_why says more. One batch
 * at a time, in input order. */
qn_status qn_ledger_account(qn_ledger *, const qn_plan *, const qn_batch *);
const char *qn_ledger_why(const qn_ledger *);

/* Any thread. */
qn_totals qn_ledger_totals(qn_ledger *);
/* Records that the stage dropped or failed; after the run. */
uint64_t qn_ledger_dropped(const qn_ledger *, unsigned stage);
uint64_t qn_ledger_failed(const qn_ledger *, unsigned stage);
/* The rules by stage, then most frequent first; after the run. */
const qn_drop_count *qn_ledger_drops(qn_ledger *, size_t *n);
/* The rules that changed texts, by number; after the run. Entries with n == 0 did nothing. */
const qn_change_count *qn_ledger_changes(const qn_ledger *, size_t *n);
#endif
