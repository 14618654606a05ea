/* SPDX-License-Identifier: MIT */
/* core/eval/stem.h - floor 5: the Porter stemmer for English (M. F. Porter: An algorithm for suffix
 * stripping, Program 14(3), 1980) with the later additions that NLTK and with it every published
 * ROUGE figure uses: irregular words, "ies" and "ied" of short words, "alli", "fulli", "logi". */
#ifndef QUERN_EVAL_STEM_H
#define QUERN_EVAL_STEM_H
#include <stddef.h>

/* Stems w[0, n), which is a-z and 0-9 only, in place; the new length. It may write one byte past
 * w[n - 1] at most, never past the old length. */
size_t eval_stem(char *w, size_t n);
#endif
