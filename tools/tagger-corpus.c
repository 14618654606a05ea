/* SPDX-License-Identifier: MIT */
/* tools/tagger-corpus.c - see tagger-corpus.h. */
#include "tagger-corpus.h"

#include <stdio.h>
#include <stdlib.h>

#include "tagger-segment.h"
#include "text/chars.h"
#include "text/json_read.h"
#include "text/utf8.h"

const char *const corpus_label[MODEL_LABELS] = {"PERSON",      "NORP", "ORG",     "GPE",
                                                "LOC",         "FAC",  "PRODUCT", "EVENT",
                                                "WORK_OF_ART", "LAW",  "LANGUAGE"};
enum {
    PERSON = 1,
    NORP = 2,
    ORG = 4,
    GPE = 8,
    LOC = 16,
    FAC = 32,
    PRODUCT = 64,
    EVENT = 128,
    WORK = 256,
    LAW = 512,
    LANGUAGE = 1024,
    PLACE = GPE | LOC | FAC
};

static const corpus_set sets[] = {
    {"own",
     STYLE_OWN,
     2,
     0,
     {{"PERSON", PERSON},
      {"NORP", NORP},
      {"ORG", ORG},
      {"GPE", GPE},
      {"LOC", LOC},
      {"FAC", FAC},
      {"PRODUCT", PRODUCT},
      {"EVENT", EVENT},
      {"WORK_OF_ART", WORK},
      {"LAW", LAW},
      {"LANGUAGE", LANGUAGE}}},
    {"uner",
     STYLE_WEB,
     1,
     NORP | PRODUCT | EVENT | WORK | LAW | LANGUAGE,
     {{"PERSON", PERSON}, {"LOC", PLACE}, {"ORG", ORG}}},
    {"btc",
     STYLE_TWEETS,
     1,
     NORP | PRODUCT | EVENT | WORK | LAW | LANGUAGE,
     {{"PERSON", PERSON}, {"LOC", PLACE}, {"ORG", ORG}}},
    {"wnut",
     STYLE_TWEETS,
     1,
     NORP | EVENT | LAW | LANGUAGE,
     {{"PERSON", PERSON},
      {"LOC", PLACE},
      {"ORG", ORG},
      {"GROUP", ORG | NORP},
      {"PRODUCT", PRODUCT},
      {"WORK_OF_ART", WORK}}},
    {"re3d",
     3,
     1,
     NORP | EVENT | WORK | LAW | LANGUAGE,
     {{"PERSON", PERSON},
      {"LOC", PLACE},
      {"ORG", ORG},
      {"NORP", NORP},
      {"PRODUCT", PRODUCT},
      {"MISC", ANY}}},
    {"gum",
     3,
     1,
     NORP | PRODUCT | EVENT | WORK | LAW | LANGUAGE,
     {{"PERSON", PERSON},
      {"LOC", PLACE},
      {"ORG", ORG},
      {"NORP", NORP},
      {"PRODUCT", PRODUCT},
      {"EVENT", EVENT},
      {"MISC", ANY}}},
};

void die(const char *what, const char *name)
{
    fprintf(stderr, "train-tagger: %s: %s\n", name, what);
    exit(1);
}

void *need(void *p)
{
    if (!p) die("out of memory", "");
    return p;
}

