/* SPDX-License-Identifier: MIT */
/* plugins/summarize/headline.c - see headline.h. */
#include "headline.h"

enum { FEWEST = 5 }; /* words that a headline keeps, whatever is cut */

static int blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static uint32_t count_words(qn_str text, uint32_t beg, uint32_t end)
{
    uint32_t i, n = 0;
    for (i = beg; i < end; i++)
        n += !blank(text.p[i]) && (i == beg || blank(text.p[i - 1]));
    return n;
}

/* 1 when word stands at text[at, end). */
static int here(qn_str text, uint32_t at, uint32_t end, const char *word)
{
    size_t n = strlen(word);
    return end - at >= n && memcmp(text.p + at, word, n) == 0;
}

/* Length of a dash with blanks around it at text[at, end), or 0. */
static uint32_t dash(qn_str text, uint32_t at, uint32_t end)
{
    static const char *const dashes[] = {" - ", " -- ", " \xE2\x80\x93 ", " \xE2\x80\x94 "};
    size_t i;
    for (i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (here(text, at, end, dashes[i])) return (uint32_t)strlen(dashes[i]);
    return 0;
}

/* "SEOUL, South Korea (AP) - ": behind the dash of an opening whose first word is in capitals. */
static uint32_t skip_dateline(qn_str text, qn_range s)
{
    enum { LONGEST = 90 };
    uint32_t i, n, capitals = 0;
    for (i = s.beg; i < s.end && !blank(text.p[i]) && text.p[i] != ','; i++) {
        if (text.p[i] >= 'a' && text.p[i] <= 'z') return s.beg;
        capitals += text.p[i] >= 'A' && text.p[i] <= 'Z';
    }
    if (capitals < 2) return s.beg;
    for (; i < s.end && i - s.beg < LONGEST; i++)
        if ((n = dash(text, i, s.end)) != 0)
            return count_words(text, i + n, s.end) >= FEWEST ? i + n : s.beg;
    return s.beg;
}

/* Without the end mark; a question keeps its own. */
static uint32_t cut_stop(qn_str text, uint32_t beg, uint32_t end)
{
    while (end > beg + 1 && (text.p[end - 1] == '.' || blank(text.p[end - 1])))
        end--;
    return end;
}

static int attribution(qn_str text, uint32_t at, uint32_t end)
{
    static const char *const verbs[] = {" said",     " says",      " told ", " according to ",
                                        " reported", " announced", " wrote", " added",
                                        " warned",   " confirmed", " spokes"};
    size_t i;
    uint32_t k;
    for (k = at; k < end; k++)
        for (i = 0; i < sizeof verbs / sizeof *verbs; i++)
            if (here(text, k, end, verbs[i])) return 1;
    return 0;
}

/* ", the council said on Friday": from the last comma, if somebody says something behind it. */
static uint32_t cut_attribution(qn_str text, uint32_t beg, uint32_t end)
{
    enum { LONGEST = 12 };
    uint32_t i;
    for (i = end; i > beg; i--) {
        if (text.p[i - 1] != ',') continue;
        if (count_words(text, i, end) > LONGEST || count_words(text, beg, i - 1) < FEWEST) break;
        if (attribution(text, i, end)) return i - 1;
    }
    return end;
}

/* From the first side clause that leaves words enough. */
static uint32_t cut_clause(qn_str text, uint32_t beg, uint32_t end)
{
    static const char *const openers[] = {
        "; ",     ", which ", ", who ", ", where ", ", while ", ", after ",   ", as ",
        ", but ", ", with ",  ", and ", ", when ",  ", amid ",  ", despite ", ", according "};
    uint32_t i;
    size_t k;
    for (i = beg; i < end; i++) {
        if (text.p[i] != ',' && text.p[i] != ';' && text.p[i] != ' ') continue;
        if (count_words(text, beg, i) < FEWEST) continue;
        if (dash(text, i, end)) return i;
        for (k = 0; k < sizeof openers / sizeof *openers; k++)
            if (here(text, i, end, openers[k])) return i;
    }
    return end;
}

qn_range summ_headline(qn_str text, qn_range whole, uint32_t words)
{
    qn_range s = whole;
    s.beg = skip_dateline(text, s);
    s.end = cut_stop(text, s.beg, s.end);
    s.end = cut_attribution(text, s.beg, s.end);
    if (count_words(text, s.beg, s.end) > words) s.end = cut_clause(text, s.beg, s.end);
    return s;
}
