/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/quick.c - the few repairs that most dirty text needs (no-break spaces, CRLF,
 * soft hyphens, ligatures, the commonest mojibake), done on the bytes when the neighbours are
 * plain ASCII, so that the context cannot matter. Says exactly what the long way would say. */
#include "cells.h"

#include <string.h>

static bool plain(unsigned char c)
{
    return c > ' ' && c < 0x7F && c != '&' && c != ';';
}

/* Could the word around i hold a character reference that a deletion would complete? */
static bool reference_near(const struct fixtext_pass *f, size_t i, size_t floor)
{
    for (size_t k = i; k > floor && i - k < 40; k--)
        if (f->text[k - 1] == '&')
            return true;
        else if (f->text[k - 1] == ' ' || f->text[k - 1] == '\n')
            return false;
    return i - floor >= 40;
}

struct fix {
    uint8_t rule, n; /* bytes of the source */
    const char *with;
};

static struct fix one_char(const struct fixtext_options *o, const unsigned char *p)
{
    static const char *const ligature[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    struct fix none = {0, 0, ""};
    if (p[0] == 0xC2 && p[1] == 0xA0 && o->spaces) return (struct fix){FIXTEXT_R_SPACE, 2, " "};
    if (p[0] == 0xC2 && p[1] == 0xAD && o->invisible)
        return (struct fix){FIXTEXT_R_INVISIBLE, 2, ""};
    if (p[0] == 0xE2 && p[1] == 0x80 && p[2] == 0x8B && o->invisible)
        return (struct fix){FIXTEXT_R_INVISIBLE, 3, ""};
    if (p[0] == 0xE2 && p[1] == 0x80 && (p[2] < 0x8B || p[2] == 0xAF) && o->spaces)
        return (struct fix){FIXTEXT_R_SPACE, 3, " "};
    if (p[0] == 0xEF && p[1] == 0xAC && p[2] <= 0x86 && o->ligatures)
        return (struct fix){FIXTEXT_R_LIGATURE, 3, ligature[p[2] - 0x80]};
    return none;
}

/* "â€™" and its like: windows-1252 of E2 80 xx. out[3] gets the character. */
static struct fix sure_mojibake(const struct fixtext_pass *f, size_t i, char *out)
{
    static const unsigned char head[] = {0xC3, 0xA2, 0xE2, 0x82, 0xAC};
    const struct fixtext_options *o = f->opt;
    struct fix none = {0, 0, ""};
    unsigned len;
    unsigned byte;
    if (!o->mojibake || o->quotes || o->dashes || f->n - i < 12 ||
        memcmp(f->text + i, head, sizeof head) != 0 || (unsigned char)f->text[i + 5] < 0xC2)
        return none;
    byte = fixtext_char(fixtext_decode(f->text, f->n, i + 5, &len))->byte[FIXTEXT_CP1252];
    if (byte < 0x93 || (byte > 0x9D && byte != 0xA6) || (byte > 0x94 && byte < 0x98)) return none;
    out[0] = (char)0xE2;
    out[1] = (char)0x80;
    out[2] = (char)byte;
    return (struct fix){FIXTEXT_R_MOJIBAKE, (uint8_t)(5 + len), out};
}

/* "cafÃ©": a Latin-1 letter in a lower-case word. */
static struct fix accented(const struct fixtext_pass *f, size_t i, char *out)
{
    const unsigned char *p = (const unsigned char *)f->text + i;
    struct fix none = {0, 0, ""};
    if (!f->opt->mojibake || f->n - i < 5 || p[0] != 0xC3 || p[1] != 0x83 || p[2] != 0xC2 ||
        p[3] < 0xA1 || p[3] == 0xA5 || p[3] == 0xAD || !i || p[-1] < 'a' || p[-1] > 'z')
        return none;
    out[0] = (char)0xC3;
    out[1] = (char)p[3];
    out[2] = 0;
    return (struct fix){FIXTEXT_R_MOJIBAKE, 4, out};
}

/* Are both neighbours ones that cannot matter? Beside mojibake a space is one. */
static bool apart(const unsigned char *p, size_t n, enum fixtext_rule rule)
{
    bool space = rule == FIXTEXT_R_MOJIBAKE;
    return (plain(p[-1]) || (space && p[-1] == ' ')) &&
           (plain(p[n]) || (space && p[n] == ' ' && plain(p[n + 1])));
}

size_t fixtext_quick(struct fixtext_pass *f, size_t i, size_t floor, int *rc)
{
    const unsigned char *p = (const unsigned char *)f->text + i;
    struct fix x;
    char out[4] = "";
    *rc = 0;
    if (i <= floor || f->n - i < 6 || p[0] == '&') return 0;
    if (p[0] == '\r' && p[1] == '\n' && plain(p[-1]) && f->opt->newlines) {
        *rc = f->emit(f->arg, (uint32_t)i, (uint32_t)i + 1, "", 0, FIXTEXT_R_NEWLINE);
        return 2;
    }
    if (p[0] < 0xC2) return 0;
    x = one_char(f->opt, p);
    if (!x.n) x = accented(f, i, out);
    if (!x.n) x = sure_mojibake(f, i, out);
    if (!x.n || f->n - i < x.n + 2u || !apart(p, x.n, (enum fixtext_rule)x.rule) ||
        (x.rule != FIXTEXT_R_SPACE && reference_near(f, i, floor)))
        return 0;
    *rc = f->emit(f->arg, (uint32_t)i, (uint32_t)(i + x.n), x.with, strlen(x.with),
                  (enum fixtext_rule)x.rule);
    return x.n;
}
