/* SPDX-License-Identifier: MIT */
/* core/check/ends.c - levels 3 to 5 for sources and sinks, by whole runs in a folder of their own.
 */
#include <fcntl.h>
#include <quern/run.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check/check.h"
#include "option.h"

enum { CONFIG = 4096, PATHS = 600 };

static int has_path(const check_task *t)
{
    qn_option row;
    return t->plugin->options &&
           qn_option_find(t->plugin->options, t->plugin->option_stride, "path", &row);
}

static int write_file(const char *path, const char *p, size_t n)
{
    FILE *f = fopen(path, "we");
    const int ok = f && fwrite(p, 1, n, f) == n;
    if (f && fclose(f) != 0) return 0;
    return ok;
}

static char *read_file(const char *path, size_t *n)
{
    FILE *f = fopen(path, "re");
    char *p = malloc(64 << 20);
    *n = f && p ? fread(p, 1, 64 << 20, f) : 0;
    if (f) fclose(f);
    return p;
}

/* Runs stages given as text; why the run failed, or that it did not. */
static qn_status run(const check_task *t, const char *stages, int workers, int batch,
                     qn_counts *counts, char *why, size_t nwhy)
{
    char text[CONFIG], set[512];
    qn_pipeline *p = qn_pipeline_new();
    qn_status st;
    size_t i;
    if (!p) return QN_E_NOMEM;
    snprintf(text, sizeof text,
             "version = 1;\nrun = { workers = %d; batch_records = %d; };\nstages = ( %s );\n",
             workers, batch, stages);
    qn_pipeline_config_text(p, text, strlen(text), "check");
    for (i = 0; i < t->nset; i++) {
        snprintf(set, sizeof set, "it.%s", t->set[i]);
        qn_pipeline_set(p, set);
    }
    st = qn_pipeline_run(p, counts);
    snprintf(why, nwhy, "%s", st == QN_OK ? "" : qn_pipeline_error(p));
    qn_pipeline_free(p);
    return st;
}

/* ---- sinks --------------------------------------------------------------------------------------
 */

/* Some documents as files in the folder. */
static int make_input(const char *folder)
{
    char path[PATHS];
    check_document d;
    int i, ok = 1;
    for (i = 0; ok && i < 12; i++) {
        if (!check_document_make(i, &d)) return 0;
        snprintf(path, sizeof path, "%s/in%02d.txt", folder, i);
        ok = write_file(path, d.text, d.n);
        free(d.text);
    }
    return ok;
}

static qn_status sink_run(const check_task *t, const char *folder, const char *out, int workers,
                          int batch, char *why, size_t nwhy)
{
    char stages[CONFIG];
    qn_counts counts;
    snprintf(stages, sizeof stages,
             "{ plugin = \"files\"; path = \"%s\"; }%s, { plugin = \"%s\"; id = \"it\"; path = "
             "\"%s\"; }",
             folder, t->upstream, t->name, out);
    return run(t, stages, workers, batch, &counts, why, nwhy);
}

static void sink_file(const check_task *t, check_report *r, const char *folder, int twice)
{
    char a[PATHS], b[PATHS], why[1200];
    size_t n, m;
    char *p, *q;
    struct stat st;
    snprintf(a, sizeof a, "%s.a", folder);
    snprintf(b, sizeof b, "%s.b", folder);
    if (sink_run(t, folder, a, 1, 64, why, sizeof why) != QN_OK) {
        check_problem(r, "cannot write %s: %s", a, why);
        return;
    }
    if (stat(a, &st) != 0) {
        check_problem(
            r,
            "the run ended well and there is no output: write with host->out_open and out_write");
        return;
    }
    if (!twice || !S_ISREG(st.st_mode)) return;
    if (sink_run(t, folder, b, 4, 1, why, sizeof why) != QN_OK) {
        check_problem(r, "with four workers: %s", why);
        return;
    }
    p = read_file(a, &n);
    q = read_file(b, &m);
    if (p && q && (n != m || memcmp(p, q, n) != 0))
        check_problem(r,
                      "the output has other bytes with four workers (%zu and %zu): write in "
                      "commit(), which comes in input order",
                      n, m);
    free(p);
    free(q);
}

