/* SPDX-License-Identifier: MIT */
/* plugins/sentences/language.c - which lexicon and which decider a language has: English the model,
 * the others the rules. */
#include "decide.h"
#include "model.h"
#include "split.h"

#include <string.h>

static int by_model(void *arg, const gap *g)
{
    (void)arg;
    return sentences_score(g, &sentences_english);
}

static int first_look(void *arg, const gap *g)
{
    (void)arg;
    return sentences_early(g, &sentences_english);
}

static int by_rules(void *arg, const gap *g)
{
    (void)arg;
    return sentences_rules(g);
}

static int by_german_rules(void *arg, const gap *g)
{
    (void)arg;
    return sentences_is_ordinal(g) ? -DECIDE_SURE : sentences_rules(g);
}

int sentences_language(sentences_params *p, const char *language)
{
    p->lex.table = sentences_find_lexicon(language);
    p->decide = strcmp(language, "en") == 0   ? by_model
                : strcmp(language, "de") == 0 ? by_german_rules
                                              : by_rules;
    p->early = strcmp(language, "en") == 0 ? first_look : NULL;
    return p->lex.table ? 0 : -1;
}
