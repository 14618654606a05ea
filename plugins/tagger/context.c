/* SPDX-License-Identifier: MIT */
/* plugins/tagger/context.c - see context.h. */
#include "context.h"

#include <stdlib.h>

enum { QUOTE_WORDS = 10, RUN_LINKS = 3, RUN_WORDS = 16 };

static inline int shape(const tagger_word *w)
{
    return w->shape & SHAPE_MASK;
}

static inline int case_kind(const tagger_word *w)
{
    return w->shape >> SHAPE_BITS;
}

/* ---- lists ---------------------------------------------------------------------------------- */

enum { CLASS_BITS = (1 << LISTS_WORD) - 1 };

/* What an entry says of a phrase that begins with w: a name written like a common word is none. */
static inline uint32_t classes(const tagger_word *w, uint32_t bits)
{
    if (w->shape == (SHAPE_LOWER | CASE_NORMAL << SHAPE_BITS) && !(bits >> LISTS_LOWER & 1))
        return 0;
    return bits & CLASS_BITS;
}

/* Length of the longest listed phrase that begins at w, at most n words; 0: none. `b` is what is
 * known of its first word. */
static uint32_t longest(const tagger_word *w, uint32_t n, const tagger_lists *l, uint32_t b,
                        uint32_t *bits)
{
    uint64_t h = tagger_lists_hash(0, w->low);
    uint32_t i = 0, best = 0;
    for (;;) {
        const uint32_t found = classes(w, b);
        if (found) {
            best = i + 1;
            *bits = found;
        }
        if (!(b >> LISTS_PREFIX) || ++i == n || i == LISTS_WORDS) return best;
        h = tagger_lists_hash(h, w[i].low);
        b = tagger_lists_find(l, h)->bits;
    }
}

static void find_listed(tagger_word *w, uint32_t n, const tagger_lists *l)
{
    uint32_t i, k, len, bits = 0, busy = 0;
    for (i = 0; i < n; i++) {
        const tagger_listed *e = tagger_lists_find(l, tagger_lists_hash(0, w[i].low));
        const uint32_t b = e->bits;
        memcpy(w[i].cluster, tagger_cluster_find(&l->clusters, w[i].low)->id, sizeof w[i].cluster);
        w[i].kind = e->kind == LISTS_KNOWN ? 0 : (uint8_t)e->kind;
        if (b >> LISTS_WORD & 1) w[i].flags |= WORD_KNOWN;
        w[i].alone = classes(&w[i], b);
        if (i < busy || b == 0) continue;
        len = longest(w + i, n - i, l, b, &bits);
        for (k = 0; k < len; k++) {
            const uint32_t place = len == 1       ? PLACE_ALONE
                                   : k == 0       ? PLACE_FIRST
                                   : k == len - 1 ? PLACE_LAST
                                                  : PLACE_INNER;
            w[i + k].list = bits | place << PLACE_SHIFT;
        }
        busy = i + len;
    }
}

/* ---- runs of capitals ----------------------------------------------------------------------- */

/* Words that join the parts of a name. */
static int links(const tagger_word *w, const char *text)
{
    static const char words[] = " of the for de la del da di do dos das du des van von der den bin "
                                "ibn al el y e & - ' ";
    char padded[6] = " ";
    uint32_t n = w->end - w->beg;
    if (n == 3 && memcmp(text + w->beg, "\xE2\x80\x99", 3) == 0) return 1;
    if (n > 3) return 0;
    memcpy(padded + 1, text + w->beg, n);
    padded[n + 1] = ' ';
    return strstr(words, padded) != NULL;
}

static void find_runs(tagger_words *d, uint32_t beg, uint32_t end, const char *text)
{
    uint32_t i, k, stop;
    for (i = beg; i < end; i = stop) {
        stop = i + 1;
        if (!(d->v[i].flags & WORD_NAMELIKE) || case_kind(&d->v[i]) != CASE_NORMAL) continue;
        for (k = stop; k < end && k - i < RUN_WORDS; k++) {
            if (d->v[k].flags & WORD_NAMELIKE)
                stop = k + 1;
            else if (k - stop >= RUN_LINKS || !links(&d->v[k], text))
                break;
        }
        for (k = i; k < stop; k++) {
            d->v[k].run = i;
            d->v[k].run_end = stop;
        }
    }
}

/* ---- quotations ----------------------------------------------------------------------------- */

static void find_quotes(tagger_words *d, uint32_t beg, uint32_t end)
{
    uint32_t i, k, open = end;
    for (i = beg; i < end; i++) {
        if (shape(&d->v[i]) != SHAPE_QUOTE) continue;
        if (open < i && i - open <= QUOTE_WORDS && i - open > 1) {
            for (k = open + 1; k < i; k++) {
                d->v[k].quote = open + 1;
                d->v[k].quote_end = i;
            }
            open = end;
        } else {
            open = i;
        }
    }
}

