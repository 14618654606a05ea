/* SPDX-License-Identifier: MIT */
/* plugins/mask/phone.c - phone numbers by how they are written: with + or 00, with the area code in
 * North America's way, with a leading 0, or behind a word such as "call". A date never is one. */
#include "find.h"

#include <string.h>
#include <strings.h>

enum { DIGITS_MAX = 15, GROUPS_MAX = 8, LENGTH_MAX = 28, CUE_BACK = 28 };

struct number {
    char digit[DIGITS_MAX + 1];
    unsigned nd, ng;
    unsigned group[GROUPS_MAX];
    char separator[GROUPS_MAX]; /* before each group: the sign that matters, 0 none */
    int plus, paren;
    size_t end;
};

/* What stands between two groups: at most three signs of these; returns their number. */
static size_t gap(const char *p, size_t n, size_t at, char *sign)
{
    size_t k = 0;
    *sign = 0;
    while (at + k < n && k < 3 && p[at + k] && strchr(" -./()", p[at + k])) {
        if (p[at + k] != ' ' || !*sign) *sign = p[at + k];
        k++;
    }
    return k && at + k < n && mask_digit(p[at + k]) ? k : 0;
}

/* Reads the digits and groups that begin at p[at]; 0 when they cannot be a phone number. */
static int read_number(const char *p, size_t n, size_t at, struct number *out)
{
    size_t i = at, k;
    char sign = 0;
    memset(out, 0, sizeof *out);
    if (p[i] == '+') out->plus = 1, i++;
    if (i < n && p[i] == '(') out->paren = 1, i++;
    if (i >= n || !mask_digit(p[i])) return 0;
    do {
        if (out->ng == GROUPS_MAX) return 0;
        out->separator[out->ng] = sign;
        for (; i < n && mask_digit(p[i]); i++) {
            if (out->nd == DIGITS_MAX) return 0;
            out->digit[out->nd++] = p[i];
            out->group[out->ng]++;
        }
        if (out->ng == 0 && out->paren && (i == n || p[i] != ')')) return 0;
        out->ng++;
        out->end = i;
        k = gap(p, n, i, &sign);
        i += k;
    } while (k && i - at < LENGTH_MAX);
    return 1;
}

/* Nothing of the same number stands on either side. */
static int alone(const char *p, size_t n, size_t beg, size_t end)
{
    char before = beg ? p[beg - 1] : ' ', after = end < n ? p[end] : ' ';
    if (mask_alnum(before) || !before || strchr(".,-/_#=@&$%\\", before)) return 0;
    if (before == ':' && beg > 1 && mask_digit(p[beg - 2])) return 0;
    if ((unsigned char)before >= 0x80 && beg > 1 && mask_digit(p[beg - 2])) return 0;
    if (mask_alnum(after) || !after || strchr("@%_$", after)) return 0;
    return !(strchr(".,-:/", after) && end + 1 < n && mask_digit(p[end + 1]));
}

/* 2024-01-05, 5.1.2024 or 05/01/24, whatever follows. */
static int is_date(const struct number *x)
{
    const unsigned *g = x->group;
    if (x->ng < 3 || x->paren || x->plus) return 0;
    if (x->separator[1] != x->separator[2]) return 0;
    if (g[0] == 4 && g[1] <= 2 && g[2] <= 2) return 1;
    return g[0] <= 2 && g[1] <= 2 && (g[2] == 4 || (g[2] == 2 && x->separator[1] != ' '));
}

/* 12 345 678 or 12.345.678: thousands. */
static int is_amount(const struct number *x)
{
    unsigned i;
    if (x->plus || x->paren || x->digit[0] == '0' || x->ng < 2 || x->group[0] > 3) return 0;
    for (i = 1; i < x->ng; i++)
        if (x->group[i] != 3) return 0;
    return 1;
}

/* (212) 555-0123, 212-555-0123, 1-212-555-0123; blanks alone do not say enough. */
static int north_american(const struct number *x)
{
    unsigned one = x->ng == 4 && x->group[0] == 1 && x->digit[0] == '1';
    const unsigned *g = x->group + one;
    const char *d = x->digit + one;
    if (x->ng != 3 + one || g[0] != 3 || g[1] != 3 || g[2] != 4) return 0;
    if (d[0] < '2' || d[3] < '2') return 0;
    return x->paren || one || x->separator[2] != ' ';
}

/* 020 7946 0958, 030/1234567, 01 23 45 67 89 */
static int trunk(const struct number *x)
{
    return x->digit[0] == '0' && x->digit[1] != '0' && x->nd >= 9 && x->nd <= 12 && x->ng >= 2 &&
           x->group[0] >= 2;
}

/* 1 when a word close before p[at] announces a phone number. */
static int cued(const char *p, size_t at)
{
    static const char *const cue[] = {"tel",       "phone",     "call",    "fax",      "mobile",
                                      "cell",      "telephone", "telefon", "tlf",      "whatsapp",
                                      "hotline",   "helpline",  "handy",   "telefono", "telefone",
                                      "téléphone", "tél",       "ring",    "dial",     "contact"};
    static const char *const between[] = {"us", "on", "at", "number", "no", "is", "nr", "line"};
    size_t end = at, beg, i, words;
    for (words = 0; words < 3; words++) {
        while (end && at - end < CUE_BACK && p[end - 1] && strchr(" .:(", p[end - 1]))
            end--;
        for (beg = end; beg && at - beg < CUE_BACK &&
                        (mask_letter(p[beg - 1]) || (unsigned char)p[beg - 1] >= 0x80);
             beg--) {
        }
        for (i = 0; i < sizeof cue / sizeof *cue; i++)
            if (strlen(cue[i]) == end - beg && !strncasecmp(p + beg, cue[i], end - beg)) return 1;
        for (i = 0; i < sizeof between / sizeof *between; i++)
            if (strlen(between[i]) == end - beg && !strncasecmp(p + beg, between[i], end - beg))
                break;
        if (i == sizeof between / sizeof *between) return 0;
        end = beg;
    }
    return 0;
}

static int is_phone(const char *p, size_t at, const struct number *x)
{
    if (x->plus) return x->nd >= 8 && x->digit[0] != '0';
    if (is_date(x)) return 0;
    if (x->digit[0] == '0' && x->digit[1] == '0' && x->digit[2] != '0')
        return x->nd >= 11 && (x->group[0] == 2 || x->group[0] >= 4);
    if (north_american(x) || trunk(x)) return 1;
    return x->nd >= 7 && !is_amount(x) && cued(p, at);
}

size_t mask_phone_at(const char *p, size_t n, size_t at)
{
    struct number x;
    if (!mask_digit(p[at]) && p[at] != '+' && p[at] != '(') return 0;
    if (!read_number(p, n, at, &x)) return 0;
    if (!alone(p, n, at, x.end) || !is_phone(p, at, &x)) return 0;
    return x.end - at;
}
