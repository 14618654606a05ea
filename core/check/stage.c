/* SPDX-License-Identifier: MIT */
/* core/check/stage.c - levels 3 to 5 for stages: opened and closed, given documents, looked at what
 * they wrote, asked again. */
#include <dlfcn.h>
#include <quern/run.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "check/check.h"
#include "text/utf8.h"

enum { CONFIG = 4096 };

/* The config that runs the plugin behind what it needs; with `workers` threads, batches of `batch`.
 */
static void config_of(const check_task *t, int with_it, int workers, int batch, char *out)
{
    size_t n = (size_t)snprintf(out, CONFIG,
                                "version = 1;\nrun = { workers = %d; batch_records = %d; "
                                "};\nstages = ( { plugin = \"files\"; }%s",
                                workers, batch, t->upstream);
    if (with_it && n < CONFIG)
        n += (size_t)snprintf(out + n, CONFIG - n, ", { plugin = \"%s\"; id = \"it\"; }", t->name);
    if (n < CONFIG)
        snprintf(out + n, CONFIG - n, ", { plugin = \"jsonl\"; provenance = true; } );\n");
}

static qn_pipeline *open_it(const check_task *t, check_report *r, int with_it, int workers,
                            int batch)
{
    char text[CONFIG], set[512];
    qn_pipeline *p = qn_pipeline_new();
    size_t i;
    if (!p) return NULL;
    config_of(t, with_it, workers, batch, text);
    qn_pipeline_config_text(p, text, strlen(text), "check");
    for (i = 0; with_it && i < t->nset; i++) {
        snprintf(set, sizeof set, "it.%s", t->set[i]);
        qn_pipeline_set(p, set);
    }
    if (qn_pipeline_open(p) == QN_OK) return p;
    check_problem(r, "cannot be opened: %s", qn_pipeline_error(p));
    qn_pipeline_free(p);
    return NULL;
}

/* ---- what a record must be ----------------------------------------------------------------------
 */

static int check_spans(check_report *r, const qn_pipeline *p, const qn_record *rec, qn_layer_id id,
                       const char *what)
{
    const qn_layer *l = &rec->layer[id];
    const char *name = qn_pipeline_layer_name(p, id).p;
    uint32_t i;
    for (i = 0; i < l->n; i++) {
        const qn_span *s = &l->v[i];
        if (s->beg > s->end || s->end > rec->text.n) {
            check_problem(r, "%s: span %u of layer %s is [%u, %u) in a text of %zu bytes", what, i,
                          name, s->beg, s->end, rec->text.n);
            return 0;
        }
        if (!qn_utf8_boundary(rec->text.p, rec->text.n, s->beg) ||
            !qn_utf8_boundary(rec->text.p, rec->text.n, s->end)) {
            check_problem(r, "%s: span %u of layer %s, [%u, %u), cuts a character in two", what, i,
                          name, s->beg, s->end);
            return 0;
        }
        if (i && (s->beg < s[-1].beg)) {
            check_problem(r,
                          "%s: layer %s is not sorted: span %u begins at %u, the one before at %u",
                          what, name, i, s->beg, s[-1].beg);
            return 0;
        }
        if (s->label && !qn_pipeline_word(p, s->label).n) {
            check_problem(
                r, "%s: span %u of layer %s has the label %u, which is no name: use cx->names",
                what, i, name, (unsigned)s->label);
            return 0;
        }
    }
    return 1;
}

static void check_map(check_report *r, const qn_record *rec, const char *what)
{
    uint32_t i;
    if (!rec->map) return;
    for (i = 0; i + 1 < rec->nmap; i++)
        if (rec->map[i].text > rec->map[i + 1].text || rec->map[i].raw > rec->map[i + 1].raw) break;
    if (i + 1 != rec->nmap || rec->map[i].text != rec->text.n || rec->map[i].raw != rec->raw.n)
        check_problem(
            r, "%s: the provenance map does not fit the text: change it with host->edit_begin only",
            what);
}

static void check_record(check_report *r, const qn_pipeline *p, const qn_record *rec,
                         const char *what)
{
    qn_layer_id id;
    if (rec->flags & QN_REC_FAILED && !rec->why.n)
        check_problem(r, "%s: failed without a reason: host->fail takes one", what);
    if (!qn_live(rec)) return;
    if (qn_utf8_valid(rec->text.p, rec->text.n) != rec->text.n)
        check_problem(r, "%s: the text is no longer UTF-8", what);
    for (id = 1; id < rec->nlayer; id++)
        if (!check_spans(r, p, rec, id, what)) break;
    check_map(r, rec, what);
}

/* ---- level 3 ------------------------------------------------------------------------------------
 */

static void open_often(const check_task *t, check_report *r)
{
    enum { TIMES = 100 };
    int i;
    for (i = 0; i < TIMES; i++) {
        qn_pipeline *p = open_it(t, r, 1, 1, 8);
        if (!p) return;
        if (i % 2 && qn_pipeline_finish(p) != QN_OK) {
            check_problem(r, "ended without a document: %s", qn_pipeline_error(p));
            i = TIMES;
        }
        qn_pipeline_free(p);
    }
}

