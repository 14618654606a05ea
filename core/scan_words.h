/* SPDX-License-Identifier: MIT */
/* core/scan_words.h - floor 2: what names, numbers and strings look like in libconfig's language.
 * Pure functions over NUL-terminated text. */
#ifndef QUERN_SCAN_WORDS_H
#define QUERN_SCAN_WORDS_H
#include <stddef.h>

/* A word is what stands without quotes: a name, a number, true or false, or a mistake. */
int qn_is_word(char c);
const char *qn_word_end(const char *p);
/* Names have fewer characters than words: what libconfig takes for one. */
int qn_is_name_start(char c);
const char *qn_name_end(const char *p);
/* Is p to end a whole number, or one with a point or an exponent? */
int qn_is_integer(const char *p, const char *end);
int qn_is_float(const char *p, const char *end);
/* 1 when the whole text is one number, whether or not it fits. */
int qn_is_number(const char *text);
/* Where the string that opens at `open` ends: at its closing quote, or at the end of the line when
 * it has none. An escape never reaches over that end. */
const char *qn_string_end(const char *open);
/* One escape at p, behind the backslash; its byte or -1. *n: characters it takes. */
int qn_escape(const char *p, size_t *n);
#endif
