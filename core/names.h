/* SPDX-License-Identifier: MIT */
/* core/names.h - floor 1: words to small numbers and back (labels, rules, layers). */
#ifndef QUERN_NAMES_H
#define QUERN_NAMES_H
#include <quern/base.h>

typedef struct qn_names qn_names;

/* An empty table for at most `limit` words (numbers 1..limit; limit <= 65535); NULL when out of
 * memory. */
qn_names *qn_names_new(unsigned limit);
void qn_names_free(qn_names *);

/* The number of a word, made if it is new; 0 when the table is full or memory is out. Any
 * thread. */
uint16_t qn_names_get(qn_names *, qn_str word);
/* The number of a word, or 0 when it was never made. Any thread. */
uint16_t qn_names_find(qn_names *, qn_str word);
/* The word, NUL-terminated, valid until qn_names_free; empty for 0 or an unknown number. Any
 * thread, no lock. */
qn_str qn_names_text(const qn_names *, uint16_t number);
/* How many numbers are in use: the last one given out. Any thread. */
unsigned qn_names_count(const qn_names *);
#endif
