/* SPDX-License-Identifier: MIT */
/* plugins/entities/mentions.h - the document as a whole: who and what was named in full is known
 * again by surname and acronym. */
#ifndef ENTITIES_MENTIONS_H
#define ENTITIES_MENTIONS_H
#include "words.h"

/* Adds answers for short forms of the names among the (resolved) answers. */
void mentions_find(words *);
#endif
