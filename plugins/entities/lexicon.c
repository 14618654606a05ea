/* SPDX-License-Identifier: MIT */
/* plugins/entities/lexicon.c - see lexicon.h. Phrases are known by their 64-bit hash alone: with a
 * million entries the chance that any two meet is 1 in 37 million. */
#include "lexicon.h"

#include <stdlib.h>

struct lex_entry {
    uint64_t hash;
    uint32_t bits;
};

static const char *const class_names[LEX_CLASSES] = {
    "PERSON",     "NORP",     "ORG",         "GPE",      "LOC",           "FAC",
    "PRODUCT",    "EVENT",    "WORK_OF_ART", "LAW",      "LANGUAGE",      "first-name",
    "title",      "org-head", "fac-head",    "loc-head", "loc-lead",      "event-head",
    "event-lead", "law-head", "law-lead",    "work-cue", "name-particle",
};

int lexicon_class(qn_str word)
{
    int i;
    for (i = 0; i < LEX_CLASSES; i++)
        if (strlen(class_names[i]) == word.n && memcmp(class_names[i], word.p, word.n) == 0)
            return i;
    return -1;
}

void lexicon_free(lexicon *l)
{
    free(l->entry);
    memset(l, 0, sizeof *l);
}

static struct lex_entry *slot_of(const lexicon *l, uint64_t hash)
{
    uint32_t at = (uint32_t)(hash >> 20) & (l->size - 1);
    while (l->entry[at].bits && l->entry[at].hash != hash)
        at = (at + 1) & (l->size - 1);
    return &l->entry[at];
}

static int grow(lexicon *l)
{
    lexicon more = {NULL, l->size ? l->size * 2 : 16384, l->used};
    uint32_t i;
    if (l->size && l->used * 2 < l->size) return 1;
    more.entry = calloc(more.size, sizeof *more.entry);
    if (!more.entry) return 0;
    for (i = 0; i < l->size; i++)
        if (l->entry[i].bits) *slot_of(&more, l->entry[i].hash) = l->entry[i];
    free(l->entry);
    *l = more;
    return 1;
}

static int put(lexicon *l, uint64_t hash, uint32_t bits)
{
    struct lex_entry *e;
    if (!grow(l)) return 0;
    e = slot_of(l, hash);
    l->used += e->bits == 0;
    e->hash = hash;
    if (bits & LEX_BIT(LEX_OPERATOR)) e->bits &= ~(LEX_BIT(LEX_LABELS) - 1); /* theirs counts */
    e->bits |= bits;
    return 1;
}

uint32_t lexicon_find(const lexicon *l, uint64_t hash)
{
    return l->size ? slot_of(l, hash)->bits : 0;
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* A phrase, and every beginning of it that tokens could end at. */
static int add_phrase(lexicon *l, const char *p, size_t n, uint32_t bits)
{
    uint64_t h = LEX_HASH_START;
    size_t i;
    for (i = 0; i < n; i++) {
        if (i > 0 && !(is_letter(p[i]) && is_letter(p[i - 1])) && !put(l, h, LEX_BIT(LEX_PREFIX)))
            return 0;
        h = lex_hash(h, p + i, 1);
    }
    return put(l, h, bits);
}

qn_status lexicon_add(lexicon *l, qn_str text, uint32_t extra, unsigned *line)
{
    const char *p = text.p, *end = text.p + text.n;
    int class = -1;
    for (*line = 1; p < end; (*line)++) {
        const char *eol = memchr(p, '\n', (size_t)(end - p)), *q = eol ? eol : end;
        while (q > p && (q[-1] == ' ' || q[-1] == '\r' || q[-1] == '\t'))
            q--;
        if (q > p && *p == '[') {
            qn_str name = {p + 1, (size_t)(q - p) - 2};
            class = q[-1] == ']' && q - p > 2 ? lexicon_class(name) : -1;
            if (class < 0) return QN_E_DATA;
        } else if (q > p && *p != '#') {
            if (class < 0) return QN_E_DATA;
            if (!add_phrase(l, p, (size_t)(q - p), LEX_BIT(class) | extra)) return QN_E_NOMEM;
        }
        p = eol ? eol + 1 : end;
    }
    return QN_OK;
}
