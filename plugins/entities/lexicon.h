/* SPDX-License-Identifier: MIT */
/* plugins/entities/lexicon.h - the lists: phrases and the classes they belong to, found by hash in
 * one step per token. Built when the stage is opened, read-only from then on. */
#ifndef ENTITIES_LEXICON_H
#define ENTITIES_LEXICON_H
#include <quern/base.h>

/* Classes: the first ones are labels, the others words that rules are made of. */
enum {
    LEX_PERSON,
    LEX_NORP,
    LEX_ORG,
    LEX_GPE,
    LEX_LOC,
    LEX_FAC,
    LEX_PRODUCT,
    LEX_EVENT,
    LEX_WORK,
    LEX_LAW,
    LEX_LANGUAGE,
    LEX_LABELS, /* how many of them are labels */
    LEX_FIRST_NAME = LEX_LABELS,
    LEX_TITLE,
    LEX_ORG_HEAD,
    LEX_FAC_HEAD,
    LEX_LOC_HEAD,
    LEX_LOC_LEAD,
    LEX_EVENT_HEAD,
    LEX_EVENT_LEAD,
    LEX_LAW_HEAD,
    LEX_LAW_LEAD,
    LEX_WORK_CUE,
    LEX_PARTICLE,
    LEX_CLASSES,
    LEX_OPERATOR = 30, /* from an operator's own list */
    LEX_PREFIX = 31    /* the beginning of a longer phrase */
};
#define LEX_BIT(c) (1u << (c))

typedef struct lexicon {
    struct lex_entry *entry;
    uint32_t size, used;
} lexicon;

/* Class of a heading such as "GPE" or "org-head", -1 when there is none. */
int lexicon_class(qn_str word);
/* Adds a list file's text; `extra` is 0 or LEX_BIT(LEX_OPERATOR). QN_E_NOMEM; QN_E_DATA with the
 * line that is wrong in *line. */
qn_status lexicon_add(lexicon *, qn_str text, uint32_t extra, unsigned *line);
void lexicon_free(lexicon *);

/* Hashes a phrase piece by piece: start with LEX_HASH_START. */
#define LEX_HASH_START UINT64_C(14695981039346656037)
static inline uint64_t lex_hash(uint64_t h, const char *p, size_t n)
{
    size_t i;
    for (i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * UINT64_C(1099511628211); /* FNV-1a */
    return h;
}
/* Bits of the phrase with this hash; 0 when it is unknown. Any thread. */
uint32_t lexicon_find(const lexicon *, uint64_t hash);
#endif
