/* SPDX-License-Identifier: MIT */
/* plugins/sink/spans.c - see spans.h. */
#include "sink/spans.h"

#include <stdlib.h>

/* Bytes of the white space character at p[0, n), 0 when it is none. White space is what Python and
 * so spaCy takes for it: Unicode's, and U+001C to U+001F. */
static uint32_t white(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;
    if (n == 0) return 0;
    if (p[0] < 0x80) return p[0] == ' ' || (p[0] >= 9 && p[0] <= 13) || (p[0] >= 28 && p[0] <= 31);
    if (n >= 2 && p[0] == 0xC2) return p[1] == 0x85 || p[1] == 0xA0 ? 2 : 0;
    if (n < 3 || p[0] < 0xE1 || p[0] > 0xE3) return 0;
    if (p[0] == 0xE1) return p[1] == 0x9A && p[2] == 0x80 ? 3 : 0; /* U+1680 */
    if (p[0] == 0xE3) return p[1] == 0x80 && p[2] == 0x80 ? 3 : 0; /* U+3000 */
    if (p[1] == 0x80) /* U+2000 to U+200A, U+2028, U+2029, U+202F */
        return p[2] <= 0x8A || p[2] == 0xA8 || p[2] == 0xA9 || p[2] == 0xAF ? 3 : 0;
    return p[1] == 0x81 && p[2] == 0x9F ? 3 : 0; /* U+205F */
}

/* The same for the character that ends at p[n - 1]. */
static uint32_t white_before(const char *p, size_t n)
{
    size_t k = 1;
    if (n == 0) return 0;
    while (k < n && k < 3 && ((unsigned char)p[n - k] & 0xC0) == 0x80)
        k++;
    return white(p + n - k, k) == k ? (uint32_t)k : 0;
}

/* An ASCII character that is to be seen: what nearly every word begins and ends with. */
static int plain(char c)
{
    return c > ' ' && c < 0x7F;
}

static inline qn_range trim(qn_str text, uint32_t beg, uint32_t end)
{
    uint32_t k;
    if (end > text.n) end = (uint32_t)text.n;
    if (beg < end && plain(text.p[beg]) && plain(text.p[end - 1])) return (qn_range){beg, end};
    while (beg < end && (k = white(text.p + beg, end - beg)) > 0)
        beg += k;
    while (beg < end && (k = white_before(text.p + beg, end - beg)) > 0)
        end -= k;
    return (qn_range){beg, end};
}

static int add(sink_spans *l, const qn_span *s)
{
    if (l->n == l->cap) {
        uint32_t cap = l->cap ? l->cap * 2 : 64;
        qn_span *v = cap > l->cap ? reallocarray(l->v, cap, sizeof *v) : NULL;
        if (!v) return 0;
        l->v = v;
        l->cap = cap;
    }
    l->v[l->n++] = *s;
    return 1;
}

int sink_settle(qn_str text, const qn_layer *l, sink_spans *kept, sink_spans *over)
{
    uint32_t i, end = 0;
    for (i = 0; i < l->n; i++) {
        qn_span s = l->v[i];
        qn_range in = trim(text, s.beg, s.end);
        int ok;
        if (in.beg >= in.end) continue;
        s.beg = in.beg;
        s.end = in.end;
        if (s.beg < end) {
            ok = !over || add(over, &s);
        } else {
            ok = add(kept, &s);
            end = s.end;
        }
        if (!ok) return 0;
    }
    return 1;
}

void sink_tiler_start(sink_tiler *t, qn_str text, const qn_layer *tokens, const sink_spans *a,
                      const sink_spans *b)
{
    memset(t, 0, sizeof *t);
    t->text = text;
    t->tokens = tokens;
    t->edges[0] = a;
    t->edges[1] = b;
}

/* Finds the first edge behind pos. */
static void find_edge(sink_tiler *t)
{
    int i;
    t->edge = (uint32_t)t->text.n;
    for (i = 0; i < 2; i++) {
        const sink_spans *l = t->edges[i];
        uint32_t k = t->next[i], edge = 0;
        for (; k / 2 < l->n; k++) {
            edge = k % 2 ? l->v[k / 2].end : l->v[k / 2].beg;
            if (edge > t->pos) break;
        }
        t->next[i] = k;
        if (k / 2 < l->n && edge < t->edge) t->edge = edge;
    }
}

/* Where the next token of the layer is, from pos on; at the end of the text when there is none. */
static qn_range next_token(sink_tiler *t)
{
    const uint32_t n = (uint32_t)t->text.n;
    for (; t->token < t->tokens->n; t->token++) {
        const qn_span *s = &t->tokens->v[t->token];
        qn_range w = trim(t->text, s->beg > t->pos ? s->beg : t->pos, s->end);
        if (w.beg < w.end) return w;
    }
    return (qn_range){n, n};
}

/* What lies at pos, before the next token of the layer: a run of white space, or a word that no
 * token covers. */
static uint32_t gap_end(const sink_tiler *t, uint32_t limit)
{
    uint32_t i = t->pos, k = white(t->text.p + i, limit - i);
    const int is_white = k > 0;
    while (i < limit && (k > 0) == is_white) {
        i += k ? k : 1;
        k = white(t->text.p + i, limit - i);
    }
    return i;
}

int sink_tiler_next(sink_tiler *t, qn_range *out)
{
    qn_range w;
    if (t->pos >= t->word) {
        w = next_token(t);
        if (t->pos > 0 && t->pos < w.beg && t->text.p[t->pos] == ' ') t->pos++;
        if (t->pos >= t->text.n) return 0;
        t->word = w.end;
        if (t->pos < w.beg) t->word = gap_end(t, w.beg);
    }
    if (t->edge <= t->pos) find_edge(t);
    out->beg = t->pos;
    out->end = t->pos = t->edge < t->word ? t->edge : t->word;
    return 1;
}
