/* SPDX-License-Identifier: MIT */
/* core/suggest.c - see suggest.h. */
#include "suggest.h"

#include <string.h>

enum { LONGEST = 64 }; /* names are shorter; anything longer is not a typing error of one */

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned qn_word_distance(const char *a, const char *b, unsigned limit)
{
    unsigned row[3][LONGEST + 1];
    size_t na = strlen(a), nb = strlen(b), i, j;
    if (na > LONGEST || nb > LONGEST) return limit + 1;
    for (j = 0; j <= nb; j++)
        row[0][j] = (unsigned)j;
    for (i = 1; i <= na; i++) {
        unsigned *now = row[i % 3], *before = row[(i + 2) % 3], *two = row[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (j = 1; j <= nb; j++) {
            now[j] =
                least(before[j - 1] + (a[i - 1] != b[j - 1]), least(before[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], two[j - 2] + 1);
        }
    }
    return row[na % 3][nb] > limit ? limit + 1 : row[na % 3][nb];
}

void qn_suggest_start(qn_suggest *s, const char *wrong)
{
    s->wrong = wrong;
    s->best = NULL;
    s->distance = 2 + (unsigned)strlen(wrong) / 4;
}

void qn_suggest_try(qn_suggest *s, const char *known)
{
    unsigned d = qn_word_distance(s->wrong, known, s->distance);
    size_t n = strlen(s->wrong), k = strlen(known);
    /* Two short words always differ by little: at least half of the letters must agree. */
    if (d < s->distance && 2 * d <= (n > k ? n : k)) {
        s->distance = d;
        s->best = known;
    }
}
