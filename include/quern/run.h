/* SPDX-License-Identifier: MIT */
/* quern/run.h - for programs that use quern as a library (link with `pkg-config --libs libquern`;
 * plugins include quern/plugin.h instead). Two ways to use it, with one kind of handle:
 *
 *   documents in, annotated documents out:  new, config, open, { push, next } ..., finish, free
 *   a whole pipeline, from files to files:  new, config, run, free
 *
 * A handle has worker threads of its own (run.workers of the config). Any number of handles may
 * be used at once, from any threads. Of one handle, qn_pipeline_push, qn_pipeline_stop and the
 * functions marked [any] may be called from several threads at once; the others by one thread at
 * a time. A handle does not survive fork().
 *
 * The library prints nothing, never ends the process, installs no signal handler and leaves
 * locale and working folder alone; its threads block all signals. It uses libltdl: a program that
 * uses libltdl itself must not do so while qn_pipeline_open, _run or _free is being called.
 *
 * Strings given to a function are copied. A function that returns a qn_status gives QN_OK (0) or
 * one of the others in quern/base.h; qn_pipeline_error then puts it into words. */
#ifndef QUERN_QUERN_RUN_H
#define QUERN_QUERN_RUN_H
#include <quern/record.h>
QN_C_BEGIN

typedef struct qn_pipeline qn_pipeline; /* opaque */

/* Version of the library, "0.1.0". [any] */
QN_PUBLIC const char *qn_version(void);

/* ---- what to run: before qn_pipeline_open or qn_pipeline_run --------------------------------- */

/* A new handle, to be given to qn_pipeline_free. NULL: out of memory. [any] */
QN_PUBLIC qn_pipeline *qn_pipeline_new(void);
/* Ends what is under way, at once and without its outputs being kept (see qn_pipeline_finish), and
 * frees the handle with all that it has given out. NULL is allowed. */
QN_PUBLIC void qn_pipeline_free(qn_pipeline *);

/* The config: a file; or n bytes of text, `name` standing for the file in messages and its folder
 * being where data files and @include are looked for ("conf/news.cfg"; no file need be there). The
 * last one given counts. Read by open or run. QN_E_NOMEM. */
QN_PUBLIC qn_status qn_pipeline_config(qn_pipeline *, const char *path);
QN_PUBLIC qn_status qn_pipeline_config_text(qn_pipeline *, const char *text, size_t n,
                                            const char *name);
/* As `quern run --set`: "STAGE.OPTION=VALUE", "run.workers=4". May be called again for more.
 * QN_E_NOMEM; what is wrong with it is said by open or run. */
QN_PUBLIC qn_status qn_pipeline_set(qn_pipeline *, const char *assignment);
/* For run only. As the INPUT and --output of `quern run`: a path for the source, which may be
 * called again for more; the path for the last sink. QN_E_NOMEM. */
QN_PUBLIC qn_status qn_pipeline_input(qn_pipeline *, const char *path);
QN_PUBLIC qn_status qn_pipeline_output(qn_pipeline *, const char *path);
/* Folders, with ":" between, searched for plugins and for models and lists before all others.
 * QN_E_NOMEM. */
QN_PUBLIC qn_status qn_pipeline_plugin_path(qn_pipeline *, const char *folders);
QN_PUBLIC qn_status qn_pipeline_data_path(qn_pipeline *, const char *folders);
/* Who is told what stages have to say, one line a call without line end: `level` is 0 debug, 1 for
 * information, 2 warning, 3 error; `stage` may be empty. Called by the handle's threads, one at a
 * time; it must call no function of the handle but qn_pipeline_stop. Nobody is told by default. */
typedef void (*qn_pipeline_log)(void *user, int level, const char *stage, const char *text);
QN_PUBLIC void qn_pipeline_on_log(qn_pipeline *, qn_pipeline_log, void *user);

/* ---- documents in, annotated documents out --------------------------------------------------- */

/* Loads plugins and models and starts the workers. The config's source gives way to what is pushed
 * and its sinks to what next gives out, so a config needs neither. Failed: QN_E_CONFIG with
 * problems, QN_E_NOMEM; everything may then be set anew and tried again. QN_E_BUG: it is open. */
QN_PUBLIC qn_status qn_pipeline_open(qn_pipeline *);

