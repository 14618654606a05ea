/* SPDX-License-Identifier: MIT */
/* plugins/sentences/decide.h - does a sentence end at a gap? Two deciders: rules, for any language
 * with a lexicon, and a linear model, for English. Positive means yes; the size is confidence. */
#ifndef SENTENCES_DECIDE_H
#define SENTENCES_DECIDE_H
#include "gap.h"

enum { DECIDE_SURE = 4096 };

int sentences_rules(const gap *g);
#endif
