/* SPDX-License-Identifier: MIT */
/* plugins/files/page.c - see page.h. Crawlers often undo an encoding and leave the header that
 * names it, so a header is believed only when the bytes agree. */
#include "page.h"

#include <strings.h>

#include "text/utf8.h"
#include "warc.h"

enum { FREE_GROWTH = 1 << 20 };

/* A record on its way. */
typedef struct page {
    qn_ctx *cx;
    qn_record *r;
    const files_page_rules *rules;
    qn_str warc, http; /* headers; http is empty for other records */
    qn_str body;
    const char *cut; /* why the body is not whole, or NULL */
} page;

static qn_status no_memory(qn_ctx *cx)
{
    return cx->host->fail(cx, QN_E_NOMEM, "out of memory");
}

/* ---- metadata ------------------------------------------------------------------------------- */

/* The value as UTF-8: other bytes are written %XX, as in a URL. p is NULL when out of memory. */
static qn_str printable(page *g, qn_str s)
{
    static const char hex[] = "0123456789ABCDEF";
    char *out;
    size_t i = 0, n = 0;
    if (!s.n || qn_utf8_valid(s.p, s.n) == s.n) return s;
    out = qn_alloc(g->r->batch, s.n * 3);
    while (out && i < s.n) {
        size_t good = qn_utf8_valid(s.p + i, s.n - i);
        memcpy(out + n, s.p + i, good);
        n += good;
        i += good;
        if (i == s.n) break;
        out[n++] = '%';
        out[n++] = hex[(unsigned char)s.p[i] >> 4];
        out[n++] = hex[s.p[i++] & 15];
    }
    return (qn_str){out, n};
}

static qn_status put(page *g, const char *key, qn_str value)
{
    qn_meta m = {.key = {key, strlen(key)}, .type = QN_T_STR};
    if (!value.n) return QN_OK;
    m.u.str = printable(g, value);
    return m.u.str.p ? g->cx->host->set_meta(g->cx, g->r, &m) : no_memory(g->cx);
}

static qn_str without(qn_str s, char first, char last)
{
    if (s.n >= 2 && s.p[0] == first && s.p[s.n - 1] == last) return (qn_str){s.p + 1, s.n - 2};
    return s;
}

/* The media type without what follows a ";". */
static qn_str media_type(qn_str type)
{
    size_t n = 0;
    while (n < type.n && !strchr("; \t", type.p[n]))
        n++;
    return (qn_str){type.p, n};
}

/* The value of charset= in a Content-Type. */
static qn_str charset(qn_str type)
{
    size_t i, n;
    for (i = 0; i + 8 < type.n; i++)
        if (strncasecmp(type.p + i, "charset=", 8) == 0) break;
    if (i + 8 >= type.n) return (qn_str){NULL, 0};
    type = (qn_str){type.p + i + 8, type.n - i - 8};
    if (*type.p == '"' || *type.p == '\'') {
        const char *close = memchr(type.p + 1, *type.p, type.n - 1);
        return (qn_str){type.p + 1, close ? (size_t)(close - type.p) - 1 : type.n - 1};
    }
    for (n = 0; n < type.n && !strchr("; \t", type.p[n]);)
        n++;
    return (qn_str){type.p, n};
}

static qn_status put_all(page *g, qn_str type)
{
    qn_str id = without(files_head_field(g->warc, "WARC-Record-ID"), '<', '>');
    qn_str cut = files_head_field(g->warc, "WARC-Truncated");
    const struct {
        const char *key;
        qn_str value;
    } entry[] = {
        {"url", without(files_head_field(g->warc, "WARC-Target-URI"), '<', '>')},
        {"fetched", files_head_field(g->warc, "WARC-Date")},
        {"type", media_type(type)},
        {"charset", charset(type)},
        {"languages", files_head_field(g->warc, "WARC-Identified-Content-Language")},
        {"truncated", cut.n || !g->cut ? cut : (qn_str){g->cut, strlen(g->cut)}},
    };
    size_t i;
    id = printable(g, id);
    g->r->id = id.n ? id : g->r->place;
    for (i = 0; i < sizeof entry / sizeof *entry; i++) {
        qn_status st = put(g, entry[i].key, entry[i].value);
        if (st != QN_OK) return st;
    }
    return QN_OK;
}

