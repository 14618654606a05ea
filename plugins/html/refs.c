/* SPDX-License-Identifier: MIT */
/* plugins/html/refs.c - see refs.h. The names come from plugins/references. */
#include "refs.h"

#include "references/references.h"

#include <string.h>

enum { LONGEST_NAME = REFERENCES_LONGEST, LONGEST_BARE = 6 };

/* The names that count without a semicolon, too: those of Latin-1 and of the markup. */
static const char bare[] =
    " AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT "
    "Iacute Icirc Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN "
    "Uacute "
    "Ucirc Ugrave Uuml Yacute aacute acirc acute aelig agrave amp aring atilde auml brvbar ccedil "
    "cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt iacute "
    "icirc iexcl igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ograve "
    "ordf ordm oslash otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig "
    "thorn times uacute ucirc ugrave uml uuml yacute yen yuml ";

static size_t put(uint32_t c, char *out)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 63));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 63));
        out[2] = (char)(0x80 | (c & 63));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 63));
    out[2] = (char)(0x80 | (c >> 6 & 63));
    out[3] = (char)(0x80 | (c & 63));
    return 4;
}

static int is_alnum(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9');
}

static int counts_bare(const char *name, size_t n)
{
    char word[LONGEST_BARE + 3] = " ";
    memcpy(word + 1, name, n);
    word[n + 1] = ' ';
    word[n + 2] = '\0';
    return strstr(bare, word) != NULL;
}

static uint32_t digit(char c)
{
    if (c >= '0' && c <= '9') return (uint32_t)(c - '0');
    return (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)((c | 32) - 'a' + 10) : 16;
}

static size_t numeric(const char *p, size_t n, char *out, size_t *len)
{
    uint32_t base = n > 2 && (p[2] | 32) == 'x' ? 16 : 10, v = 0, c;
    size_t i = base == 16 ? 3 : 2, first = i;
    for (; i < n && digit(p[i]) < base; i++)
        if (v <= 0x10FFFF) v = v * base + digit(p[i]);
    if (i == first) return 0;
    c = reference_number(v);
    *len = put(c ? c : 0xFFFD, out);
    return i < n && p[i] == ';' ? i + 1 : i;
}

size_t html_reference(const char *p, size_t n, int in_attribute, char out[HTML_REF_BYTES],
                      size_t *len)
{
    char name[LONGEST_NAME + 1];
    const struct reference *e = NULL;
    size_t k = 0, used;
    if (n > 1 && p[1] == '#') return numeric(p, n, out, len);
    while (k < LONGEST_NAME && k + 1 < n && is_alnum(p[k + 1])) {
        name[k] = p[k + 1];
        k++;
    }
    name[k] = '\0';
    if (k && k + 1 < n && p[k + 1] == ';' && (e = reference_named(name)) != NULL) {
        used = k + 2;
    } else {
        if (k > LONGEST_BARE) k = LONGEST_BARE;
        while (k > 1 && !counts_bare(name, k))
            k--;
        if (k < 2) return 0;
        name[k] = '\0';
        e = reference_named(name);
        used = k + 1;
        if (!e || (in_attribute && used < n && (p[used] == '=' || is_alnum(p[used])))) return 0;
    }
    *len = put(e->cp[0], out);
    if (e->cp[1]) *len += put(e->cp[1], out + *len);
    return used;
}

size_t html_plain(const char *p, size_t n, int in_attribute, char *out)
{
    size_t m = 0, len = 0;
    for (size_t i = 0; i < n;) {
        char ref[HTML_REF_BYTES];
        size_t used = p[i] == '&' ? html_reference(p + i, n - i, in_attribute, ref, &len) : 0;
        if (!used) {
            ref[0] = p[i];
            len = used = 1;
        }
        i += used;
        if (len == 1 && (unsigned char)ref[0] <= ' ') {
            if (m && out[m - 1] != ' ') out[m++] = ' ';
            continue;
        }
        memcpy(out + m, ref, len);
        m += len;
    }
    while (m && out[m - 1] == ' ')
        m--;
    return m;
}
