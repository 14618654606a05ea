/* SPDX-License-Identifier: MIT */
/* plugins/references/references.h - the character references of HTML: what names and numbers stand
 * for. A library of fixtext and html. Pure. */
#ifndef REFERENCES_H
#define REFERENCES_H
#include <stdint.h>

enum { REFERENCES_LONGEST = 32 }; /* bytes of a name */

struct reference {
    const char *name;
    uint32_t cp[2]; /* one or two characters; else 0 */
};

extern const unsigned references_count;
extern const struct reference references[]; /* sorted by name */

/* The reference of a name, as in "eacute" of "&eacute;"; NULL. */
const struct reference *reference_named(const char *name);
/* What the number of a reference stands for: the standard reads those of the C1 controls as
 * windows-1252; 0 for what is no character. */
uint32_t reference_number(uint32_t v);
#endif
