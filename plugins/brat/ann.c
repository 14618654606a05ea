/* SPDX-License-Identifier: MIT */
/* plugins/brat/ann.c - see ann.h. One T line an entity, and behind it what belongs to it; at the
 * end the chains of mentions as relations. Offsets are code points, as brat counts. */
#include "ann.h"

#include <stdlib.h>

const char *const brat_finder[BRAT_FINDERS] = {NULL,     "list",  "mention",
                                               "tagger", "rules", "own-list"};

void brat_ann_free(brat_ann *a)
{
    free(a->kept.v);
    free(a->over.v);
    free(a->mention);
    free(a->seen);
    sink_details_free(&a->details);
    sink_offsets_free(&a->off);
    qn_jsonw_free(&a->word);
}

static void put(qn_jsonw *out, const char *s)
{
    qn_jsonw_raw(out, (qn_str){s, strlen(s)});
}

void brat_put_type(qn_jsonw *out, qn_str label)
{
    size_t i;
    for (i = 0; i < label.n; i++) {
        unsigned char c = (unsigned char)label.p[i], low = c | 0x20;
        int plain = (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        qn_jsonw_raw(out, plain ? (qn_str){label.p + i, 1} : (qn_str){"_", 1});
    }
    if (label.n == 0) qn_jsonw_lit(out, "_");
}

/* ---- text-bound annotations ------------------------------------------------------------------ */

/* Bytes of the line end at p, as brat's reader sees lines (Python's str.splitlines); 0: none. */
static uint32_t line_end(const char *p, const char *end)
{
    const unsigned char *u = (const unsigned char *)p;
    if ((*u >= 0x0A && *u <= 0x0D) || (*u >= 0x1C && *u <= 0x1E)) return 1;
    if (end - p >= 2 && u[0] == 0xC2 && u[1] == 0x85) return 2;
    if (end - p >= 3 && u[0] == 0xE2 && u[1] == 0x80 && (u[2] == 0xA8 || u[2] == 0xA9)) return 3;
    return 0;
}

/* The next fragment of the entity from *at on: what lies between line ends, without blanks at its
 * own. *at moves behind it. 0 at the end. */
static int next_fragment(const qn_record *r, uint32_t end, uint32_t *at, qn_range *out)
{
    const char *text = r->text.p;
    uint32_t n;
    while (*at < end) {
        while (*at < end && ((n = line_end(text + *at, text + end)) > 0 || text[*at] == ' ' ||
                             text[*at] == '\t'))
            *at += n ? n : 1;
        out->beg = *at;
        while (*at < end && !line_end(text + *at, text + end))
            ++*at;
        out->end = *at;
        while (out->end > out->beg && (text[out->end - 1] == ' ' || text[out->end - 1] == '\t'))
            out->end--;
        if (out->end > out->beg) return 1;
    }
    return 0;
}

static void put_entity(brat_ann *a, qn_ctx *cx, const qn_span *e, uint64_t no, qn_jsonw *out)
{
    const qn_record *r = a->off.r;
    const char *sep = " ";
    uint32_t at = e->beg;
    qn_range f;
    qn_jsonw_lit(out, "T");
    qn_jsonw_u64(out, no);
    qn_jsonw_lit(out, "\t");
    brat_put_type(out, cx->host->name_text(cx, e->label));
    for (; next_fragment(r, e->end, &at, &f); sep = ";") {
        put(out, sep);
        qn_jsonw_u64(out, sink_offset(&a->off, f.beg, 0));
        qn_jsonw_lit(out, " ");
        qn_jsonw_u64(out, sink_offset(&a->off, f.end, 1));
    }
    sep = "\t";
    for (at = e->beg; next_fragment(r, e->end, &at, &f); sep = " ") {
        put(out, sep);
        qn_jsonw_raw(out, (qn_str){r->text.p + f.beg, f.end - f.beg});
    }
    qn_jsonw_lit(out, "\n");
}

/* ---- what belongs to an entity --------------------------------------------------------------- */

/* "#1\tAnnotatorNotes T1\t2026-11-23", A, N and so on begin alike. */
static void begin(qn_jsonw *out, char kind, uint64_t no, const char *type, uint64_t entity)
{
    qn_jsonw_raw(out, (qn_str){&kind, 1});
    qn_jsonw_u64(out, no);
    qn_jsonw_lit(out, "\t");
    put(out, type);
    qn_jsonw_lit(out, " T");
    qn_jsonw_u64(out, entity);
}

/* The string of a kind, in a->word. */
static qn_str string_of(brat_ann *a, enum sink_detail kind, const qn_span *e)
{
    a->word.n = 0;
    sink_details_text(&a->details, kind, e, &a->word);
    return (qn_str){a->word.p, a->word.n};
}

static int is_prefix(qn_str id, size_t n)
{
    size_t i;
    for (i = 0; i < n; i++) {
        unsigned char c = (unsigned char)id.p[i], low = c | 0x20;
        if (!((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return 0;
    }
    return n > 0 && n + 1 < id.n && id.p[n + 1] != '/'; /* "https://" names no resource */
}

/* "Wikidata:Q64": an id that names its resource, "viaf:123", stays as it is. brat's fields end at
 * white space. */
static void put_reference(qn_jsonw *out, qn_str id)
{
    const char *colon = memchr(id.p, ':', id.n);
    size_t i;
    if (!colon || !is_prefix(id, (size_t)(colon - id.p)))
        put(out,
            id.n > 1 && id.p[0] == 'Q' && id.p[1] >= '0' && id.p[1] <= '9' ? "Wikidata:" : "KB:");
    for (i = 0; i < id.n; i++)
        if ((unsigned char)id.p[i] <= ' ')
            qn_jsonw_lit(out, "_");
        else
            qn_jsonw_raw(out, (qn_str){id.p + i, 1});
}

/* Any text on one line. */
static void put_one_line(qn_jsonw *out, qn_str s)
{
    size_t i = 0;
    while (i < s.n) {
        uint32_t n = line_end(s.p + i, s.p + s.n);
        qn_jsonw_raw(out, n ? (qn_str){" ", 1} : (qn_str){s.p + i, 1});
        i += n ? n : 1;
    }
}

struct numbers {
    uint64_t entity, note, attribute, reference;
};

static void put_details(brat_ann *a, const qn_span *e, struct numbers *no, qn_jsonw *out)
{
    unsigned finder = e->flags & 15;
    qn_str s;
    if (finder > 0 && finder < BRAT_FINDERS) {
        begin(out, 'A', ++no->attribute, "FoundBy", no->entity);
        qn_jsonw_lit(out, " ");
        put(out, brat_finder[finder]);
        qn_jsonw_lit(out, "\n");
    }
    s = string_of(a, SINK_LINKS, e);
    if (s.n) {
        begin(out, 'N', ++no->reference, "Reference", no->entity);
        qn_jsonw_lit(out, " ");
        put_reference(out, s);
        qn_jsonw_lit(out, "\t");
        s = string_of(a, SINK_CHAINS, e);
        put_one_line(out, s.n ? s : qn_span_text(a->off.r, e));
        qn_jsonw_lit(out, "\n");
    }
    s = string_of(a, SINK_VALUES, e);
    if (s.n) {
        begin(out, '#', ++no->note, "AnnotatorNotes", no->entity);
        qn_jsonw_lit(out, "\t");
        put_one_line(out, s);
        qn_jsonw_lit(out, "\n");
    }
}

/* ---- chains ---------------------------------------------------------------------------------- */

static int remember_mention(brat_ann *a, const qn_span *e, uint64_t no)
{
    uint64_t chain = sink_details_number(&a->details, SINK_CHAINS, e);
    if (!chain) return 1;
    if (a->nmention == a->capmention) {
        size_t cap = a->capmention ? a->capmention * 2 : 64;
        uint64_t *v = reallocarray(a->mention, cap, sizeof *v);
        if (!v) return 0;
        a->mention = v;
        a->capmention = cap;
    }
    a->mention[a->nmention++] = chain << 32 | no;
    return 1;
}

static int by_number(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return a < b ? -1 : a > b;
}

/* Mentions of one thing, two or more, are equivalent. */
static void put_chains(brat_ann *a, qn_jsonw *out)
{
    size_t i, end;
    if (a->nmention) qsort(a->mention, a->nmention, sizeof *a->mention, by_number);
    for (i = 0; i < a->nmention; i = end) {
        for (end = i + 1; end < a->nmention && a->mention[end] >> 32 == a->mention[i] >> 32;
             end++) {
        }
        if (end - i < 2) continue;
        qn_jsonw_lit(out, "*\tEquiv");
        for (; i < end; i++) {
            qn_jsonw_lit(out, " T");
            qn_jsonw_u64(out, a->mention[i] & UINT32_MAX);
        }
        qn_jsonw_lit(out, "\n");
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* The next entity of the two lists in order of the text; NULL at the end. */
static const qn_span *next_entity(const brat_ann *a, uint32_t *k, uint32_t *o)
{
    const qn_span *x = *k < a->kept.n ? &a->kept.v[*k] : NULL;
    const qn_span *y = *o < a->over.n ? &a->over.v[*o] : NULL;
    if (x && (!y || x->beg <= y->beg)) {
        ++*k;
        return x;
    }
    if (y) ++*o;
    return y;
}

qn_status brat_ann_put(brat_ann *a, qn_ctx *cx, const qn_record *r, qn_jsonw *out)
{
    static const qn_layer none;
    const qn_layer *ents = a->ents && a->ents < r->nlayer ? &r->layer[a->ents] : &none;
    struct numbers no = {0, 0, 0, 0};
    const qn_span *e;
    uint32_t k = 0, o = 0;
    if (!a->seen) a->seen = calloc(65536, 1);
    a->nmention = 0;
    if (!a->seen || !sink_settle(r->text, ents, &a->kept, &a->over) ||
        !sink_details_start(&a->details, r, a->detail) ||
        !sink_offsets_start(&a->off, r, SINK_CODEPOINT))
        return QN_E_NOMEM;
    while ((e = next_entity(a, &k, &o)) != NULL) {
        no.entity++;
        a->seen[e->label] = 1;
        put_entity(a, cx, e, no.entity, out);
        put_details(a, e, &no, out);
        if (!remember_mention(a, e, no.entity)) return QN_E_NOMEM;
    }
    put_chains(a, out);
    return out->no_memory || a->word.no_memory ? QN_E_NOMEM : QN_OK;
}
