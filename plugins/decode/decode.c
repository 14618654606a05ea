/* SPDX-License-Identifier: MIT */
/* plugins/decode/decode.c - the plugin: finds out which encoding a record's bytes are in and makes
 * them UTF-8 by one edit, so that the map leads back to the bytes. */
#include "convert.h"

#include "text/utf8.h"

#include <quern/plugin.h>

#include <stdlib.h>

struct options {
    const char *encoding, *fallback;
    int invalid, declared;
};
enum { REPLACE, DROP, FAIL };

static const char *const needs[] = {"bytes", "meta", NULL};
static const char *const makes[] = {"text", "meta", NULL};
enum { N_CHARSET, N_MARK, N_INVALID };
static const char *const names[] = {"decode-charset", "decode-mark", "decode-invalid", NULL};
enum { C_DECODED, C_INVALID };
static const qn_counter_decl counters[] = {{"decoded", "records that were not in UTF-8"},
                                           {"invalid", "stretches of bytes that are no character"},
                                           {NULL, NULL}};

static const qn_option options[] = {
    QN_OPTION(struct options, encoding, QN_STRING, .def = "auto",
              .help = "the encoding of the input, as iconv names it; auto: found out for each "
                      "record"),
    QN_OPTION(struct options, fallback, QN_STRING, .def = "windows-1252",
              .help = "what text is taken for that is not UTF-8 and does not say what it is"),
    QN_OPTION(struct options, declared, QN_BOOL, .def = "true",
              .help = "believe the metadata \"charset\" and what a page says of itself"),
    QN_OPTION(struct options, invalid, QN_ENUM, .def = "replace", .choices = "replace|drop|fail",
              .help = "bytes that are no character become U+FFFD, or their record is left out"),
    {.name = NULL}};

struct state {
    charset fallback, forced;
    int is_forced;
};

/* One record in work. */
struct work {
    qn_ctx *cx;
    qn_record *r;
    qn_edit *edit;
    qn_status st;
};

static int read_label(qn_ctx *cx, const char *option, const char *value, charset *out)
{
    if (charset_of_label((qn_str){value, strlen(value)}, out) && convert_knows(out)) return 1;
    cx->host->fail_option(cx, option,
                          "\"%s\" is no encoding that iconv knows (iconv -l lists them)", value);
    return 0;
}

static qn_status open_stage(qn_ctx *cx)
{
    const struct options *o = cx->options;
    struct state *s = calloc(1, sizeof *s);
    if (!s) return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
    cx->state = s;
    s->is_forced = strcmp(o->encoding, "auto") != 0;
    if (!read_label(cx, "fallback", o->fallback, &s->fallback)) return QN_E_CONFIG;
    if (s->is_forced && !read_label(cx, "encoding", o->encoding, &s->forced)) return QN_E_CONFIG;
    return QN_OK;
}

static void close_stage(qn_ctx *cx)
{
    free(cx->state);
}

