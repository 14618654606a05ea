/* SPDX-License-Identifier: MIT */
/* plugins/junklines/rules.h - the sure rules: patterns over words, read from rule files, found by
 * a hash of their first or last word and never tried one after the other. */
#ifndef JUNKLINES_RULES_H
#define JUNKLINES_RULES_H
#include "words.h"

/* Where in its document a line stands, for rules that are only sure there. */
enum { JUNKLINES_TOP = 1, JUNKLINES_BOTTOM = 2 };

enum { JUNKLINES_NONE = -1, JUNKLINES_KEEP = -2 };

struct junklines_rules;

/* An empty set; NULL when out of memory. */
struct junklines_rules *junklines_rules_new(void);
void junklines_rules_free(struct junklines_rules *r);

/* Adds a rule file's text. 0; else the number of the line that is wrong and why in *why (a
 * constant), or -1 when out of memory. */
int junklines_rules_add(struct junklines_rules *r, const char *text, size_t n, const char **why);
/* To be called once, after the last file. False when out of memory. */
bool junklines_rules_ready(struct junklines_rules *r);

unsigned junklines_classes(const struct junklines_rules *r);
/* "credit" */
const char *junklines_class(const struct junklines_rules *r, unsigned i);

/* The class of the line, JUNKLINES_KEEP when a keep rule says that it stays, JUNKLINES_NONE when
 * no rule knows it. */
int junklines_match(const struct junklines_rules *r, struct junklines_words *w, unsigned where);
#endif
