/* SPDX-License-Identifier: MIT */
/* core/plan.h - floor 4: a config made into stages that can run: plugins loaded, options read,
 * needs met, and the chain cut into steps. */
#ifndef QUERN_PLAN_H
#define QUERN_PLAN_H
#include "stage.h"

typedef struct qn_config qn_config; /* core/config.h */
typedef struct qn_diags qn_diags;   /* core/diag.h */

/* One thing that is done to every batch. Ordered steps take one batch at a time, in input order;
 * the others run on any worker. */
typedef enum qn_step_kind {
    QN_STEP_READ,     /* the source fills the batch (ordered by nature; always the first) */
    QN_STEP_PROCESS,  /* a plugin's process or process_batch */
    QN_STEP_ADOPT,    /* the text as it now is becomes the raw input */
    QN_STEP_VALIDATE, /* from here on the text is UTF-8: what is not, fails */
    QN_STEP_ACCOUNT,  /* count what came through, report or quarantine what failed (ordered) */
    QN_STEP_COMMIT,   /* a plugin's commit (ordered) */
    QN_STEP_TAP       /* somebody looks at the batch as the stage left it (ordered) */
} qn_step_kind;

typedef struct qn_step {
    qn_step_kind kind;
    unsigned stage; /* whose plugin; for the others the source's */
} qn_step;

/* The `run` group of a config. */
typedef struct qn_run_options {
    int64_t workers;        /* 0: one per core this process may use */
    int64_t limit;          /* records are read at most; 0: all */
    int64_t batch_records;  /* a batch is full at this many records, or 64 KiB of text */
    int on_error;           /* qn_on_error, for stages that say nothing */
    const char *quarantine; /* file */
    const char *dropped;    /* file for records that stages drop, or NULL */
} qn_run_options;

/* The option table it is read by. */
extern const qn_option qn_run_option_table[];

/* Shows every batch as a stage left it, one at a time, in input order; it must not change it.
 * QN_OK, or a status that ends the run, the words being said to the log. */
typedef struct qn_tap {
    const char *stage; /* its id */
    qn_status (*see)(void *arg, const qn_batch *);
    void *arg;
} qn_tap;

/* For a program that hands documents in and takes them back itself (core/embed.c), or that only
 * measures (quern bench): the config's source gives way to `source`, its sinks to the last one that
 * can give a record as JSON (QN_EXT_JSON; jsonl is added when there is none), whose commit is
 * `take` and whose path is /dev/null. */
typedef struct qn_ends {
    const qn_plugin *source;                 /* NULL: the config's */
    qn_status (*take)(qn_ctx *, qn_batch *); /* NULL: the sink's own */
    void (*wake)(void *owner); /* the run comes to an end: a read that waits gives up */
} qn_ends;

typedef struct qn_plan {
    qn_session *session;
    qn_loader *loader;
    qn_config *config;
    qn_run_options run;
    qn_stage *stage;
    unsigned nstage;
    qn_step *step;
    unsigned nstep;
    const qn_tap *tap; /* the request's */
    size_t ntap;
} qn_plan;

/* What the command line says beyond the config. */
typedef struct qn_plan_request {
    const char *config; /* path */
    const char *text;   /* NULL; or ntext bytes that stand for the file's content */
    size_t ntext;
    const char *plugin_path, *data_path; /* colon lists searched before all others, or NULL */
    const char *const *set;              /* nset times "stage.option=value" */
    size_t nset;
    const char *const *input; /* ninput paths that replace the source's `path` */
    size_t ninput;
    const char *output;   /* replaces the (last) sink's `path`; NULL: as the config says */
    const char *on_error; /* replaces run.on_error, "quarantine:FILE" allowed; NULL */
    const char *dropped;  /* replaces run.dropped; NULL */
    long workers;         /* replaces run.workers; -1: as the config says */
    long limit;           /* replaces run.limit; 0: as the config says */
    int dry;              /* for checking: outputs are probed, not created */
    /* For trying a part of a pipeline: the source gives way to `files`, and only the stages from
     * one id to the other are left (NULL: the first behind the source; the last that is no sink).
     */
    int part;
    const char *from, *to;
    const qn_ends *ends; /* NULL: as the config says */
    int guest;           /* session->guest and */
    void *owner;         /* session->owner */
    const qn_tap *tap;   /* ntap of them; they stay the caller's until the run has ended */
    size_t ntap;
    qn_log *log;
} qn_plan_request;

/* Everything up to the first record: load, check, open. On any error NULL, every mistake found
 * being in the list. A config without a sink gets a jsonl sink on standard output. Main thread. */
qn_plan *qn_plan_new(const qn_plan_request *, qn_diags *);
/* Closes every stage; outputs that were not kept are discarded. Main thread. */
void qn_plan_free(qn_plan *);
#endif
