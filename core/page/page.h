/* SPDX-License-Identifier: MIT */
/* core/page/page.h - floor 5: the pages of `quern view` and `quern report`, whose files beside this
 * one tools/make-page.py has made into pieces of C. */
#ifndef QUERN_PAGE_PAGE_H
#define QUERN_PAGE_PAGE_H
#include "page/html.h"

/* In their order, a NULL at the end; where it is one of the two marks below (the pointer itself),
 * the title or what the page is about goes. */
extern const char *const view_page[], *const report_page[];
extern const char page_title[], page_body[];

/* Writes the pieces, the title, and what `body` writes. h->st tells. */
void page_write(html *h, const char *const *page, const char *title, void (*body)(html *, void *),
                void *with);
#endif
