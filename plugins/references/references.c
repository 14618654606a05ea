/* SPDX-License-Identifier: MIT */
/* plugins/references/references.c - see references.h. */
#include "references.h"

#include <stddef.h>
#include <string.h>

const struct reference *reference_named(const char *name)
{
    unsigned lo = 0, hi = references_count;
    while (lo < hi) {
        const unsigned mid = (lo + hi) / 2;
        const int c = strcmp(references[mid].name, name);
        if (c == 0) return &references[mid];
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

uint32_t reference_number(uint32_t v)
{
    static const uint16_t c1[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                    0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
    if (v > 0x10FFFF || (v >= 0xD800 && v < 0xE000)) return 0;
    return v >= 0x80 && v < 0xA0 ? c1[v - 0x80] : v;
}
