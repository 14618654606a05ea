/* SPDX-License-Identifier: MIT */
/* core/session.h - floor 2: what all stages of one run share: the tables of names, the log, the
 * stop flag, mapped data files and open outputs. */
#ifndef QUERN_SESSION_H
#define QUERN_SESSION_H
#include <quern/host.h>
#include <stdatomic.h>

#include "log.h"
#include "names.h"
#include "out.h"

/* How far an operator's wish to stop has gone. */
enum { QN_RUN = 0, QN_DRAIN = 1, QN_CANCEL = 2 };

typedef struct qn_map {
    char *path;
    qn_str bytes;
} qn_map;

typedef struct qn_session {
    qn_names *layers, *names;
    qn_log *log;               /* the caller's; may be NULL */
    atomic_int stop;           /* QN_RUN, QN_DRAIN, QN_CANCEL: may be raised by a signal handler */
    int dry;                   /* only checking: outputs are probed, not created */
    int running;               /* records flow: no new layers */
    int guest;                 /* in somebody else's process: its signal handlers are left alone */
    void (*wake)(void *owner); /* qn_ends.wake, or NULL */
    void *owner;               /* the embedding program's, for its two ends (plan.h) */
    char *data_dirs;           /* colon list searched for data files, the config's folder first */
    qn_map *map;
    size_t nmap;
    qn_out **out;
    size_t nout;
} qn_session;

/* `config_dir`: folder of the config, searched first for data files; may be NULL. The search goes
 * on through QUERN_DATA_PATH and the installed folder. NULL: no memory. */
qn_session *qn_session_new(qn_log *, const char *config_dir);
/* Searches these folders (colon list) for data files before all others. QN_E_NOMEM. */
qn_status qn_session_data_first(qn_session *, const char *folders);
/* Unmaps the data files and discards outputs that were not kept. */
void qn_session_free(qn_session *);

/* Finds and maps a data file, once per path. QN_E_IO or QN_E_NOMEM with why. Main thread. */
qn_status qn_session_data(qn_session *, const char *name, qn_str *bytes, char *why, size_t nwhy);
/* Opens an output; NULL with *st and why. Two stages may not write the same file. Main thread. */
qn_out *qn_session_out(qn_session *, const char *path, qn_status *st, char *why, size_t nwhy);
/* Puts every output in its place; the first failure with why. Main thread. */
qn_status qn_session_keep(qn_session *, char *why, size_t nwhy);
#endif
