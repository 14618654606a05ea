/* SPDX-License-Identifier: MIT */
/* plugins/html/tags.c - see tags.h. */
#include "tags.h"

#include <string.h>

enum { LONGEST = 10 };

static const struct {
    const char *name;
    unsigned what;
} tags[HTML_TAG_COUNT] = {{"", 0},
#define X(id, name, what) {name, what},
                          HTML_TAGS(X)
#undef X
};

enum html_tag html_tag_find(const char *name, size_t n)
{
    char low[LONGEST + 1];
    unsigned lo = 1, hi = HTML_TAG_COUNT;
    if (n > LONGEST) return HTML_T_NONE;
    for (size_t i = 0; i < n; i++)
        low[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 32 : name[i]);
    low[n] = '\0';
    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        int c = strcmp(tags[mid].name, low);
        if (c == 0) return (enum html_tag)mid;
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return HTML_T_NONE;
}

unsigned html_tag_what(enum html_tag tag)
{
    return tags[tag].what;
}

const char *html_tag_name(enum html_tag tag)
{
    return tags[tag].name;
}
