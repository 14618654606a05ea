/* SPDX-License-Identifier: MIT */
/* plugins/unwrap/wrap.h - the lines of a text, and which line ends were put in only because the
 * line was full. Pure functions. */
#ifndef QUERN_UNWRAP_WRAP_H
#define QUERN_UNWRAP_WRAP_H
#include <stddef.h>
#include <stdint.h>

enum unwrap_join {
    UNWRAP_KEEP = 0,
    UNWRAP_SPACE,    /* the line end becomes a blank */
    UNWRAP_NOTHING,  /* it goes: between characters of scripts without blanks */
    UNWRAP_HYPHEN,   /* it goes with the hyphen before it */
    UNWRAP_COMPOUND, /* it goes, the hyphen stays */
};

struct unwrap_line {
    uint32_t beg, end;                  /* without white space at its ends */
    uint32_t indent, width, first_word; /* in characters; width with the indent */
    uint8_t
        fixed; /* a heading, list, table, quotation, code or signature: no line end near it goes */
    uint8_t join; /* enum unwrap_join: what becomes of its line end */
};

struct unwrap_doc {
    struct unwrap_line *v;
    uint32_t n, cap;
    uint32_t indent; /* of most lines */
    uint64_t *word;  /* open hash of the words of the text */
    size_t nslot, capslot;
    uint64_t key; /* of that hash; should be random */
};

/* Decides each line's `join` in the valid UTF-8 p[0, n). always: also where the widths of the lines
 * do not show that the text was wrapped. 0: out of memory. Linear. */
int unwrap_read(struct unwrap_doc *d, const char *p, size_t n, int always, int hyphens);
void unwrap_free(struct unwrap_doc *d);
#endif
