/* SPDX-License-Identifier: MIT */
/* plugins/summarize/terms.h - a document as sentences of weighted terms: the words that carry
 * content, folded and cut to a common form, each sentence a vector of length one. */
#ifndef SUMMARIZE_TERMS_H
#define SUMMARIZE_TERMS_H
#include <quern/record.h>

#include "words/language.h"

typedef struct summ_term {
    uint32_t id;  /* number of the term in the document */
    float weight; /* 1 + log of its count, over the length of the sentence's vector */
} summ_term;

typedef struct summ_sentence {
    uint32_t beg, end; /* bytes of the text */
    uint32_t first, n; /* its terms */
    uint32_t words;
} summ_sentence;

/* Scratch memory of a worker: grown as needed, used for one document after another. Starts as
 * all zeros but `language`, which the caller sets. */
typedef struct summ_doc {
    const words_language *language;
    words_stemmer *stemmer;
    int plain; /* a stem of the same length is the same word */
    summ_sentence *sent;
    uint32_t nsent, capsent;
    summ_term *term;
    uint32_t nterm, capterm;
    uint32_t nid;   /* different terms */
    uint64_t *hash; /* of each of them */
    uint32_t caphash;
    struct summ_slot *slot;
    uint32_t nslot, used;
    uint32_t epoch; /* a slot of an earlier document is free */
    uint64_t seed;  /* of the places of slots; 0: not drawn yet */
} summ_doc;

void summ_doc_free(summ_doc *);
/* Fills the document from a text and its sentences. QN_E_NOMEM. */
qn_status summ_doc_read(summ_doc *, qn_str text, const qn_span *sent, uint32_t nsent);
/* Another text as a vector of length one over the document's terms, added to sum[nid]; 0 when it
 * has none of them. */
int summ_doc_vector(const summ_doc *, qn_str text, double *sum);
#endif
