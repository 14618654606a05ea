/* SPDX-License-Identifier: MIT */
/* plugins/sentences/layout.h - how a text is set: one paragraph a line, or lines wrapped at a
 * width. What a single line end means depends on it. */
#ifndef SENTENCES_LAYOUT_H
#define SENTENCES_LAYOUT_H
#include <stdint.h>

enum { NARROWEST_WRAP = 25 }; /* nobody wraps lines shorter than that: they are items of a list */

typedef struct text_layout {
    uint32_t breaks; /* single line ends: neither blank lines nor the end of the text */
    uint32_t width;  /* code points of the longest line, outliers left out */
    uint8_t full;    /* sixteenths of the breaks whose next word had no room on the line */
    uint8_t lower;   /* sixteenths of the breaks before a lower-case letter */
    uint8_t wrapped; /* 1 when the line ends look like a width's, not the writer's */
} text_layout;

/* Measures a whole text in two passes; adds the bytes looked at to *work. */
void sentences_layout(const char *text, uint32_t n, text_layout *out, uint64_t *work);
#endif
