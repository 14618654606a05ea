/* SPDX-License-Identifier: MIT */
/* plugins/dupes/dupes.c - the plugin: lines or paragraphs that a record says twice, and documents
 * that the run has seen before. Workers hash and sketch; commit, in input order, asks the table. */
#include <quern/plugin.h>

#include <stdlib.h>
#include <sys/random.h>

#include "sketch.h"
#include "table.h"
#include "units.h"

struct options {
    int units, unit_action, keep_verse, documents, action;
    int64_t min_chars;
    double threshold;
    uint64_t memory;
};
enum { UNIT_OFF, UNIT_LINE, UNIT_PARAGRAPH };
enum { DROP, MARK };
enum { DOC_OFF, DOC_EXACT, DOC_NEAR };
enum { TAG_DROP, TAG_TAG };
enum { SCRATCH_UNITS = 1 << 16, SCRATCH_SHINGLES = 1 << 20 };

static const char *const needs[] = {"text", "meta", NULL};
static const char *const makes[] = {"dupes", "meta", NULL};
enum { N_UNIT, N_EXACT, N_NEAR };
static const char *const names[] = {"dupes-repeat", "dupes-exact", "dupes-near", NULL};
enum { C_UNITS, C_EXACT, C_NEAR };
static const qn_counter_decl counters[] = {{"repeats", "lines or paragraphs dropped or marked"},
                                           {"exact", "documents with the text of an earlier one"},
                                           {"near", "documents nearly the same as an earlier one"},
                                           {NULL, NULL}};

static const qn_option options[] = {
    QN_OPTION(struct options, units, QN_ENUM, .def = "paragraph", .choices = "off|line|paragraph",
              .help = "what may not be said twice in a record"),
    QN_OPTION(struct options, unit_action, QN_ENUM, .def = "drop", .choices = "drop|mark",
              .help = "delete such lines or paragraphs, or mark them in the layer dupes"),
    QN_OPTION(struct options, min_chars, QN_INT, .def = "60", .min = "1", .max = "1000000",
              .unit = "characters", .help = "shorter ones may be repeated"),
    QN_OPTION(struct options, keep_verse, QN_BOOL, .def = "false",
              .help = "leave paragraphs of short lines alone: songs have refrains"),
    QN_OPTION(struct options, documents, QN_ENUM, .def = "off", .choices = "off|exact|near",
              .help = "compare each document with the earlier ones of the run"),
    QN_OPTION(struct options, threshold, QN_FLOAT, .def = "0.8", .min = "0.3", .max = "1",
              .help = "share of word 5-grams in common from which documents are nearly the same"),
    QN_OPTION(struct options, action, QN_ENUM, .def = "drop", .choices = "drop|tag",
              .help = "leave such documents out, or only say so in their metadata"),
    QN_OPTION(struct options, memory, QN_SIZE, .def = "1GiB", .min = "64KiB", .max = "1024GiB",
              .help = "for the documents remembered; the oldest are forgotten"),
    {.name = NULL}};

struct state {
    dupes_hash key;     /* random, for what is compared for equality only */
    dupes_table *table; /* commit's */
};

struct local {
    struct dupes_units units;
    struct dupes_shingles shingles;
};

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

/* ---- life -------------------------------------------------------------------------------------
 */

static qn_status dupes_open(qn_ctx *cx)
{
    const struct options *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    cx->state = s;
    if (!s) return no_memory(cx);
    if (getrandom(&s->key, sizeof s->key, 0) != (ssize_t)sizeof s->key)
        return cx->host->fail(cx, QN_E_IO, "the system gives no random numbers for a hash key");
    if (o->documents == DOC_OFF) return QN_OK;
    s->table = dupes_table_new(o->memory, o->documents == DOC_NEAR, o->threshold);
    if (!s->table)
        return cx->host->fail_option(cx, "memory", "there is not so much memory; give less");
    return QN_OK;
}

static void dupes_close(qn_ctx *cx)
{
    struct state *s = cx->state;
    if (!s) return;
    dupes_table_free(s->table);
    free(s);
}

static qn_status dupes_enter(qn_ctx *cx)
{
    cx->local = calloc(1, sizeof(struct local));
    return cx->local ? QN_OK : no_memory(cx);
}

static void dupes_leave(qn_ctx *cx)
{
    struct local *l = cx->local;
    if (!l) return;
    dupes_units_free(&l->units);
    free(l->shingles.v);
    free(l);
}

/* ---- inside a record --------------------------------------------------------------------------
 */

static qn_status mark_units(qn_ctx *cx, qn_record *r, const struct dupes_units *u)
{
    qn_status st = QN_OK;
    for (uint32_t i = 0; st == QN_OK && i < u->n; i++)
        if (u->v[i].again)
            st = qn_add(r, cx->makes[0], u->v[i].beg, u->v[i].end, cx->names[N_UNIT]);
    return st;
}

/* Each with the blank lines before it. The first unit repeats nothing. */
static qn_status drop_units(qn_ctx *cx, qn_record *r, const struct dupes_units *u)
{
    qn_edit *edit = NULL;
    qn_status st = QN_OK;
    for (uint32_t i = 1; st == QN_OK && i < u->n; i++) {
        qn_range old = {u->v[i - 1].line_end, u->v[i].line_end};
        if (!u->v[i].again) continue;
        if (!edit) edit = cx->host->edit_begin(cx, r);
        if (!edit) return QN_E_NOMEM;
        st = cx->host->edit_replace(edit, old, (qn_str){"", 0}, cx->names[N_UNIT]);
    }
    return st == QN_OK && edit ? cx->host->edit_end(edit) : st;
}

