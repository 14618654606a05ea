/* SPDX-License-Identifier: MIT */
/* plugins/gazetteer/context.h - does what stands around a listed name agree that it is meant? Only
 * asked for shipped lists: an operator's word is law. */
#ifndef GAZETTEER_CONTEXT_H
#define GAZETTEER_CONTEXT_H
#include <quern/record.h>

#include "text/phrases.h"

/* A record as it is walked. */
typedef struct gazetteer_text {
    qn_str text;
    const qn_layer *tokens;
} gazetteer_text;

/* Is token i among words in capitals (a headline, a dateline)? */
int gazetteer_shouts(const gazetteer_text *, uint32_t i);
/* Tokens [i, end) are a name by a shipped list: does the context agree? */
int gazetteer_agrees(const gazetteer_text *, uint32_t i, uint32_t end, const qn_phrase *);
#endif