/* ---- body ----------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The line "1a2f;extension" at *p, which moves behind it; 0 when it is none. */
static int chunk_size(const char **p, const char *end, size_t *out)
{
    const char *at = *p, *nl;
    *out = 0;
    while (at < end && hex_digit(*at) >= 0 && at - *p < 8)
        *out = *out * 16 + (size_t)hex_digit(*at++);
    if (at == *p || at == end || !*at || !strchr("; \t\r\n", *at)) return 0;
    nl = memchr(at, '\n', (size_t)(end - at));
    if (!nl || (nl - at > 1 && *at == '\r')) return 0;
    *p = nl + 1;
    return 1;
}

/* 1 when the body begins with a chunk, up to where the next one should be. */
static int in_chunks(qn_str body)
{
    const char *p = body.p, *end = body.p + body.n;
    size_t size;
    if (!chunk_size(&p, end, &size) || p - body.p < 3 || p[-2] != '\r') return 0;
    if (size + 1 >= (size_t)(end - p)) return 1;
    return p[size] == '\r' && p[size + 1] == '\n';
}

static qn_status join_chunks(page *g)
{
    const char *p = g->body.p, *end = p + g->body.n;
    size_t size, n = 0;
    char *out;
    if (!in_chunks(g->body)) return QN_OK;
    chunk_size(&p, end, &size);
    out = qn_alloc(g->r->batch, g->body.n);
    if (!out) return no_memory(g->cx);
    while (size) {
        if (size > (size_t)(end - p)) {
            size = (size_t)(end - p);
            g->cut = "chunk";
        }
        memcpy(out + n, p, size);
        n += size;
        p += size;
        while (p < end && (*p == '\r' || *p == '\n'))
            p++;
        if (g->cut) break;
        if (!chunk_size(&p, end, &size)) {
            g->cut = "chunk";
            break;
        }
    }
    g->body = (qn_str){out, n};
    return QN_OK;
}

/* Twice the room for what is being unpacked, or words why not. */
static qn_status grow(page *g, char **out, size_t n, size_t *cap)
{
    const uint64_t by_ratio = FREE_GROWTH + g->body.n * g->rules->max_ratio;
    const int is_ratio = by_ratio < g->rules->max_size;
    const size_t limit = is_ratio ? (size_t)by_ratio : g->rules->max_size;
    size_t want = *cap ? *cap * 2 : g->body.n * 4 + 4096;
    char *p;
    if (n >= limit)
        return g->cx->host->fail(g->cx, QN_E_DATA,
                                 "the packed page grows beyond %zu bytes, as %s allows; raise it "
                                 "if the archive is to be trusted",
                                 limit, is_ratio ? "max_ratio" : "max_size");
    if (want > limit) want = limit;
    p = qn_alloc(g->r->batch, want);
    if (!p) return no_memory(g->cx);
    if (n) memcpy(p, *out, n);
    *out = p;
    *cap = want;
    return QN_OK;
}

/* Unpacks one member that the body begins with. */
static qn_status unpack(page *g, files_unpacker *u, files_packing packing)
{
    const unsigned char *in = (const unsigned char *)g->body.p, *end = in + g->body.n;
    files_unpacked step = FILES_MORE;
    char *out = NULL, *at = NULL;
    size_t n = 0, cap = 0;
    const char *why = "";
    if (!files_unpacker_start(u, packing)) return no_memory(g->cx);
    while (step == FILES_MORE && !g->cut) {
        const unsigned char *before = in;
        if (n == cap) {
            qn_status st = grow(g, &out, n, &cap);
            if (st != QN_OK) return st;
        }
        at = out + n;
        step = files_unpacker_step(u, &in, end, &at, out + cap, &why);
        if (step == FILES_MORE && in == before && at == out + n) g->cut = "encoding";
        n = (size_t)(at - out);
    }
    if (step == FILES_UNPACK_NO_MEMORY) return no_memory(g->cx);
    if (step == FILES_DAMAGED)
        return g->cx->host->fail(g->cx, QN_E_DATA, "the %s page is damaged: %s; fetch it again",
                                 files_packing_name(packing), why);
    g->body = (qn_str){out, n};
    return QN_OK;
}

/* The value of a Transfer-Encoding ends with "chunked", which may follow what it was packed with.
 */
