/* SPDX-License-Identifier: MIT */
/* plugins/summarize/weights.h - what each feature counts by default, as text for the option
 * table. Written by tools/tune-summarize; models/README.md says from what. */
#ifndef SUMMARIZE_WEIGHTS_H
#define SUMMARIZE_WEIGHTS_H
#define W_FORWARD  "1"
#define W_BACKWARD "-1.1"
#define W_POSITION "1"
#define W_FIRST    "-0.5"
#define W_BRIEF    "-0.45"
#define W_LENGTHY  "-0.25"
#define W_QUESTION "-0.4"
#define W_QUOTE    "-0.7"
#define W_PRONOUN  "-0.1"
#define W_CAPTION  "-1"
#define W_ENTITIES "-0.15"
#define W_FIGURES  "-0.2"
#define W_TITLE    "0"
#define W_MMR      "0.45"
#endif
