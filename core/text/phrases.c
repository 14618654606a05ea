/* SPDX-License-Identifier: MIT */
/* core/text/phrases.c - looking up in a list of phrases (see phrases.h). Whatever the bytes of a
 * list say, nothing outside of them is read. */
#include "phrases.h"

#include "chars.h"
#include "phrases_format.h"

int qn_phrases_open(qn_phrases *l, qn_str bytes, const char **why)
{
    const struct qn_phrases_head *h = (const void *)bytes.p;
    uint64_t size;
    if (bytes.n < sizeof h->magic || memcmp(bytes.p, QN_PHRASES_MAGIC, sizeof h->magic) != 0) {
        *why = "it is no compiled list of this version";
        return 0;
    }
    *why = "it is cut off or damaged";
    if (bytes.n < sizeof *h) return 0;
    if (h->order != PHRASES_ORDER) {
        *why = "it was compiled on a machine with another byte order";
        return 0;
    }
    size = sizeof *h + (uint64_t)h->nslot * sizeof *l->slot +
           (uint64_t)h->nentry * sizeof *l->entry + h->nstring;
    if (h->nslot == 0 || (h->nslot & (h->nslot - 1)) || size != h->size || size != bytes.n)
        return 0;
    l->head = h;
    l->slot = (const void *)(bytes.p + sizeof *h);
    l->entry = (const void *)(l->slot + h->nslot);
    l->string = (const char *)(l->entry + h->nentry);
    return 1;
}

uint32_t qn_phrases_count(const qn_phrases *l)
{
    return l->head->nentry;
}

/* One character as phrases are compared: small, quotes and dashes in their plain form. */
static uint32_t plain(uint32_t cp)
{
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z' ? cp | 0x20 : cp;
    if (cp == 0x2019) return '\'';
    if (cp == 0x2013 || cp == 0x2010 || cp == 0x2011) return '-';
    return qn_char_fold(cp);
}

static uint64_t mix(uint64_t h, uint32_t cp)
{
    h = (h ^ cp) * UINT64_C(0xD6E8FEB86659FD93);
    return h ^ (h >> 32);
}

uint64_t qn_phrases_hash(uint64_t h, const char *p, size_t n)
{
    size_t i = 0;
    while (i < n) {
        unsigned len = 1, white = qn_space_at(p + i, n - i);
        if (white) {
            h = mix(h, ' ');
            while (i < n && (white = qn_space_at(p + i, n - i)) > 0)
                i += white;
            continue;
        }
        h = mix(h,
                plain((unsigned char)p[i] < 0x80 ? (unsigned char)p[i] : qn_char_get(p + i, &len)));
        i += len;
    }
    return h;
}

int qn_phrases_begins(const qn_phrases *l, uint64_t h)
{
    const uint32_t bit = phrases_filter_bit(h);
    return l->head->filter[bit / 8] >> (bit % 8) & 1;
}

uint32_t qn_phrases_find(const qn_phrases *l, uint64_t h, uint32_t *first, int *longer)
{
    const uint32_t nslot = l->head->nslot;
    uint32_t at = phrases_slot_of(h, nslot), seen;
    *longer = 0;
    for (seen = 0; seen < nslot && l->slot[at].count; seen++, at = (at + 1) & (nslot - 1)) {
        if (l->slot[at].hash != h) continue;
        *first = l->slot[at].first;
        *longer = (l->slot[at].count & PHRASES_LONGER) != 0;
        return l->slot[at].count & ~PHRASES_LONGER;
    }
    return 0;
}

int qn_phrases_get(const qn_phrases *l, uint32_t i, qn_phrase *out)
{
    const struct qn_phrases_entry *e = &l->entry[i];
    const uint64_t n = l->head->nstring;
    if (i >= l->head->nentry || (uint64_t)e->name + e->nname > n ||
        (uint64_t)e->label + e->nlabel > n || (uint64_t)e->id + e->nid > n)
        return 0;
    out->name = (qn_str){l->string + e->name, e->nname};
    out->label = (qn_str){l->string + e->label, e->nlabel};
    out->id = (qn_str){l->string + e->id, e->nid};
    out->flags = e->flags;
    return 1;
}

/* The next character as it is compared, white space being one blank; 0 at the end. */
static uint32_t next(qn_str *s, int fold)
{
    unsigned len, white = qn_space_at(s->p, s->n);
    uint32_t cp;
    if (s->n == 0) return 0;
    if (white) {
        while ((white = qn_space_at(s->p, s->n)) > 0) {
            s->p += white;
            s->n -= white;
        }
        return ' ';
    }
    cp = qn_char_get(s->p, &len);
    if (len > s->n) len = (unsigned)s->n;
    s->p += len;
    s->n -= len;
    if (fold) return plain(cp);
    if (cp == 0x2019) return '\'';
    return cp == 0x2013 || cp == 0x2010 || cp == 0x2011 ? '-' : cp;
}

int qn_phrases_match(const qn_phrase *p, qn_str written, int shout)
{
    const int any = (p->flags & QN_PHRASE_ANY_CASE) != 0;
    int exact = 1, capitals = 1;
    qn_str a = p->name, b = written, c = written;
    uint32_t x, y;
    do {
        uint32_t z = next(&c, 0);
        x = next(&a, 0);
        y = next(&b, 1);
        if (plain(x) != y) return 0;
        exact &= x == z;
        capitals &= qn_char_class(z) != QN_CH_LOWER;
    } while (x);
    return any || exact || (shout && capitals);
}
