/* SPDX-License-Identifier: MIT */
/* core/eval/words.h - floor 5: texts as the words ROUGE counts: lower case, runs of a-z and 0-9,
 * those of four letters and more stemmed; and as lines of them, by line ends or, in a text of one
 * line, by a rough split into sentences. */
#ifndef QUERN_EVAL_WORDS_H
#define QUERN_EVAL_WORDS_H
#include <quern/base.h>

/* Words as numbers from 0: the same word has the same one in every text read with it. Starts with
 * all members zero. */
typedef struct eval_dictionary {
    char **word;
    uint32_t n, cap;
    uint32_t *slot; /* open hash of word numbers + 1 */
    uint32_t nslot;
    int no_memory; /* something could not be kept: what was read is not whole */
} eval_dictionary;

/* A text as words, and where each of its lines ends among them. Starts with all members zero. */
typedef struct eval_words {
    uint32_t *v, n, cap;
    uint32_t *line, nline, capline;
} eval_words;

/* The number of the word p[0, n), made if it is new. */
uint32_t eval_word_number(eval_dictionary *d, const char *p, size_t n);
void eval_dictionary_free(eval_dictionary *d);

/* Appends the words of a text; no lines. */
void eval_words_add(eval_dictionary *d, eval_words *w, qn_str s);
/* Appends the words of a text, line by line. */
void eval_words_read(eval_dictionary *d, eval_words *w, qn_str s);
void eval_words_free(eval_words *w);
#endif
