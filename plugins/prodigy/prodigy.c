/* SPDX-License-Identifier: MIT */
/* plugins/prodigy/prodigy.c - the sink that writes tasks for annotators: JSON lines with text,
 * tokens and spans, as Prodigy and the tools that read its format take them. */
#include <quern/plugin.h>

#include <stdlib.h>

#include "sink/stream.h"
#include "sink/view.h"

enum unit_of_work { WORK_DOCUMENT, WORK_SENTENCE };

struct opts {
    const char *path;
    int compress;
    int64_t level;
    int task;
};

static const qn_option options[] = {SINK_OPTIONS(struct opts),
                                    QN_OPTION(struct opts, task, QN_ENUM, .def = "document",
                                              .choices = "document|sentence",
                                              .help = "what an annotator is shown at a time"),
                                    {0}};

static const char *const needs[] = {"text", "tokens", "sents?", "ents?", NULL};
enum { TEXT, TOKENS, SENTS, ENTS };

struct state {
    sink_stream stream; /* first: see sink/stream.h */
    sink_layers layers;
    enum unit_of_work task;
};

struct scratch {
    sink_view view;
    sink_token *token; /* of the task */
    uint32_t n, cap;
    uint32_t ent; /* the first entity that is not written */
};

/* Code points from the task's start. */
static uint32_t offset(struct scratch *s, uint32_t base, uint32_t byte)
{
    return sink_offset(&s->view.off, byte, 0) - base;
}

static void put_number(qn_jsonw *out, const char *key, uint64_t v)
{
    qn_jsonw_raw(out, (qn_str){key, strlen(key)});
    qn_jsonw_u64(out, v);
}

static void put_tokens(struct scratch *s, uint32_t base, uint32_t end, sink_text *text)
{
    const qn_record *r = s->view.r;
    uint32_t i;
    qn_jsonw_lit(&text->out, ",\"tokens\":[");
    for (i = 0; i < s->n; i++) {
        const sink_token *t = &s->token[i];
        uint32_t next = i + 1 < s->n ? s->token[i + 1].beg : end;
        qn_jsonw_raw(&text->out, i ? (qn_str){",{\"text\":", 9} : (qn_str){"{\"text\":", 8});
        qn_jsonw_str(&text->out, (qn_str){r->text.p + t->beg, t->end - t->beg});
        put_number(&text->out, ",\"start\":", offset(s, base, t->beg));
        put_number(&text->out, ",\"end\":", offset(s, base, t->end));
        put_number(&text->out, ",\"id\":", i);
        qn_jsonw_lit(&text->out, ",\"ws\":");
        qn_jsonw_bool(&text->out, t->end < next);
        qn_jsonw_lit(&text->out, "}");
        sink_flush(text);
    }
    qn_jsonw_lit(&text->out, "]");
}

/* Entities within the task; tokens are cut at their edges, so each begins and ends with one. */
static void put_spans(qn_ctx *cx, struct scratch *s, uint32_t base, uint32_t end, sink_text *text)
{
    const sink_spans *ents = &s->view.ents;
    uint32_t t = 0, first = s->ent;
    qn_jsonw_lit(&text->out, ",\"spans\":[");
    for (; s->ent < ents->n && ents->v[s->ent].beg < end; s->ent++) {
        const qn_span *e = &ents->v[s->ent];
        const uint32_t stop = e->end < end ? e->end : end; /* it may go on in the next sentence */
        if (s->ent > first) qn_jsonw_lit(&text->out, ",");
        while (t + 1 < s->n && s->token[t].end <= e->beg)
            t++;
        put_number(&text->out, "{\"start\":", offset(s, base, e->beg));
        put_number(&text->out, ",\"end\":", offset(s, base, stop));
        put_number(&text->out, ",\"token_start\":", t);
        while (t + 1 < s->n && s->token[t].end < stop)
            t++;
        put_number(&text->out, ",\"token_end\":", t);
        qn_jsonw_lit(&text->out, ",\"label\":");
        qn_jsonw_str(&text->out, cx->host->name_text(cx, e->label));
        qn_jsonw_lit(&text->out, "}");
        sink_flush(text);
    }
    qn_jsonw_lit(&text->out, "]");
}