static qn_status do_units(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    const struct state *s = cx->state;
    struct dupes_units *u = &((struct local *)cx->local)->units;
    qn_status st;
    uint32_t i, again = 0;
    if (o->units == UNIT_OFF) return QN_OK;
    if (!dupes_units_read(u, r->text.p, r->text.n, o->units == UNIT_PARAGRAPH) ||
        !dupes_units_match(u, r->text.p, s->key, (uint32_t)o->min_chars, o->keep_verse))
        return QN_E_NOMEM;
    for (i = 0; i < u->n; i++)
        again += u->v[i].again;
    qn_count(cx, C_UNITS, again);
    st = !again ? QN_OK : o->unit_action == DROP ? drop_units(cx, r, u) : mark_units(cx, r, u);
    if (u->cap > SCRATCH_UNITS) dupes_units_free(u); /* a giant must not keep the memory */
    return st;
}

/* ---- among documents --------------------------------------------------------------------------
 */

static qn_status describe(qn_ctx *cx, const qn_record *r, struct dupes_doc *doc)
{
    const struct options *o = cx->options;
    const struct state *s = cx->state;
    struct dupes_shingles *scratch = &((struct local *)cx->local)->shingles;
    uint32_t *sketch = NULL;
    int got = 1;
    *doc = (struct dupes_doc){.hash = dupes_sip(s->key, r->text.p, r->text.n), .id = r->id};
    if (o->documents != DOC_NEAR) return QN_OK;
    sketch = qn_alloc(r->batch, DUPES_SKETCH * sizeof *sketch);
    if (!sketch) return QN_E_NOMEM;
    got = dupes_sketch(scratch, r->text.p, r->text.n, sketch);
    if (scratch->cap > SCRATCH_SHINGLES) {
        free(scratch->v);
        memset(scratch, 0, sizeof *scratch);
    }
    if (got > 0) doc->sketch = sketch;
    return got < 0 ? QN_E_NOMEM : QN_OK;
}

static qn_status dupes_process_batch(qn_ctx *cx, qn_batch *b)
{
    const struct options *o = cx->options;
    struct dupes_doc *all = qn_alloc(b, (b->n + 1) * sizeof *all);
    qn_status st = QN_OK;
    if (!all) return no_memory(cx);
    for (uint32_t i = 0; st == QN_OK && i < b->n; i++) {
        if (!qn_live(b->rec[i])) continue;
        st = do_units(cx, b->rec[i]);
        if (st == QN_OK && o->documents != DOC_OFF) st = describe(cx, b->rec[i], &all[i]);
    }
    cx->carry = all;
    return st == QN_E_NOMEM ? no_memory(cx) : st;
}

static qn_status tag(qn_ctx *cx, qn_record *r, const struct dupes_match *m)
{
    qn_meta of = {.key = QN_STR("dupe_of"), .type = QN_T_STR};
    qn_meta like = {.key = QN_STR("similarity"), .type = QN_T_REAL, .u = {.d = m->similarity}};
    char *copy = qn_alloc(r->batch, m->id.n + 1);
    if (!copy) return QN_E_NOMEM;
    if (m->id.n) memcpy(copy, m->id.p, m->id.n);
    of.u.str = (qn_str){copy, m->id.n};
    if (cx->host->set_meta(cx, r, &of) != QN_OK) return QN_E_NOMEM;
    return cx->host->set_meta(cx, r, &like);
}

/* Only documents that repeat none are remembered, so that dupe_of always names an original. */
static qn_status judge(qn_ctx *cx, qn_record *r, const struct dupes_doc *doc)
{
    const struct options *o = cx->options;
    struct state *s = cx->state;
    struct dupes_match m;
    if (!r->text.n) return QN_OK;
    if (!dupes_table_find(s->table, doc, &m))
        return dupes_table_add(s->table, doc) ? QN_OK : QN_E_NOMEM;
    qn_count(cx, m.exact ? C_EXACT : C_NEAR, 1);
    if (o->action == TAG_DROP) cx->host->drop_record(cx, r, cx->names[m.exact ? N_EXACT : N_NEAR]);
    return tag(cx, r, &m);
}

static qn_status dupes_commit(qn_ctx *cx, qn_batch *b)
{
    const struct state *s = cx->state;
    const struct dupes_doc *all = cx->carry;
    qn_status st = QN_OK;
    for (uint32_t i = 0; all && s->table && st == QN_OK && i < b->n; i++)
        if (qn_live(b->rec[i])) st = judge(cx, b->rec[i], &all[i]);
    return st == QN_E_NOMEM ? no_memory(cx) : st;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "dupes",
    .version = "1.0",
    .license = "MIT",
    .help = "finds lines and paragraphs said twice, and documents that were there before",
    .needs = needs,
    .makes = makes,
    .names = names,
    .counters = counters,
    QN_OPTIONS(options, struct options),
    .open = dupes_open,
    .close = dupes_close,
    .enter = dupes_enter,
    .leave = dupes_leave,
    .process_batch = dupes_process_batch,
    .commit = dupes_commit,
};
