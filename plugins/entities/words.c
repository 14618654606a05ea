/* SPDX-License-Identifier: MIT */
/* plugins/entities/words.c - see words.h. */
#include "words.h"

#include <stdlib.h>

void words_free(words *w)
{
    free(w->v);
    free(w->answer);
    free(w->seen);
    memset(w, 0, sizeof *w);
}

/* ---- one word
 * ------------------------------------------------------------------------------------ */

/* Latin-1, Latin Extended-A, Greek and Cyrillic capitals by their UTF-8 bytes: enough to tell a
 * name; anything else beyond ASCII counts as a small letter. */
static int is_upper(const char *p, uint32_t n)
{
    unsigned char a = (unsigned char)p[0], b = n > 1 ? (unsigned char)p[1] : 0;
    if (a < 0x80) return a >= 'A' && a <= 'Z';
    if (a == 0xC3) return b >= 0x80 && b <= 0x9E && b != 0x97;
    if (a == 0xC4 || a == 0xC5) return (b & 1) == (a == 0xC5 && b >= 0xB9 && b <= 0xBE);
    if (a == 0xCE) return b >= 0x86 && b <= 0xAB;
    return a == 0xD0 && b >= 0x80 && b <= 0xAF;
}

static uint8_t shape_of(const char *p, uint32_t n)
{
    uint32_t i, letters = 0, upper = 0;
    unsigned char c = (unsigned char)p[0];
    uint8_t flags = 0;
    if (c >= '0' && c <= '9') flags |= WORD_DIGIT;
    if (is_upper(p, n))
        flags |= WORD_CAP;
    else if ((c >= 'a' && c <= 'z') || c >= 0xC3)
        flags |= WORD_LOWER;
    for (i = 0; i < n; i++) {
        letters += (p[i] >= 'a' && p[i] <= 'z') || (p[i] >= 'A' && p[i] <= 'Z');
        upper += p[i] >= 'A' && p[i] <= 'Z';
    }
    if (letters >= 2 && upper == letters && (flags & WORD_CAP)) flags |= WORD_CAPS;
    return flags;
}

static uint64_t hash_lower(const char *p, uint32_t n)
{
    uint64_t h = LEX_HASH_START;
    uint32_t i;
    for (i = 0; i < n; i++) {
        char c = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] | 0x20) : p[i];
        h = lex_hash(h, &c, 1);
    }
    return h;
}

int word_is(const word *w, const char *s)
{
    uint32_t i;
    for (i = 0; i < w->n; i++) {
        char c = w->p[i] >= 'A' && w->p[i] <= 'Z' ? (char)(w->p[i] | 0x20) : w->p[i];
        if (s[i] != c) return 0;
    }
    return w->n > 0 && s[i] == '\0';
}

/* ---- the document
 * -------------------------------------------------------------------------------- */

static qn_status make_room(words *w, uint32_t n)
{
    uint32_t cap = 1024;
    word *v;
    uint64_t *seen;
    w->n = w->nanswer = 0;
    w->no_memory = 0;
    while (cap < n + 1)
        cap *= 2;
    if (cap > w->cap) {
        v = realloc(w->v, cap * sizeof *v);
        if (!v) return QN_E_NOMEM;
        w->v = v;
        seen = realloc(w->seen, 2 * (size_t)cap * sizeof *seen);
        if (!seen) return QN_E_NOMEM;
        w->seen = seen;
        w->cap = cap;
    }
    w->capseen = 2 * cap;
    while (w->capseen > 64 && w->capseen / 4 > n)
        w->capseen /= 2;
    memset(w->seen, 0, w->capseen * sizeof *w->seen);
    return QN_OK;
}

static uint64_t *seen_slot(const words *w, uint64_t hash)
{
    uint32_t at = (uint32_t)(hash >> 20) & (w->capseen - 1);
    while (w->seen[at] && w->seen[at] != hash)
        at = (at + 1) & (w->capseen - 1);
    return &w->seen[at];
}

int words_seen_lower(const words *w, const word *x)
{
    return *seen_slot(w, x->lower) != 0;
}

/* The longest listed name and the longest title that start at a word. */
static void match_lists(words *w, const lexicon *lex, uint32_t i)
{
    word *first = &w->v[i];
    uint64_t h = LEX_HASH_START;
    uint32_t k, bits;
    first->label = LEX_LABELS;
    for (k = i; k < w->n && w->v[k].sentence == first->sentence; k++) {
        if (k > i && (w->v[k].flags & WORD_SPACE)) h = lex_hash(h, " ", 1);
        h = lex_hash(h, w->v[k].p, w->v[k].n);
        bits = lexicon_find(lex, h);
        if (k == i) first->bits = bits;
        if (bits & (LEX_BIT(LEX_LABELS) - 1)) {
            first->label = (uint8_t)__builtin_ctz(bits);
            first->label_words = (uint16_t)(k - i + 1);
            first->operator_list = (bits & LEX_BIT(LEX_OPERATOR)) != 0;
        }
        if (bits & LEX_BIT(LEX_TITLE)) first->title_words = (uint16_t)(k - i + 1);
        if (!(bits & LEX_BIT(LEX_PREFIX))) break;
    }
}

