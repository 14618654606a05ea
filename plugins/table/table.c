/* SPDX-License-Identifier: MIT */
/* plugins/table/table.c - the sink that writes a table, CSV (RFC 4180) or TSV: a row for every
 * entity, sentence or document. */
#include <quern/plugin.h>

#include <stdlib.h>

#include "sink/details.h"
#include "sink/stream.h"
#include "sink/view.h"

enum rows { ENTITIES, SENTENCES, DOCUMENTS };
enum format { AUTO, CSV, TSV };

struct opts {
    const char *path;
    int compress;
    int64_t level;
    int rows, format, offsets, header;
};

static const qn_option options[] = {
    SINK_OPTIONS(struct opts),
    QN_OPTION(struct opts, rows, QN_ENUM, .def = "entities",
              .choices = "entities|sentences|documents", .help = "what a row stands for"),
    QN_OPTION(struct opts, format, QN_ENUM, .def = "auto", .choices = "auto|csv|tsv",
              .help = "auto: tsv when the path ends in .tsv (or .tsv.gz, .tsv.zst)"),
    QN_OPTION(struct opts, offsets, QN_ENUM, .def = "codepoint", .choices = "codepoint|byte|raw",
              .help = "unit of start and end: code points or bytes of the text, or bytes of the "
                      "raw input"),
    QN_OPTION(struct opts, header, QN_BOOL, .def = "true", .help = "begin with the names"),
    {0}};

static const char *const needs[] = {"text",    "ents?",  "sents?",  "summary?",
                                    "values?", "links?", "chains?", NULL};
enum { TEXT, ENTS, SENTS, SUMMARY, VALUES, LINKS, CHAINS };

/* The columns of each kind of row. */
static const char *const columns[][10] = {
    [ENTITIES] = {"id", "start", "end", "label", "entity", "value", "kb_id", "canonical",
                  "sentence", NULL},
    [SENTENCES] = {"id", "start", "end", "number", "sentence", "summary", NULL},
    [DOCUMENTS] = {"id", "text", "summary", NULL},
};

struct state {
    sink_stream stream; /* first: see sink/stream.h */
    sink_layers layers;
    qn_layer_id detail[SINK_DETAILS];
    enum rows rows;
    enum format format;
    sink_unit unit;
    qn_jsonw head;
};

struct scratch {
    sink_view view;
    sink_details details;
    qn_jsonw cell;
};

/* ---- cells ------------------------------------------------------------------------------------
 */

/* The first byte of s that is one of `set`; s.n when there is none. */
static size_t find(qn_str s, const char *set)
{
    size_t i;
    for (i = 0; i < s.n; i++)
        if (s.p[i] && strchr(set, s.p[i])) break;
    return i;
}

/* A cell with a quote, a comma or a line end in it stands in quotes, its quotes doubled. */
static void put_csv(qn_jsonw *out, qn_str s)
{
    size_t i, from = 0;
    if (find(s, ",\"\r\n") == s.n) {
        qn_jsonw_raw(out, s);
        return;
    }
    qn_jsonw_lit(out, "\"");
    for (i = 0; i < s.n; i++) {
        if (s.p[i] != '"') continue;
        qn_jsonw_raw(out, (qn_str){s.p + from, i + 1 - from});
        from = i; /* the quote again */
    }
    qn_jsonw_raw(out, (qn_str){s.p + from, s.n - from});
    qn_jsonw_lit(out, "\"");
}

/* Tabs, line ends and backslashes are written as \t, \n, \r and \\. */
static void put_tsv(qn_jsonw *out, qn_str s)
{
    static const char set[] = "\t\n\r\\", letter[] = "tnr\\";
    size_t n;
    while ((n = find(s, set)) < s.n) {
        char pair[2] = {'\\', letter[strchr(set, s.p[n]) - set]};
        qn_jsonw_raw(out, (qn_str){s.p, n});
        qn_jsonw_raw(out, (qn_str){pair, 2});
        s.p += n + 1;
        s.n -= n + 1;
    }
    qn_jsonw_raw(out, s);
}

