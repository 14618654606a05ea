/* SPDX-License-Identifier: MIT */
/* plugins/keyphrases/weights.h - what each feature counts by default, as text for the option
 * table. Written by tools/tune-keyphrases; models/README.md says from what. */
#ifndef KEYPHRASES_WEIGHTS_H
#define KEYPHRASES_WEIGHTS_H
#define W_COUNT    "1"
#define W_EARLY    "0.6"
#define W_SPREAD   "0.65"
#define W_CAPITALS "0.05"
#define W_PAIR     "-0.3"
#define W_LONG     "-0.2"
#define W_ENTITY   "0.35"
#define W_WORDS    "0.3"
#define W_ACRONYM  "0.05"
#define W_LETTERS  "1.25"
#define W_OVERLAP  "0.8"
#endif
