/* SPDX-License-Identifier: MIT */
/* core/page/view.h - the page of `quern view` in pieces. */
#ifndef QUERN_PAGE_VIEW_H
#define QUERN_PAGE_VIEW_H

/* In their order, a NULL at the end; where it is one of the two marks below (the pointer itself),
 * the title or the documents go. */
extern const char *const view_page[];
extern const char view_title[], view_documents[];
#endif
