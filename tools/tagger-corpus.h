/* SPDX-License-Identifier: MIT */
/* tools/tagger-corpus.h - annotated documents for the tagger's trainer: read from JSON lines, cut
 * into sentences and tokens by quern's own code, gold spans as sets of legal tags. */
#ifndef TAGGER_CORPUS_H
#define TAGGER_CORPUS_H
#include "../plugins/tagger/tag.h"

/* A kind of data: what its labels mean in ours, and which of ours it does not mark. */
typedef struct corpus_set {
    const char *name;
    unsigned style;   /* sets of the same style share a copy of the features */
    unsigned weight;  /* copies in every pass over the data */
    uint32_t unknown; /* bits of our labels that it does not mark */
    struct {
        const char *theirs;
        uint32_t ours; /* bits of labels; ANY: may be anything */
    } map[12];
} corpus_set;

enum { STYLE_OWN = 0, STYLE_WEB = 1, STYLE_TWEETS = 2, STYLES = 4, ANY = 1 << 30 };

typedef struct corpus_doc {
    const corpus_set *set;
    char *id, *text;
    uint32_t n;
    qn_layer tokens, sents;
    uint64_t *legal; /* for each token: bit t = tag t may be */
    qn_span *gold;   /* label: bits of our labels, 0 for others; bytes */
    uint32_t ngold;
    uint8_t *teach; /* for each sentence: it is learnt from */
    int held;       /* held out for development */
} corpus_doc;

typedef struct corpus {
    corpus_doc *v;
    uint32_t n, cap;
} corpus;

extern const char *const corpus_label[MODEL_LABELS];

void die(const char *what, const char *name) __attribute__((noreturn));
void *need(void *p); /* p, or the end of the program when it is NULL */
uint64_t random_next(uint64_t *state);

/* The rule that cuts a corpus in parts: FNV-1a of the id. */
uint32_t corpus_hash(const char *id);

/* Adds "SET:FILE.jsonl". Documents of our own corpus whose hash modulo `parts` is `part` are held
 * out; parts 0: none, parts 1: all, of any set. */
void corpus_read(corpus *, const char *arg, unsigned parts, unsigned part);
/* Adds copies in which some sentences are in title case, capitals or lower case, and only those
 * are learnt from. */
void corpus_add_noise(corpus *, uint64_t seed);
#endif
