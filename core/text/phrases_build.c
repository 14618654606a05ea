/* SPDX-License-Identifier: MIT */
/* core/text/phrases_build.c - makes a list of phrases (see phrases.h): entries sorted by what is
 * compared, and a table of every phrase and of every beginning of one. */
#include <stdlib.h>

#include "chars.h"
#include "phrases.h"
#include "phrases_format.h"

struct item {
    uint64_t hash;
    uint32_t order; /* as added: the first of two alike wins */
    struct qn_phrases_entry e;
};

struct qn_phrases_builder {
    struct item *item;
    uint32_t nitem, cap;
    char *string;
    uint64_t nstring, capstring;
    uint32_t label, nlabel; /* the last label stored: it mostly comes again */
};

qn_phrases_builder *qn_phrases_new(void)
{
    return calloc(1, sizeof(qn_phrases_builder));
}

void qn_phrases_free(qn_phrases_builder *b)
{
    if (!b) return;
    free(b->item);
    free(b->string);
    free(b);
}

static int store(qn_phrases_builder *b, qn_str s, uint32_t *at)
{
    if (b->nstring + s.n > b->capstring) {
        uint64_t cap = (b->capstring ? b->capstring : 4096) * 2;
        char *p;
        while (cap < b->nstring + s.n)
            cap *= 2;
        p = cap <= UINT32_MAX ? realloc(b->string, cap) : NULL;
        if (!p) return 0;
        b->string = p;
        b->capstring = cap;
    }
    if (s.n) memcpy(b->string + b->nstring, s.p, s.n);
    *at = (uint32_t)b->nstring;
    b->nstring += s.n;
    return 1;
}

int qn_phrases_add(qn_phrases_builder *b, const qn_phrase *p)
{
    struct item *it;
    if (p->name.n == 0 || p->name.n > UINT16_MAX || p->label.n > UINT8_MAX || p->id.n > UINT16_MAX)
        return 0;
    if (b->nitem == b->cap) {
        uint32_t cap = b->cap ? b->cap * 2 : 1024;
        it = cap > b->cap ? reallocarray(b->item, cap, sizeof *it) : NULL;
        if (!it) return 0;
        b->item = it;
        b->cap = cap;
    }
    it = &b->item[b->nitem];
    memset(it, 0, sizeof *it);
    it->order = b->nitem;
    it->hash = qn_phrases_hash(QN_PHRASES_START, p->name.p, p->name.n);
    it->e.nname = (uint16_t)p->name.n;
    it->e.nlabel = (uint8_t)p->label.n;
    it->e.nid = (uint32_t)p->id.n;
    it->e.flags = (uint8_t)p->flags;
    if (b->nlabel != p->label.n || memcmp(b->string + b->label, p->label.p, p->label.n) != 0) {
        if (!store(b, p->label, &b->label)) return 0;
        b->nlabel = (uint32_t)p->label.n;
    }
    it->e.label = b->label;
    if (!store(b, p->name, &it->e.name) || !store(b, p->id, &it->e.id)) return 0;
    b->nitem++;
    return 1;
}