uint64_t random_next(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

uint32_t corpus_hash(const char *id)
{
    uint32_t h = 0x811C9DC5;
    for (; *id; id++)
        h = (h ^ (unsigned char)*id) * 0x01000193;
    return h;
}

/* ---- gold ----------------------------------------------------------------------------------- */

static uint64_t tags_of(uint32_t labels, int part)
{
    uint64_t bits = 0;
    unsigned k;
    for (k = 0; k < MODEL_LABELS; k++)
        if (labels >> k & 1) bits |= UINT64_C(1) << (1 + 4 * k + (unsigned)part);
    return bits;
}

static uint64_t all_parts(uint32_t labels)
{
    return tags_of(labels, TAG_B) | tags_of(labels, TAG_I) | tags_of(labels, TAG_L) |
           tags_of(labels, TAG_U);
}

static void mark_span(corpus_doc *d, const qn_span *g, uint32_t labels, uint32_t *at)
{
    const qn_span *t = d->tokens.v;
    uint32_t i, first, stop;
    while (*at < d->tokens.n && t[*at].end <= g->beg)
        ++*at;
    first = stop = *at;
    while (stop < d->tokens.n && t[stop].beg < g->end)
        stop++;
    for (i = first; i < stop; i++) {
        if (labels == ANY || t[first].beg != g->beg || t[stop - 1].end != g->end)
            d->legal[i] = UINT64_MAX;
        else if (labels)
            d->legal[i] = tags_of(labels, stop - first == 1 ? TAG_U
                                          : i == first      ? TAG_B
                                          : i + 1 == stop   ? TAG_L
                                                            : TAG_I);
    }
}

static uint32_t ours(const corpus_set *s, qn_str label)
{
    int i;
    for (i = 0; i < 12 && s->map[i].theirs; i++)
        if (strlen(s->map[i].theirs) == label.n && !memcmp(s->map[i].theirs, label.p, label.n))
            return s->map[i].ours;
    return 0;
}

static int by_place(const void *a, const void *b)
{
    const qn_span *x = a, *y = b;
    return x->beg != y->beg ? (x->beg < y->beg ? -1 : 1) : x->end < y->end ? 1 : -1;
}

static void mark_gold(corpus_doc *d)
{
    const uint64_t outside = 1 | all_parts(d->set->unknown);
    uint32_t i, at = 0;
    d->legal = need(malloc((d->tokens.n + 1) * sizeof *d->legal));
    for (i = 0; i < d->tokens.n; i++)
        d->legal[i] = outside;
    if (d->ngold) qsort(d->gold, d->ngold, sizeof *d->gold, by_place);
    for (i = 0; i < d->ngold; i++)
        mark_span(d, &d->gold[i], d->gold[i].data, &at);
    d->teach = need(malloc(d->sents.n + 1));
    memset(d->teach, 1, d->sents.n + 1);
}

/* ---- reading -------------------------------------------------------------------------------- */

static char *copy(qn_str s)
{
    char *p = need(malloc(s.n + 1));
    memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return p;
}

static void read_spans(qn_jsonr *r, corpus_doc *d)
{
    qn_str key, label = QN_STR("");
    qn_json_number beg = {0}, end = {0};
    uint32_t cap = 0;
    if (!qn_jsonr_array(r)) return;
    while (qn_jsonr_item(r)) {
        if (!qn_jsonr_object(r)) return;
        while (qn_jsonr_member(r, &key)) {
            if (qn_str_eq(key, (qn_str)QN_STR("start")))
                qn_jsonr_number(r, &beg);
            else if (qn_str_eq(key, (qn_str)QN_STR("end")))
                qn_jsonr_number(r, &end);
            else if (qn_str_eq(key, (qn_str)QN_STR("label")))
                qn_jsonr_string(r, &label);
            else
                qn_jsonr_skip(r, NULL);
        }
        if (d->ngold == cap) {
            cap = cap ? cap * 2 : 64;
            d->gold = need(realloc(d->gold, cap * sizeof *d->gold));
        }
        d->gold[d->ngold++] =
            (qn_span){(uint32_t)beg.i, (uint32_t)end.i, 0, 0, ours(d->set, label)};
    }
}

/* Code points to bytes. */
static void place_spans(corpus_doc *d)
{
    uint32_t *byte = need(malloc((d->n + 2) * sizeof *byte)), at, points = 0, i;
    for (at = 0; at < d->n; at++)
        if (qn_utf8_boundary(d->text, d->n, at)) byte[points++] = at;
    byte[points] = d->n;
    for (i = 0; i < d->ngold; i++) {
        if (d->gold[i].end > points || d->gold[i].beg >= d->gold[i].end)
            die("a span beyond the text", d->id);
        d->gold[i].beg = byte[d->gold[i].beg];
        d->gold[i].end = byte[d->gold[i].end];
    }
    free(byte);
}

/* Ours has no article at the start of a name. */
static void drop_articles(corpus_doc *d)
{
    uint32_t i;
    for (i = 0; i < d->ngold; i++) {
        qn_span *g = &d->gold[i];
        const char *p = d->text + g->beg;
        if (g->end - g->beg > 4 && (p[0] == 't' || p[0] == 'T') && memcmp(p + 1, "he ", 3) == 0)
            g->beg += 4;
    }
}

static void read_doc(corpus_doc *d, char *line, size_t n, char *room, const char *path)
{
    qn_jsonr r;
    qn_str key, s;
    qn_jsonr_open(&r, line, n, room);
    if (qn_jsonr_object(&r))
        while (qn_jsonr_member(&r, &key)) {
            if (qn_str_eq(key, (qn_str)QN_STR("id")) && qn_jsonr_string(&r, &s)) {
                d->id = copy(s);
            } else if (qn_str_eq(key, (qn_str)QN_STR("text")) && qn_jsonr_string(&r, &s)) {
                d->text = copy(s);
                d->n = (uint32_t)s.n;
            } else if (qn_str_eq(key, (qn_str)QN_STR("ents"))) {
                read_spans(&r, d);
            } else {
                qn_jsonr_skip(&r, NULL);
            }
        }
    if (!qn_jsonr_close(&r) || !d->id || !d->text) die("a line without id or text", path);
    place_spans(d);
    if (d->set->style != STYLE_OWN) drop_articles(d);
    segment_text(d->text, d->n, &d->sents, &d->tokens);
    mark_gold(d);
}

static corpus_doc *new_doc(corpus *c)
{
    if (c->n == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 256;
        c->v = need(realloc(c->v, c->cap * sizeof *c->v));
    }
    memset(&c->v[c->n], 0, sizeof *c->v);
    return &c->v[c->n++];
}

void corpus_read(corpus *c, const char *arg, unsigned parts, unsigned part)
{
    const char *path = strchr(arg, ':');
    size_t i, cap = 0, room_cap = 0;
    const corpus_set *set = NULL;
    char *line = NULL, *room = NULL;
    ssize_t n;
    FILE *f;
    for (i = 0; path && i < sizeof sets / sizeof *sets; i++)
        if (strlen(sets[i].name) == (size_t)(path - arg) &&
            !memcmp(sets[i].name, arg, (size_t)(path - arg)))
            set = &sets[i];
    if (!set) die("expected SET:FILE with a set own, uner, btc, wnut, re3d or gum", arg);
    if (!(f = fopen(path + 1, "rb"))) die("cannot be opened", path + 1);
    while ((n = getline(&line, &cap, f)) > 0) {
        corpus_doc *d = new_doc(c);
        if (cap > room_cap) room = need(realloc(room, room_cap = cap));
        d->set = set;
        read_doc(d, line, (size_t)n, room, path);
        d->held =
            parts == 1 || (parts && set->style == STYLE_OWN && corpus_hash(d->id) % parts == part);
    }
    free(line);
    free(room);
    fclose(f);
}

/* ---- noise ---------------------------------------------------------------------------------- */

/* The capital of a lower-case letter whose UTF-8 has the same length; else itself. */
static uint32_t capital(uint32_t cp)
{
    static const uint32_t away[] = {0x20, 1, 0x50};
    unsigned i;
    for (i = 0; i < 3; i++) {
        const uint32_t up = cp - away[i];
        if (cp > away[i] && (cp < 0x80) == (up < 0x80) && (cp < 0x800) == (up < 0x800) &&
            qn_char_class(up) == QN_CH_UPPER && qn_char_fold(up) == cp)
            return up;
    }
    return cp;
}

enum noise { NOISE_TITLE, NOISE_UPPER, NOISE_LOWER };

/* Rewrites a token in place; the length in bytes stays. */
static void recase(char *text, const qn_span *t, enum noise how)
{
    uint32_t at;
    int first = 1;
    unsigned len;
    for (at = t->beg; at < t->end; at += len) {
        const uint32_t cp = qn_char_get(text + at, &len);
        uint32_t to = cp;
        char out[4];
        if (how == NOISE_LOWER)
            to = qn_char_class(cp) == QN_CH_UPPER ? qn_char_fold(cp) : cp;
        else if (how == NOISE_UPPER || first)
            to = qn_char_class(cp) == QN_CH_LOWER ? capital(cp) : cp;
        first = 0;
        if (qn_utf8_encode(to, out) == len) memcpy(text + at, out, len);
    }
}

static int small_word(const char *text, const qn_span *t)
{
    static const char words[] =
        " a an the of in on at to for by and or but nor as is 's n't from with via vs ";
    char padded[8] = " ";
    const uint32_t n = t->end - t->beg;
    if (n > 4) return 0;
    memcpy(padded + 1, text + t->beg, n);
    padded[n + 1] = ' ';
    return strstr(words, padded) != NULL;
}

static void add_noisy(corpus *c, uint32_t i, uint64_t *state)
{
    corpus_doc *d = new_doc(c);
    uint32_t s, t = 0;
    *d = c->v[i];
    d->text = need(malloc(d->n + 1));
    memcpy(d->text, c->v[i].text, d->n + 1);
    d->teach = need(calloc(d->sents.n + 1, 1));
    for (s = 0; s < d->sents.n; s++) {
        const uint64_t dice = random_next(state);
        const enum noise how = dice % 10 < 5   ? NOISE_TITLE
                               : dice % 10 < 8 ? NOISE_UPPER
                                               : NOISE_LOWER;
        d->teach[s] = (dice >> 32) % 10 < 3;
        for (; t < d->tokens.n && d->tokens.v[t].beg < d->sents.v[s].end; t++)
            if (d->teach[s] && !(how == NOISE_TITLE && small_word(d->text, &d->tokens.v[t])))
                recase(d->text, &d->tokens.v[t], how);
    }
}

void corpus_add_noise(corpus *c, uint64_t seed)
{
    const uint32_t n = c->n;
    uint32_t i;
    for (i = 0; i < n; i++)
        if (!c->v[i].held) add_noisy(c, i, &seed);
}