static void two_at_once(const check_task *t, check_report *r)
{
    qn_pipeline *a = open_it(t, r, 1, 1, 8), *b = a ? open_it(t, r, 1, 1, 8) : NULL;
    const qn_record *x, *y;
    int i;
    for (i = 0; b && i < 3; i++) {
        qn_pipeline_push(a, NULL, "Velo won. It rained.", 20, NULL);
        qn_pipeline_push(b, NULL, "Velo won. It rained.", 20, NULL);
        if (qn_pipeline_next(a, &x) != QN_OK || qn_pipeline_next(b, &y) != QN_OK)
            check_problem(r, "two of it at once: %s", qn_pipeline_error(a));
        else if (x->text.n != y->text.n || memcmp(x->text.p, y->text.p, x->text.n) != 0)
            check_problem(r, "two of it at once give two texts: keep state in cx->state, not in "
                             "static variables");
    }
    qn_pipeline_free(a);
    qn_pipeline_free(b);
}

/* Nothing but the config's text is said: a plugin that prints fails by that. */
static void many_workers(const check_task *t, check_report *r)
{
    qn_pipeline *p = open_it(t, r, 1, 4, 1);
    const qn_record *rec;
    int i;
    for (i = 0; p && i < 64; i++)
        qn_pipeline_push(p, NULL, "Velo won.", 9, NULL);
    for (i = 0; p && i < 64; i++)
        if (qn_pipeline_next(p, &rec) != QN_OK) {
            check_problem(r, "with four workers: %s", qn_pipeline_error(p));
            break;
        }
    qn_pipeline_free(p);
}

/* ---- level 4 ------------------------------------------------------------------------------------
 */

static void one_document(const check_task *t, check_report *r, int which)
{
    check_document d;
    qn_pipeline *p;
    const qn_record *rec;
    if (!check_document_make(which, &d)) {
        check_skip(r, "out of memory");
        return;
    }
    p = open_it(t, r, 1, 1, 8);
    if (p && qn_pipeline_push(p, "d", d.text, d.n, NULL) == QN_OK &&
        qn_pipeline_next(p, &rec) == QN_OK) {
        check_record(r, p, rec, d.what);
        if (rec->flags & QN_REC_FAILED && rec->why.n)
            check_note(r, "the record fails: %.*s", (int)(rec->why.n < 200 ? rec->why.n : 200),
                       rec->why.p);
    } else if (p) {
        check_problem(r, "%s: the run ended: %s", d.what, qn_pipeline_error(p));
    }
    qn_pipeline_free(p);
    free(d.text);
}

static int declares(const char *const *list, const char *name)
{
    size_t i;
    for (i = 0; list && list[i]; i++)
        if (strcmp(list[i], name) == 0) return 1;
    return 0;
}

/* Layers that it writes and does not declare, and the other way round. */
static void what_is_written(const check_task *t, check_report *r)
{
    qn_pipeline *with = open_it(t, r, 1, 1, 8), *without = with ? open_it(t, r, 0, 1, 8) : NULL;
    unsigned char seen[256] = {0};
    const qn_record *a, *b;
    qn_layer_id id;
    check_document d;
    size_t k;
    int i;
    for (i = 0; without && check_document_name(i) && i < 12; i++) {
        if (!check_document_make(i, &d)) break;
        qn_pipeline_push(with, "d", d.text, d.n, NULL);
        qn_pipeline_push(without, "d", d.text, d.n, NULL);
        free(d.text);
        if (qn_pipeline_next(with, &a) != QN_OK || qn_pipeline_next(without, &b) != QN_OK) break;
        for (id = 1; qn_live(a) && id < a->nlayer; id++) {
            const char *name = qn_pipeline_layer_name(with, id).p;
            const qn_layer_id before = qn_pipeline_layer(without, name);
            const uint32_t had = qn_live(b) && before ? b->layer[before].n : 0;
            if (a->layer[id].n) seen[id] = 1;
            if (a->layer[id].n > had && !declares(t->plugin->makes, name)) {
                check_problem(r, "writes the layer %s, which it does not declare in makes", name);
                i = 99;
            }
        }
    }
    for (k = 0; without && t->plugin->makes && t->plugin->makes[k]; k++) {
        const char *name = t->plugin->makes[k];
        const qn_layer_id made = qn_pipeline_layer(with, name);
        if (strcmp(name, "text") && strcmp(name, "meta") && made && !seen[made])
            check_note(r, "declares that it makes %s, and made none in these documents", name);
    }
    qn_pipeline_free(with);
    qn_pipeline_free(without);
}

/* ---- level 5 ------------------------------------------------------------------------------------
 */

struct answers {
    char *p;
    size_t n, cap;
};

static void add(struct answers *a, const char *p, size_t n)
{
    if (a->n + n + 1 > a->cap) {
        char *more = realloc(a->p, 2 * (a->n + n + 1));
        if (!more) return;
        a->p = more;
        a->cap = 2 * (a->n + n + 1);
    }
    memcpy(a->p + a->n, p, n);
    a->n += n;
    a->p[a->n] = '\0';
}

