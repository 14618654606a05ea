/* SPDX-License-Identifier: MIT */
/* plugins/unwrap/unwrap.c - the plugin: joins the lines of hard-wrapped paragraphs and undoes the
 * hyphenation at their ends, each by an edit with its rule. */
#include "wrap.h"
#include <quern/plugin.h>

#include <stdlib.h>
#include <sys/random.h>

struct options {
    int mode, dehyphenate;
};
enum { AUTO, ON };
enum { SCRATCH_LINES = 1 << 16 };

static const char *const needs[] = {"text", NULL};
enum { N_JOIN, N_HYPHEN, N_COMPOUND };
static const char *const names[] = {"unwrap-join", "unwrap-hyphen", "unwrap-compound", NULL};
enum { C_JOINED, C_HYPHENS };
static const qn_counter_decl counters[] = {
    {"joined", "line ends taken out"}, {"hyphens", "hyphens taken out with them"}, {NULL, NULL}};

static const qn_option options[] = {
    QN_OPTION(struct options, mode, QN_ENUM, .def = "auto", .choices = "auto|on",
              .help = "auto: only in documents whose line widths show that they were wrapped"),
    QN_OPTION(struct options, dehyphenate, QN_BOOL, .def = "true",
              .help = "take out hyphens that were put in at line ends"),
    {.name = NULL}};

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static qn_status enter(qn_ctx *cx)
{
    struct unwrap_doc *d = calloc(1, sizeof *d);
    cx->local = d;
    if (!d) return no_memory(cx);
    if (getrandom(&d->key, sizeof d->key, 0) != (ssize_t)sizeof d->key)
        return cx->host->fail(cx, QN_E_IO, "the system gives no random numbers for a hash key");
    return QN_OK;
}

static void leave(qn_ctx *cx)
{
    if (cx->local) unwrap_free(cx->local);
    free(cx->local);
}

/* Takes the line end behind line i out. */
static qn_status join(qn_ctx *cx, qn_edit *edit, const char *p, const struct unwrap_line *l)
{
    qn_range old = {l[0].end, l[1].beg};
    qn_str with = QN_STR("");
    int rule = N_JOIN;
    if (l->join == UNWRAP_SPACE) with = (qn_str)QN_STR(" ");
    if (l->join == UNWRAP_COMPOUND) rule = N_COMPOUND;
    if (l->join == UNWRAP_HYPHEN) {
        rule = N_HYPHEN;
        do
            old.beg--;
        while (((unsigned char)p[old.beg] & 0xC0) == 0x80);
        qn_count(cx, C_HYPHENS, 1);
    }
    qn_count(cx, C_JOINED, 1);
    return cx->host->edit_replace(edit, old, with, cx->names[rule]);
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    struct unwrap_doc *d = cx->local;
    qn_edit *edit = NULL;
    qn_status st = QN_OK;
    if (!unwrap_read(d, r->text.p, r->text.n, o->mode == ON, o->dehyphenate)) return no_memory(cx);
    for (uint32_t i = 0; st == QN_OK && i + 1 < d->n; i++) {
        if (d->v[i].join == UNWRAP_KEEP) continue;
        if (!edit) edit = cx->host->edit_begin(cx, r);
        if (!edit) return no_memory(cx);
        st = join(cx, edit, r->text.p, &d->v[i]);
    }
    if (st == QN_OK && edit) st = cx->host->edit_end(edit);
    if (d->cap > SCRATCH_LINES) unwrap_free(d); /* a giant must not keep the memory */
    return st == QN_E_NOMEM ? no_memory(cx) : st;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,       .kind = QN_STAGE,
    .name = "unwrap",     .version = "1.0",
    .license = "MIT",     .help = "joins the lines of hard-wrapped paragraphs",
    .needs = needs,       .names = names,
    .counters = counters, QN_OPTIONS(options, struct options),
    .enter = enter,       .leave = leave,
    .process = process,
};
