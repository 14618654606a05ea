/* SPDX-License-Identifier: MIT */
/* plugins/conll/conll.c - the sink that writes tokens in columns: CoNLL-U
 * (https://universaldependencies.org/format.html), CoNLL-U Plus, or two columns with IOB2 tags. */
#include <quern/plugin.h>

#include <stdlib.h>

#include "sink/stream.h"
#include "sink/view.h"

enum format { CONLLU, CONLLUP, IOB2 };

struct opts {
    const char *path;
    int compress;
    int64_t level;
    int format;
};

static const qn_option options[] = {
    SINK_OPTIONS(struct opts),
    QN_OPTION(struct opts, format, QN_ENUM, .def = "conllup", .choices = "conllu|conllup|iob2",
              .help = "conllu: ten columns, entities in MISC; conllup: ID, FORM, MISC and NER; "
                      "iob2: word and tag"),
    {0}};

static const char *const needs[] = {"text", "tokens", "sents?", "ents?", NULL};
enum { TEXT, TOKENS, SENTS, ENTS };

struct state {
    sink_stream stream; /* first: see sink/stream.h */
    sink_layers layers;
    enum format format;
};

struct scratch {
    sink_view view;
    uint32_t ent; /* of view.ents: the first that ends behind the tokens written */
};

/* ---- columns ----------------------------------------------------------------------------------
 */

/* "B-GPE", "I-GPE" or "O". */
static void put_tag(qn_ctx *cx, struct scratch *s, const sink_token *t, qn_jsonw *out)
{
    const sink_spans *ents = &s->view.ents;
    const qn_span *e;
    while (s->ent < ents->n && ents->v[s->ent].end <= t->beg)
        s->ent++;
    e = s->ent < ents->n ? &ents->v[s->ent] : NULL;
    if (!e || t->beg < e->beg) {
        qn_jsonw_lit(out, "O");
        return;
    }
    qn_jsonw_raw(out, t->beg == e->beg ? (qn_str){"B-", 2} : (qn_str){"I-", 2});
    sink_put_word(out, cx->host->name_text(cx, e->label));
}

static int tagged(struct scratch *s, const sink_token *t)
{
    const sink_spans *ents = &s->view.ents;
    while (s->ent < ents->n && ents->v[s->ent].end <= t->beg)
        s->ent++;
    return s->ent < ents->n && t->beg >= ents->v[s->ent].beg;
}

/* White space as UDPipe writes it: \s, \t, \n, \r; anything else as it is. */
static void put_spaces(qn_jsonw *out, qn_str s)
{
    size_t i;
    for (i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case ' ':
            qn_jsonw_lit(out, "\\s");
            break;
        case '\t':
            qn_jsonw_lit(out, "\\t");
            break;
        case '\n':
            qn_jsonw_lit(out, "\\n");
            break;
        case '\r':
            qn_jsonw_lit(out, "\\r");
            break;
        default:
            qn_jsonw_raw(out, (qn_str){s.p + i, 1});
        }
    }
}

/* Where the next token begins, or the text ends. */
static uint32_t next_start(const sink_view *v, uint32_t i)
{
    if (i + 1 < v->ntoken) return v->token[i + 1].beg;
    return v->has_ahead ? v->ahead.beg : (uint32_t)v->r->text.n;
}

/* What stands between two attributes of MISC; *n counts them. */
static void attribute(qn_jsonw *out, int *n)
{
    if ((*n)++) qn_jsonw_lit(out, "|");
}

/* Which white space stands around the token, so that the text can be put together again. */
static void put_misc(struct scratch *s, uint32_t i, int first, int *n, qn_jsonw *out)
{
    const sink_view *v = &s->view;
    const qn_str text = v->r->text;
    const sink_token *t = &v->token[i];
    qn_str gap = {text.p + t->end, next_start(v, i) - t->end};
    if (gap.n == 0) {
        attribute(out, n);
        qn_jsonw_lit(out, "SpaceAfter=No");
    } else if (gap.n != 1 || gap.p[0] != ' ') {
        attribute(out, n);
        qn_jsonw_lit(out, "SpacesAfter=");
        put_spaces(out, gap);
    }
    if (first && t->beg > 0) {
        attribute(out, n);
        qn_jsonw_lit(out, "SpacesBefore=");
        put_spaces(out, (qn_str){text.p, t->beg});
    }
    if (!*n) qn_jsonw_lit(out, "_");
}