static void put_cell(const struct state *s, qn_jsonw *out, qn_str text)
{
    if (s->format == TSV)
        put_tsv(out, text);
    else
        put_csv(out, text);
}

static void separator(const struct state *s, qn_jsonw *out)
{
    qn_jsonw_raw(out, (qn_str){s->format == TSV ? "\t" : ",", 1});
}

static void end_row(const struct state *s, qn_jsonw *out)
{
    qn_jsonw_raw(out, s->format == TSV ? (qn_str){"\n", 1} : (qn_str){"\r\n", 2});
}

/* ---- rows -------------------------------------------------------------------------------------
 */

/* id, start, end and the separator behind them */
static void put_place(const struct state *s, sink_view *v, const qn_span *span, qn_jsonw *out)
{
    put_cell(s, out, v->r->id);
    separator(s, out);
    qn_jsonw_u64(out, sink_offset(&v->off, span->beg, 0));
    separator(s, out);
    qn_jsonw_u64(out, sink_offset(&v->off, span->end, 1));
    separator(s, out);
}

/* The number of a sentence that holds the place, counted from 1, cursor *k; 0: none does. */
static uint32_t sentence_of(const sink_spans *sents, uint32_t at, uint32_t *k)
{
    while (*k < sents->n && sents->v[*k].end <= at)
        ++*k;
    return *k < sents->n && sents->v[*k].beg <= at ? *k + 1 : 0;
}

/* The cells of what is known of an entity, each with the separator behind it. */
static void put_details(const struct state *s, struct scratch *w, const qn_span *e, qn_jsonw *out)
{
    int k;
    for (k = 0; k < SINK_DETAILS; k++) {
        w->cell.n = 0;
        sink_details_text(&w->details, (enum sink_detail)k, e, &w->cell);
        put_cell(s, out, (qn_str){w->cell.p, w->cell.n});
        separator(s, out);
    }
    out->no_memory |= w->cell.no_memory;
}

static void put_entities(qn_ctx *cx, struct scratch *w, sink_text *text)
{
    const struct state *s = cx->state;
    sink_view *v = &w->view;
    qn_jsonw *out = &text->out;
    uint32_t i, k = 0, no;
    for (i = 0; i < v->ents.n; i++) {
        const qn_span *e = &v->ents.v[i];
        put_place(s, v, e, out);
        put_cell(s, out, cx->host->name_text(cx, e->label));
        separator(s, out);
        put_cell(s, out, qn_span_text(v->r, e));
        separator(s, out);
        put_details(s, w, e, out);
        no = sentence_of(&v->sents, e->beg, &k);
        if (no) qn_jsonw_u64(out, no);
        end_row(s, out);
        sink_flush(text);
    }
}

static void put_sentences(const struct state *s, sink_view *v, sink_text *text)
{
    qn_jsonw *out = &text->out;
    uint32_t i, k = 0;
    for (i = 0; i < v->sents.n; i++) {
        const qn_span *e = &v->sents.v[i];
        put_place(s, v, e, out);
        qn_jsonw_u64(out, i + 1);
        separator(s, out);
        put_cell(s, out, qn_span_text(v->r, e));
        separator(s, out);
        if (s->layers.summary) qn_jsonw_u64(out, sentence_of(&v->summary, e->beg, &k) != 0);
        end_row(s, out);
        sink_flush(text);
    }
}

static void put_document(const struct state *s, sink_view *v, qn_jsonw *out)
{
    qn_jsonw joined = {0};
    uint32_t i;
    for (i = 0; i < v->summary.n; i++) {
        if (i) qn_jsonw_lit(&joined, " ");
        qn_jsonw_raw(&joined, qn_span_text(v->r, &v->summary.v[i]));
    }
    put_cell(s, out, v->r->id);
    separator(s, out);
    put_cell(s, out, v->r->text);
    separator(s, out);
    put_cell(s, out, (qn_str){joined.p, joined.n});
    end_row(s, out);
    out->no_memory |= joined.no_memory;
    qn_jsonw_free(&joined);
}

