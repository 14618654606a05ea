#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write core/text/chars_data.h: case and class of the code points below U+0600.

usage: make-chars.py > core/text/chars_data.h

From the Unicode data in Python's standard library. Each entry is the code point that the
character folds to (11 bits) and its class (upper 5 bits, enum qn_char_class).
"""
import unicodedata

LIMIT = 0x600
CLASS = {"Zs": 1, "Ll": 2, "Lu": 3, "Lt": 3, "Lo": 4, "Lm": 4, "Mn": 4, "Nd": 5}


def char_class(cp):
    if 0x09 <= cp <= 0x0D or 0x1C <= cp <= 0x1F or cp == 0x85:
        return 1
    cat = unicodedata.category(chr(cp))
    return CLASS.get(cat, 6 if cat[0] == "P" else 0)


def fold(cp):
    low = chr(cp).lower()
    return ord(low) if len(low) == 1 and ord(low) < LIMIT else cp


def main():
    print("/* SPDX-License-Identifier: MIT */")
    print(f"/* core/text/chars_data.h - written by tools/make-chars.py (Unicode {unicodedata.unidata_version}):")
    print(" * class << 11 | folded code point, for every code point below U+0600. */")
    print(f"static const uint16_t char_data[0x{LIMIT:x}] = {{")
    for at in range(0, LIMIT, 12):
        row = [char_class(cp) << 11 | fold(cp) for cp in range(at, min(at + 12, LIMIT))]
        print("    " + ", ".join(f"0x{v:04x}" for v in row) + ",")
    print("};")
    print("\n/* The classes of ASCII once more, for the fast path. */")
    print("const uint8_t qn_char_ascii[128] = {")
    for at in range(0, 128, 32):
        print("    " + ", ".join(str(char_class(cp)) for cp in range(at, at + 32)) + ",")
    print("};")


main()