static qn_status enter(qn_ctx *cx)
{
    cx->local = calloc(1, sizeof(converter));
    return cx->local ? QN_OK : cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

static void leave(qn_ctx *cx)
{
    if (cx->local) convert_free(cx->local);
    free(cx->local);
}

/* What the metadata or the page says, if iconv knows it. */
static int declared(const qn_record *r, charset *out)
{
    const qn_meta *m = qn_meta_get(r, (qn_str)QN_STR("charset"));
    if (m && m->type == QN_T_STR && charset_of_label(m->u.str, out) && convert_knows(out)) return 1;
    return charset_of_label(charset_in_page(r->text), out) && convert_knows(out);
}

/* The encoding of the record, and how long its mark is. Text that is UTF-8, and not by chance
 * since it is more than ASCII, is believed before any label: copies keep the label of their origin.
 */
static size_t find_charset(const qn_ctx *cx, const qn_record *r, charset *out)
{
    const struct options *o = cx->options;
    const struct state *s = cx->state;
    const size_t mark = charset_mark(r->text, out), ascii = qn_utf8_ascii(r->text.p, r->text.n);
    charset said;
    if (mark) return mark;
    if (s->is_forced) {
        *out = s->forced;
        return 0;
    }
    if (charset_by_zeros(r->text, out)) return 0;
    charset_of_label((qn_str)QN_STR("UTF-8"), out);
    if (ascii == r->text.n) {
        if (o->declared && declared(r, &said) && charset_is_7bit(&said)) *out = said;
        return 0;
    }
    if (qn_utf8_valid(r->text.p + ascii, r->text.n - ascii) == r->text.n - ascii) return 0;
    if (o->declared && declared(r, &said)) {
        /* A page cannot say that it is UTF-16 in bytes that are none: it means UTF-8. */
        if (said.kind == CHARSET_OTHER) *out = said;
        return 0;
    }
    *out = s->fallback;
    return 0;
}

static int take(void *arg, uint32_t beg, uint32_t end, qn_str with, int invalid)
{
    struct work *w = arg;
    char *copy = qn_alloc(w->r->batch, with.n);
    if (!w->edit) w->edit = w->cx->host->edit_begin(w->cx, w->r);
    if (!copy || !w->edit) {
        w->st = QN_E_NOMEM;
        return 0;
    }
    memcpy(copy, with.p, with.n);
    w->st = w->cx->host->edit_replace(w->edit, (qn_range){beg, end}, (qn_str){copy, with.n},
                                      w->cx->names[invalid ? N_INVALID : N_CHARSET]);
    return w->st == QN_OK;
}

static int take_mark(struct work *w, size_t mark)
{
    if (!mark) return 1;
    w->edit = w->cx->host->edit_begin(w->cx, w->r);
    if (!w->edit) return 0;
    w->st = w->cx->host->edit_replace(w->edit, (qn_range){0, (uint32_t)mark}, (qn_str)QN_STR(""),
                                      w->cx->names[N_MARK]);
    return w->st == QN_OK;
}

static qn_status note_encoding(qn_ctx *cx, qn_record *r, const charset *cs)
{
    const size_t n = strlen(cs->name);
    char *name = qn_alloc(r->batch, n + 1);
    qn_meta m = {.key = QN_STR("encoding"), .type = QN_T_STR};
    if (!name) return QN_E_NOMEM;
    memcpy(name, cs->name, n + 1);
    m.u.str = (qn_str){name, n};
    return cx->host->set_meta(cx, r, &m);
}

static qn_status refuse(qn_ctx *cx, qn_record *r, const charset *cs, uint32_t bad, uint64_t nbad)
{
    const struct options *o = cx->options;
    if (o->invalid == DROP) {
        cx->host->drop_record(cx, r, cx->names[N_INVALID]);
        return QN_OK;
    }
    return cx->host->fail(
        cx, QN_E_DATA,
        "byte 0x%02X at offset %u begins no character of %s (%llu such places); name the "
        "encoding with `encoding`, or take invalid = \"replace\"",
        (unsigned char)r->text.p[bad], bad, cs->name, (unsigned long long)nbad);
}

static qn_status decode(qn_ctx *cx, qn_record *r)
{
    const struct options *o = cx->options;
    struct work w = {.cx = cx, .r = r, .st = QN_OK};
    charset cs;
    const size_t mark = find_charset(cx, r, &cs);
    const uint32_t n = (uint32_t)r->text.n;
    uint32_t bad;
    uint64_t nbad;
    if (!take_mark(&w, mark) ||
        !convert(cx->local, &cs, r->text.p, (uint32_t)mark, n, take, &w, &bad, &nbad))
        return w.st == QN_OK ? QN_E_NOMEM : w.st;
    if (nbad && o->invalid != REPLACE) return refuse(cx, r, &cs, bad, nbad);
    qn_count(cx, C_INVALID, nbad);
    if (w.edit && (w.st = cx->host->edit_end(w.edit)) != QN_OK) return w.st;
    if (cs.kind == CHARSET_UTF8) return QN_OK;
    qn_count(cx, C_DECODED, 1);
    return note_encoding(cx, r, &cs);
}

static qn_status process(qn_ctx *cx, qn_record *r)
{
    qn_status st;
    r->flags |=
        QN_REC_BYTES; /* what is between two pieces of an edit may be any bytes until it ends */
    st = decode(cx, r);
    r->flags &= ~(uint32_t)QN_REC_BYTES;
    return st == QN_E_NOMEM ? cx->host->fail(cx, st, "out of memory") : st;
}

const qn_plugin quern_plugin = {
    QN_PLUGIN_HEAD,
    .kind = QN_STAGE,
    .name = "decode",
    .version = "1.0",
    .license = "MIT",
    .help = "makes UTF-8 of bytes in any encoding: byte order marks, UTF-16, legacy charsets",
    .needs = needs,
    .makes = makes,
    .names = names,
    .counters = counters,
    QN_OPTIONS(options, struct options),
    .open = open_stage,
    .close = close_stage,
    .enter = enter,
    .leave = leave,
    .process = process,
};
