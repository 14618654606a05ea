/* SPDX-License-Identifier: MIT */
/* plugins/summarize/terms.h - a document as sentences of weighted terms: the words that carry
 * content, folded and cut to a common form, each sentence a vector of length one. */
#ifndef SUMMARIZE_TERMS_H
#define SUMMARIZE_TERMS_H
#include <quern/record.h>

typedef struct summ_term {
    uint32_t id;  /* number of the term in the document */
    float weight; /* 1 + log of its count, over the length of the sentence's vector */
} summ_term;

typedef struct summ_sentence {
    uint32_t beg, end; /* bytes of the text */
    uint32_t first, n; /* its terms */
    uint32_t words;
} summ_sentence;

enum { SUMM_STOP_SLOTS = 1024 };

/* Scratch memory of a worker: grown as needed, used for one document after another. Starts as
 * all zeros. */
typedef struct summ_doc {
    summ_sentence *sent;
    uint32_t nsent, capsent;
    summ_term *term;
    uint32_t nterm, capterm;
    uint32_t nid; /* different terms */
    struct summ_slot *slot;
    uint32_t nslot, used;
    uint64_t stop[SUMM_STOP_SLOTS]; /* hashes of the words of grammar; filled at the first use */
    uint32_t epoch;                 /* a slot of an earlier document is free */
} summ_doc;

void summ_doc_free(summ_doc *);
/* Fills the document from a text and its sentences. QN_E_NOMEM. */
qn_status summ_doc_read(summ_doc *, qn_str text, const qn_span *sent, uint32_t nsent);
#endif
