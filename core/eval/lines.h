/* SPDX-License-Identifier: MIT */
/* core/eval/lines.h - floor 5: clean-up judged line by line: which lines of a raw text are still in
 * what came out, and was that right? */
#ifndef QUERN_EVAL_LINES_H
#define QUERN_EVAL_LINES_H
#include "eval/doc.h"
#include "eval/measure.h"

/* Counts dropped lines (the positive class: tp rightly dropped, fp real lines lost, fn junk left)
 * of one document into out. A line is kept when the text, read in order, still holds it: compared
 * by its ASCII letters and digits, or nearly so (nine tenths), for a repaired one. 0 when out of
 * memory. */
int eval_lines(const eval_doc *gold, qn_str text, eval_count *out);
#endif
