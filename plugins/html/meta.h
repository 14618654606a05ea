/* SPDX-License-Identifier: MIT */
/* plugins/html/meta.h - what a page says about its article: JSON-LD, Open Graph, meta tags. */
#ifndef HTML_META_H
#define HTML_META_H
#include "page.h"

#include <quern/base.h>

enum html_field { HTML_TITLE, HTML_BYLINE, HTML_PUBLISHED, HTML_LANGUAGE, HTML_FIELDS };

/* Of the places that a page says a thing at, the surest that is there. The strings lie in `room`,
 * which holds html_meta_room bytes; empty: not said. */
size_t html_meta_room(const struct html_page *g);
void html_meta(const struct html_page *g, char *room, qn_str out[HTML_FIELDS]);
#endif
