/* SPDX-License-Identifier: MIT */
/* core/text/chars.h - floor 0: single characters of valid UTF-8: decoding, class, case. Pure
 * functions; Latin, Greek, Cyrillic, Armenian and Hebrew by table, the rest by block. */
#ifndef QUERN_TEXT_CHARS_H
#define QUERN_TEXT_CHARS_H
#include <stddef.h>
#include <stdint.h>

enum qn_char_class {
    QN_CH_OTHER = 0, /* symbols, controls, emoji */
    QN_CH_SPACE,     /* White_Space, and U+001C..1F */
    QN_CH_LOWER,
    QN_CH_UPPER,  /* title case, too */
    QN_CH_LETTER, /* without case; combining marks, too */
    QN_CH_DIGIT,
    QN_CH_PUNCT
};

/* The code point at p and, in *len, its bytes. p must point at the start of one; of valid UTF-8
 * nothing past it is read. Any thread. */
static inline uint32_t qn_char_get(const char *p, unsigned *len)
{
    const unsigned char *s = (const unsigned char *)p;
    if (s[0] < 0x80) {
        *len = 1;
        return s[0];
    }
    if (s[0] < 0xE0) {
        *len = 2;
        return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    }
    if (s[0] < 0xF0) {
        *len = 3;
        return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    }
    *len = 4;
    return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 |
           (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
}

/* The start of the code point that ends before p[at]; at > 0. Any thread. */
static inline size_t qn_char_prev(const char *p, size_t at)
{
    do
        at--;
    while (at && ((unsigned char)p[at] & 0xC0) == 0x80);
    return at;
}

/* enum qn_char_class of the code points below 0x80, and of any. */
extern const uint8_t qn_char_ascii[128];
int qn_char_class_of(uint32_t cp);

/* enum qn_char_class of a code point. Any thread. */
static inline int qn_char_class(uint32_t cp)
{
    return cp < 0x80 ? qn_char_ascii[cp] : qn_char_class_of(cp);
}

/* The lower-case form, where it is below U+0600 or a regular pair; else the same. Any thread. */
uint32_t qn_char_fold(uint32_t cp);

/* Bytes of the white-space character at p[0, n), 0 when it is none (or n is 0). Any thread. */
static inline unsigned qn_space_at(const char *p, size_t n)
{
    unsigned char c = n ? (unsigned char)p[0] : 'x';
    unsigned len;
    if (c <= 0x20) return c == 0x20 || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
    if (c != 0xC2 && (c < 0xE1 || c > 0xE3)) return 0;
    return qn_char_class(qn_char_get(p, &len)) == QN_CH_SPACE ? len : 0;
}
#endif
