#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn sentence data into the plain form that train-sentences reads, or its output back to JSONL.

usage: sentence-data.py plain FILE.jsonl...           {"id","text","sents":[{start,end}]}, code points
       sentence-data.py layouts SEED FILE.jsonl...    copies with other line ends: one paragraph a
                                                      line, hard-wrapped, short excerpts
       sentence-data.py abbreviate SEED FILE.jsonl... copies with abbreviations put in, inside
                                                      sentences and at their ends
       sentence-data.py words FILE.list...            lists of words as they are written inside
                                                      sentences, for the table of word case only
       sentence-data.py jsonl FILE.jsonl PLAIN        predictions in PLAIN as JSONL

Plain form, per document: "#doc ID BYTES SENTENCES", the text, a line end, and for each sentence
"BEG END" in bytes. Python 3, standard library only; the same SEED gives the same copies.
"""
import json
import os
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
        yield f"line:{name}-{done}", made


# What the copies get: short forms that stand before a name, before a number, before any word,
# and at the end of a sentence. Chosen at random, so that no single one is learnt for itself.
BEFORE_NAME = """Mr. Mrs. Ms. Dr. Prof. Gen. Lt. Col. Maj. Capt. Sgt. Sen. Rep. Gov. Rev. Adm. J. K. R. M. A. T. W. H. E.
    U.S. U.K. U.N. U.S. F.B.I. Inc. Co. No. St. Mt. Ft. vs. Jr. L. P. S. D. J.P. A.J. T.S. R.K. C.D.""".split()
MIDDLE = [letter + "." for letter in "ABCDEFGHJKLMNPRSTW"] + ["J.P.", "Q. R."]
BEFORE_NUMBER = "no. No. p. pp. vol. fig. Sec. Art. Jan. Feb. Aug. Sept. Oct. Nov. Dec. approx. ca. c.".split()
INSIDE = """Acme Inc.|the U.S.|Hale Corp.|Bolt & Sons Ltd.|Pine Co.|7 a.m.|9:30 p.m.|etc.|e.g.|i.e.|John Ames Jr.|Washington, D.C.|
    the U.K.|vs.|a Ph.D.|Yahoo!|500 B.C.|approx.|et al.|Sept.|the U.N.|St. Paul, Minn.|10 ft.|3 oz.|Norvia S.A.|Ray Poe, M.D.|
    Pine Co. and Hale Corp.""".replace("\n    ", "").split("|")
AT_END = """Acme Inc.|the U.S.|Hale Corp.|Bolt & Sons Ltd.|Pine Co.|7 a.m.|9:30 p.m.|etc.|John Ames Jr.|Washington, D.C.|the U.K.|
    a Ph.D.|500 B.C.|Dec.|the U.N.|10 oz.|plan B.|vitamin C.|Mr. K.|Main St.|an A.|J.|4.5 kg.|the answer is no.|Nov. 12.|No. 5.|
    his M.D.|page 3.|May 2004.|Norvia S.A.|9.9 sec.|$4 bn.|Yahoo!|himself.|I.|it was I.|Tern Inc.|Opal Group Inc.|Lark Corp.|
    Delmar L.L.C.|Rooke & Co.|noon to 5 p.m.|3 a.m.|11 p.m.|a B.A.|an M.A.|Exhibit A.|Group C.|hepatitis B.|Hall E.|Sgt. T.|J.R.|the F.B.I.|
    the U.S.|the U.K.""".replace("\n    ", "").split("|")


def abbreviate(rng, sentence):
    words = sentence.split(" ")
    if len(words) < 4 or "\n" in sentence:
        return sentence
    if re.search(r"[a-z]\.$", sentence) and rng.random() < 0.25:
        words[-1] = rng.choice(AT_END)
    at = rng.randrange(1, len(words) - 1)
    if not re.search(r"[\w,]$", words[at - 1]):
        return " ".join(words)
    if re.match(r"[A-Z][a-z]", words[at]):
        middle = re.match(r"[A-Z][a-z]+$", words[at - 1]) and rng.random() < 0.7
        words.insert(at, rng.choice(MIDDLE if middle else BEFORE_NAME))
    elif words[at][:1].isdigit():
        words.insert(at, rng.choice(BEFORE_NUMBER))
    elif rng.random() < 0.3:
        words.insert(at, rng.choice(INSIDE))
    return " ".join(words)


def abbreviated(rng, text, sents):
    pars = [[(gap, abbreviate(rng, s)) for gap, s in par] for par in paragraphs(text, sents)]
    return lay_out(pars, "\n\n", 0, "")


def words(paths):
    for path in paths:
        found = []
        for line in open(path, encoding="utf-8"):
            if line[0] not in "#[":
                found += line.split()
        text = " ".join(["x"] + 2 * found)
        write("case:" + os.path.basename(path), text, [(0, len(text))])


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
    elif sys.argv[1] == "abbreviate":
        rng = random.Random(int(sys.argv[2]))
        for name, text, sents in read(sys.argv[3:]):
            write("abbr:" + name, *abbreviated(rng, text, sents))
    elif sys.argv[1] == "words":
        words(sys.argv[2:])
    else:
        to_jsonl(sys.argv[2], sys.argv[3])


main()
