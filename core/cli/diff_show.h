/* SPDX-License-Identifier: MIT */
/* core/cli/diff_show.h - floor 7: where quern diff tells what it found: the terminal, or a page. */
#ifndef QUERN_CLI_DIFF_SHOW_H
#define QUERN_CLI_DIFF_SHOW_H
#include "eval/changes.h"
#include "eval/doc.h"
#include "page/html.h"

/* One difference after another, those of a document behind each other. */
typedef struct diff_show diff_show;
struct diff_show {
    void (*document)(diff_show *, qn_str id);
    void (*only)(diff_show *, char mark); /* '-': only A has it; '+': only B */
    void (*texts)(diff_show *, const char *what, qn_str a, qn_str b, const eval_change *v,
                  size_t n);
    void (*span)(diff_show *, char mark, qn_str label, qn_str text, size_t beg, size_t end);
    void (*tokens)(diff_show *, unsigned n);
    void (*phrases)(diff_show *, const eval_strings *a, const eval_strings *b);
};

/* Where to cut near a place: the next byte from there on, or back from there, that begins a
 * character. */
size_t diff_cut_after(qn_str, size_t at);
size_t diff_cut_before(qn_str, size_t at);
int diff_blank(qn_str); /* white space and nothing else, but not nothing */

/* On standard output. */
extern const diff_show diff_show_text;

/* On a page: sections with headings, for the body of `report_page`. */
typedef struct diff_page {
    diff_show show;
    html *h;
    int section, list; /* open */
} diff_page;
void diff_page_begin(diff_page *, html *);
void diff_page_end(diff_page *);
#endif
