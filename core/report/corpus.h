/* SPDX-License-Identifier: MIT */
/* core/report/corpus.h - floor 6: what is to be told of a corpus, counted record by record. */
#ifndef QUERN_REPORT_CORPUS_H
#define QUERN_REPORT_CORPUS_H
#include "report/tally.h"

enum {
    REPORT_BINS = 31,    /* 0, 1, 2, 5, 10, ... 5e9: see report_bin */
    REPORT_LONGEST = 10, /* documents named for their length */
    REPORT_EXAMPLES = 3  /* of a rule's work */
};

/* What a rule did, once. */
typedef struct report_example {
    qn_str id, before, after;
} report_example;

typedef struct report_examples {
    report_example v[REPORT_EXAMPLES];
    unsigned n;
} report_examples;

typedef struct report_long {
    qn_str id;
    uint64_t size;
} report_long;

typedef struct report_bins {
    uint64_t n[REPORT_BINS];
} report_bins;

typedef struct report_corpus {
    qn_pool *pool; /* all strings */
    uint64_t documents, bytes, points, sents, tokens, ents;
    int has_sents, has_tokens, has_ents, has_changes; /* some record has that member */
    uint64_t empty, without_ents, again, texts_again; /* ids, texts seen before */
    uint64_t changed;                                 /* documents that some rule changed */
    uint64_t raw;                                     /* documents with "raw" */
    tally labels, names, rules, meta, phrases, ids, texts;
    report_bins by_tokens, by_points, by_sent; /* documents by length; sentences by tokens */
    report_long longest[REPORT_LONGEST];
    unsigned nlongest;
    report_examples *example; /* of rules: tally_entry.more - 1 is the index */
    uint32_t nexample, capexample;
    char *room; /* for the strings of a line */
    uint32_t *at, *token;
    size_t caproom, capat, captoken;
} report_corpus;

/* 0 when out of memory. */
int report_corpus_init(report_corpus *);
/* One line of JSON. QN_OK; QN_E_DATA with what is wrong; QN_E_NOMEM. */
qn_status report_corpus_add(report_corpus *, qn_str line, char *why, size_t nwhy);
/* Puts all tallies in order; no more records then. */
void report_corpus_end(report_corpus *);
void report_corpus_free(report_corpus *);

/* The bin of a length, and the smallest length of a bin: bin 0 holds 0. */
unsigned report_bin(uint64_t n);
uint64_t report_bin_begins(unsigned bin);
/* Labels of values, not of names. */
int report_is_value(qn_str label);
#endif
