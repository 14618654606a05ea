/* SPDX-License-Identifier: MIT */
/* plugins/html/html.c - the plugin: turns a page into the text of its article by one edit, so that
 * every byte that stays knows where it was, and notes title, byline, date and language. */
#include "meta.h"
#include "refs.h"
#include "score.h"

#include <quern/plugin.h>

#include <stdlib.h>

struct options {
    int extract, metadata;
};
enum { ARTICLE, ALL };
enum { SCRATCH_RUNS = 1 << 18 };

static const char *const needs[] = {"text", NULL};
static const char *const makes[] = {"headings", NULL};
enum { N_MARKUP, N_BOILERPLATE, N_REFERENCE, N_SPACE };
static const char *const names[] = {"html-markup", "html-boilerplate", "html-reference",
                                    "html-space", NULL};
enum { C_KEPT, C_DROPPED };
static const qn_counter_decl counters[] = {{"kept", "blocks of text kept"},
                                           {"dropped", "blocks of text dropped as furniture"},
                                           {NULL, NULL}};

static const qn_option options[] = {
    QN_OPTION(struct options, extract, QN_ENUM, .def = "article", .choices = "article|all",
              .help = "keep the text of the article, or all that a page shows"),
    QN_OPTION(struct options, metadata, QN_BOOL, .def = "true",
              .help = "copy title, byline, date and language to the metadata"),
    {.name = NULL}};

/* One record in work. Headings are noted by their place in the new text. */
struct work {
    qn_ctx *cx;
    qn_record *r;
    qn_edit *edit;
    uint32_t at;   /* the source up to here is settled */
    uint32_t size; /* of the new text so far */
    qn_layer heads;
    bool bare; /* nothing was kept yet in this block */
};

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static qn_status enter(qn_ctx *cx)
{
    cx->local = calloc(1, sizeof(struct html_page));
    return cx->local ? QN_OK : no_memory(cx);
}

static void leave(qn_ctx *cx)
{
    if (cx->local) html_page_free(cx->local);
    free(cx->local);
}

/* The source up to `to` becomes `with`. */
static qn_status replace(struct work *w, uint32_t to, qn_str with, int rule)
{
    qn_range old = {w->at, to};
    if (old.beg == old.end && !with.n) return QN_OK;
    w->at = to;
    w->size += (uint32_t)with.n;
    return w->cx->host->edit_replace(w->edit, old, with, w->cx->names[rule]);
}

static void keep(struct work *w, uint32_t to)
{
    w->size += to - w->at;
    w->at = to;
}

/* The reference at w->at, its bytes to batch memory, which must last until the edit ends. */
static qn_status resolve(struct work *w, uint32_t end, bool *was)
{
    const char *p = w->r->text.p;
    char bytes[HTML_REF_BYTES], *copy;
    size_t len, used = html_reference(p + w->at, end - w->at, 0, bytes, &len);
    *was = used != 0;
    if (!used) {
        keep(w, w->at + 1);
        return QN_OK;
    }
    copy = qn_alloc(w->r->batch, len);
    if (!copy) return QN_E_NOMEM;
    memcpy(copy, bytes, len);
    return replace(w, w->at + (uint32_t)used, (qn_str){copy, len}, N_REFERENCE);
}

/* White space: what of it is one blank stays, at the block's edges nothing. `*pending` says that
 * white space lies before w->at which has not been written. */
static qn_status space(struct work *w, uint32_t run_end, bool *pending)
{
    const char *p = w->r->text.p;
    uint32_t i = w->at;
    while (i < run_end && (unsigned char)p[i] <= ' ')
        i++;
    if (i == w->at + 1 && p[w->at] == ' ' && i < run_end && !*pending && !w->bare) {
        keep(w, i);
        return QN_OK;
    }
    *pending = true;
    return replace(w, i, (qn_str)QN_STR(""), N_SPACE);
}

static qn_status write_run(struct work *w, const struct html_run *run, bool *pending)
{
    const char *p = w->r->text.p;
    qn_status st = QN_OK;
    bool was;
    while (st == QN_OK && w->at < run->end) {
        unsigned char c = (unsigned char)p[w->at];
        if (c <= ' ') {
            st = space(w, run->end, pending);
            continue;
        }
        if (*pending && !w->bare) st = replace(w, w->at, (qn_str)QN_STR(" "), N_SPACE);
        *pending = false;
        w->bare = false;
        if (st == QN_OK && c == '&' && run->references) {
            st = resolve(w, run->end, &was);
        } else {
            uint32_t i = w->at;
            while (i < run->end && (unsigned char)p[i] > ' ' && (p[i] != '&' || !run->references))
                i++;
            keep(w, i);
        }
    }
    return st;
}

static bool is_heading(enum html_tag t)
{
    return t >= HTML_T_H1 && t <= HTML_T_H6;
}

/* What stands before a block: nothing, a line end, a blank line; the dash of an item. */
static qn_str lead(const struct html_block *before, const struct html_block *k)
{
    bool item = k->tag == HTML_T_LI, cell = k->tag == HTML_T_TD || k->tag == HTML_T_TH;
    if (!before) return item ? (qn_str)QN_STR("- ") : (qn_str)QN_STR("");
    if (item && before->tag == HTML_T_LI)
        return k->node == before->node ? (qn_str)QN_STR("\n") : (qn_str)QN_STR("\n- ");
    if (item) return (qn_str)QN_STR("\n\n- ");
    if (cell && (before->tag == HTML_T_TD || before->tag == HTML_T_TH)) return (qn_str)QN_STR("\n");
    return (qn_str)QN_STR("\n\n");
}

