/* SPDX-License-Identifier: MIT */
/* plugins/jsonl/jsonl.c - the sink that writes JSON lines. Workers encode, and compress, whole
 * batches; commit only writes them, in input order. */
#include <quern/plugin.h>

#include <stdlib.h>

#include "encode.h"
#include "member.h"

enum gzip { GZIP_AUTO, GZIP_ON, GZIP_OFF };

struct opts {
    const char *path;
    int offsets; /* jsonl_unit */
    int tokens, meta, provenance;
    int gzip; /* enum gzip */
    int64_t gzip_level;
};

static const qn_option options[] = {
    QN_OPTION(struct opts, path, QN_STRING, .def = "-",
              .help = "file to write; \"-\" is standard output"),
    QN_OPTION(struct opts, offsets, QN_ENUM, .def = "codepoint", .choices = "codepoint|byte|raw",
              .help = "unit of start and end: code points or bytes of the text, or bytes of the "
                      "raw input"),
    QN_OPTION(struct opts, tokens, QN_BOOL, .def = "true",
              .help = "write tokens, which spaCy needs; they make up most of the output"),
    QN_OPTION(struct opts, meta, QN_BOOL, .def = "true", .help = "write metadata"),
    QN_OPTION(struct opts, provenance, QN_BOOL, .def = "false",
              .help = "write what was taken out of or changed in the raw input, with the rule"),
    QN_OPTION(struct opts, gzip, QN_ENUM, .def = "auto", .choices = "auto|on|off",
              .help = "compress; auto: when path ends in .gz"),
    QN_OPTION(struct opts, gzip_level, QN_INT, .def = "6", .min = "1", .max = "9",
              .help = "1 is fast, 9 is small"),
    {0}};

static const char *const needs[] = {"text",     "ents?",     "sents?", "tokens?",
                                    "summary?", "headings?", NULL};
enum { TEXT, ENTS, SENTS, TOKENS, SUMMARY, HEADINGS, KNOWN };

struct state {
    jsonl_what what;
    struct jsonl_other *other; /* layers without a key of their own */
    qn_out *out;
    int gzip;
    int written; /* commit's: at least one member or line */
};

