/* SPDX-License-Identifier: MIT */
/* core/report/page.h - floor 6: the report as HTML with drawings in SVG. */
#ifndef QUERN_REPORT_PAGE_H
#define QUERN_REPORT_PAGE_H
#include "page/html.h"
#include "report/corpus.h"
#include "report/stages.h"

/* The body of the page; run may be NULL. The corpus has been ended. h->st tells. */
void report_body(html *h, const report_corpus *c, const report_run *run);
#endif
