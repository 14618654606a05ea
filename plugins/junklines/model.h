/* SPDX-License-Identifier: MIT */
/* plugins/junklines/model.h - the line model: two logistic layers over named facts about a line,
 * its words and its neighbours. The second layer sees what the first thought of the lines around.
 * Weights: model_data.c, made by tools/train-junklines. */
#ifndef JUNKLINES_MODEL_H
#define JUNKLINES_MODEL_H
#include "rules.h"

enum {
    JUNKLINES_FACTS = 160 * 128, /* 160 groups of facts, 128 values each */
    JUNKLINES_LEXICON = 1 << 14, /* hashed words */
    JUNKLINES_WEIGHTS = JUNKLINES_FACTS + JUNKLINES_LEXICON,
    JUNKLINES_ACTIVE = 160, /* facts true of one line at most */
    JUNKLINES_SIZES = 12,   /* rows of the second layer: six sizes, pages and articles */
    JUNKLINES_INPUTS = 24   /* inputs of the second layer */
};

/* One line that is not blank. */
struct junklines_line {
    uint32_t beg, end; /* without the white space around it */
    uint32_t next;     /* where the next line starts */
    int16_t rule;      /* junklines_match's answer */
    uint8_t size;      /* class of its length */
    uint8_t ending;    /* class of its last character */
    uint8_t caps, stops, words;
    uint8_t copies; /* 1: the same text stands elsewhere in the document */
    bool starts;    /* with a capital, a digit or a quotation mark */
    bool sentence;  /* reads like a sentence, long or short */
    bool prose;     /* long and with a final stop */
    uint16_t chars; /* code points, at most 65,535 */
    uint16_t nfacts;
    uint32_t hash;      /* of its words */
    uint32_t facts;     /* where its own facts start in the document's list */
    float first, score; /* log odds of junk, after the first and the second layer */
};

struct junklines_doc {
    struct junklines_line *v;
    unsigned n, cap;
    uint32_t *fact; /* own facts of all lines */
    size_t nfact, capfact;
    uint32_t *seen; /* hash table of line hashes */
    size_t capseen;
    float *sum; /* prefix sums for the second layer */
    size_t capsum;
    struct junklines_words words;
};

/* Splits text into lines and takes down what each says of itself. False: out of memory. */
bool junklines_read(struct junklines_doc *d, const struct junklines_rules *r, const char *text,
                    size_t n);
void junklines_doc_free(struct junklines_doc *d);

/* All facts of line i into out[JUNKLINES_ACTIVE]; their number. */
unsigned junklines_facts(const struct junklines_doc *d, unsigned i, uint32_t *out);
/* Which weights of the second layer the line gets. */
unsigned junklines_row(const struct junklines_doc *d, unsigned i);
/* Inputs of the second layer from the `first` of all lines (junklines_sums first). */
bool junklines_sums(struct junklines_doc *d);
void junklines_inputs(const struct junklines_doc *d, unsigned i, float *in);
/* Fills first and score with the shipped weights. False: out of memory. */
bool junklines_score(struct junklines_doc *d);

/* Knobs of a verdict. */
struct junklines_policy {
    bool model, keep_headings;
    float bias;
};
enum { JUNKLINES_MODEL = -3 };
/* Whether and why line i goes: the class of its rule, JUNKLINES_MODEL, or JUNKLINES_NONE: it
 * stays. */
int junklines_verdict(const struct junklines_doc *d, unsigned i, const struct junklines_policy *p);

/* Does line i look like a headline or subheading: short, without a stop, before prose and behind
 * prose, furniture or nothing? */
bool junklines_heading(const struct junklines_doc *d, unsigned i);

extern const int16_t junklines_weight[JUNKLINES_WEIGHTS]; /* 1/1024 */
extern const float junklines_layer2[JUNKLINES_SIZES][JUNKLINES_INPUTS];
#endif
