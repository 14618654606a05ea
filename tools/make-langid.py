#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# tools/make-langid.py - writes plugins/langid/model_data.c: for each language its commonest letter
# trigrams and their cost, from the message translations (.mo) below a locale folder.
#   tools/make-langid.py /usr/share/locale >plugins/langid/model_data.c
import collections, glob, math, re, struct, sys

LANGUAGES = ("en de fr es it pt nl sv da nb fi pl cs sk hu ro hr sl et lt lv is ca tr vi id "
             "ru uk be bg sr").split()
TOP, LIMIT, FLOOR = 400, 1500000, 176
MARKUP = re.compile(r"%[-+ #0-9.$*]*[a-zA-Z]+|<[^>]*>|[-/\\$@_.\w]*[/\\$@_=][-/\\$@_.\w]*|\w+\(\)|--?\w[\w-]*|&\w+;")


def messages(path):
    """Pairs (original, translation) of a .mo file."""
    data = open(path, "rb").read()
    if len(data) < 20 or data[:4] not in (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"):
        return
    end = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    n, first, second = struct.unpack(end + "3I", data[8:20])
    for i in range(n):
        la, a = struct.unpack(end + "2I", data[first + 8 * i:first + 8 * i + 8])
        lb, b = struct.unpack(end + "2I", data[second + 8 * i:second + 8 * i + 8])
        if la:
            yield data[a:a + la].decode("utf-8", "replace"), data[b:b + lb].decode("utf-8", "replace")


def texts(folder, language):
    """Translated messages of some length, each once; English is the originals."""
    seen, size = set(), 0
    for path in sorted(glob.glob(f"{folder}/{'de' if language == 'en' else language}/LC_MESSAGES/*.mo")):
        for a, b in messages(path):
            text = a if language == "en" else b
            if a == b and language != "en" or len(text) < 25 or text in seen:
                continue
            seen.add(text)
            text = MARKUP.sub(" ", text.replace("\0", " "))
            size += len(text)
            yield text
            if size > LIMIT:
                return


def key(gram):
    h = 0
    for c in gram:
        h = ((h * 131071) ^ ord(c)) & 0xFFFFFFFF
    return h


def main():
    rows = []
    for number, language in enumerate(LANGUAGES):
        count = collections.Counter()
        for text in texts(sys.argv[1], language):
            latin = language not in ("ru", "uk", "be", "bg", "sr")
            for word in re.findall(r"[^\W\d_]+", text.lower()):
                if any((0x400 <= ord(c) < 0x530) == latin for c in word):
                    continue  # a word in the other script
                word = f" {word} "
                for i in range(len(word) - 2):
                    count[word[i:i + 3]] += 1
        total = sum(count.values())
        for gram, times in sorted(count.items(), key=lambda x: (-x[1], x[0]))[:TOP]:
            rows.append((key(gram), number, min(FLOOR - 1, round(-16 * math.log(times / total)))))
    rows.sort()
    print("/* SPDX-License-Identifier: MIT */")
    print("/* plugins/langid/model_data.c - made by tools/make-langid.py; see models/README.md. */")
    print('#include "identify.h"\n')
    print("const char *const langid_name[] = {" + ", ".join(f'"{x}"' for x in LANGUAGES) + "};")
    print(f"const unsigned langid_floor = {FLOOR};")
    print(f"const unsigned langid_grams = {len(rows)};")
    print("const struct langid_gram langid_gram[] = {")
    for i in range(0, len(rows), 5):
        print("    " + " ".join("{0x%08x, %d, %d}," % r for r in rows[i:i + 5]))
    print("};")


main()
