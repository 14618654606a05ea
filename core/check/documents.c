/* SPDX-License-Identifier: MIT */
/* core/check/documents.c - documents that plugins stumble over. All are UTF-8: the host sees to
 * that. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/check.h"

static const char news[] = "Getty Images\nThe ferry of Velo left the harbour on Tuesday, 12 May "
                           "2024, and did not come back, "
                           "Mayor Ana Lopes said. \"We paid $2,000 (£1,585) for it,\" she told "
                           "Reuters.\n\nMs. Lopes, 47, runs the "
                           "Harbour Council of Velo (HCV). The HCV's phone is +44 20 7946 0018, "
                           "its mail a@velo.example.\nShare this "
                           "article\nIt rained for two hours in Orrin, France; 5.5% of the 1.28 "
                           "million people there were wet.\n";

/* Short ones, each a trap. */
static const struct {
    const char *what, *text;
    size_t n;
} traps[] = {
#define TRAP(what, text)                                                                           \
    {                                                                                              \
        what, text, sizeof(text) - 1                                                               \
    }
    TRAP("no text at all", ""),
    TRAP("one byte", "a"),
    TRAP("one blank", " "),
    TRAP("nothing but line ends", "\n\n\n\r\n\r\n\n"),
    TRAP("no line end at the end", "One line. Another"),
    TRAP("line ends of every kind", "a\r\nb\rc\nd\xC2\x85"
                                    "e\xE2\x80\xA8"
                                    "f\xE2\x80\xA9g\v\f"),
    TRAP("NUL and other controls", "a\0b\x01\x1F\x7F\0\0c"),
    TRAP("characters of every length", "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF\xEF"
                                       "\xBF\xBF\xEF\xBF\xBE\xEF\xBB\xBFz"),
    TRAP("combining marks, joiners, directions",
         "e\xCC\x81\xCC\x81\xCC\x81 \xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9 \xE2\x80\xAE"
         "abc\xE2\x80\xAC \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xCC\x81"),
    TRAP("scripts without blanks", "\xE4\xB8\xAD\xE6\x96\x87\xE3\x80\x82\xE6\x97\xA5\xE6\x9C\xAC"
                                   "\xE3\x80\x82\xE0\xB8\xA0\xE0\xB8\xB2"),
    TRAP("nothing but marks", "...!!!???\"\"''(((()))){}[]<>&&&;;::--__**//\\\\"),
    TRAP("news", ""),
#undef TRAP
};
enum { TRAPS = sizeof traps / sizeof *traps, BIG = 10 << 20 };

static const struct {
    const char *what, *unit;
} large[] = {
    {"10 MB on one line", "words without an end and "},
    {"10 MB without a blank", "x"},
    {"10 MB of stops", "."},
    {"100,000 short sentences with names", "Ana Lopes of Velo paid $5. "},
};
enum { LARGE = sizeof large / sizeof *large };

static char *repeat(const char *unit, size_t size)
{
    const size_t k = strlen(unit);
    char *p = malloc(size + 1);
    size_t i;
    if (!p) return NULL;
    for (i = 0; i < size; i++)
        p[i] = unit[i % k];
    p[size] = '\0';
    return p;
}

const char *check_document_name(int i)
{
    return i < TRAPS ? traps[i].what : i < TRAPS + LARGE ? large[i - TRAPS].what : NULL;
}

int check_document_make(int i, check_document *d)
{
    if (i >= TRAPS + LARGE) return 0;
    d->what = check_document_name(i);
    if (i >= TRAPS) {
        d->n = i == TRAPS + 3 ? 100000 * strlen(large[3].unit) : BIG;
        d->text = repeat(large[i - TRAPS].unit, d->n);
        return d->text != NULL;
    }
    d->n = i == TRAPS - 1 ? sizeof news - 1 : traps[i].n;
    d->text = malloc(d->n + 1);
    if (d->text) memcpy(d->text, i == TRAPS - 1 ? news : traps[i].text, d->n);
    return d->text != NULL;
}

static uint64_t next(uint64_t *seed)
{
    uint64_t z = *seed += 0x9E3779B97F4A7C15u; /* SplitMix64 */
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

int check_document_random(uint64_t seed, check_document *d)
{
    enum { PIECES = 60, MOST = 4096 };
    const size_t pieces = 1 + next(&seed) % PIECES;
    size_t i;
    d->what = "random";
    d->n = 0;
    d->text = malloc(MOST);
    if (!d->text) return 0;
    for (i = 0; i < pieces; i++) {
        const size_t t = next(&seed) % TRAPS;
        const char *from = t == TRAPS - 1 ? news : traps[t].text;
        size_t n = t == TRAPS - 1 ? sizeof news - 1 : traps[t].n, beg = n ? next(&seed) % n : 0,
               len;
        while (beg && (from[beg] & 0xC0) == 0x80)
            beg--;
        len = n > beg ? 1 + next(&seed) % (n - beg) : 0;
        while (beg + len < n && (from[beg + len] & 0xC0) == 0x80)
            len++;
        if (d->n + len > MOST) break;
        memcpy(d->text + d->n, from + beg, len);
        d->n += len;
    }
    return 1;
}