/* A sentence in capitals (a headline, a dateline) gives no hints by its capitals. */
static void mark_shouting(words *w, uint32_t first, uint32_t end)
{
    uint32_t i, caps = 0, lower = 0;
    for (i = first; i < end; i++) {
        caps += (w->v[i].flags & WORD_CAPS) != 0;
        lower += (w->v[i].flags & WORD_LOWER) != 0;
    }
    if (caps >= 4 && caps > 3 * lower)
        for (i = first; i < end; i++)
            w->v[i].flags |= WORD_SHOUT;
}

static void mark_start(words *w, uint32_t first, uint32_t end)
{
    uint32_t i;
    for (i = first; i < end; i++) {
        w->v[i].flags |= WORD_START;
        if (w->v[i].flags & (WORD_CAP | WORD_LOWER | WORD_DIGIT)) return;
    }
}

static void mark_sentences(words *w)
{
    uint32_t i, first = 0;
    for (i = 1; i <= w->n; i++)
        if (i == w->n || w->v[i].sentence != w->v[first].sentence) {
            mark_start(w, first, i);
            mark_shouting(w, first, i);
            first = i;
        }
}

qn_status words_read(words *w, const lexicon *lex, const vocab *voc, qn_str text,
                     const qn_layer *tokens, const qn_layer *sents)
{
    uint32_t i, s = 0;
    if (make_room(w, tokens->n) != QN_OK) return QN_E_NOMEM;
    for (i = 0; i < tokens->n; i++) {
        const qn_span *t = &tokens->v[i];
        word *x = &w->v[i];
        memset(x, 0, sizeof *x);
        while (s < sents->n && sents->v[s].end <= t->beg)
            s++;
        x->p = text.p + t->beg;
        x->n = t->end - t->beg;
        x->beg = t->beg;
        x->sentence = s;
        x->flags = x->n ? shape_of(x->p, x->n) : 0;
        if (i > 0 && tokens->v[i - 1].end < t->beg) x->flags |= WORD_SPACE;
        x->hash = lex_hash(LEX_HASH_START, x->p, x->n);
        x->lower = hash_lower(x->p, x->n);
        x->sets = vocab_find(voc, x->lower);
        if (x->flags & WORD_LOWER) *seen_slot(w, x->lower) = x->lower;
    }
    w->n = tokens->n;
    memset(&w->v[w->n], 0, sizeof *w->v);
    w->v[w->n].p = "";
    w->v[w->n].sentence = UINT32_MAX;
    if (w->n) mark_sentences(w);
    for (i = 0; i < w->n; i++)
        match_lists(w, lex, i);
    return QN_OK;
}

/* ---- answers
 * ------------------------------------------------------------------------------------- */

void words_answer(words *w, uint32_t first, uint32_t n, int label, int rank)
{
    answer *a;
    if (n == 0) return;
    if (w->nanswer == w->capanswer) {
        uint32_t cap = w->capanswer ? w->capanswer * 2 : 512;
        a = realloc(w->answer, cap * sizeof *a);
        if (!a) {
            w->no_memory = 1;
            return;
        }
        w->answer = a;
        w->capanswer = cap;
    }
    a = &w->answer[w->nanswer++];
    a->first = first;
    a->n = n;
    a->label = (uint8_t)label;
    a->rank = (uint8_t)rank;
}

static int by_precedence(const void *a, const void *b)
{
    const answer *x = a, *y = b;
    if (x->rank != y->rank) return x->rank > y->rank ? -1 : 1;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    return x->label < y->label ? -1 : x->label > y->label;
}

static int by_place(const void *a, const void *b)
{
    const answer *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

qn_status words_resolve(words *w)
{
    char *taken = calloc(w->n + 1, 1);
    uint32_t i, k, kept = 0;
    if (!taken || w->no_memory) {
        free(taken);
        return QN_E_NOMEM;
    }
    if (w->nanswer) qsort(w->answer, w->nanswer, sizeof *w->answer, by_precedence);
    for (i = 0; i < w->nanswer; i++) {
        answer a = w->answer[i];
        for (k = 0; k < a.n && !taken[a.first + k]; k++) {
        }
        if (k < a.n) continue;
        memset(taken + a.first, 1, a.n);
        w->answer[kept++] = a;
    }
    w->nanswer = kept;
    if (kept) qsort(w->answer, kept, sizeof *w->answer, by_place);
    free(taken);
    return QN_OK;
}
