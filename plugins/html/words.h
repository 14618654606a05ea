/* SPDX-License-Identifier: MIT */
/* plugins/html/words.h - what the attributes of an element say about its text. */
#ifndef HTML_WORDS_H
#define HTML_WORDS_H
#include "tokenize.h"

/* Flags of page.h for the start tag. */
uint32_t html_element_flags(const char *p, const struct html_token *tag);
#endif
