/* SPDX-License-Identifier: MIT */
/* core/page/page.c - see page.h. */
#include "page/page.h"

const char page_title[] = "title", page_body[] = "body";

void page_write(html *h, const char *const *page, const char *title, void (*body)(html *, void *),
                void *with)
{
    for (; *page && h->st == QN_OK; page++) {
        if (*page == page_title)
            html_words(h, title);
        else if (*page == page_body)
            body(h, with);
        else
            html_put(h, *page);
    }
}
