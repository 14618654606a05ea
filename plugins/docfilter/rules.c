/* SPDX-License-Identifier: MIT */
/* plugins/docfilter/rules.c - the limits as published: Gopher (Rae and others 2021, tables A1 and
 * A2), C4 (Raffel and others 2020, section 2.2), FineWeb (Penedo and others 2024, section 3.6). */
#include "signals.h"

#include <math.h>

const char *const docfilter_signal_name[DF_SIGNALS] = {
    "words",          "word_length",         "hashes",    "ellipses",
    "bullet_lines",   "ellipsis_lines",      "end_lines", "short_lines",
    "alpha_words",    "stop_words",          "dup_lines", "dup_line_chars",
    "dup_paragraphs", "dup_paragraph_chars", "newlines",  "sentences",
    "braces",         "lorem_ipsum",         "top_2gram", "top_3gram",
    "top_4gram",      "dup_5gram",           "dup_6gram", "dup_7gram",
    "dup_8gram",      "dup_9gram",           "dup_10gram"};

#define NONE INFINITY
const struct docfilter_rule docfilter_rules[] = {
    {"gopher-words", DF_GOPHER, DF_WORDS, 50, 100000},
    {"gopher-word-length", DF_GOPHER, DF_WORD_LENGTH, 3, 10},
    {"gopher-hashes", DF_GOPHER, DF_HASHES, 0, 0.1},
    {"gopher-ellipses", DF_GOPHER, DF_ELLIPSES, 0, 0.1},
    {"gopher-bullet-lines", DF_GOPHER, DF_BULLET_LINES, 0, 0.9},
    {"gopher-ellipsis-lines", DF_GOPHER, DF_ELLIPSIS_LINES, 0, 0.3},
    {"gopher-alpha-words", DF_GOPHER, DF_ALPHA_WORDS, 0.8, NONE},
    {"gopher-stop-words", DF_GOPHER, DF_STOP_WORDS, 2, NONE},
    {"gopher-dup-lines", DF_GOPHER, DF_DUP_LINES, 0, 0.3},
    {"gopher-dup-paragraphs", DF_GOPHER, DF_DUP_PARAGRAPHS, 0, 0.3},
    {"gopher-dup-line-chars", DF_GOPHER, DF_DUP_LINE_CHARS, 0, 0.2},
    {"gopher-dup-paragraph-chars", DF_GOPHER, DF_DUP_PARAGRAPH_CHARS, 0, 0.2},
    {"gopher-top-2gram", DF_GOPHER, DF_TOP_2GRAM, 0, 0.20},
    {"gopher-top-3gram", DF_GOPHER, DF_TOP_3GRAM, 0, 0.18},
    {"gopher-top-4gram", DF_GOPHER, DF_TOP_4GRAM, 0, 0.16},
    {"gopher-dup-5gram", DF_GOPHER, DF_DUP_5GRAM, 0, 0.15},
    {"gopher-dup-6gram", DF_GOPHER, DF_DUP_6GRAM, 0, 0.14},
    {"gopher-dup-7gram", DF_GOPHER, DF_DUP_7GRAM, 0, 0.13},
    {"gopher-dup-8gram", DF_GOPHER, DF_DUP_8GRAM, 0, 0.12},
    {"gopher-dup-9gram", DF_GOPHER, DF_DUP_9GRAM, 0, 0.11},
    {"gopher-dup-10gram", DF_GOPHER, DF_DUP_10GRAM, 0, 0.10},
    {"c4-sentences", DF_C4, DF_SENTENCES, 3, NONE},
    {"c4-braces", DF_C4, DF_BRACES, 0, 0},
    {"c4-lorem-ipsum", DF_C4, DF_LOREM_IPSUM, 0, 0},
    {"fineweb-end-lines", DF_FINEWEB, DF_END_LINES, 0.12, NONE},
    {"fineweb-short-lines", DF_FINEWEB, DF_SHORT_LINES, 0, 0.67},
    {"fineweb-dup-line-chars", DF_FINEWEB, DF_DUP_LINE_CHARS, 0, 0.01},
    {"fineweb-newlines", DF_FINEWEB, DF_NEWLINES, 0, 0.3},
    {0}};
