/* SPDX-License-Identifier: MIT */
/* plugins/summarize/weights.h - what each feature counts by default, as text for the option
 * table. Written by tools/tune-summarize; models/README.md says from what. */
#ifndef SUMMARIZE_WEIGHTS_H
#define SUMMARIZE_WEIGHTS_H
#define W_FORWARD  "1"
#define W_BACKWARD "-1"
#define W_POSITION "1.75"
#define W_FIRST    "-0.8"
#define W_BRIEF    "-1.2"
#define W_LENGTHY  "-0.1"
#define W_QUESTION "-0.4"
#define W_QUOTE    "-0.65"
#define W_PRONOUN  "-0.1"
#define W_CAPTION  "-0.5"
#define W_ENTITIES "0.45"
#define W_FIGURES  "0.95"
#define W_TITLE    "0"
#define W_MMR      "0.4"
#endif
