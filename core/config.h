/* SPDX-License-Identifier: MIT */
/* core/config.h - floor 2: a pipeline config: its stages in order, each with its place, and what
 * the command line changes in it. The language is described in quern.cfg(5). */
#ifndef QUERN_CONFIG_H
#define QUERN_CONFIG_H
#include "tree.h"

/* One stage as the config gives it; named lists are spliced in already. */
typedef struct qn_config_stage {
    qn_node *node;         /* the group { } with the options */
    const qn_node *plugin; /* the node of `plugin` */
    const char *id;
    const char *on_error; /* or NULL */
} qn_config_stage;

typedef struct qn_config {
    qn_pool *pool;
    qn_node *root;
    qn_node *run;         /* the group `run`, or NULL */
    qn_node *plugin_path; /* or NULL */
    char *dir;            /* folder of the file, for data files */
    qn_config_stage *stage;
    size_t nstage;
} qn_config;

/* Reads, checks and expands a config; every mistake found is in the list, and the result is NULL
 * only when there is nothing to go on with. Main thread. */
qn_config *qn_config_load(const char *path, qn_diags *);
/* The same of n bytes of text, as if they were the file's. */
qn_config *qn_config_load_text(const char *path, const char *text, size_t n, qn_diags *);
void qn_config_free(qn_config *);

/* Carries out one --set "STAGE.OPTION=VALUE". STAGE is an id, a plugin that only one stage has, or
 * "run" for the run group. A VALUE that is not
 * in config syntax is taken as a string. */
void qn_config_set(qn_config *, const char *assignment, qn_diags *);
/* Sets an option of a stage to a string, or with n > 1 to a list of strings. `origin` is said in
 * messages ("command line"). QN_E_NOMEM. */
qn_status qn_config_override(qn_config *, qn_config_stage *, const char *option,
                             const char *const *value, size_t n, const char *origin);
/* Adds a stage at the end, as if { plugin = "NAME"; } stood there. QN_E_NOMEM. */
qn_status qn_config_append(qn_config *, const char *plugin, const char *origin);
#endif
