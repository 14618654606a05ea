#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Score the plugin `unwrap`: wrap texts as mail and typesetters do, let it undo that, and count.

usage: score-unwrap.py QUERN FILE...

FILE holds documents: a JSON line each with "text", or plain text, its paragraphs being lines. Each document
is wrapped at a width of its own between 58 and 80, its paragraphs divided by a blank line, in every other
one by an indent; in a third, words that do not fit are hyphenated now and then. Printed: of the line ends
that the wrapping made, how many were undone (recall), and of those undone, how many it had made
(precision); of words hyphenated by the wrapping and of hyphens that were there before, how many came out
as they were; and of texts that were not wrapped, how many line ends were taken out.
"""
import json, random, subprocess, sys, tempfile, os


def documents(paths):
    for path in paths:
        with open(path, encoding="utf-8") as f:
            data = f.read()
        if data.startswith("{"):
            yield from (json.loads(line)["text"] for line in data.splitlines())
        else:
            yield data


def split(word, room, rng):
    """Where a typesetter might break a long lower-case word: between a vowel and two consonants."""
    if len(word) < 8 or not word.isalpha() or not word.islower():
        return 0
    vowels = "aeiouy"
    at = [i for i in range(3, len(word) - 3)
          if word[i - 1] not in vowels and word[i] not in vowels and word[i - 2] in vowels and i + 1 <= room]
    return rng.choice(at) if at else 0


def wrap(text, width, indent, hyphens, rng):
    """The wrapped text, and for each of its line ends: how many letters and digits stand before it, and what it is."""
    out, ends, letters = [], [], 0
    count = lambda s: sum(c.isalnum() for c in s)
    paragraphs = [p for p in text.split("\n") if p.strip()]
    for paragraph in paragraphs:
        line = "   " if indent else ""
        words = paragraph.split()
        while words:
            word = words.pop(0)
            if not line.strip():
                line += word
            elif len(line) + 1 + len(word) <= width:
                line += " " + word
            else:
                cut = split(word, width - len(line) - 2, rng) if hyphens and rng.random() < .5 else 0
                hard = word.find("-") + 1
                kind = "blank"
                if cut:
                    line, kind = line + " " + word[:cut] + "-", "hyphen"
                    words.insert(0, word[cut:])
                elif 2 < hard < len(word) and len(line) + 1 + hard <= width and word[:hard - 1].isalpha():
                    line, kind = line + " " + word[:hard], "compound"
                    words.insert(0, word[hard:])
                else:
                    words.insert(0, word)
                letters += count(line)
                out.append(line)
                ends.append((letters, kind))
                line = ""
        letters += count(line)
        out.append(line)
        ends.append((letters, "paragraph"))
        if not indent:
            out.append("")
    return "\n".join(out) + "\n", ends


def unwrap(quern, texts):
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/in.jsonl", "w", encoding="utf-8") as f:
            for text in texts:
                f.write(json.dumps({"text": text}) + "\n")
        subprocess.run([quern, "pipe", "unwrap ! jsonl tokens=false", folder + "/in.jsonl", "-o", folder + "/out.jsonl", "-q"], check=True)
        return [json.loads(line)["text"] for line in open(folder + "/out.jsonl", encoding="utf-8")]


def look(text):
    """What stands behind the letters and digits counted: "\\n" if there is a line end, else the first other character."""
    at, letters = {}, 0
    for c in text:
        if c.isalnum():
            letters += 1
        elif c == "\n" or letters not in at:
            at[letters] = c
    return at


def main():
    quern, rng = sys.argv[1], random.Random(1)
    plain = [t for t in documents(sys.argv[2:]) if len(t) > 600]
    jobs = [wrap(t, rng.randint(58, 80), i % 2, i % 3 == 0, rng) for i, t in enumerate(plain)]
    made = undone = wrong = 0
    hyphens = {"hyphen": [0, 0], "compound": [0, 0]}
    for (_, ends), text in zip(jobs, unwrap(quern, [t for t, _ in jobs])):
        at = look(text)
        for letters, kind in ends:
            here = at.get(letters, "")
            if kind == "paragraph":
                wrong += here != "\n"
                continue
            made += 1
            undone += here != "\n"
            if kind in hyphens:
                hyphens[kind][0] += 1
                hyphens[kind][1] += here == ("" if kind == "hyphen" else "-")
    kept = [(t.count("\n"), u.count("\n")) for t, u in zip(plain, unwrap(quern, plain))]
    print(f"{len(plain)} documents, {made} line ends made: recall {100 * undone / made:.2f} %, precision {100 * undone / (undone + wrong):.2f} %")
    for kind, words in (("hyphen", "words hyphenated at line ends"), ("compound", "hyphens that were there")):
        n, right = hyphens[kind]
        print(f"{words}: {right} of {n} right" + (f" ({100 * right / n:.1f} %)" if n else ""))
    print(f"not wrapped: {sum(a - b for a, b in kept)} of {sum(a for a, _ in kept)} line ends taken out")


main()
