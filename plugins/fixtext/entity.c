/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/entity.c - HTML character references that a web copy left in the text. */
#include "cells.h"
#include "references/references.h"

#include <string.h>

enum { NAME_MAX_LEN = REFERENCES_LONGEST + 1 };

/* Does the text hold a tag? Then references are its author's business. Looked up once. */
static bool has_markup(struct fixtext_pass *f)
{
    const char *p = f->text, *end = f->text + f->n;
    if (f->markup >= 0) return f->markup;
    f->markup = 0;
    while (p < end && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        p++;
        if (p < end && ((*p | 32) >= 'a' ? (*p | 32) <= 'z' : *p == '/' || *p == '!')) {
            f->markup = 1;
            break;
        }
    }
    return f->markup;
}

/* "EACUTE" for "Eacute": copies in capitals have those; 0 when it is none. */
static uint32_t shouted(const char *name, size_t n)
{
    char low[NAME_MAX_LEN + 1];
    const struct reference *e;
    for (size_t i = 0; i <= n; i++) {
        if (name[i] >= 'a' && name[i] <= 'z') return 0;
        low[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' && i ? name[i] | 32 : name[i]);
    }
    e = reference_named(low);
    return e && !e->cp[1] && e->cp[0] >= 0xC0 && e->cp[0] < 0x180 ? e->cp[0] : 0;
}

static uint32_t numeric(const char *s)
{
    unsigned base = 10, digits = 0;
    uint32_t v = 0;
    if (*s == 'x' || *s == 'X') {
        base = 16;
        s++;
    }
    for (; *s; s++, digits++) {
        unsigned d = *s <= '9' ? (unsigned)(*s - '0') : (unsigned)((*s | 32) - 'a' + 10);
        if (d >= base || v > 0x110000) return 0;
        v = v * base + d;
    }
    return digits ? reference_number(v) : 0;
}

/* The reference whose '&' is cell i: characters in cp[2], number of cells as the result; 0 when
 * there is none. */
static size_t reference(const struct fixtext_pass *f, size_t i, uint32_t cp[2])
{
    const struct fixtext_cell *v = f->in.v;
    const struct reference *e;
    char name[NAME_MAX_LEN + 1];
    size_t n = 0, k;
    for (k = i + 1; k < f->in.n && v[k].cp != ';'; k++) {
        if (n == NAME_MAX_LEN || v[k].cp >= 0x80 || v[k].cp <= ' ') return 0;
        name[n++] = (char)v[k].cp;
    }
    if (k >= f->in.n || !n) return 0;
    name[n] = 0;
    cp[1] = 0;
    if (name[0] == '#') return (cp[0] = numeric(name + 1)) ? k - i + 1 : 0;
    if ((e = reference_named(name)) != NULL) {
        cp[0] = e->cp[0];
        cp[1] = e->cp[1];
        return k - i + 1;
    }
    return (cp[0] = shouted(name, n)) ? k - i + 1 : 0;
}

bool fixtext_entities(struct fixtext_pass *f)
{
    struct fixtext_cell *v = f->in.v;
    size_t i, len = 0;
    uint32_t cp[2];
    for (i = 0; i < f->in.n; i++)
        if (v[i].cp == '&' && (len = reference(f, i, cp)) != 0) break;
    if (!len || (f->opt->entities == FIXTEXT_ENT_AUTO && has_markup(f)) ||
        !fixtext_start(f, f->in.n + 1))
        return false;
    for (i = 0; i < f->in.n;) {
        len = v[i].cp == '&' ? reference(f, i, cp) : 0;
        if (!len) {
            fixtext_keep(f, &v[i++]);
        } else if (cp[0] == '&') {
            /* "&amp;amp;": what comes out may start another reference */
            v[i + len - 1].beg = v[i].beg;
            v[i + len - 1].gap = v[i].gap;
            v[i + len - 1].rule = v[i].rule ? v[i].rule : FIXTEXT_R_ENTITY;
            v[i + len - 1].cp = '&';
            i += len - 1;
            if (!reference(f, i, cp)) fixtext_keep(f, &v[i++]);
        } else {
            struct fixtext_cell rest = v[i + len - 1];
            fixtext_put(f, cp[0], &v[i], &v[i + len - 1], FIXTEXT_R_ENTITY);
            rest.beg = rest.end;
            rest.gap = 0;
            rest.rule = f->out.v[f->out.n - 1].rule;
            rest.cp = cp[1];
            if (cp[1]) fixtext_keep(f, &rest);
            i += len;
        }
    }
    fixtext_finish(f);
    return true;
}