struct worker {
    jsonl_encoder encoder;
    jsonl_deflater *deflater;
    qn_jsonw packed;
};

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static int ends_in_gz(const char *path)
{
    size_t n = strlen(path);
    return n > 3 && strcmp(path + n - 3, ".gz") == 0;
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

static qn_status jsonl_open(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    uint32_t nother = 0;
    if (!s) return no_memory(cx);
    cx->state = s;
    if (find_others(cx, s, &nother) != QN_OK) return QN_E_NOMEM;
    s->gzip = o->gzip == GZIP_ON || (o->gzip == GZIP_AUTO && ends_in_gz(o->path));
    s->what = (jsonl_what){
        .layer = {.ents = cx->needs[ENTS],
                  .sents = cx->needs[SENTS],
                  .tokens = cx->needs[TOKENS],
                  .summary = cx->needs[SUMMARY],
                  .headings = cx->needs[HEADINGS],
                  .other = s->other,
                  .nother = nother},
        .unit = (jsonl_unit)o->offsets,
        .tokens = o->tokens,
        .meta = o->meta,
        .provenance = o->provenance,
    };
    s->out = cx->host->out_open(cx, o->path);
    return s->out ? QN_OK : QN_E_IO;
}

static void jsonl_close(qn_ctx *cx)
{
    struct state *s = cx->state;
    if (s) free(s->other);
    free(s);
}

static qn_status jsonl_enter(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    const struct state *s = cx->state;
    struct worker *w = calloc(1, sizeof *w);
    if (!w) return no_memory(cx);
    cx->local = w;
    w->encoder.what = &s->what;
    if (s->gzip) w->deflater = jsonl_deflater_new((int)o->gzip_level);
    return s->gzip && !w->deflater ? no_memory(cx) : QN_OK;
}

static void jsonl_leave(qn_ctx *cx)
{
    struct worker *w = cx->local;
    if (!w) return;
    jsonl_encoder_free(&w->encoder);
    jsonl_deflater_free(w->deflater);
    qn_jsonw_free(&w->packed);
    free(w);
}

/* Buffers that one large document has made large are given back. */
static void shrink(qn_jsonw *w)
{
    enum { KEEP = 4 << 20 };
    w->n = 0;
    if (w->cap > KEEP || w->no_memory) qn_jsonw_free(w);
}

/* The batch's bytes as they will be in the file, in batch memory, for commit. */
static qn_status leave_for_commit(qn_ctx *cx, qn_batch *b, const qn_jsonw *bytes)
{
    qn_str *done = qn_alloc(b, sizeof *done);
    char *copy = done ? qn_alloc(b, bytes->n) : NULL;
    if (!copy) return no_memory(cx);
    memcpy(copy, bytes->p, bytes->n);
    *done = (qn_str){copy, bytes->n};
    cx->carry = done;
    return QN_OK;
}

/* Bytes of text above which a batch is not encoded by process_batch but by commit, piece by piece:
 * one large document would be held ten times over. */
enum { LARGE = 4 << 20 };
static qn_str large; /* stands for such a batch in carry */

static int is_large(const qn_batch *b)
{
    size_t n = 0;
    uint32_t i;
    for (i = 0; i < b->n; i++)
        n += qn_live(b->rec[i]) ? b->rec[i]->text.n : 0;
    return n > LARGE;
}

/* Encodes all of a batch; what `flush` of the encoder does not take stays in its buffer. */
static qn_status encode_batch(qn_ctx *cx, const qn_batch *b)
{
    struct worker *w = cx->local;
    qn_status st = QN_OK;
    uint32_t i;
    w->encoder.cx = cx;
    for (i = 0; i < b->n && st == QN_OK; i++)
        if (qn_live(b->rec[i])) st = jsonl_encode(&w->encoder, b->rec[i]);
    return st == QN_E_NOMEM ? no_memory(cx) : st;
}

static qn_status jsonl_process_batch(qn_ctx *cx, qn_batch *b)
{
    const struct state *s = cx->state;
    struct worker *w = cx->local;
    qn_jsonw *lines = &w->encoder.out;
    qn_status st;
    if (is_large(b)) {
        cx->carry = &large;
        return QN_OK;
    }
    w->encoder.flush = NULL;
    st = encode_batch(cx, b);
    if (st == QN_OK && s->gzip && lines->n &&
        !jsonl_member(w->deflater, (qn_str){lines->p, lines->n}, &w->packed))
        st = no_memory(cx);
    if (st == QN_OK && lines->n) st = leave_for_commit(cx, b, s->gzip ? &w->packed : lines);
    shrink(lines);
    shrink(&w->packed);
    return st;
}

/* jsonl_flush: a piece of a large batch, in its turn. */
static qn_status write_piece(void *arg, qn_str bytes)
{
    qn_ctx *cx = arg;
    const struct state *s = cx->state;
    struct worker *w = cx->local;
    if (cx->host->stopping(cx)) return QN_E_CANCELLED;
    if (!s->gzip) return cx->host->out_write(cx, s->out, bytes);
    w->packed.n = 0;
    if (!jsonl_member(w->deflater, bytes, &w->packed)) return no_memory(cx);
    return cx->host->out_write(cx, s->out, (qn_str){w->packed.p, w->packed.n});
}

static qn_status write_large(qn_ctx *cx, const qn_batch *b)
{
    struct worker *w = cx->local;
    qn_status st;
    w->encoder.flush = write_piece;
    w->encoder.flush_arg = cx;
    st = encode_batch(cx, b);
    if (st == QN_OK) st = jsonl_encode_end(&w->encoder);
    shrink(&w->encoder.out);
    shrink(&w->packed);
    return st;
}

static qn_status jsonl_commit(qn_ctx *cx, qn_batch *b)
{
    struct state *s = cx->state;
    const qn_str *done = cx->carry;
    if (!done) return QN_OK;
    s->written = 1;
    if (done == &large) return write_large(cx, b);
    return cx->host->out_write(cx, s->out, *done);
}

/* A gzip file of no documents must still be one. */
static qn_status jsonl_finish(qn_ctx *cx)
{
    const struct opts *o = cx->options;
    struct state *s = cx->state;
    qn_jsonw member = {0};
    jsonl_deflater *d;
    qn_status st;
    if (!s->gzip || s->written) return QN_OK;
    d = jsonl_deflater_new((int)o->gzip_level);
    if (d && jsonl_member(d, (qn_str){NULL, 0}, &member))
        st = cx->host->out_write(cx, s->out, (qn_str){member.p, member.n});
    else
        st = no_memory(cx);
    jsonl_deflater_free(d);
    qn_jsonw_free(&member);
    return st;
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
    .enter = jsonl_enter,
    .leave = jsonl_leave,
    .process_batch = jsonl_process_batch,
    .commit = jsonl_commit,
    .finish = jsonl_finish,
};