static void sink_full(const check_task *t, check_report *r, const char *folder)
{
    char why[1200];
    const qn_status st = sink_run(t, folder, "/dev/full", 1, 64, why, sizeof why);
    if (st == QN_OK)
        check_problem(r, "says that all is written when the device is full: look at what "
                         "host->out_write returns");
    else if (!*why)
        check_problem(r, "fails on a full device without a word");
}

/* ---- sources ------------------------------------------------------------------------------------
 */

static void source_run(const check_task *t, check_report *r, const char *path, const char *what,
                       int must_fail)
{
    char stages[CONFIG], why[1200];
    qn_counts counts = {0, 0, 0, 0};
    qn_status st;
    snprintf(stages, sizeof stages,
             "{ plugin = \"%s\"; id = \"it\"; path = \"%s\"; }, { plugin = \"jsonl\"; path = "
             "\"/dev/null\"; }",
             t->name, path);
    st = run(t, stages, 1, 8, &counts, why, sizeof why);
    if (st != QN_OK && !*why) check_problem(r, "%s: fails without a word", what);
    if (must_fail && st == QN_OK && !counts.failed)
        check_problem(r, "%s: no error, and no failed record says so", what);
    if (counts.read != counts.out + counts.dropped + counts.failed)
        check_problem(r, "%s: records are unaccounted for", what);
}

static void source_broken(const check_task *t, check_report *r, const char *folder)
{
    char path[PATHS], what[64];
    uint64_t seed;
    for (seed = t->seed; seed < t->seed + 8; seed++) {
        check_document d;
        size_t i;
        if (!check_document_random(seed, &d)) return;
        for (i = 0; i < d.n; i += 7)
            d.text[i] = (char)(seed * 31 + i * 17);
        snprintf(path, sizeof path, "%s/broken", folder);
        snprintf(what, sizeof what, "damaged bytes %llu", (unsigned long long)seed);
        if (write_file(path, d.text, d.n)) source_run(t, r, path, what, 0);
        free(d.text);
    }
}

/* ---- both ---------------------------------------------------------------------------------------
 */

static void clear_up(const char *folder)
{
    char path[PATHS];
    int i;
    for (i = 0; i < 12; i++) {
        snprintf(path, sizeof path, "%s/in%02d.txt", folder, i);
        unlink(path);
    }
    for (i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s.%c", folder, 'a' + i);
        if (unlink(path) != 0) rmdir(path);
    }
    snprintf(path, sizeof path, "%s/broken", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/empty", folder);
    unlink(path);
    rmdir(folder);
}

static int begin(const check_task *t, check_report *r, uint32_t kind, char *folder)
{
    if (t->plugin->kind != kind) {
        check_skip(r, kind == QN_SINK ? "it is no sink" : "it is no source");
        return 0;
    }
    if (!has_path(t)) {
        check_skip(r, "it has no option `path` to give it a file by");
        return 0;
    }
    strcpy(folder, "/tmp/quern-check-XXXXXX");
    if (mkdtemp(folder)) return 1;
    check_skip(r, "no temporary folder can be made");
    return 0;
}

void check_sink(const check_task *t, check_report *r, int which)
{
    char folder[64];
    if (!begin(t, r, QN_SINK, folder)) return;
    if (!make_input(folder))
        check_skip(r, "no temporary files can be made");
    else if (which == SINK_FULL)
        sink_full(t, r, folder);
    else
        sink_file(t, r, folder, which == SINK_WORKERS);
    clear_up(folder);
}

void check_source(const check_task *t, check_report *r, int which)
{
    char folder[64], path[PATHS];
    if (!begin(t, r, QN_SOURCE, folder)) return;
    snprintf(path, sizeof path, "%s/%s", folder, which == SOURCE_MISSING ? "nowhere" : "empty");
    if (which == SOURCE_EMPTY && write_file(path, "", 0))
        source_run(t, r, path, "an empty file", 0);
    if (which == SOURCE_MISSING) source_run(t, r, path, "a file that is not there", 1);
    if (which == SOURCE_BROKEN) source_broken(t, r, folder);
    clear_up(folder);
}
