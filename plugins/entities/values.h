/* SPDX-License-Identifier: MIT */
/* plugins/entities/values.h - DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL by rules over
 * tokens, with the modifiers that belong to them ("at least 20,000", "the past two months"). */
#ifndef ENTITIES_VALUES_H
#define ENTITIES_VALUES_H
#include "words.h"

/* Gives an answer for every value in the document. Linear in its words. */
void values_find(words *);
#endif
