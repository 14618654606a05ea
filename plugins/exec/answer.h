/* SPDX-License-Identifier: MIT */
/* plugins/exec/answer.h - records as JSON lines for a program, and what it answers back into
 * records. */
#ifndef EXEC_ANSWER_H
#define EXEC_ANSWER_H
#include <quern/host.h>

#include "text/json_write.h"

enum { EXEC_ENTS, EXEC_SENTS, EXEC_TOKENS, EXEC_LAYERS };

/* What is sent, and in which unit offsets are. */
typedef struct exec_form {
    qn_layer_id layer[EXEC_LAYERS]; /* as they are read; 0: nobody makes it */
    qn_layer_id make[EXEC_LAYERS];  /* as they are written */
    int send[EXEC_LAYERS], meta;
    int bytes; /* offsets are bytes, not code points */
    qn_name rule;
} exec_form;

/* Appends {"i":I,"id":...,"text":...} and a line end. */
void exec_question(qn_jsonw *, qn_ctx *, const exec_form *, const qn_record *, uint32_t i);

/* Reads "i" of an answer; -1 when it has none. 0 when it is no JSON object, with why[n]. */
int exec_answer_number(qn_str line, long *i, char *why, size_t n);

/* Carries an answer out: text or edits, layers, metadata, "drop", "error". QN_OK; QN_E_DATA with
 * why[n] when it is not what it should be, the record being as it was but for metadata; QN_E_NOMEM.
 */
qn_status exec_answer(qn_ctx *, const exec_form *, qn_record *, qn_str line, char *why, size_t n);
#endif
