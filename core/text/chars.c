/* SPDX-License-Identifier: MIT */
/* core/text/chars.c - see chars.h. */
#include "text/chars.h"

#include "text/chars_data.h"

#define TABLE_END (sizeof char_data / sizeof char_data[0])

/* Blocks above the table; what lies between them is letters without case. */
static const struct {
    uint32_t first, last;
    int class;
} blocks[] = {{0x0600, 0x060F, QN_CH_PUNCT},   {0x061B, 0x061F, QN_CH_PUNCT},
              {0x0660, 0x0669, QN_CH_DIGIT},   {0x066A, 0x066D, QN_CH_PUNCT},
              {0x06D4, 0x06D4, QN_CH_PUNCT},   {0x06F0, 0x06F9, QN_CH_DIGIT},
              {0x0964, 0x0965, QN_CH_PUNCT},   {0x0966, 0x096F, QN_CH_DIGIT},
              {0x1680, 0x1680, QN_CH_SPACE},   {0x2000, 0x200A, QN_CH_SPACE},
              {0x200B, 0x200F, QN_CH_OTHER},   {0x2010, 0x2027, QN_CH_PUNCT},
              {0x2028, 0x2029, QN_CH_SPACE},   {0x202A, 0x202E, QN_CH_OTHER},
              {0x202F, 0x202F, QN_CH_SPACE},   {0x2030, 0x205E, QN_CH_PUNCT},
              {0x205F, 0x205F, QN_CH_SPACE},   {0x2060, 0x206F, QN_CH_OTHER},
              {0x2070, 0x209C, QN_CH_DIGIT},   {0x20A0, 0x2BFF, QN_CH_OTHER},
              {0x2E00, 0x2E5D, QN_CH_PUNCT},   {0x3000, 0x3000, QN_CH_SPACE},
              {0x3001, 0x3004, QN_CH_PUNCT},   {0x3008, 0x3020, QN_CH_PUNCT},
              {0x3030, 0x303F, QN_CH_PUNCT},   {0xE000, 0xF8FF, QN_CH_OTHER},
              {0xFE00, 0xFE0F, QN_CH_OTHER},   {0xFE10, 0xFE6B, QN_CH_PUNCT},
              {0xFEFF, 0xFEFF, QN_CH_OTHER},   {0xFF01, 0xFF0F, QN_CH_PUNCT},
              {0xFF10, 0xFF19, QN_CH_DIGIT},   {0xFF1A, 0xFF20, QN_CH_PUNCT},
              {0xFF21, 0xFF3A, QN_CH_UPPER},   {0xFF3B, 0xFF40, QN_CH_PUNCT},
              {0xFF41, 0xFF5A, QN_CH_LOWER},   {0xFF5B, 0xFF65, QN_CH_PUNCT},
              {0xFFE0, 0xFFFF, QN_CH_OTHER},   {0x1F000, 0x1FAFF, QN_CH_OTHER},
              {0xE0000, 0x10FFFF, QN_CH_OTHER}};

/* Latin and Greek in the two blocks where upper and lower case alternate regularly. */
static int extended_class(uint32_t cp)
{
    if (cp >= 0x1E96 && cp <= 0x1E9F) return cp == 0x1E9E ? QN_CH_UPPER : QN_CH_LOWER;
    if (cp < 0x1F00) return cp & 1 ? QN_CH_LOWER : QN_CH_UPPER;
    return cp & 8 ? QN_CH_UPPER : QN_CH_LOWER;
}

int qn_char_class_of(uint32_t cp)
{
    size_t lo = 0, hi = sizeof blocks / sizeof blocks[0];
    if (cp < TABLE_END) return char_data[cp] >> 11;
    if (cp >= 0x1E00 && cp <= 0x1FFF) return extended_class(cp);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (blocks[mid].last < cp)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < sizeof blocks / sizeof blocks[0] && blocks[lo].first <= cp) return blocks[lo].class;
    return QN_CH_LETTER;
}

uint32_t qn_char_fold(uint32_t cp)
{
    if (cp < TABLE_END) return char_data[cp] & 0x7FF;
    if (cp >= 0x1E00 && cp < 0x1F00 && extended_class(cp) == QN_CH_UPPER && cp != 0x1E9E)
        return cp + 1;
    if (cp >= 0xFF21 && cp <= 0xFF3A) return cp + 0x20;
    return cp;
}