static int is_chunked(qn_str coding)
{
    const size_t n = sizeof "chunked" - 1;
    return coding.n >= n && strncasecmp(coding.p + coding.n - n, "chunked", n) == 0;
}

static qn_status decode_body(page *g, files_unpacker *u)
{
    qn_str coding = files_head_field(g->http, "Content-Encoding");
    const qn_str transfer = files_head_field(g->http, "Transfer-Encoding");
    files_packing packing;
    if (is_chunked(transfer)) {
        qn_status st = join_chunks(g);
        if (st != QN_OK) return st;
    }
    if (!coding.n && !files_head_says(transfer, "chunked")) coding = transfer;
    if (!coding.n) return QN_OK;
    packing = files_packed((const unsigned char *)g->body.p, g->body.n);
    if (packing != FILES_PLAIN && files_packing_known(packing)) return unpack(g, u, packing);
    if (files_head_says(coding, "br") || files_head_says(coding, "deflate") ||
        packing != FILES_PLAIN) {
        if (qn_utf8_valid(g->body.p, g->body.n) == g->body.n) return QN_OK;
        return g->cx->host->fail(
            g->cx, QN_E_UNSUPPORTED,
            "the page is packed with \"%.*s\", expected gzip or zstd; have the "
            "crawler unpack it",
            (int)(coding.n < 40 ? coding.n : 40), coding.p);
    }
    return QN_OK;
}

/* ---- records -------------------------------------------------------------------------------- */

static int first_is(qn_str s, char c)
{
    size_t i = 0;
    while (i < s.n && s.p[i] && strchr(" \t\r\n\xef\xbb\xbf", s.p[i]))
        i++;
    return i < s.n && s.p[i] == c;
}

/* 1 when the media type is one that is read; one that is not said must look like HTML. */
static int wanted(const page *g, qn_str type)
{
    size_t i;
    if (!type.n) type = first_is(g->body, '<') ? (qn_str)QN_STR("text/html") : type;
    for (i = 0; i < g->rules->ntypes; i++)
        if (type.n && files_head_says(type, g->rules->types[i])) return 1;
    return 0;
}

/* The status code of "HTTP/1.1 200 OK" is one of success. */
static int succeeded(qn_str http)
{
    const char *space = memchr(http.p, ' ', http.n);
    return space && (size_t)(space - http.p) + 1 < http.n && space[1] == '2';
}

static qn_status drop(page *g, qn_name rule)
{
    g->cx->host->drop_record(g->cx, g->r, rule);
    return QN_OK;
}

/* Takes the headers off the record. */
static qn_status split(page *g)
{
    g->warc = (qn_str){g->r->text.p, files_head(g->r->text.p, g->r->text.n)};
    g->body = (qn_str){g->r->text.p + g->warc.n, g->r->text.n - g->warc.n};
    if (!files_head_says(files_head_field(g->warc, "Content-Type"), "application/http"))
        return QN_OK;
    if (g->body.n < 5 || memcmp(g->body.p, "HTTP/", 5) != 0)
        return g->cx->host->fail(g->cx, QN_E_DATA,
                                 "the answer does not begin with HTTP/, although its record says "
                                 "application/http");
    g->http = (qn_str){g->body.p, files_head(g->body.p, g->body.n)};
    if (!g->http.n) g->http.n = g->body.n; /* nothing but a header */
    g->body = (qn_str){g->body.p + g->http.n, g->body.n - g->http.n};
    return QN_OK;
}

qn_status files_page(qn_ctx *cx, qn_record *r, const files_page_rules *rules,
                     files_unpacker *unpacker)
{
    page g = {.cx = cx, .r = r, .rules = rules};
    qn_status st = split(&g);
    qn_str type;
    r->id = r->place;
    if (st != QN_OK) return st;
    type = files_head_field(g.http.n ? g.http : g.warc, "Content-Type");
    if (g.http.n && !succeeded(g.http)) return drop(&g, rules->http_status);
    if (type.n && !wanted(&g, type)) return drop(&g, rules->other_type);
    if (g.http.n) st = decode_body(&g, unpacker);
    if (st != QN_OK) return st;
    if (!wanted(&g, type)) return drop(&g, rules->other_type);
    st = put_all(&g, type);
    if (st == QN_OK) r->text = g.body;
    return st;
}
