/* SPDX-License-Identifier: MIT */
/* core/text/phrases.h - floor 0: a list of phrases with labels and ids, found by walking a text
 * token by token. A list is one block of bytes that is used where it lies, mapped from a file: it
 * takes no time to load, whatever its size. docs/plugins/gazetteer.md describes what is in it. */
#ifndef QUERN_PHRASES_H
#define QUERN_PHRASES_H
#include <quern/base.h>

/* How a phrase may stand in the text, and what finding it is worth. */
enum {
    QN_PHRASE_ANY_CASE = 1, /* capitals do not matter */
    QN_PHRASE_HINT = 2      /* ambiguous: counts only where the context agrees */
};

typedef struct qn_phrase {
    qn_str name;  /* as the list writes it */
    qn_str label; /* "GPE"; small letters: a class of words that rules use */
    qn_str id;    /* "geonames:2988507"; may be empty */
    unsigned flags;
} qn_phrase;

typedef struct qn_phrases {
    const struct qn_phrases_head *head;
    const struct qn_phrases_slot *slot;
    const struct qn_phrases_entry *entry;
    const char *string;
} qn_phrases;

/* Bytes that a list begins with. */
#define QN_PHRASES_MAGIC "QNPHRAS1"

/* Takes a list from bytes, which stay where they are (8-byte aligned). 0 with *why when it is none,
 * or cut off, or of another version. */
int qn_phrases_open(qn_phrases *, qn_str bytes, const char **why);
uint32_t qn_phrases_count(const qn_phrases *);

/* Goes on with a hash over p[0, n): letters in small, white space as one blank. Begin with
 * QN_PHRASES_START; call it for every token, and for a blank between two of them. */
#define QN_PHRASES_START UINT64_C(0x9E3779B97F4A7C15)
uint64_t qn_phrases_hash(uint64_t h, const char *p, size_t n);

/* What begins with a token of this hash: 0 when nothing does. One load from 8 KiB. */
int qn_phrases_begins(const qn_phrases *, uint64_t h);
/* The phrases with this hash: *first and how many follow (0: none). *longer: some go on. */
uint32_t qn_phrases_find(const qn_phrases *, uint64_t h, uint32_t *first, int *longer);
/* Phrase i; 0 when the list is damaged there. */
int qn_phrases_get(const qn_phrases *, uint32_t i, qn_phrase *out);
/* Is phrase written so, or with capitals where its rule lets it? `shout`: all capitals will do. */
int qn_phrases_match(const qn_phrase *, qn_str written, int shout);

/* ---- making one ------------------------------------------------------------------------------ */

typedef struct qn_phrases_builder qn_phrases_builder;

qn_phrases_builder *qn_phrases_new(void); /* NULL: no memory */
void qn_phrases_free(qn_phrases_builder *);
/* Adds one; what it points to is copied. 0: no memory, or a name of more than 65,535 bytes. */
int qn_phrases_add(qn_phrases_builder *, const qn_phrase *);
/* Adds all of a file's text: JSON Lines and CSV by the ending of its name, else lines under
 * [LABEL]. 0 with the line that is wrong (0: no memory) and why. */
int qn_phrases_read(qn_phrases_builder *, const char *file, qn_str text, unsigned *line, char *why,
                    size_t nwhy);
/* The list, as bytes to be freed; p NULL: no memory. The same input gives the same bytes. */
qn_str qn_phrases_build(qn_phrases_builder *);
#endif
