/* SPDX-License-Identifier: MIT */
/* plugins/sink/stream.c - see stream.h. */
#include "sink/stream.h"

#include <stdlib.h>

enum {
    MUCH = 1 << 20,  /* bytes worth handing over */
    KEEP = 4 << 20,  /* a buffer that one large document has made larger is given back */
    LARGE = 4 << 20, /* bytes of text above which a batch is not encoded by process_batch but by
                        commit, piece by piece: it would be held ten times over */
};

struct worker {
    sink_text text;
    sink_packer *packer;
    qn_jsonw packed;
    void *scratch;
};

static qn_str large; /* stands for a large batch in carry */

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

void sink_flush(sink_text *t)
{
    if (!t->flush || t->out.n < MUCH || t->out.no_memory) return;
    if (t->status == QN_OK) t->status = t->flush(t->arg, (qn_str){t->out.p, t->out.n});
    t->out.n = 0;
}

/* ---- life -------------------------------------------------------------------------------------
 */

qn_status sink_open(qn_ctx *cx, sink_stream *s, const sink_form *form, const char *path,
                    int compress, int64_t level)
{
    s->form = form;
    s->level = (int)level;
    s->compress = compress == SINK_AUTO ? sink_compress_of(path) : (sink_compress)compress;
    if (!sink_compress_known(s->compress))
        return cx->host->fail_option(
            cx, compress == SINK_AUTO ? "path" : "compress",
            "this quern was built without Zstandard: choose gzip (.gz), or "
            "build it with libzstd-dev installed");
    s->out = cx->host->out_open(cx, path);
    return s->out ? QN_OK : QN_E_IO;
}

qn_status sink_enter(qn_ctx *cx)
{
    const sink_stream *s = cx->state;
    struct worker *w = calloc(1, sizeof *w);
    if (!w) return no_memory(cx);
    cx->local = w;
    w->scratch = calloc(1, s->form->scratch + 1);
    if (s->compress != SINK_PLAIN) w->packer = sink_packer_new(s->compress, s->level);
    return w->scratch && (s->compress == SINK_PLAIN || w->packer) ? QN_OK : no_memory(cx);
}

void sink_leave(qn_ctx *cx)
{
    const sink_stream *s = cx->state;
    struct worker *w = cx->local;
    if (!w) return;
    if (s->form->forget && w->scratch) s->form->forget(w->scratch);
    free(w->scratch);
    sink_packer_free(w->packer);
    qn_jsonw_free(&w->text.out);
    qn_jsonw_free(&w->packed);
    free(w);
}

/* ---- encoding ---------------------------------------------------------------------------------
 */

static void shrink(qn_jsonw *w)
{
    w->n = 0;
    if (w->cap > KEEP || w->no_memory) qn_jsonw_free(w);
}

static int is_large(const qn_batch *b)
{
    size_t n = 0;
    uint32_t i;
    for (i = 0; i < b->n; i++)
        n += qn_live(b->rec[i]) ? b->rec[i]->text.n : 0;
    return n > LARGE;
}

/* Encodes all of a batch; what `flush` of the text does not take stays in its buffer. */
static qn_status encode_batch(qn_ctx *cx, const qn_batch *b)
{
    const sink_stream *s = cx->state;
    struct worker *w = cx->local;
    qn_status st = QN_OK;
    uint32_t i;
    w->text.status = QN_OK;
    for (i = 0; i < b->n && st == QN_OK; i++) {
        if (!qn_live(b->rec[i])) continue;
        st = s->form->encode(cx, w->scratch, b->rec[i], &w->text);
        if (st == QN_OK && w->text.out.no_memory) st = QN_E_NOMEM;
        if (st == QN_OK) st = w->text.status;
    }
    return st == QN_E_NOMEM ? no_memory(cx) : st;
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

qn_status sink_process_batch(qn_ctx *cx, qn_batch *b)
{
    struct worker *w = cx->local;
    qn_jsonw *plain = &w->text.out;
    qn_status st;
    if (is_large(b)) {
        cx->carry = &large;
        return QN_OK;
    }
    w->text.flush = NULL;
    st = encode_batch(cx, b);
    if (st == QN_OK && w->packer && plain->n &&
        !sink_pack(w->packer, (qn_str){plain->p, plain->n}, &w->packed))
        st = no_memory(cx);
    if (st == QN_OK && plain->n) st = leave_for_commit(cx, b, w->packer ? &w->packed : plain);
    shrink(plain);
    shrink(&w->packed);
    return st;
}

/* ---- writing ----------------------------------------------------------------------------------
 */

/* Packs with a packer that may be NULL, and writes. */
static qn_status write_packed(qn_ctx *cx, sink_packer *packer, qn_jsonw *packed, qn_str bytes)
{
    const sink_stream *s = cx->state;
    if (!packer) return bytes.n ? cx->host->out_write(cx, s->out, bytes) : QN_OK;
    packed->n = 0;
    if (!sink_pack(packer, bytes, packed)) return no_memory(cx);
    return cx->host->out_write(cx, s->out, (qn_str){packed->p, packed->n});
}

/* sink_text.flush: a piece of a large batch, in its turn. */
static qn_status write_piece(void *arg, qn_str bytes)
{
    qn_ctx *cx = arg;
    struct worker *w = cx->local;
    if (cx->host->stopping(cx)) return QN_E_CANCELLED;
    return write_packed(cx, w->packer, &w->packed, bytes);
}

static qn_status write_large(qn_ctx *cx, const qn_batch *b)
{
    struct worker *w = cx->local;
    qn_status st;
    w->text.flush = write_piece;
    w->text.arg = cx;
    st = encode_batch(cx, b);
    if (st == QN_OK && w->text.out.n) st = write_piece(cx, (qn_str){w->text.out.p, w->text.out.n});
    shrink(&w->text.out);
    shrink(&w->packed);
    return st;
}

static qn_str head_of(qn_ctx *cx, const sink_stream *s)
{
    qn_str none = {NULL, 0};
    return s->form->head ? s->form->head(cx) : none;
}

qn_status sink_commit(qn_ctx *cx, qn_batch *b)
{
    sink_stream *s = cx->state;
    struct worker *w = cx->local;
    const qn_str *done = cx->carry;
    qn_status st = QN_OK;
    if (!done) return QN_OK;
    if (!s->written && head_of(cx, s).n)
        st = write_packed(cx, w->packer, &w->packed, head_of(cx, s));
    s->written = 1;
    if (st != QN_OK) return st;
    if (done == &large) return write_large(cx, b);
    return cx->host->out_write(cx, s->out, *done);
}

/* A file of no records has its head, and a compressed one is still a file of its kind. */
qn_status sink_finish(qn_ctx *cx)
{
    const sink_stream *s = cx->state;
    sink_packer *packer = NULL;
    qn_jsonw packed = {0};
    qn_status st = QN_OK;
    if (s->written) return QN_OK;
    if (s->compress != SINK_PLAIN) {
        packer = sink_packer_new(s->compress, s->level);
        if (!packer) st = no_memory(cx);
    }
    if (st == QN_OK) st = write_packed(cx, packer, &packed, head_of(cx, s));
    sink_packer_free(packer);
    qn_jsonw_free(&packed);
    return st;
}
