/* SPDX-License-Identifier: MIT */
/* core/stage.h - floor 3: one configured stage, and one worker's view of it. The plan makes
 * stages, the host answers their plugins, the runner calls them. */
#ifndef QUERN_STAGE_H
#define QUERN_STAGE_H
#include <quern/plugin.h>

#include "edit.h"
#include "loader.h"
#include "session.h"

/* What happens to a record that a stage could not process. */
typedef enum qn_on_error {
    QN_ON_ERROR_REPORT = 0, /* left out, named on standard error, exit status 2 */
    QN_ON_ERROR_STOP,       /* the run ends */
    QN_ON_ERROR_SKIP,       /* left out, counted */
    QN_ON_ERROR_QUARANTINE  /* left out, written to the quarantine file with the reason */
} qn_on_error;

typedef struct qn_stage {
    const qn_module *module;
    const qn_plugin *plugin; /* &module->plugin */
    const char *id;
    unsigned index;
    qn_on_error on_error;
    const void *conf; /* its place in the config, for messages */
    void *options;
    qn_layer_id *needs, *makes;
    qn_name *names;
    unsigned ncount;
    void *state;
    qn_session *session;
    int sound;  /* nothing is wrong with its options */
    int opened; /* open was called, so close will be */
    /* what fail() said outside process(); the first words win */
    char *failure;
    char *failure_option;
    qn_status failure_status;
} qn_stage;

/* One worker's view of one stage. The ctx comes first: the plugin's pointer to it is ours too. */
typedef struct qn_call {
    qn_ctx ctx;
    qn_stage *stage;
    qn_record *record;  /* the one process() is working on, else NULL */
    qn_edit *edit;      /* the worker's */
    int reading;        /* in read(): a drain ends it */
    int opened;         /* enter() was called, so leave() will be */
    uint64_t ns;        /* time spent in the plugin */
    uint64_t serial_ns; /* the part of it in ordered steps */
    uint64_t wait_ns;   /* how long workers or batches waited for it */
    uint64_t records;   /* live records given to it */
} qn_call;
#endif