static qn_status encode(qn_ctx *cx, void *scratch, const qn_record *r, sink_text *text)
{
    const struct state *s = cx->state;
    struct scratch *w = scratch;
    sink_view *v = &w->view;
    qn_status st = sink_view_start(v, r, &s->layers, s->unit);
    if (st == QN_OK && !sink_details_start(&w->details, r, s->detail)) st = QN_E_NOMEM;
    if (st != QN_OK) return st;
    if (s->rows == ENTITIES)
        put_entities(cx, w, text);
    else if (s->rows == SENTENCES)
        put_sentences(s, v, text);
    else
        put_document(s, v, &text->out);
    return QN_OK;
}

static void forget(void *scratch)
{
    struct scratch *w = scratch;
    sink_view_free(&w->view);
    sink_details_free(&w->details);
    qn_jsonw_free(&w->cell);
}

static qn_str head(qn_ctx *cx)
{
    const struct state *s = cx->state;
    return (qn_str){s->head.p, s->head.n};
}

static const sink_form form = {
    .scratch = sizeof(struct scratch), .forget = forget, .encode = encode, .head = head};

/* ---- the plugin -------------------------------------------------------------------------------
 */

static enum format format_of(const char *path)
{
    const char *dot = strstr(path, ".tsv");
    while (dot && dot[4] && strcmp(dot + 4, ".gz") != 0 && strcmp(dot + 4, ".zst") != 0)
        dot = strstr(dot + 1, ".tsv");
    return dot ? TSV : CSV;
}

static qn_status make_head(qn_ctx *cx, struct state *s)
{
    const char *const *c = columns[s->rows];
    size_t i;
    for (i = 0; c[i]; i++) {
        if (i) separator(s, &s->head);
        qn_jsonw_raw(&s->head, (qn_str){c[i], strlen(c[i])});
    }
    end_row(s, &s->head);
    return s->head.no_memory ? cx->host->fail(cx, QN_E_NOMEM, "out of memory") : QN_OK;
}

static qn_status check_layers(qn_ctx *cx, const struct state *s)
{
    if (s->rows == ENTITIES && !s->layers.ents)
        return cx->host->fail_option(cx, "rows",
                                     "no earlier stage makes 'ents': add a stage that "
                                     "finds entities before it");
    if (s->rows == SENTENCES && !s->layers.sents)
        return cx->host->fail_option(cx, "rows",
                                     "no earlier stage makes 'sents': add { plugin = "
                                     "\"sentences\"; } before it");
    return QN_OK;
}

static qn_status table_open(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    qn_status st;
    if (!s) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    cx->state = s;
    s->rows = (enum rows)o->rows;
    s->format = o->format == AUTO ? format_of(o->path) : (enum format)o->format;
    s->unit = (sink_unit)o->offsets;
    s->layers = (sink_layers){
        .ents = cx->needs[ENTS], .sents = cx->needs[SENTS], .summary = cx->needs[SUMMARY]};
    s->detail[SINK_VALUES] = cx->needs[VALUES];
    s->detail[SINK_LINKS] = cx->needs[LINKS];
    s->detail[SINK_CHAINS] = cx->needs[CHAINS];
    st = check_layers(cx, s);
    if (st == QN_OK && o->header) st = make_head(cx, s);
    return st == QN_OK ? sink_open(cx, &s->stream, &form, o->path, o->compress, o->level) : st;
}

static void table_close(qn_ctx *cx)
{
    struct state *s = cx->state;
    if (s) qn_jsonw_free(&s->head);
    free(s);
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_SINK,
    .name = "table",
    .version = "1.0",
    .license = "MIT",
    .help = "writes CSV or TSV: a row for every entity, sentence or document",
    .needs = needs,
    QN_OPTIONS(options, struct opts),
    .open = table_open,
    .close = table_close,
    .enter = sink_enter,
    .leave = sink_leave,
    .process_batch = sink_process_batch,
    .commit = sink_commit,
    .finish = sink_finish,
};
