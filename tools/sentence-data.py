#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn sentence data into the plain form that train-sentences reads, or its output back to JSONL.

usage: sentence-data.py plain FILE.jsonl...           {"id","text","sents":[{start,end}]}, code points
       sentence-data.py layouts SEED FILE.jsonl...    copies with other line ends: one paragraph a
                                                      line, hard-wrapped, short excerpts
       sentence-data.py jsonl FILE.jsonl PLAIN        predictions in PLAIN as JSONL

Plain form, per document: "#doc ID BYTES SENTENCES", the text, a line end, and for each sentence
"BEG END" in bytes. Python 3, standard library only; the same SEED gives the same copies.
"""
import json
import random
import re
import sys


def read(paths):
    for path in paths:
        for line in open(path, encoding="utf-8"):
            if line.strip():
                r = json.loads(line)
                yield r["id"], r["text"], [(s["start"], s["end"]) for s in r["sents"]]


def write(name, text, sents):
    data = text.encode()
    offset = [0]
    for ch in text:
        offset.append(offset[-1] + len(ch.encode()))
    out = [f"#doc {re.sub(r'[^!-~]', '_', name)} {len(data)} {len(sents)}\n".encode(), data, b"\n"]
    out += [b"%d %d\n" % (offset[a], offset[b]) for a, b in sents]
    sys.stdout.buffer.write(b"".join(out))


def paragraphs(text, sents):
    """[[sentence, gap before it]...] for each paragraph: cut at blank lines, or at any line end."""
    out, at = [], 0
    for a, b in sents:
        gap = text[at:a]
        if not out or "\n" in gap:
            out.append([])
            gap = ""
        out[-1].append((gap, text[a:b]))
        at = b
    return out


def wrap(words, width, indent):
    lines, line = [], indent
    for word in words:
        if line.strip() and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = line + " " + word if line.strip() else line + word
    return "\n".join(lines + [line])


def lay_out(pars, between, width, indent):
    """Rebuilds a text; returns it with the places of its sentences."""
    text, sents = "", []
    for par in pars:
        if text:
            text += between
        if width:
            flat, marks = "", []
            for gap, sentence in par:
                flat += re.sub(r"\s+", " ", gap)
                marks.append((len(re.sub(r"\s", "", flat)), len(re.sub(r"\s", "", sentence))))
                flat += sentence
            body = wrap(flat.split(), width, indent)
            solid = [i for i, ch in enumerate(body) if not ch.isspace()]
            for first, count in marks:
                if count:
                    sents.append((len(text) + solid[first], len(text) + solid[first + count - 1] + 1))
            text += body
        else:
            for gap, sentence in par:
                text += gap
                sents.append((len(text), len(text) + len(sentence)))
                text += sentence
    return text, sents


def layouts(rng, name, text, sents):
    pars = paragraphs(text, sents)
    done = 0
    while done < len(pars):
        take = rng.choice((1, 1, 2, 3, 5, 8, 20, 60))
        part, kind = pars[done:done + take], rng.random()
        done += take
        width = rng.choice((0, 40, 50, 60, 65, 70, 72, 75, 78, 80, 100))
        if kind < 0.35:
            made = lay_out(part, "\n", 0, "")
        elif kind < 0.75:
            made = lay_out(part, "\n\n", width or 72, "")
        elif kind < 0.9:
            made = lay_out(part, "\n", width or 72, "")
        else:
            made = lay_out(part, "\n", width or 72, "   ")
        yield f"{name}-{done}", made


def to_jsonl(gold, plain):
    recs = {re.sub(r"[^!-~]", "_", n): (n, t) for n, t, _ in read([gold])}
    data, at = open(plain, "rb").read(), 0
    while at < len(data):
        eol = data.index(b"\n", at)
        _, name, size, count = data[at:eol].split()
        text, at = data[eol + 1:eol + 1 + int(size)], eol + 2 + int(size)
        spans = []
        for _ in range(int(count)):
            eol = data.index(b"\n", at)
            a, b = map(int, data[at:eol].split())
            spans.append({"start": len(text[:a].decode()), "end": len(text[:b].decode())})
            at = eol + 1
        print(json.dumps({"id": recs[name.decode()][0], "text": text.decode(), "sents": spans}))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    if sys.argv[1] == "plain":
        for name, text, sents in read(sys.argv[2:]):
            write(name, text, sents)
    elif sys.argv[1] == "layouts":
        rng = random.Random(int(sys.argv[2]))
        for name, text, sents in read(sys.argv[3:]):
            for new, (body, spans) in layouts(rng, name, text, sents):
                write(new, body, spans)
    else:
        to_jsonl(sys.argv[2], sys.argv[3])


main()
