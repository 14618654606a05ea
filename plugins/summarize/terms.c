/* SPDX-License-Identifier: MIT */
/* plugins/summarize/terms.c - see terms.h. */
#include "terms.h"

#include <math.h>
#include <stdlib.h>
#include <sys/random.h>

/* A term of the document's table. Two words with the same 64-bit hash count as one. */
struct summ_slot {
    uint64_t hash;
    uint32_t id;
    uint32_t epoch;
    uint32_t sentence; /* the last one it occurred in, and where its count is */
    uint32_t at;
};

void summ_doc_free(summ_doc *d)
{
    free(d->sent);
    free(d->term);
    free(d->slot);
    free(d->hash);
    words_stemmer_free(d->stemmer);
    memset(d, 0, sizeof *d);
}

/* ---- words ------------------------------------------------------------------------------------
 */

static int is_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* Curly quotes, dashes and the ellipsis (U+2010..U+2027) are no letters. */
static int is_punctuation(const char *p, const char *end)
{
    return end - p >= 3 && (unsigned char)p[0] == 0xE2 && (unsigned char)p[1] == 0x80 &&
           (unsigned char)p[2] >= 0x90 && (unsigned char)p[2] <= 0xA7;
}

/* The next word at or after *p, its end; NULL when there is none. *p is moved to its start. */
static const char *next_word(const char **p, const char *end)
{
    const char *q;
    while (*p < end && (!is_word((unsigned char)**p) || is_punctuation(*p, end)))
        *p += is_punctuation(*p, end) ? 3 : 1;
    for (q = *p; q < end && is_word((unsigned char)*q) && !is_punctuation(q, end); q++) {
    }
    return q > *p ? q : NULL;
}

/* ---- the table: crafted words must not all meet in one slot, so where a term stands depends on a
 * number drawn by each process. Nothing else does: numbers of terms follow the text. */

static uint32_t home(const summ_doc *d, uint64_t hash, uint32_t size)
{
    return (uint32_t)(((hash ^ d->seed) * 0x9E3779B97F4A7C15u) >> 32) & (size - 1);
}

static int grow_slots(summ_doc *d)
{
    uint32_t size = d->nslot ? d->nslot * 2 : 1024, i;
    struct summ_slot *more;
    if (d->nslot && d->used * 2 < d->nslot) return 1;
    more = calloc(size, sizeof *more);
    if (!more) return 0;
    for (i = 0; i < d->nslot; i++) {
        uint32_t at = home(d, d->slot[i].hash, size);
        if (d->slot[i].epoch != d->epoch) continue;
        while (more[at].epoch)
            at = (at + 1) & (size - 1);
        more[at] = d->slot[i];
    }
    free(d->slot);
    d->slot = more;
    d->nslot = size;
    return 1;
}

static struct summ_slot *slot_of(const summ_doc *d, uint64_t hash)
{
    uint32_t at = home(d, hash, d->nslot);
    while (d->slot[at].epoch == d->epoch && d->slot[at].hash != hash)
        at = (at + 1) & (d->nslot - 1);
    return &d->slot[at];
}

/* One more of this term in the sentence being read. */
static qn_status count_term(summ_doc *d, uint64_t hash, uint32_t sentence)
{
    struct summ_slot *s;
    if (!grow_slots(d)) return QN_E_NOMEM;
    s = slot_of(d, hash);
    if (s->epoch != d->epoch) {
        s->epoch = d->epoch;
        s->hash = hash;
        if (d->nid == d->caphash) {
            uint32_t cap = d->caphash ? d->caphash * 2 : 1024;
            uint64_t *more = realloc(d->hash, cap * sizeof *more);
            if (!more) return QN_E_NOMEM;
            d->hash = more;
            d->caphash = cap;
        }
        d->hash[d->nid] = hash;
        s->id = d->nid++;
        s->sentence = UINT32_MAX;
        d->used++;
    }
    if (s->sentence != sentence) {
        if (d->nterm == d->capterm) {
            uint32_t cap = d->capterm ? d->capterm * 2 : 4096;
            summ_term *more = realloc(d->term, cap * sizeof *more);
            if (!more) return QN_E_NOMEM;
            d->term = more;
            d->capterm = cap;
        }
        s->sentence = sentence;
        s->at = d->nterm;
        d->term[d->nterm].id = s->id;
        d->term[d->nterm++].weight = 0;
    }
    d->term[s->at].weight += 1;
    return QN_OK;
}

