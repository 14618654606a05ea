/* SPDX-License-Identifier: MIT */
/* plugins/sentences/layout.c - see layout.h. A line end was made by wrapping when the next
 * line's first word had no room: length + 1 + word > width. Writers rarely hit that by chance. */
#include "layout.h"

#include "text/chars.h"
#include "text/utf8.h"

#include <string.h>

enum { WIDEST = 255, WRAP_LIMIT = 200, WORD_LIMIT = 64 };

typedef struct line {
    uint32_t beg, end; /* without the line end and without blanks at its edges */
    uint32_t next;     /* start of the next line's text, blanks skipped */
    int single;        /* 1: a text line follows directly */
} line;

static uint32_t width_of(const char *p, uint32_t n)
{
    return (uint32_t)qn_utf8_count(p, n);
}

/* The line that starts at `at`; returns where the following one starts. */
static uint32_t get_line(const char *text, uint32_t n, uint32_t at, line *l)
{
    const char *nl = memchr(text + at, '\n', n - at);
    uint32_t end = nl ? (uint32_t)(nl - text) : n, stop = end;
    while (at < end && (text[at] == ' ' || text[at] == '\t'))
        at++;
    while (end > at && (text[end - 1] == ' ' || text[end - 1] == '\t' || text[end - 1] == '\r'))
        end--;
    l->beg = at;
    l->end = end;
    l->next = stop < n ? stop + 1 : n;
    while (l->next < n && (text[l->next] == ' ' || text[l->next] == '\t' || text[l->next] == '\r'))
        l->next++;
    l->single = end > at && l->next < n && text[l->next] != '\n';
    return stop < n ? stop + 1 : n;
}

static uint32_t widest_line(const char *text, uint32_t n, uint32_t *breaks)
{
    uint32_t histogram[WIDEST + 1] = {0}, lines = 0, at = 0, outliers, w;
    line l;
    *breaks = 0;
    while (at < n) {
        at = get_line(text, n, at, &l);
        if (l.end == l.beg) continue;
        w = width_of(text + l.beg, l.end - l.beg);
        histogram[w < WIDEST ? w : WIDEST]++;
        lines++;
        *breaks += (uint32_t)l.single;
    }
    outliers = lines / 25;
    for (w = WIDEST; w > 0 && histogram[w] <= outliers; w--)
        outliers -= histogram[w];
    return w;
}

static uint32_t first_word(const char *text, uint32_t n, uint32_t at)
{
    uint32_t end = at;
    while (end < n && end - at < WORD_LIMIT && (unsigned char)text[end] > ' ')
        end++;
    return width_of(text + at, end - at);
}

void sentences_layout(const char *text, uint32_t n, text_layout *out, uint64_t *work)
{
    uint32_t full = 0, lower = 0, at = 0;
    unsigned len;
    line l;
    memset(out, 0, sizeof *out);
    *work += n;
    out->width = widest_line(text, n, &out->breaks);
    if (!out->breaks || out->width > WRAP_LIMIT) return;
    *work += n;
    while (at < n) {
        at = get_line(text, n, at, &l);
        if (!l.single) continue;
        full +=
            width_of(text + l.beg, l.end - l.beg) + 1 + first_word(text, n, l.next) > out->width;
        lower += qn_char_class(qn_char_get(text + l.next, &len)) == QN_CH_LOWER;
    }
    out->full = (uint8_t)((uint64_t)full * 16 / out->breaks);
    out->lower = (uint8_t)((uint64_t)lower * 16 / out->breaks);
    out->wrapped =
        out->width >= NARROWEST_WRAP && (out->full >= 10 || (out->full >= 5 && out->lower >= 4));
}
