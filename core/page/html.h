/* SPDX-License-Identifier: MIT */
/* core/page/html.h - floor 5: HTML written piece by piece, so that no text can be taken for
 * markup. After an error nothing more is written; html.st tells. */
#ifndef QUERN_PAGE_HTML_H
#define QUERN_PAGE_HTML_H
#include "out.h"

typedef struct html {
    qn_out *out;
    qn_status st; /* QN_OK, or the first error of out, with why */
    char why[1024];
} html;

/* Markup of the program's own, or what is safe already. */
void html_bytes(html *, const char *p, size_t n);
void html_put(html *, const char *markup);
void html_putf(html *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A text of anybody's: escaped, controls as their names' signs (U+2400 and on). */
void html_text(html *, qn_str text);
void html_words(html *, const char *text);
/* 1234567 as "1,234,567". */
void html_count(html *, uint64_t n);
#endif
