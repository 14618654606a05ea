/* SPDX-License-Identifier: MIT */
/* plugins/text/text.c - the sink that writes plain text: the documents themselves, their sentences
 * or tokens, or their summaries. */
#include <quern/plugin.h>

#include <stdlib.h>

#include "sink/stream.h"
#include "sink/view.h"

enum what { DOCUMENTS, SENTENCES, TOKENIZED, SUMMARIES };

struct opts {
    const char *path;
    int compress;
    int64_t level;
    int what;
    const char *separator;
};

static const qn_option options[] = {
    SINK_OPTIONS(struct opts),
    QN_OPTION(struct opts, what, QN_ENUM, .def = "documents",
              .choices = "documents|sentences|tokens|summaries",
              .help =
                  "documents: the text as it is; sentences: one a line; tokens: the same with a "
                  "blank between tokens; summaries: one a line"),
    QN_OPTION(struct opts, separator, QN_STRING, .def = "\n",
              .help = "what stands behind each document; not used for summaries"),
    {0}};

static const char *const needs[] = {"text", "tokens?", "sents?", "summary?", NULL};
enum { TEXT, TOKENS, SENTS, SUMMARY };

struct state {
    sink_stream stream; /* first: see sink/stream.h */
    sink_layers layers;
    enum what what;
    qn_str separator;
};

static void put_document(const qn_record *r, sink_text *text)
{
    enum { PIECE = 1 << 20 };
    size_t at, n;
    for (at = 0; at < r->text.n; at += n) {
        n = r->text.n - at < PIECE ? r->text.n - at : PIECE;
        qn_jsonw_raw(&text->out, (qn_str){r->text.p + at, n});
        sink_flush(text);
    }
    if (r->text.n && r->text.p[r->text.n - 1] != '\n') qn_jsonw_lit(&text->out, "\n");
}

static void put_spans(const qn_record *r, const sink_spans *l, const char *between, sink_text *text)
{
    uint32_t i;
    for (i = 0; i < l->n; i++) {
        if (i) qn_jsonw_raw(&text->out, (qn_str){between, 1});
        sink_put_line(&text->out, r, l->v[i].beg, l->v[i].end);
        sink_flush(text);
    }
    if (l->n || between[0] == ' ') qn_jsonw_lit(&text->out, "\n");
}

static qn_status put_tokens(sink_view *v, sink_text *text)
{
    uint32_t i;
    int found;
    while ((found = sink_view_next(v)) > 0) {
        for (i = 0; i < v->ntoken; i++) {
            if (i) qn_jsonw_lit(&text->out, " ");
            sink_put_line(&text->out, v->r, v->token[i].beg, v->token[i].end);
        }
        qn_jsonw_lit(&text->out, "\n");
        sink_flush(text);
    }
    return found < 0 ? QN_E_NOMEM : QN_OK;
}

static qn_status encode(qn_ctx *cx, void *scratch, const qn_record *r, sink_text *text)
{
    const struct state *s = cx->state;
    sink_view *v = scratch;
    qn_status st = sink_view_start(v, r, &s->layers, SINK_BYTE);
    if (st != QN_OK) return st;
    switch (s->what) {
    case DOCUMENTS:
        put_document(r, text);
        break;
    case SENTENCES:
        put_spans(r, &v->sents, "\n", text);
        break;
    case TOKENIZED:
        st = put_tokens(v, text);
        break;
    case SUMMARIES:
        put_spans(r, &v->summary, " ", text);
        return st;
    }
    qn_jsonw_raw(&text->out, s->separator);
    return st;
}

static void forget(void *scratch)
{
    sink_view_free(scratch);
}

static const sink_form form = {.scratch = sizeof(sink_view), .forget = forget, .encode = encode};

/* The layer that `what` writes must be made by an earlier stage. */
static qn_status check_layers(qn_ctx *cx, const struct state *s)
{
    static const char *const word[] = {NULL, "sents", "tokens", "summary"};
    static const char *const stage[] = {NULL, "sentences", "tokens", "summarize"};
    const qn_layer_id have[] = {1, s->layers.sents, s->layers.tokens, s->layers.summary};
    if (have[s->what]) return QN_OK;
    return cx->host->fail_option(cx, "what",
                                 "no earlier stage makes '%s': add { plugin = \"%s\"; } before it",
                                 word[s->what], stage[s->what]);
}

static qn_status text_open(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    qn_status st;
    if (!s) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    cx->state = s;
    s->what = (enum what)o->what;
    s->separator = (qn_str){o->separator, strlen(o->separator)};
    s->layers = (sink_layers){
        .sents = cx->needs[SENTS], .tokens = cx->needs[TOKENS], .summary = cx->needs[SUMMARY]};
    st = check_layers(cx, s);
    return st == QN_OK ? sink_open(cx, &s->stream, &form, o->path, o->compress, o->level) : st;
}

static void text_close(qn_ctx *cx)
{
    free(cx->state);
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_SINK,
    .name = "text",
    .version = "1.0",
    .license = "MIT",
    .help = "writes plain text: documents, sentences, tokens or summaries",
    .needs = needs,
    QN_OPTIONS(options, struct opts),
    .open = text_open,
    .close = text_close,
    .enter = sink_enter,
    .leave = sink_leave,
    .process_batch = sink_process_batch,
    .commit = sink_commit,
    .finish = sink_finish,
};
