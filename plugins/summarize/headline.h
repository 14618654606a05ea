/* SPDX-License-Identifier: MIT */
/* plugins/summarize/headline.h - what of a sentence can stand as a headline: without dateline,
 * attribution and side clauses. */
#ifndef SUMMARIZE_HEADLINE_H
#define SUMMARIZE_HEADLINE_H
#include <quern/base.h>

/* The part of the sentence text[whole) to show; side clauses go while it has more than `words`
 * words. Never empty when the sentence is not. */
qn_range summ_headline(qn_str text, qn_range whole, uint32_t words);
#endif
