/* SPDX-License-Identifier: MIT */
/* plugins/mentions/again.h - known names found again where no stage saw them. */
#ifndef MENTIONS_AGAIN_H
#define MENTIONS_AGAIN_H
#include "forms.h"

/* Which rules are on. */
typedef struct mentions_rules {
    int acronyms, surnames, repeats, halves;
    qn_name gpe;
} mentions_rules;

/* Takes an answer; 0 stops. */
typedef int (*mentions_take)(void *arg, uint32_t beg, uint32_t end, qn_name label);

/* Looks through the tokens that no entity covers. 0 when `take` returned 0. */
int mentions_again(const forms *, const mentions_rules *, qn_str text, const qn_layer *ents,
                   const qn_layer *tokens, const qn_layer *sents, mentions_take take, void *arg);
#endif