static qn_status write_block(struct work *w, const struct html_page *g,
                             const struct html_block *before, const struct html_block *k)
{
    bool pending = false;
    qn_status st = replace(w, k->beg, lead(before, k), N_MARKUP);
    uint32_t beg = w->size;
    w->bare = true;
    for (uint32_t i = k->run; st == QN_OK && i < k->run + k->nrun; i++) {
        const struct html_run *run = &g->run[i];
        if (run->beg >= k->end) break;
        if (run->line_before && !w->bare) {
            st = replace(w, run->beg, (qn_str)QN_STR("\n"), N_MARKUP);
            w->bare = true;
        } else {
            st = replace(w, run->beg, (qn_str)QN_STR(""), N_MARKUP);
        }
        if (st == QN_OK) st = write_run(w, run, &pending);
        if (w->bare) pending = false;
    }
    if (st == QN_OK && is_heading(k->tag) && w->size > beg) {
        struct qn_span *v = &w->heads.v[w->heads.n++];
        *v = (qn_span){.beg = beg, .end = w->size};
    }
    return st;
}

/* The edit: markup away, furniture away, blocks apart. */
static qn_status write_page(struct work *w, const struct html_page *g)
{
    const struct html_block *before = NULL;
    qn_status st = QN_OK;
    for (uint32_t i = 0; st == QN_OK && i < g->nblock; i++) {
        const struct html_block *k = &g->block[i];
        qn_count(w->cx, k->keep ? C_KEPT : C_DROPPED, 1);
        if (k->keep) {
            st = write_block(w, g, before, k);
            before = k;
            continue;
        }
        st = replace(w, k->beg, (qn_str)QN_STR(""), N_MARKUP);
        while (i + 1 < g->nblock && !g->block[i + 1].keep) {
            qn_count(w->cx, C_DROPPED, 1);
            i++;
        }
        if (st == QN_OK) st = replace(w, g->block[i].end, (qn_str)QN_STR(""), N_BOILERPLATE);
    }
    if (st == QN_OK) st = replace(w, (uint32_t)w->r->text.n, (qn_str)QN_STR(""), N_MARKUP);
    return st;
}

static qn_status put_meta(qn_ctx *cx, qn_record *r, const struct html_page *g)
{
    static const qn_str keys[HTML_FIELDS] = {QN_STR("title"), QN_STR("byline"), QN_STR("published"),
                                             QN_STR("language")};
    qn_str found[HTML_FIELDS];
    qn_status st = QN_OK;
    char *room = qn_alloc(r->batch, html_meta_room(g) + 1);
    if (!room) return QN_E_NOMEM;
    html_meta(g, room, found);
    for (int i = 0; st == QN_OK && i < HTML_FIELDS; i++) {
        qn_meta m = {.key = keys[i], .type = QN_T_STR, .u.str = found[i]};
        if (found[i].n && !qn_meta_get(r, m.key)) st = cx->host->set_meta(cx, r, &m);
    }
    return st;
}

static qn_status add_headings(const struct work *w)
{
    qn_status st = QN_OK;
    for (uint32_t i = 0; st == QN_OK && i < w->heads.n; i++)
        st = qn_add(w->r, w->cx->makes[0], w->heads.v[i].beg, w->heads.v[i].end, 0);
    return st;
}

static qn_status extract(qn_ctx *cx, qn_record *r, struct html_page *g)
{
    const struct options *o = cx->options;
    struct work w = {.cx = cx, .r = r};
    uint32_t heads = 0;
    qn_status st = QN_OK;
    if (!html_page_read(g, r->text.p, (uint32_t)r->text.n)) return QN_E_NOMEM;
    if (o->extract == ALL)
        html_keep_all(g);
    else if (!html_score(g, html_weights))
        return QN_E_NOMEM;
    if (o->metadata) st = put_meta(cx, r, g);
    for (uint32_t i = 0; i < g->nblock; i++)
        heads += g->block[i].keep && is_heading(g->block[i].tag);
    w.heads.v = qn_alloc(r->batch, (heads + 1) * sizeof *w.heads.v);
    if (st == QN_OK && (!w.heads.v || !(w.edit = cx->host->edit_begin(cx, r)))) st = QN_E_NOMEM;
    if (st == QN_OK) st = write_page(&w, g);
    if (st == QN_OK) st = cx->host->edit_end(w.edit);
    return st == QN_OK ? add_headings(&w) : st;
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    struct html_page *g = cx->local;
    qn_status st = extract(cx, r, g);
    if (g->caprun > SCRATCH_RUNS) html_page_free(g); /* a giant must not keep the memory */
    return st == QN_E_NOMEM ? no_memory(cx) : st;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "html",
    .version = "1.0",
    .license = "MIT",
    .help = "takes the text of the article out of an HTML page",
    .needs = needs,
    .makes = makes,
    .names = names,
    .counters = counters,
    QN_OPTIONS(options, struct options),
    .enter = enter,
    .leave = leave,
    .process = process,
};
