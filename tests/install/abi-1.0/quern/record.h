/* SPDX-License-Identifier: MIT */
/* quern/record.h - floor 1 of the plugin ABI: the document that flows, and the batch that owns
 * its memory.
 *
 * Ownership in one sentence: everything reachable from a batch lives in the batch's memory and
 * dies with the batch, after the last sink has seen it; a plugin allocates with qn_alloc() and
 * frees nothing. A batch belongs to one thread at a time: after a call returns, the plugin must
 * not look at the batch or its records again.
 *
 * Growth: qn_span, qn_layer, qn_meta and qn_seg are walked as arrays and are frozen for ever;
 * qn_record and qn_batch are reached by pointer and may gain members at their end. */
#ifndef QUERN_RECORD_H
#define QUERN_RECORD_H
#include <quern/base.h>
QN_C_BEGIN

/* One annotation: a stretch of the text with a label. 16 bytes, four to a cache line.
 * `flags` and `data` mean what the layer's table below says; 0 where it says nothing. `data` is
 * never an index into a layer: spans may vanish when a later stage deletes their text. */
typedef struct qn_span {
    uint32_t beg, end; /* bytes of the record's text, [beg, end), on code point boundaries */
    qn_name label;     /* 0 = none */
    uint16_t flags;
    uint32_t data;
} qn_span;

/* One layer of one record: spans sorted by beg, then longer first.
 *
 * The layers quern itself knows (a plugin may register others by name):
 *   tokens    words and punctuation; flags: QN_TOKEN_SPACE when white space follows
 *   sents     sentences; never overlap; data: 0 or how sure the end is, as round(p * 65535)
 *   headings  headlines and subheadings; label 0
 *   ents      named entities; label PERSON, ORG, ...; never overlap; data: 0 or a confidence
 *             as round(score * 65535); flags: the low four bits say who found it: 0 not said,
 *             1 a list that comes with quern, 2 another mention in the document, 3 the tagger,
 *             4 the rules for values, 5 an operator's list
 *   values    an entity's normalised value, kb id, or chain of mentions: the same beg, end and
 *   links     label as in ents; data: 1 + the place of a string in the JSON array that is the
 *   chains    metadata entry quern.values, quern.links, quern.chains
 *   summary   the sentences chosen for the summary, in document order; data: rank from 1 (best)
 *   junk      lines found to be furniture but kept (junklines, action "mark"); label: the rule */
typedef struct qn_layer {
    qn_span *v;
    uint32_t n, cap;
} qn_layer;

enum { QN_TOKEN_SPACE = 1 };

/* One metadata entry. Keys are few and short, so they are strings and looked up by walking. */
typedef enum qn_type { QN_T_STR = 1, QN_T_INT, QN_T_REAL, QN_T_BOOL, QN_T_JSON } qn_type;
typedef struct qn_meta {
    qn_str key;
    uint32_t type; /* qn_type */
    uint32_t unused;
    union {
        qn_str str; /* QN_T_STR: UTF-8; QN_T_JSON: one JSON value, verbatim */
        int64_t i;  /* QN_T_INT; QN_T_BOOL: 0 or 1 */
        double d;   /* QN_T_REAL */
    } u;
} qn_meta;

/* Provenance: the map between a record's raw input and its present text, as a list of segments
 * that cuts both into the same number of pieces. Segment i stands for raw[m[i].raw, m[i+1].raw)
 * and for text[m[i].text, m[i+1].text). With rule 0 the two are the same bytes; with a rule, the
 * rule replaced the raw piece by the text piece, and either may be empty (insertion, deletion).
 * The last entry is a sentinel {text.n, raw.n, 0, 0}. Nothing of the raw input is ever outside
 * the map: what is gone can be shown, with the rule that removed it. */
typedef struct qn_seg {
    uint32_t text, raw;
    qn_name rule;
    uint16_t unused;
} qn_seg;

/* Bits of qn_record.flags. */
enum {
    QN_REC_ASCII = 1,   /* the text is known to be pure ASCII: bytes = code points */
    QN_REC_DROPPED = 2, /* left out on purpose; `why` is the rule. Later stages do not see it */
    QN_REC_FAILED = 4,  /* could not be processed; `why` says what, where, what was expected */
    QN_REC_BYTES = 8    /* the text is not yet known to be UTF-8 (before `decode`) */
};

struct qn_batch;

typedef struct qn_record {
    struct qn_batch *batch; /* whose memory it lives in: qn_alloc(r->batch, n) */
    qn_str id;              /* unique in the input where the source can make it so; UTF-8 */
    qn_str place;           /* where it was read, for messages: "a.jsonl:17" */
    qn_str text;            /* valid UTF-8 unless QN_REC_BYTES; n < 2^31; change it only through
                               qn_host.edit_begin, so that layers and map stay right */
    qn_str raw;             /* the text as read; the same pointer until something edits it */
    const qn_seg *map;      /* nmap segments, sentinel included; NULL = the text is the raw */
    uint32_t nmap;
    uint32_t flags;
    uint64_t ordinal; /* position in the whole input, from 0: the order sinks see */
    qn_meta *meta;
    uint32_t nmeta, capmeta;
    uint32_t nlayer; /* number of layers in this run */
    uint32_t stage;  /* with DROPPED or FAILED: the stage that did it, for the runner's reports */
    qn_layer *layer; /* layer[id]; an absent layer has n == 0 */
    qn_str why;
} qn_record;

