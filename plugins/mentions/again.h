/* SPDX-License-Identifier: MIT */
/* plugins/mentions/again.h - known names found again where no stage saw them. */
#ifndef MENTIONS_AGAIN_H
#define MENTIONS_AGAIN_H
#include "forms.h"

/* Takes an answer; 0 stops. */
typedef int (*mentions_take)(void *arg, uint32_t beg, uint32_t end, qn_name label);

/* Looks through the tokens that no entity covers for short forms and, with `repeats`, for whole
 * names. 0 when `take` returned 0. */
int mentions_again(const forms *, int repeats, qn_str text, const qn_layer *ents,
                   const qn_layer *tokens, const qn_layer *sents, mentions_take take, void *arg);
#endif
