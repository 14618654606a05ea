/* SPDX-License-Identifier: MIT */
/* core/check/check.h - floor 6: tries a plugin out. Each test runs in a process of its own, with a
 * deadline, so that a plugin that crashes, hangs or ends the program fails one test and not the
 * tester. Stages run through the library (quern/run.h), behind the shipped plugins that make what
 * they need. */
#ifndef QUERN_CHECK_CHECK_H
#define QUERN_CHECK_CHECK_H
#include <stddef.h>
#include <stdint.h>

#include "loader.h"

enum { CHECK_LEVELS = 5, CHECK_WORDS = 4096 };

typedef struct check_task {
    const char *name; /* of the plugin, or the path of its file */
    const qn_plugin *plugin;
    const char *file;       /* "built in" for one that is linked in */
    const char *const *set; /* nset times "option=value" */
    size_t nset;
    const char *upstream; /* the stages before it, as config text */
    uint64_t seed;        /* of the random documents */
    double deadline;      /* seconds for a test */
    int in_process;       /* no child: for a debugger */
} check_task;

/* What a test has to say. Problems make it fail; a note does not. In a child these go to a pipe. */
typedef struct check_report check_report;
void check_problem(check_report *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void check_note(check_report *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The test does not apply, and why. */
void check_skip(check_report *, const char *why);

typedef struct check_test {
    int level;
    const char *name; /* "documents: no text at all" */
    void (*run)(const check_task *, check_report *, int which);
    int which; /* of several that one function does */
} check_test;

/* All tests, in order; ends with a NULL name. */
extern const check_test check_tests[];

typedef enum check_result { CHECK_OK, CHECK_FAILED, CHECK_SKIPPED } check_result;

/* Runs one; its words, a line each, to words[CHECK_WORDS]. */
check_result check_run(const check_task *, const check_test *, char *words);

/* Does act(arg) in a child; the signal that ended it, or 0. For what the parent is about to do
 * itself. */
int check_survives(void (*act)(void *), void *arg);

/* ---- the tests, by file ---- */
void check_load(const check_task *, check_report *, int which);       /* load.c */
void check_descriptor(const check_task *, check_report *, int which); /* descriptor.c */
void check_stage(const check_task *, check_report *, int which);      /* stage.c */
void check_sink(const check_task *, check_report *, int which);       /* ends.c */
void check_source(const check_task *, check_report *, int which);
enum { LOAD_NOW, LOAD_SYMBOLS };
enum {
    STAGE_OPEN,
    STAGE_TWO,
    STAGE_QUIET,
    STAGE_DOCUMENTS,
    STAGE_WRITES = STAGE_DOCUMENTS + 16,
    STAGE_TWICE,
    STAGE_WORKERS,
    STAGE_FUZZ,
    STAGE_MEMORY
};
enum { SINK_FILE, SINK_WORKERS, SINK_FULL };
enum { SOURCE_EMPTY, SOURCE_MISSING, SOURCE_BROKEN };

/* ---- documents.c ---- */

typedef struct check_document {
    const char *what;
    char *text;
    size_t n;
} check_document;

/* The i-th kind of document, to be freed; 0 behind the last. */
int check_document_make(int i, check_document *);
/* A random one: any mixture of the traps. */
int check_document_random(uint64_t seed, check_document *);
const char *check_document_name(int i);
#endif
