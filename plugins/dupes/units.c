/* SPDX-License-Identifier: MIT */
/* plugins/dupes/units.c - see units.h. Matches are looked up by a keyed hash and compared byte by
 * byte, so that no text is slow and no two that differ are ever taken for the same. */
#include "units.h"

#include <stdlib.h>

#include "text/chars.h"
#include "text/utf8.h"

enum { VERSE_LINES = 2, VERSE_WIDTH = 50 }; /* verse: mean width of the lines of a paragraph */

static int add(struct dupes_units *u, struct dupes_unit unit)
{
    if (u->n == u->cap) {
        uint32_t cap = u->cap ? u->cap * 2 : 64;
        struct dupes_unit *v = realloc(u->v, cap * sizeof *v);
        if (!v) return 0;
        u->v = v;
        u->cap = cap;
    }
    u->v[u->n++] = unit;
    return 1;
}

/* The line that begins at `at`, without white space at its ends; blank when beg == end. */
static struct dupes_unit line_at(const char *p, size_t n, size_t at)
{
    const char *nl = memchr(p + at, '\n', n - at);
    size_t end = nl ? (size_t)(nl - p) : n, beg = at, k;
    struct dupes_unit l = {.line_end = (uint32_t)(nl ? end + 1 : end)};
    while (beg < end && (k = qn_space_at(p + beg, end - beg)) > 0)
        beg += k;
    while (end > beg) {
        k = qn_char_prev(p, end);
        if (!qn_space_at(p + k, end - k)) break;
        end = k;
    }
    l.beg = (uint32_t)beg;
    l.end = (uint32_t)end;
    return l;
}

/* A paragraph is over: its lines, from `first` on, become one unit unless lines were asked for. */
static void end_paragraph(struct dupes_units *u, const char *p, uint32_t first, int join)
{
    size_t width = 0;
    uint32_t i, lines = u->n - first;
    uint8_t verse;
    if (!lines) return;
    for (i = first; i < u->n; i++)
        width += qn_utf8_count(p + u->v[i].beg, u->v[i].end - u->v[i].beg);
    verse = lines >= VERSE_LINES && width <= (size_t)lines * VERSE_WIDTH;
    for (i = first; i < u->n; i++)
        u->v[i].verse = verse;
    if (!join) return;
    u->v[first].end = u->v[u->n - 1].end;
    u->v[first].line_end = u->v[u->n - 1].line_end;
    u->n = first + 1;
}

int dupes_units_read(struct dupes_units *u, const char *p, size_t n, int paragraphs)
{
    size_t at = 0;
    uint32_t first = 0;
    u->n = 0;
    while (at < n) {
        struct dupes_unit l = line_at(p, n, at);
        if (l.beg == l.end) {
            end_paragraph(u, p, first, paragraphs);
            first = u->n;
        } else if (!add(u, l)) {
            return 0;
        }
        at = l.line_end;
    }
    end_paragraph(u, p, first, paragraphs);
    return 1;
}

static int make_slots(struct dupes_units *u)
{
    uint32_t want = 64;
    while (want < u->n * 2)
        want *= 2;
    if (want > u->nslot) {
        free(u->slot);
        u->slot = malloc(want * sizeof *u->slot);
        u->nslot = u->slot ? want : 0;
    }
    if (u->slot) memset(u->slot, 0, want * sizeof *u->slot);
    return u->slot ? (int)want : 0;
}

int dupes_units_match(struct dupes_units *u, const char *p, dupes_hash key, uint32_t min_chars,
                      int keep_verse)
{
    uint32_t i, at, mask = (uint32_t)make_slots(u) - 1;
    if (!u->slot) return 0;
    for (i = 0; i < u->n; i++) {
        struct dupes_unit *x = &u->v[i], *y = NULL;
        size_t len = x->end - x->beg;
        if (len < min_chars || qn_utf8_count(p + x->beg, len) < min_chars) continue;
        if (keep_verse && x->verse) continue;
        at = (uint32_t)dupes_sip(key, p + x->beg, len).a & mask;
        for (; u->slot[at]; at = (at + 1) & mask) {
            y = &u->v[u->slot[at] - 1];
            if (y->end - y->beg == len && memcmp(p + y->beg, p + x->beg, len) == 0) break;
        }
        if (u->slot[at])
            x->again = 1;
        else
            u->slot[at] = i + 1;
    }
    return 1;
}

void dupes_units_free(struct dupes_units *u)
{
    free(u->v);
    free(u->slot);
    memset(u, 0, sizeof *u);
}
