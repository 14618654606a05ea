/* SPDX-License-Identifier: MIT */
/* plugins/entities/names.h - names by lists and by rules: titles, head words ("University",
 * "River"), first names, and what stands around a run of capitals. */
#ifndef ENTITIES_NAMES_H
#define ENTITIES_NAMES_H
#include "words.h"

/* Gives an answer for every listed name, and for runs of capitals that a rule knows. */
void names_find(words *);
#endif