static void put_task(qn_ctx *cx, struct scratch *s, uint32_t beg, uint32_t end, uint64_t no,
                     sink_text *text)
{
    const qn_record *r = s->view.r;
    uint32_t base = sink_offset(&s->view.off, beg, 0);
    qn_jsonw_lit(&text->out, "{\"text\":");
    qn_jsonw_str(&text->out, (qn_str){r->text.p + beg, end - beg});
    qn_jsonw_lit(&text->out, ",\"meta\":{\"id\":");
    qn_jsonw_str(&text->out, r->id);
    if (no) put_number(&text->out, ",\"sentence\":", no);
    qn_jsonw_lit(&text->out, "}");
    put_tokens(s, base, end, text);
    put_spans(cx, s, base, end, text);
    qn_jsonw_lit(&text->out, "}\n");
}

/* The tokens found last join those of the task. */
static int join(struct scratch *s)
{
    const sink_view *v = &s->view;
    if (s->n + v->ntoken > s->cap) {
        size_t cap = s->cap ? s->cap : 256;
        sink_token *more;
        while (cap < (size_t)s->n + v->ntoken)
            cap *= 2;
        more = cap <= UINT32_MAX ? reallocarray(s->token, cap, sizeof *more) : NULL;
        if (!more) return 0;
        s->token = more;
        s->cap = (uint32_t)cap;
    }
    if (v->ntoken) memcpy(s->token + s->n, v->token, v->ntoken * sizeof *v->token);
    s->n += v->ntoken;
    return 1;
}

static qn_status encode(qn_ctx *cx, void *scratch, const qn_record *r, sink_text *text)
{
    const struct state *st = cx->state;
    struct scratch *s = scratch;
    uint64_t no = 0;
    int found;
    s->n = s->ent = 0;
    if (sink_view_start(&s->view, r, &st->layers, SINK_CODEPOINT) != QN_OK) return QN_E_NOMEM;
    while ((found = sink_view_next(&s->view)) > 0) {
        if (!join(s)) return QN_E_NOMEM;
        if (st->task == WORK_DOCUMENT) continue;
        put_task(cx, s, s->token[0].beg, s->token[s->n - 1].end, ++no, text);
        s->n = 0;
    }
    if (found < 0) return QN_E_NOMEM;
    if (st->task == WORK_DOCUMENT) put_task(cx, s, 0, (uint32_t)r->text.n, 0, text);
    return QN_OK;
}

static void forget(void *scratch)
{
    struct scratch *s = scratch;
    sink_view_free(&s->view);
    free(s->token);
}

static const sink_form form = {
    .scratch = sizeof(struct scratch), .forget = forget, .encode = encode};

static qn_status prodigy_open(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    if (!s) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    cx->state = s;
    s->task = (enum unit_of_work)o->task;
    s->layers = (sink_layers){
        .ents = cx->needs[ENTS], .sents = cx->needs[SENTS], .tokens = cx->needs[TOKENS]};
    if (s->task == WORK_SENTENCE && !s->layers.sents)
        return cx->host->fail_option(cx, "task",
                                     "no earlier stage makes 'sents': add { plugin = "
                                     "\"sentences\"; } before it");
    return sink_open(cx, &s->stream, &form, o->path, o->compress, o->level);
}

static void prodigy_close(qn_ctx *cx)
{
    free(cx->state);
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_SINK,
    .name = "prodigy",
    .version = "1.0",
    .license = "MIT",
    .help = "writes annotation tasks, JSON lines with text, tokens and spans",
    .needs = needs,
    QN_OPTIONS(options, struct opts),
    .open = prodigy_open,
    .close = prodigy_close,
    .enter = sink_enter,
    .leave = sink_leave,
    .process_batch = sink_process_batch,
    .commit = sink_commit,
    .finish = sink_finish,
};