/* ---- sentences ---------------------------------------------------------------------------------
 */

static void make_unit(summ_term *t, uint32_t n)
{
    float sum = 0;
    uint32_t i;
    for (i = 0; i < n; i++) {
        t[i].weight = 1 + logf(t[i].weight);
        sum += t[i].weight * t[i].weight;
    }
    sum = sqrtf(sum);
    for (i = 0; i < n; i++)
        t[i].weight /= sum;
}

/* The term of a word, or 0 for a word of grammar. */
static uint64_t term_of(const summ_doc *d, const char *p, const char *q)
{
    char word[WORDS_LONGEST];
    size_t n = words_lower(p, (size_t)(q - p), word);
    uint64_t hash = words_hash(word, n);
    size_t stem;
    if (words_is_stop(d->language, hash)) return 0; /* before "this" loses its s */
    stem = words_stem(d->stemmer, word, n);
    return stem == n && d->plain ? hash : words_hash(word, stem);
}

static qn_status read_sentence(summ_doc *d, qn_str text, summ_sentence *s, uint32_t number)
{
    const char *p = text.p + s->beg, *end = text.p + s->end, *q;
    uint64_t hash;
    s->first = d->nterm;
    for (; (q = next_word(&p, end)) != NULL; p = q) {
        s->words++;
        hash = term_of(d, p, q);
        if (hash && count_term(d, hash, number) != QN_OK) return QN_E_NOMEM;
    }
    s->n = d->nterm - s->first;
    make_unit(d->term + s->first, s->n);
    return QN_OK;
}

qn_status summ_doc_read(summ_doc *d, qn_str text, const qn_span *sent, uint32_t nsent)
{
    uint32_t i;
    if (nsent > d->capsent) {
        summ_sentence *more = realloc(d->sent, nsent * sizeof *more);
        if (!more) return QN_E_NOMEM;
        d->sent = more;
        d->capsent = nsent;
    }
    if (!d->stemmer) {
        d->stemmer = words_stemmer_new(d->language);
        if (!d->stemmer) return QN_E_NOMEM;
        d->plain = strcmp(d->language->code, "en") == 0;
    }
    if (d->seed == 0 && getrandom(&d->seed, sizeof d->seed, GRND_NONBLOCK) < 0) d->seed = 1;
    if (++d->epoch == 0) { /* went round: slots of old could look new */
        if (d->nslot) memset(d->slot, 0, d->nslot * sizeof *d->slot);
        d->epoch = 1;
    }
    d->nsent = nsent;
    d->nterm = d->nid = d->used = 0;
    for (i = 0; i < nsent; i++) {
        memset(&d->sent[i], 0, sizeof d->sent[i]);
        d->sent[i].beg = sent[i].beg;
        d->sent[i].end = sent[i].end;
        if (read_sentence(d, text, &d->sent[i], i) != QN_OK) return QN_E_NOMEM;
    }
    return QN_OK;
}

int summ_doc_vector(const summ_doc *d, qn_str text, double *sum)
{
    const char *p = text.p, *end = text.p + text.n, *q;
    double square = 0;
    uint64_t hash;
    uint32_t i;
    for (; d->nslot && (q = next_word(&p, end)) != NULL; p = q) {
        const struct summ_slot *s;
        hash = term_of(d, p, q);
        s = hash ? slot_of(d, hash) : NULL;
        if (s && s->epoch == d->epoch) sum[s->id] += 1;
    }
    for (i = 0; i < d->nid; i++)
        square += sum[i] * sum[i];
    for (i = 0; square > 0 && i < d->nid; i++)
        sum[i] /= sqrt(square);
    return square > 0;
}