/* Hands in a document of n bytes of UTF-8. `id` may be NULL (then its number, from "1"); `meta` may
 * be NULL or one JSON object, whose members become metadata. Never waits: how much may be under
 * way at once is the caller's to bound, by calling next. [any]
 * QN_E_NOMEM; QN_E_DATA: the id is not UTF-8; QN_E_CANCELLED: the run is over, and next says why;
 * QN_E_BUG: not open, or finished. Everything else that may be wrong with a document is said of
 * the record that comes back. */
QN_PUBLIC qn_status qn_pipeline_push(qn_pipeline *, const char *id, const char *text, size_t n,
                                     const char *meta);

/* Waits for the next document, in the order they were pushed: exactly one comes back for each. Look
 * at qn_live(record) first: a record that was dropped (QN_REC_DROPPED) or failed (QN_REC_FAILED)
 * has the rule or the reason in `why`. The record may be read, not changed, and is valid until the
 * next call of next, finish or free.
 * QN_END: nothing is under way; QN_E_CANCELLED after stop; else the failure that ended the run. */
QN_PUBLIC qn_status qn_pipeline_next(qn_pipeline *, const qn_record **record);

/* No more will be pushed: leaves unseen what next has not given out, lets stages end, keeps their
 * outputs (reports, quarantine). Returns how the run ended. open may be called again. */
QN_PUBLIC qn_status qn_pipeline_finish(qn_pipeline *);

/* Of an open pipeline, for a record that next gave:
 * the number of a layer ("ents"), for record->layer[number]; 0, the layer that is always empty,
 * when no stage makes it; the name of a layer by its number; the word of a label or rule. Strings
 * are NUL-terminated, empty when there is none, and live as long as the pipeline is open. [any] */
QN_PUBLIC qn_layer_id qn_pipeline_layer(const qn_pipeline *, const char *name);
QN_PUBLIC qn_str qn_pipeline_layer_name(const qn_pipeline *, qn_layer_id);
QN_PUBLIC qn_str qn_pipeline_word(const qn_pipeline *, qn_name);
/* The record as the jsonl sink of the config would write it (or one without options): one line with
 * its end, NUL behind it, valid until the next call of json or free. QN_E_NOMEM; QN_E_DATA: it was
 * dropped or failed. */
QN_PUBLIC qn_status qn_pipeline_json(qn_pipeline *, const qn_record *, qn_str *line);

/* ---- a whole pipeline ------------------------------------------------------------------------ */

/* Records read; of these, come through, dropped on purpose, failed. Frozen. */
typedef struct qn_counts {
    uint64_t read, out, dropped, failed;
} qn_counts;

/* Runs the config from its source to its sinks and returns when it has ended, as `quern run` does;
 * *counts (unless NULL) is filled in any case. Failed records are counted; their reasons go to the
 * log, as on_error says. QN_E_CONFIG with problems; QN_E_CANCELLED after stop was called twice;
 * else what ended the run. */
QN_PUBLIC qn_status qn_pipeline_run(qn_pipeline *, qn_counts *counts);

/* Asks for an end: a run reads no more and ends well with what it has read, or when asked twice
 * ends at once; an open pipeline ends at once. Counts also while open or run is still loading, and
 * is forgotten by the next one. Not to be called by a signal handler. [any] */
QN_PUBLIC void qn_pipeline_stop(qn_pipeline *);

/* ---- what went wrong ------------------------------------------------------------------------- */

/* One mistake in a config, or in what was set. Strings may be NULL but code and message. Frozen. */
typedef struct qn_problem {
    const char *code;           /* "E0203": `quern help E0203` explains it; "W...": a warning */
    const char *file;           /* or where else it was found: "--set" */
    uint32_t line, column, len; /* from 1, in code points; line 0: in no line of a file */
    uint32_t unused;
    const char *message, *note, *help;
} qn_problem;

/* The i-th problem that the last open or run found, sorted by place; NULL behind the last. Valid
 * until the next call of open, run or free. */
QN_PUBLIC const qn_problem *qn_pipeline_problem(const qn_pipeline *, size_t i);
/* Why the last function of this handle that failed did, in one line: for open and run, the first
 * problem with its place. Never NULL; valid until the next call of a function that may fail. */
QN_PUBLIC const char *qn_pipeline_error(const qn_pipeline *);
QN_C_END
#endif