static void put_token(qn_ctx *cx, struct scratch *s, uint32_t i, int first, qn_jsonw *out)
{
    const struct state *st = cx->state;
    const sink_token *t = &s->view.token[i];
    int n = 0;
    if (st->format != IOB2) {
        qn_jsonw_u64(out, i + 1);
        qn_jsonw_lit(out, "\t");
    }
    sink_put_line(out, s->view.r, t->beg, t->end);
    qn_jsonw_lit(out, "\t");
    if (st->format == CONLLU) {
        qn_jsonw_lit(out, "_\t_\t_\t_\t_\t_\t_\t");
        if (tagged(s, t)) {
            attribute(out, &n);
            qn_jsonw_lit(out, "NER=");
            put_tag(cx, s, t, out);
        }
    }
    if (st->format != IOB2) put_misc(s, i, first, &n, out);
    if (st->format == CONLLUP) qn_jsonw_lit(out, "\t");
    if (st->format != CONLLU) put_tag(cx, s, t, out);
    qn_jsonw_lit(out, "\n");
}

/* ---- sentences --------------------------------------------------------------------------------
 */

/* "# text = ": the words, and one blank where there is white space between them. */
static void put_text(const sink_view *v, qn_jsonw *out)
{
    uint32_t i;
    qn_jsonw_lit(out, "# text = ");
    for (i = 0; i < v->ntoken; i++) {
        sink_put_line(out, v->r, v->token[i].beg, v->token[i].end);
        if (i + 1 < v->ntoken && v->token[i].end < v->token[i + 1].beg) qn_jsonw_lit(out, " ");
    }
    qn_jsonw_lit(out, "\n");
}

static void put_sentence(qn_ctx *cx, struct scratch *s, uint64_t no, qn_jsonw *out)
{
    const struct state *st = cx->state;
    uint32_t i;
    if (st->format != IOB2) {
        qn_jsonw_lit(out, "# sent_id = ");
        sink_put_word(out, s->view.r->id);
        qn_jsonw_lit(out, "-");
        qn_jsonw_u64(out, no);
        qn_jsonw_lit(out, "\n");
        put_text(&s->view, out);
    }
    for (i = 0; i < s->view.ntoken; i++)
        put_token(cx, s, i, no == 1 && i == 0, out);
    qn_jsonw_lit(out, "\n");
}

static qn_status encode(qn_ctx *cx, void *scratch, const qn_record *r, sink_text *text)
{
    const struct state *st = cx->state;
    struct scratch *s = scratch;
    uint64_t no = 0;
    int found;
    s->ent = 0;
    if (sink_view_start(&s->view, r, &st->layers, SINK_BYTE) != QN_OK) return QN_E_NOMEM;
    if (st->format == IOB2) {
        qn_jsonw_lit(&text->out, "-DOCSTART-\tO\n\n");
    } else {
        qn_jsonw_lit(&text->out, "# newdoc id = ");
        sink_put_word(&text->out, r->id);
        qn_jsonw_lit(&text->out, "\n");
    }
    while ((found = sink_view_next(&s->view)) > 0) {
        put_sentence(cx, s, ++no, &text->out);
        sink_flush(text);
    }
    return found < 0 ? QN_E_NOMEM : QN_OK;
}

static void forget(void *scratch)
{
    struct scratch *s = scratch;
    sink_view_free(&s->view);
}

static qn_str head(qn_ctx *cx)
{
    static const qn_str columns = QN_STR("# global.columns = ID FORM MISC NER\n");
    static const qn_str none = {NULL, 0};
    const struct state *s = cx->state;
    return s->format == CONLLUP ? columns : none;
}

static const sink_form form = {
    .scratch = sizeof(struct scratch), .forget = forget, .encode = encode, .head = head};

/* ---- the plugin -------------------------------------------------------------------------------
 */

static qn_status conll_open(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    if (!s) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    cx->state = s;
    s->format = (enum format)o->format;
    s->layers = (sink_layers){
        .ents = cx->needs[ENTS], .sents = cx->needs[SENTS], .tokens = cx->needs[TOKENS]};
    return sink_open(cx, &s->stream, &form, o->path, o->compress, o->level);
}

static void conll_close(qn_ctx *cx)
{
    free(cx->state);
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_SINK,
    .name = "conll",
    .version = "1.0",
    .license = "MIT",
    .help = "writes tokens in columns: CoNLL-U, CoNLL-U Plus or IOB2",
    .needs = needs,
    QN_OPTIONS(options, struct opts),
    .open = conll_open,
    .close = conll_close,
    .enter = sink_enter,
    .leave = sink_leave,
    .process_batch = sink_process_batch,
    .commit = sink_commit,
    .finish = sink_finish,
};