static int by_hash(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* ---- the table ------------------------------------------------------------------------------- */

struct table {
    struct qn_phrases_slot *slot;
    uint32_t nslot, used;
};

static struct qn_phrases_slot *slot_of(const struct table *t, uint64_t h)
{
    uint32_t at = phrases_slot_of(h, t->nslot);
    while (t->slot[at].count && t->slot[at].hash != h)
        at = (at + 1) & (t->nslot - 1);
    return &t->slot[at];
}

static int grow(struct table *t)
{
    struct table more = {NULL, t->nslot ? t->nslot * 2 : 1024, t->used};
    uint32_t i;
    if (t->nslot && t->used < t->nslot / 10 * 7) return 1;
    if (more.nslot < t->nslot) return 0;
    more.slot = calloc(more.nslot, sizeof *more.slot);
    if (!more.slot) return 0;
    for (i = 0; i < t->nslot; i++)
        if (t->slot[i].count) *slot_of(&more, t->slot[i].hash) = t->slot[i];
    free(t->slot);
    *t = more;
    return 1;
}

static struct qn_phrases_slot *put(struct table *t, uint64_t h)
{
    struct qn_phrases_slot *s;
    if (!grow(t)) return NULL;
    s = slot_of(t, h);
    if (!s->count) t->used++;
    s->hash = h;
    return s;
}

/* May a token end between these two characters? */
static int may_end(uint32_t a, uint32_t b)
{
    int x = qn_char_class(a), y = qn_char_class(b);
    int word = (x == QN_CH_LOWER || x == QN_CH_UPPER || x == QN_CH_LETTER) &&
               (y == QN_CH_LOWER || y == QN_CH_UPPER || y == QN_CH_LETTER);
    return !word && !(x == QN_CH_DIGIT && y == QN_CH_DIGIT);
}

/* Every beginning of a phrase that could end a token. Bits of first tokens go to the filter. */
static int put_beginnings(struct table *t, const char *p, size_t n, uint8_t *filter)
{
    uint64_t h = QN_PHRASES_START;
    size_t i = 0;
    unsigned len;
    int first = 1;
    while (i < n) {
        uint32_t a = qn_char_get(p + i, &len), b;
        size_t k = i + len;
        h = qn_phrases_hash(h, p + i, len);
        while (k < n && qn_space_at(p + i, n - i) && qn_space_at(p + k, n - k)) /* one blank */
            k += qn_space_at(p + k, n - k);
        i = k;
        b = i < n ? qn_char_get(p + i, &len) : ' ';
        if (i < n && !may_end(a, b)) continue;
        if (first) {
            uint32_t bit = phrases_filter_bit(h);
            filter[bit / 8] = (uint8_t)(filter[bit / 8] | 1u << (bit % 8));
        }
        if (qn_char_class(b) == QN_CH_SPACE) first = 0; /* a token may still go on before */
        if (i < n) {
            struct qn_phrases_slot *s = put(t, h);
            if (!s) return 0;
            s->count |= PHRASES_LONGER;
        }
    }
    return 1;
}

static int fill(const qn_phrases_builder *b, struct table *t, uint8_t *filter)
{
    uint32_t i;
    for (i = 0; i < b->nitem; i++) {
        const struct item *it = &b->item[i];
        struct qn_phrases_slot *s;
        if (!put_beginnings(t, b->string + it->e.name, it->e.nname, filter)) return 0;
        s = put(t, it->hash);
        if (!s) return 0;
        if ((s->count & ~PHRASES_LONGER) == 0) s->first = i;
        s->count++;
    }
    return 1;
}

qn_str qn_phrases_build(qn_phrases_builder *b)
{
    struct qn_phrases_head head = {.magic = QN_PHRASES_MAGIC, .order = PHRASES_ORDER};
    struct table t = {0};
    qn_str out = {NULL, 0};
    char *p;
    uint32_t i;
    if (b->nitem) qsort(b->item, b->nitem, sizeof *b->item, by_hash);
    if (!grow(&t) || !fill(b, &t, head.filter)) {
        free(t.slot);
        return out;
    }
    head.nslot = t.nslot;
    head.nentry = b->nitem;
    head.nstring = (uint32_t)b->nstring;
    head.size = sizeof head + (uint64_t)t.nslot * sizeof *t.slot +
                (uint64_t)b->nitem * sizeof(struct qn_phrases_entry) + b->nstring;
    p = malloc(head.size);
    if (p) {
        struct qn_phrases_entry *e = (void *)(p + sizeof head + t.nslot * sizeof *t.slot);
        memcpy(p, &head, sizeof head);
        memcpy(p + sizeof head, t.slot, t.nslot * sizeof *t.slot);
        for (i = 0; i < b->nitem; i++)
            e[i] = b->item[i].e;
        if (b->nstring) memcpy(e + b->nitem, b->string, b->nstring);
        out = (qn_str){p, head.size};
    }
    free(t.slot);
    return out;
}
