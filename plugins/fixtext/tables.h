/* SPDX-License-Identifier: MIT */
/* plugins/fixtext/tables.h - the generated tables (tools/make-unicode-tables) and look-ups in
 * them. */
#ifndef FIXTEXT_TABLES_H
#define FIXTEXT_TABLES_H
#include <stdint.h>

enum { FIXTEXT_NENC = 9 };
enum fixtext_enc {
    FIXTEXT_CP1252,
    FIXTEXT_CP1250,
    FIXTEXT_CP1251,
    FIXTEXT_CP1253,
    FIXTEXT_CP1254,
    FIXTEXT_CP1257,
    FIXTEXT_LATIN2,
    FIXTEXT_MACROMAN,
    FIXTEXT_CP437
};

/* What a character of a single-byte charset is, as far as it matters for telling damage from
 * text: a CLOSER often follows a letter in real text, a SYMBOL hardly ever does. */
enum fixtext_kind { FIXTEXT_CONTROL, FIXTEXT_UPPER, FIXTEXT_LOWER, FIXTEXT_CLOSER, FIXTEXT_SYMBOL };

/* lead, cont: bit e is set when the byte in charset e can start or continue UTF-8. */
struct fixtext_charmap {
    uint16_t cp, lead, cont;
    uint8_t kind;
    uint8_t byte[FIXTEXT_NENC];
};
struct fixtext_decomp {
    uint32_t cp, a, b;
};

extern const unsigned fixtext_ndecomp, fixtext_ncomp;
extern const unsigned fixtext_nfc_blocks;
extern const struct fixtext_charmap fixtext_charmap[];
extern const uint8_t fixtext_char_page[];
extern const uint16_t fixtext_char_row[][64];
extern const struct fixtext_decomp fixtext_decomp[], fixtext_comp[];
extern const uint8_t fixtext_nfc_index[], fixtext_nfc_block[][128], fixtext_nfc_class[][2];

/* The character's row; row 0, all zero, when no charset has it. */
static inline const struct fixtext_charmap *fixtext_char(uint32_t cp)
{
    return &fixtext_charmap[cp < 0x10000 ? fixtext_char_row[fixtext_char_page[cp >> 6]][cp & 63]
                                         : 0];
}
/* {combining class, quick check: 0 yes, 1 maybe, 2 no} */
const uint8_t *fixtext_nfc_props(uint32_t cp);
#endif
