#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compile the sentence lexicons into C tables.

usage: make-lexicon.py sentences LEXICON-DIR > plugins/sentences/lexicon_data.c
       make-lexicon.py tokens LEXICON-DIR > plugins/tokens/abbrev_data.c

Each LEXICON-DIR/xx.txt (xx: the language) holds sections "[class]" of blank-separated words,
"#" starts a comment; a word written with a capital counts only with one. A word's key is a hash of
its folded letters, as sentences_word_key() and tokens_abbrev() compute it; the tables are open
hashes.
"""
import os
import sys

CLASSES = {"title": 1, "number": 2, "month": 4, "inner": 8, "end": 16, "brand": 32, "starter": 64,
           "time": 16 | 512, "degree": 16 | 1024, "place": 16 | 2048, "company": 16 | 16384, "follower": 4096,
           "when": 8192}
CASED = 128  # counts only where the text has a capital, too
LIMIT = 0x600


def fold(text):
    out = []
    for ch in text:
        low = ch.lower()
        out.append(low if len(low) == 1 and ord(low) < LIMIT and ord(ch) < LIMIT else ch)
    return "".join(out)


def sentences_key(word):
    h, data = 0x811C9DC5, fold(word).encode()
    for at in range(0, len(data), 8):
        h = (h ^ int.from_bytes(data[at:at + 8], "little")) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
        h ^= h >> 32
    return h & 0xFFFFFFFF


def tokens_key(word):
    """32-bit FNV-1a."""
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
                words[word] = words.get(word, 0) | CLASSES[current]
    return words


def table(words, key):
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


def abbreviations(words):
    """The words that keep their stop, with ABBREV_ flags (plugins/tokens/abbrev.h)."""
    out = {}
    for word, flags in words.items():
        if flags & (CLASSES["title"] | CLASSES["month"] | CLASSES["inner"] | CLASSES["end"]):
            out[word] = 1
        elif flags & CLASSES["number"]:
            out[word] = 2
    return out


def write(plugin, header, slot, kind, array, tables):
    print("/* SPDX-License-Identifier: MIT */")
    print(f"/* plugins/{plugin} - written by tools/make-lexicon.py from plugins/sentences/lexicon/. */")
    print(f'#include "{header}"\n')
    for name, slots in tables:
        print(f"static const {slot} {name}[{len(slots)}] = {{")
        for at in range(0, len(slots), 6):
            print("    " + ", ".join("{0x%08x, %d}" % s for s in slots[at:at + 6]) + ",")
        print("};\n")
    print(f"const {kind} {array}[] = {{")
    for name, slots in tables:
        print(f'    {{"{name}", {name}, {len(slots) - 1}}},')
    print("    {NULL, NULL, 0}};")


def main():
    what, folder = sys.argv[1:]
    names = sorted(n[:-4] for n in os.listdir(folder) if n.endswith(".txt"))
    words = [(name, read(os.path.join(folder, name + ".txt"))) for name in names]
    if what == "tokens":
        write("tokens/abbrev_data.c", "abbrev.h", "abbrev_slot", "abbrev_table", "tokens_abbrevs",
              [(name, table(abbreviations(w), tokens_key)) for name, w in words])
    else:
        write("sentences/lexicon_data.c", "lexicon.h", "lexicon_slot", "lexicon_table",
              "sentences_lexicons", [(name, table(w, sentences_key)) for name, w in words])


main()
