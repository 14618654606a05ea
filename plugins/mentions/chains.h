/* SPDX-License-Identifier: MIT */
/* plugins/mentions/chains.h - which mentions are of one and the same thing, and which label it has.
 */
#ifndef MENTIONS_CHAINS_H
#define MENTIONS_CHAINS_H
#include "forms.h"

/* Gives mentions of one name one label, where most of them agree; a surname that is also taken for
 * something else becomes a person, "the North" of North Korea a country. Changes the layer's labels
 * and flags them as found by mentions. Returns how many. */
uint32_t chains_relabel(const forms *, qn_layer *ents, qn_name person);

/* Numbers the mentions' chains, from 1 in the order of the names they begin with; returns how many
 * there are. A chain's full name is the text of the first mention that gave it its number. */
uint32_t chains_number(forms *, qn_name person);
#endif
