/* SPDX-License-Identifier: MIT */
/* plugins/jsonl/jsonl.c - the sink that writes JSON lines. Workers encode, and compress, whole
 * batches; commit only writes them, in input order. */
#include <quern/plugin.h>

#include <stdlib.h>

#include "encode.h"
#include "sink/stream.h"

struct opts {
    const char *path;
    int compress; /* sink_compress */
    int64_t level;
    int offsets; /* sink_unit */
    int tokens, meta, provenance, raw;
};

static const qn_option options[] = {
    SINK_OPTIONS(struct opts),
    QN_OPTION(struct opts, offsets, QN_ENUM, .def = "codepoint", .choices = "codepoint|byte|raw",
              .help = "unit of start and end: code points or bytes of the text, or bytes of the "
                      "raw input"),
    QN_OPTION(struct opts, tokens, QN_BOOL, .def = "true",
              .help = "write tokens, which spaCy needs; they make up most of the output"),
    QN_OPTION(struct opts, meta, QN_BOOL, .def = "true", .help = "write metadata"),
    QN_OPTION(struct opts, provenance, QN_BOOL, .def = "false",
              .help = "write what was taken out of or changed in the raw input, with the rule"),
    QN_OPTION(struct opts, raw, QN_BOOL, .def = "false",
              .help = "write the text as it was read, too, where that is UTF-8"),
    {0}};

static const char *const needs[] = {"text",      "ents?",   "sents?", "tokens?", "summary?",
                                    "headings?", "values?", "links?", "chains?", NULL};
enum { TEXT, ENTS, SENTS, TOKENS, SUMMARY, HEADINGS, VALUES, LINKS, CHAINS, KNOWN };

struct state {
    sink_stream stream; /* first: see sink/stream.h */
    jsonl_what what;
    struct jsonl_other *other; /* layers without a key of their own */
};

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static int is_known(const qn_ctx *cx, qn_layer_id id)
{
    int i;
    for (i = ENTS; i < KNOWN; i++)
        if (cx->needs[i] == id) return 1;
    return 0;
}

/* The layers that earlier stages have registered by a name the sink does not know. */
static qn_status find_others(qn_ctx *cx, struct state *s, uint32_t *n)
{
    enum { MOST = 255 };
    qn_layer_id id;
    s->other = calloc(MOST, sizeof *s->other);
    if (!s->other) return no_memory(cx);
    for (id = 1; id <= MOST; id++) {
        qn_str name = cx->host->layer_name(cx, id);
        if (name.n && !is_known(cx, id)) s->other[(*n)++] = (struct jsonl_other){id, name};
    }
    return QN_OK;
}

static void forget(void *scratch)
{
    jsonl_encoder_free(scratch);
}

/* The encoder writes into the stream's buffer, borrowed for one record. */
static qn_status encode(qn_ctx *cx, void *scratch, const qn_record *r, sink_text *text)
{
    const struct state *s = cx->state;
    jsonl_encoder *e = scratch;
    qn_status st;
    e->what = &s->what;
    e->cx = cx;
    e->out = text->out;
    e->flush = text->flush;
    e->flush_arg = text->arg;
    st = jsonl_encode(e, r);
    text->out = e->out;
    e->out = (qn_jsonw){0};
    return st;
}

static const sink_form form = {
    .scratch = sizeof(jsonl_encoder), .forget = forget, .encode = encode};

/* ---- one line for a program that asks for it ---------------------------------------------------
 */

static void forget_line(void *scratch)
{
    if (scratch) jsonl_encoder_free(scratch);
    free(scratch);
}

static qn_status line(qn_ctx *cx, const qn_record *r, void **scratch, qn_str *out)
{
    const struct state *s = cx->state;
    jsonl_encoder *e = *scratch ? *scratch : calloc(1, sizeof *e);
    if (!e) return QN_E_NOMEM;
    *scratch = e;
    e->what = &s->what;
    e->cx = cx;
    e->out.n = 0;
    if (jsonl_encode(e, r) != QN_OK || !qn_jsonw_room(&e->out, 1)) {
        forget_line(e);
        *scratch = NULL;
        return QN_E_NOMEM;
    }
    e->out.p[e->out.n] = '\0';
    *out = (qn_str){e->out.p, e->out.n};
    return QN_OK;
}

static const qn_json_form json_form = {sizeof json_form, line, forget_line};

static const void *extension(const char *id)
{
    return strcmp(id, QN_EXT_JSON) == 0 ? &json_form : NULL;
}

/* ---- the plugin --------------------------------------------------------------------------------
 */

static qn_status jsonl_open(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    uint32_t nother = 0;
    if (!s) return no_memory(cx);
    cx->state = s;
    if (find_others(cx, s, &nother) != QN_OK) return QN_E_NOMEM;
    s->what = (jsonl_what){
        .layer = {.ents = cx->needs[ENTS],
                  .sents = cx->needs[SENTS],
                  .tokens = cx->needs[TOKENS],
                  .summary = cx->needs[SUMMARY],
                  .headings = cx->needs[HEADINGS],
                  .detail = {cx->needs[VALUES], cx->needs[LINKS], cx->needs[CHAINS]},
                  .other = s->other,
                  .nother = nother},
        .unit = (sink_unit)o->offsets,
        .tokens = o->tokens,
        .meta = o->meta,
        .provenance = o->provenance,
        .raw = o->raw,
    };
    return sink_open(cx, &s->stream, &form, o->path, o->compress, o->level);
}

static void jsonl_close(qn_ctx *cx)
{
    struct state *s = cx->state;
    if (s) free(s->other);
    free(s);
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_SINK,
    .name = "jsonl",
    .version = "1.0",
    .license = "MIT",
    .help = "writes one JSON object a document, in the form spaCy's Doc.from_json reads",
    .needs = needs,
    QN_OPTIONS(options, struct opts),
    .open = jsonl_open,
    .close = jsonl_close,
    .enter = sink_enter,
    .leave = sink_leave,
    .process_batch = sink_process_batch,
    .commit = sink_commit,
    .finish = sink_finish,
    .extension = extension,
};
