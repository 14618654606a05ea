/* SPDX-License-Identifier: MIT */
/* plugins/sentences/decide.h - does a sentence end at a gap? Two deciders: rules, for any language
 * with a lexicon, and a linear model, for English. Positive means yes; the size is confidence. */
#ifndef SENTENCES_DECIDE_H
#define SENTENCES_DECIDE_H
#include "gap.h"

enum { DECIDE_SURE = 4096 };

/* What holds whatever a decider thinks: negative for no cut, positive for a cut, 0 when the decider
 * is to be asked. */
int sentences_guard(const gap *g);

/* 1 for the stop of a plain word before a capital, of which sentences_guard has nothing to say:
 * only the near words need be known. */
int sentences_is_plain_stop(gap *g, const char *text, const sentences_lexicon *lex);

int sentences_rules(const gap *g);

/* "Der 2. Versuch": in German a number with a stop counts, and nouns have capitals. */
int sentences_is_ordinal(const gap *g);
#endif
