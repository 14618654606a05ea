#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compile the sentence lexicons into C tables.

usage: make-lexicon.py LEXICON-DIR > plugins/sentences/lexicon_data.c

Each LEXICON-DIR/xx.txt (xx: the language) holds sections "[class]" of blank-separated words,
"#" starts a comment; a word
written with a capital counts only with one. A word's key is the 32-bit FNV-1a hash of its folded letters, as
plugins/sentences/lexicon.c computes it; the tables are sorted by probing order of an open hash.
"""
import os
import sys

CLASSES = "title number month inner end brand starter".split()
CASED = 128  # counts only where the text has a capital, too
LIMIT = 0x600


def fold(text):
    out = []
    for ch in text:
        low = ch.lower()
        out.append(low if len(low) == 1 and ord(low) < LIMIT and ord(ch) < LIMIT else ch)
    return "".join(out)


def key(word):
    h = 0x811C9DC5
    for b in fold(word).encode():
        h = (h ^ b) * 0x01000193 & 0xFFFFFFFF
    return h


def read(path):
    words, current = {}, None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.split("#")[0].strip()
        if line.startswith("["):
            current = line.strip("[]")
            if current not in CLASSES:
                sys.exit(f"{path}:{number}: unknown class [{current}]; known: {' '.join(CLASSES)}")
        elif line and current is None:
            sys.exit(f"{path}:{number}: a word before the first [class]")
        else:
            for word in line.split():
                words[word] = words.get(word, 0) | 1 << CLASSES.index(current)
    return words


def table(words):
    keys = {}
    for word, flags in words.items():
        k = key(word)
        cased = CASED if word[0].isupper() else 0
        old, old_cased = keys.get(k, (0, CASED))
        keys[k] = (old | flags, old_cased & cased)
    size = 64
    while size < 2 * len(keys):
        size *= 2
    slots = [(0, 0)] * size
    for k, (flags, cased) in sorted(keys.items()):
        at = k & size - 1
        while slots[at][1]:
            at = at + 1 & size - 1
        slots[at] = (k, flags | cased)
    return slots


def main():
    folder = sys.argv[1]
    names = sorted(n[:-4] for n in os.listdir(folder) if n.endswith(".txt"))
    print("/* SPDX-License-Identifier: MIT */")
    print("/* plugins/sentences/lexicon_data.c - written by tools/make-lexicon.py from lexicon/. */")
    print('#include "lexicon.h"\n')
    sizes = {}
    for name in names:
        slots = table(read(os.path.join(folder, name + ".txt")))
        sizes[name] = len(slots)
        print(f"static const lexicon_slot {name}[{len(slots)}] = {{")
        for at in range(0, len(slots), 6):
            print("    " + ", ".join("{0x%08x, %d}" % s for s in slots[at:at + 6]) + ",")
        print("};\n")
    print("const lexicon_table sentences_lexicons[] = {")
    for name in names:
        print(f'    {{"{name}", {name}, {sizes[name] - 1}}},')
    print("    {NULL, NULL, 0}};")


main()
