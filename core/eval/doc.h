/* SPDX-License-Identifier: MIT */
/* core/eval/doc.h - floor 5: records read back from a file of JSON lines (plain or packed), with
 * whatever can be scored in them: spans, summaries, key phrases, lines. */
#ifndef QUERN_EVAL_DOC_H
#define QUERN_EVAL_DOC_H
#include <quern/base.h>

#include "names.h"
#include "tree.h"

enum { EVAL_ENTS = 0, EVAL_SENTS, EVAL_TOKENS, EVAL_HEADINGS, EVAL_LAYERS };

/* Offsets in code points of the document's own text. */
typedef struct eval_span {
    uint32_t beg, end;
    uint16_t label; /* a number of the names table; 0 for sentences and tokens */
} eval_span;

/* Spans of one kind; `given`: the key was there, even if it holds none. */
typedef struct eval_layer {
    eval_span *v;
    uint32_t n;
    int given;
} eval_layer;

typedef struct eval_strings {
    qn_str *v;
    uint32_t n;
    int given;
} eval_strings;

typedef enum eval_line_label { EVAL_KEEP, EVAL_DROP, EVAL_BLANK } eval_line_label;

/* A line of a raw text that clean-up should keep or drop. */
typedef struct eval_line {
    qn_str text;
    eval_line_label label;
} eval_line;

typedef struct eval_doc {
    qn_str id, text;
    qn_str group;    /* what --by asked for, "" where the record has none */
    uint32_t points; /* code points of text */
    eval_layer layer[EVAL_LAYERS];
    eval_strings refs, keys; /* reference summaries; key phrases, best first */
    qn_str summary;
    int has_summary;
    eval_line *line;
    uint32_t nline;
    int has_lines;
} eval_doc;

typedef struct eval_docs {
    const char *path;
    qn_pool *pool; /* everything here lives in it */
    eval_doc *v;
    size_t n;
    size_t *by_id; /* order of ids, for eval_doc_find */
} eval_docs;

/* Which offsets a file has, and the member (of the record or its "meta") that groups it. */
typedef struct eval_reading {
    int bytes;      /* offsets are UTF-8 bytes, not code points */
    const char *by; /* or NULL */
} eval_reading;

/* Reads a whole file; "-" is standard input. QN_OK; else `why` names path, line and what is
 * wrong, and nothing is left to free. */
qn_status eval_docs_read(eval_docs *docs, const char *path, const eval_reading *how,
                         qn_names *labels, char *why, size_t nwhy);
void eval_docs_free(eval_docs *docs);
/* The first document with that id, or NULL. */
const eval_doc *eval_doc_find(const eval_docs *docs, qn_str id);
#endif
