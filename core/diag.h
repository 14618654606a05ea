/* SPDX-License-Identifier: MIT */
/* core/diag.h - floor 1: mistakes found in configs, collected in one go and shown with their
 * place. Main thread only. */
#ifndef QUERN_DIAG_H
#define QUERN_DIAG_H
#include <stddef.h>
#include <stdio.h>

typedef struct qn_diags qn_diags;

/* Where something stands. A place with file NULL is nowhere in a file (the command line). */
typedef struct qn_place {
    const char *file;
    unsigned line, col; /* from 1; columns count code points */
    unsigned len;       /* code points to mark, at least 1 */
    const char *text;   /* start of the source line (ends at '\n' or NUL), or NULL */
} qn_place;

typedef enum qn_diag_format { QN_DIAG_TEXT, QN_DIAG_GNU, QN_DIAG_JSON } qn_diag_format;

/* One row per error code; the table ends with a NULL code. */
typedef struct qn_diag_code {
    const char *code, *title, *text;
} qn_diag_code;
extern const qn_diag_code qn_diag_codes[];
const qn_diag_code *qn_diag_code_find(const char *code);

qn_diags *qn_diags_new(void);
void qn_diags_free(qn_diags *);

/* Adds an error, or with a code that starts with 'W' a warning. `note` stands beside the mark,
 * `help` on a line of its own; both may be NULL. All strings are copied. When memory runs out the
 * list still knows that there was an error. */
void qn_diag(qn_diags *, const char *code, const qn_place *, const char *note, const char *help,
             const char *fmt, ...) __attribute__((format(printf, 6, 7)));

size_t qn_diags_errors(const qn_diags *);
size_t qn_diags_warnings(const qn_diags *);
/* Code of the i-th in the order found; NULL behind the last. */
const char *qn_diags_code(const qn_diags *, size_t i);
/* The i-th as it stands in the list: strings are the list's, at.text is NULL. 0 behind the last. */
typedef struct qn_diag_seen {
    const char *code, *message, *note, *help;
    qn_place at;
} qn_diag_seen;
int qn_diags_see(const qn_diags *, size_t i, qn_diag_seen *);
/* Sorts by place, as qn_diags_print does. */
void qn_diags_sort(qn_diags *);
/* 1 when an error stands at this place already: the first one is the cause. */
int qn_diags_at(const qn_diags *, const qn_place *);

/* Shows all, sorted by place, 20 at most, and says how many more there are.
 * text: message, source line, caret; gnu: file:line:col: error: message [code]; json: one object
 * a line. */
void qn_diags_print(qn_diags *, FILE *, qn_diag_format, int color);
/* Parses text|gnu|json; 0 when it is none of them. */
int qn_diag_format_parse(const char *word, qn_diag_format *);
#endif
