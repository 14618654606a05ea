/* SPDX-License-Identifier: MIT */
/* plugins/docfilter/signals.h - what can be counted in a document that tells text worth reading
 * from other text, and the published limits on it. */
#ifndef QUERN_DOCFILTER_SIGNALS_H
#define QUERN_DOCFILTER_SIGNALS_H
#include <stddef.h>
#include <stdint.h>

enum docfilter_signal {
    DF_WORDS,          /* separated by white space */
    DF_WORD_LENGTH,    /* mean, in characters, of those that are not only punctuation */
    DF_HASHES,         /* signs # per word */
    DF_ELLIPSES,       /* ... and … per word */
    DF_BULLET_LINES,   /* shares of the lines that are not blank */
    DF_ELLIPSIS_LINES, /* that end in one */
    DF_END_LINES,      /* that end in a terminal punctuation mark */
    DF_SHORT_LINES,    /* of at most 30 characters */
    DF_ALPHA_WORDS,    /* share of the words with a letter */
    DF_STOP_WORDS,     /* how many of the stop words occur */
    DF_DUP_LINES,      /* shares of lines that an earlier one says, and of their bytes */
    DF_DUP_LINE_CHARS,
    DF_DUP_PARAGRAPHS,
    DF_DUP_PARAGRAPH_CHARS,
    DF_NEWLINES,    /* line ends per word */
    DF_SENTENCES,   /* terminal marks in lines of at least five words that end in one */
    DF_BRACES,      /* signs { */
    DF_LOREM_IPSUM, /* 1 when it is there */
    DF_TOP_2GRAM,   /* share of the bytes of words in the commonest word n-gram */
    DF_TOP_3GRAM,
    DF_TOP_4GRAM,
    DF_DUP_5GRAM, /* share of the bytes of words in word n-grams that were there before */
    DF_DUP_6GRAM,
    DF_DUP_7GRAM,
    DF_DUP_8GRAM,
    DF_DUP_9GRAM,
    DF_DUP_10GRAM,
    DF_SIGNALS
};

enum docfilter_preset { DF_GOPHER = 1, DF_C4 = 2, DF_FINEWEB = 4 };

struct docfilter_rule {
    const char *name;
    enum docfilter_preset preset;
    enum docfilter_signal signal;
    double min, max; /* outside, the rule is broken */
};

extern const char *const docfilter_signal_name[DF_SIGNALS];
extern const struct docfilter_rule docfilter_rules[]; /* ends with a NULL name */

struct docfilter_word {
    uint32_t beg, end;
    uint64_t hash;
};

struct docfilter_slot {
    uint64_t hash; /* 0: empty */
    uint32_t count;
};

/* Scratch of one worker; starts as zero but for the key, which should be random. */
struct docfilter_scratch {
    uint64_t key[2];
    struct docfilter_word *word;
    size_t nword, capword;
    struct docfilter_slot *slot;
    size_t capslot;
};

/* Fills value[DF_SIGNALS] for the valid UTF-8 p[0, n); n-grams only when asked for. At most 64
 * stop words, in lower case. 0: out of memory. Linear; does not depend on the key. */
int docfilter_measure(struct docfilter_scratch *s, const char *p, size_t n, int ngrams,
                      const char *const *stop, size_t nstop, double *value);
void docfilter_scratch_free(struct docfilter_scratch *s);
#endif