/* What comes of a hundred documents. */
static void ask(const check_task *t, check_report *r, int workers, int batch, struct answers *out)
{
    enum { DOCUMENTS = 100 };
    qn_pipeline *p = open_it(t, r, 1, workers, batch);
    const qn_record *rec;
    qn_str line;
    int i;
    for (i = 0; p && i < DOCUMENTS; i++) {
        check_document d;
        char id[32];
        snprintf(id, sizeof id, "%d", i);
        if (i < 12 ? !check_document_make(i, &d) : !check_document_random((uint64_t)i, &d)) break;
        qn_pipeline_push(p, id, d.text, d.n, NULL);
        free(d.text);
    }
    for (i = 0; p && i < DOCUMENTS && qn_pipeline_next(p, &rec) == QN_OK; i++) {
        if (!qn_live(rec))
            add(out, rec->flags & QN_REC_DROPPED ? "dropped\n" : "failed\n", 7);
        else if (qn_pipeline_json(p, rec, &line) == QN_OK)
            add(out, line.p, line.n);
    }
    if (p && i < DOCUMENTS) check_problem(r, "the run ended: %s", qn_pipeline_error(p));
    qn_pipeline_free(p);
}

static void same(const check_task *t, check_report *r, int workers, int batch)
{
    struct answers a = {0}, b = {0};
    size_t i = 0, line = 1;
    ask(t, r, 1, 64, &a);
    ask(t, r, workers, batch, &b);
    while (i < a.n && i < b.n && a.p[i] == b.p[i])
        line += a.p[i++] == '\n';
    if (i < a.n || i < b.n)
        check_problem(
            r,
            "document %zu comes out differently (%d worker%s, batches of %d): \"%.60s\" and "
            "\"%.60s\"; results must depend on the document alone, or on what commit() saw before",
            line - 1, workers, workers == 1 ? "" : "s", batch, a.p ? a.p + i : "",
            b.p ? b.p + i : "");
    free(a.p);
    free(b.p);
}

static void fuzz(const check_task *t, check_report *r)
{
    enum { EACH = 60 };
    qn_pipeline *p = open_it(t, r, 1, 1, 8);
    const qn_record *rec;
    int i;
    for (i = 0; p && i < EACH; i++) {
        check_document d;
        char what[64];
        if (!check_document_random(t->seed + (uint64_t)i, &d)) break;
        snprintf(what, sizeof what, "random document %llu",
                 (unsigned long long)t->seed + (unsigned)i);
        qn_pipeline_push(p, NULL, d.text, d.n, NULL);
        free(d.text);
        if (qn_pipeline_next(p, &rec) != QN_OK) {
            check_problem(r, "%s: the run ended: %s", what, qn_pipeline_error(p));
            break;
        }
        check_record(r, p, rec, what);
    }
    qn_pipeline_free(p);
}

/* Opened well, then left with little memory: errors are fine, a crash is not. */
static void little_memory(const check_task *t, check_report *r)
{
    struct rlimit old, tight;
    qn_pipeline *p;
    const qn_record *rec;
    check_document d;
    FILE *f;
    unsigned long pages = 0;
    if (dlsym(RTLD_DEFAULT, "__asan_init") || dlsym(RTLD_DEFAULT, "__tsan_init")) {
        check_skip(r, "a sanitizer takes its own memory");
        return;
    }
    p = open_it(t, r, 1, 1, 8);
    f = fopen("/proc/self/statm", "re");
    if (!f || fscanf(f, "%lu", &pages) != 1 || !p || !check_document_make(12, &d)) {
        if (f) fclose(f);
        qn_pipeline_free(p);
        return;
    }
    fclose(f);
    qn_pipeline_push(p, NULL, "Velo won.", 9, NULL);
    qn_pipeline_next(p, &rec);
    getrlimit(RLIMIT_AS, &old);
    tight = old;
    tight.rlim_cur = pages * 4096 + (24 << 20);
    setrlimit(RLIMIT_AS, &tight);
    qn_pipeline_push(p, NULL, d.text, d.n, NULL);
    qn_pipeline_next(p, &rec);
    setrlimit(RLIMIT_AS, &old);
    free(d.text);
    qn_pipeline_free(p);
}

void check_stage(const check_task *t, check_report *r, int which)
{
    if (t->plugin->kind != QN_STAGE) {
        check_skip(r, "it is no stage");
        return;
    }
    if (which >= STAGE_DOCUMENTS && which < STAGE_WRITES) {
        one_document(t, r, which - STAGE_DOCUMENTS);
        return;
    }
    switch (which) {
    case STAGE_OPEN:
        open_often(t, r);
        break;
    case STAGE_TWO:
        two_at_once(t, r);
        break;
    case STAGE_QUIET:
        many_workers(t, r);
        break;
    case STAGE_WRITES:
        what_is_written(t, r);
        break;
    case STAGE_TWICE:
        same(t, r, 1, 64);
        break;
    case STAGE_WORKERS:
        same(t, r, 4, 1);
        break;
    case STAGE_FUZZ:
        fuzz(t, r);
        break;
    case STAGE_MEMORY:
        little_memory(t, r);
        break;
    default:
        break;
    }
}
