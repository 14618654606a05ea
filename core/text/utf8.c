/* SPDX-License-Identifier: MIT */
/* core/text/utf8.c - see utf8.h. */
#include "text/utf8.h"

#include <stdint.h>
#include <string.h>

size_t qn_utf8_ascii(const char *p, size_t n)
{
    size_t i = 0;
    uint64_t w;
    for (; i + 8 <= n; i += 8) {
        memcpy(&w, p + i, 8);
        if (w & UINT64_C(0x8080808080808080)) break;
    }
    while (i < n && (unsigned char)p[i] < 0x80)
        i++;
    return i;
}

size_t qn_utf8_valid(const char *p, size_t n)
{
    size_t i = 0;
    while (i < n) {
        unsigned char c = (unsigned char)p[i];
        size_t len, k;
        unsigned lo = 0x80, hi = 0xBF;
        if (c < 0x80) {
            i += qn_utf8_ascii(p + i, n - i);
            continue;
        }
        if (c < 0xC2 || c > 0xF4) return i;
        len = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (n - i < len) return i;
        if (c == 0xE0)
            lo = 0xA0;
        else if (c == 0xED)
            hi = 0x9F;
        else if (c == 0xF0)
            lo = 0x90;
        else if (c == 0xF4)
            hi = 0x8F;
        if ((unsigned char)p[i + 1] < lo || (unsigned char)p[i + 1] > hi) return i;
        for (k = 2; k < len; k++)
            if (((unsigned char)p[i + k] & 0xC0) != 0x80) return i;
        i += len;
    }
    return n;
}