void tagger_context_sentence(tagger_words *d, uint32_t beg, uint32_t end, const char *text,
                             const tagger_lists *l)
{
    find_listed(d->v + beg, end - beg, l);
    find_runs(d, beg, end, text);
    find_quotes(d, beg, end);
}

/* ---- the document --------------------------------------------------------------------------- */

struct tagger_occurrence {
    uint32_t low, bits, telling, length;
};

enum { PROBES = 16 }; /* words beyond have no context: a hostile document must not cost more */

static struct tagger_occurrence *occurrence(tagger_words *d, uint32_t low)
{
    uint32_t i, at = low * 0x9E3779B1u >> 8;
    for (i = 0; i < PROBES; i++) {
        struct tagger_occurrence *o = &d->occ[(at + i) & (d->occ_size - 1)];
        if (o->low == low || o->bits == 0) {
            o->low = low;
            return o;
        }
    }
    return NULL;
}

static int make_table(tagger_words *d)
{
    uint32_t size = 64;
    while (size < d->n * 2 && size < 1u << 30)
        size *= 2;
    if (size > d->occ_cap) {
        void *p = realloc(d->occ, size * sizeof *d->occ);
        if (!p) return 0;
        d->occ = p;
        d->occ_cap = size;
    }
    d->occ_size = size;
    memset(d->occ, 0, size * sizeof *d->occ);
    return 1;
}

static int is(const tagger_word *w, const char *word)
{
    uint32_t low = 0x811C9DC5;
    for (; *word; word++)
        low = (low ^ (unsigned char)*word) * 0x01000193;
    return w->low == (low ^ low >> 15);
}

/* What this one occurrence of a capitalised word says. */
static uint32_t evidence(const tagger_words *d, uint32_t i, uint32_t sent, const tagger_lists *l)
{
    const tagger_word *w = &d->v[i], *head;
    uint32_t bits = 0;
    if (!(w->flags & WORD_FIRST)) bits |= DOC_INSIDE;
    if (w->list & l->place) bits |= DOC_PLACE;
    if (w->list & l->org) bits |= DOC_ORG;
    if (i > sent) {
        if (d->v[i - 1].alone & (l->name | l->title)) bits |= DOC_AFTER_NAME;
        if (shape(&d->v[i - 1]) == SHAPE_BRACKET) bits |= DOC_BRACKETED;
        if (is(w - 1, "in") || is(w - 1, "at") || is(w - 1, "from") || is(w - 1, "near"))
            bits |= DOC_LOCATIVE;
        if (is(w - 1, "the")) bits |= DOC_ARTICLE;
    }
    if (i + 1 < d->n && is(w + 1, "'s")) bits |= DOC_OWNER;
    if (w->run_end - w->run < 2) return bits;
    head = &d->v[w->run_end - 1];
    if ((head->alone | d->v[w->run].alone) & l->org) bits |= DOC_ORG;
    if (i + 1 == w->run_end) bits |= DOC_LAST;
    if (i == w->run) bits |= DOC_FIRST;
    return bits;
}

static void collect(tagger_words *d, uint32_t i, uint32_t sent, const tagger_lists *l)
{
    const tagger_word *w = &d->v[i];
    struct tagger_occurrence *o = occurrence(d, w->low);
    uint32_t length = w->run_end - w->run;
    if (!o) return;
    if (o->bits) o->bits |= DOC_MORE;
    if (!(w->flags & WORD_NAMELIKE)) {
        o->bits |= DOC_LOWER;
        return;
    }
    o->bits |= evidence(d, i, sent, l) | 1u << 31;
    if (length > o->length) {
        o->length = length;
        o->telling = i;
    }
}

qn_status tagger_context_document(tagger_words *d, const tagger_lists *l)
{
    uint32_t s, i;
    if (!make_table(d)) return QN_E_NOMEM;
    for (s = 0; s < d->nsent; s++) {
        if (d->n && case_kind(&d->v[d->sent[s]]) != CASE_NORMAL) continue;
        for (i = d->sent[s]; i < d->sent[s + 1]; i++)
            if (d->v[i].flags & WORD_LETTERS) collect(d, i, d->sent[s], l);
    }
    for (i = 0; i < d->n; i++) {
        struct tagger_occurrence *o;
        d->v[i].telling = i;
        if (!(d->v[i].flags & WORD_LETTERS) || !(o = occurrence(d, d->v[i].low))) continue;
        d->v[i].doc = (uint16_t)o->bits;
        if (o->length) d->v[i].telling = o->telling;
    }
    return QN_OK;
}