typedef struct qn_batch {
    uint32_t size;   /* sizeof(qn_batch) of the host */
    uint32_t n, cap; /* records; the host makes room in qn_host.add_record */
    uint32_t unused;
    qn_record **rec;                              /* in input order */
    uint64_t seq;                                 /* batch number, from 0 */
    size_t bytes;                                 /* bytes of text added so far */
    char *mem, *mem_end;                          /* free part of the current block */
    void *(*mem_more)(struct qn_batch *, size_t); /* slow path of qn_alloc */
} qn_batch;

/* n bytes (rounded up to 8), 8-byte aligned, uninitialised, that live as long as the batch.
 * NULL when there is no more memory. The batch's thread only. */
static inline void *qn_alloc(qn_batch *b, size_t n)
{
    size_t need = (n + 7u) & ~(size_t)7u;
    if (need < n) return NULL;
    if ((size_t)(b->mem_end - b->mem) >= need) {
        void *p = b->mem;
        b->mem += need;
        return p;
    }
    return b->mem_more(b, need);
}

/* Makes room for `more` further spans in a layer, so that they may be written at v[n] and
 * counted by n++. QN_E_NOMEM; QN_E_BUG for layer 0 (which stays empty) or an unknown one. */
static inline qn_status qn_layer_reserve(qn_record *r, qn_layer_id id, uint32_t more)
{
    qn_layer *l;
    uint32_t cap;
    qn_span *v;
    if (id == 0 || id >= r->nlayer) return QN_E_BUG;
    l = &r->layer[id];
    if (l->cap - l->n >= more) return QN_OK;
    cap = l->cap ? l->cap : 16;
    while (cap - l->n < more) {
        if (cap > UINT32_MAX / 2) return QN_E_NOMEM;
        cap *= 2;
    }
    v = (qn_span *)qn_alloc(r->batch, (size_t)cap * sizeof *v);
    if (!v) return QN_E_NOMEM;
    if (l->n) memcpy(v, l->v, l->n * sizeof *v);
    l->v = v;
    l->cap = cap;
    return QN_OK;
}

/* Appends one span; the caller keeps the order rule of qn_layer. Errors as qn_layer_reserve. */
static inline qn_status qn_add(qn_record *r, qn_layer_id id, uint32_t beg, uint32_t end,
                               qn_name label)
{
    qn_status st = qn_layer_reserve(r, id, 1);
    qn_span *s;
    if (st != QN_OK) return st;
    s = &r->layer[id].v[r->layer[id].n++];
    s->beg = beg;
    s->end = end;
    s->label = label;
    s->flags = 0;
    s->data = 0;
    return QN_OK;
}

/* The text under a span; no copy. */
static inline qn_str qn_span_text(const qn_record *r, const qn_span *s)
{
    qn_str t;
    t.p = r->text.p + s->beg;
    t.n = s->end - s->beg;
    return t;
}

/* The entry with this key, or NULL. */
static inline const qn_meta *qn_meta_get(const qn_record *r, qn_str key)
{
    uint32_t i;
    for (i = 0; i < r->nmeta; i++)
        if (qn_str_eq(r->meta[i].key, key)) return &r->meta[i];
    return NULL;
}

/* 1 while no stage has dropped or failed the record. The runner calls process() only for live
 * records; functions that are given a whole batch test for themselves. */
static inline int qn_live(const qn_record *r)
{
    return !(r->flags & (QN_REC_DROPPED | QN_REC_FAILED));
}

/* Where a byte offset of the text was in the raw input: the start of a range, or with `end`
 * non-zero its end. Inside a replaced piece that is the piece's raw start or end, and deletions
 * at an edge of the range stay outside: the range maps to the smallest raw range that holds it.
 * (Both ends of an empty range should be asked for as starts.) offset <= text.n. `*hint` is a
 * cursor, 0 at first: ascending offsets take constant time each, others a search. */
static inline uint32_t qn_to_raw(const qn_record *r, uint32_t offset, int end, uint32_t *hint)
{
    const qn_seg *m = r->map;
    uint32_t lo = *hint, hi, step;
    uint32_t at = offset; /* the byte whose segment is wanted: for an end, the one before it */
    if (!m) return offset;
    if (end) {
        if (offset == 0) return 0;
        at--;
    }
    hi = r->nmap - 1;
    if (lo >= hi || m[lo].text > at) lo = 0;
    for (step = 1; step < hi - lo && m[lo + step].text <= at; step *= 2)
        lo += step;
    if (step < hi - lo) hi = lo + step;
    while (lo + 1 < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (m[mid].text <= at)
            lo = mid;
        else
            hi = mid;
    }
    *hint = lo;
    if (m[lo].rule == 0) return m[lo].raw + (offset - m[lo].text);
    return end || offset >= m[lo + 1].text ? m[lo + 1].raw : m[lo].raw;
}
QN_C_END
#endif
