#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turn corpus files into raw articles and gold records.

usage: to_jsonl.py gold FILE...   gold records {"id","text","sents","ents","headings","captions","summary","keys"}, text without junk lines
       to_jsonl.py raw FILE...    records {"id","text","lines":[{"start","end","keep"}]}: the article as a web copy, junk lines included
       to_jsonl.py check FILE...  only check the markup; prints counts, exits 1 on an error
Offsets are code points. Python 3, standard library only.
"""
import collections, json, re, sys

LABELS = set("PERSON NORP ORG GPE LOC FAC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL".split())
SPAN = re.compile(r"\{([A-Z_]+)\|([^{}|]+)\}")


class Bad(Exception):
    pass


def plain(marked):
    """The line without markup, and its spans as (start, end, label)."""
    out, spans, at = [], [], 0
    size = 0
    for m in SPAN.finditer(marked):
        if m[1] not in LABELS:
            raise Bad(f"unknown label {m[1]}")
        if m[2] != m[2].strip():
            raise Bad(f"space at the edge of a span: {m[0]}")
        out.append(marked[at:m.start()])
        size += m.start() - at
        spans.append((size, size + len(m[2]), m[1]))
        out.append(m[2])
        size += len(m[2])
        at = m.end()
    out.append(marked[at:])
    text = "".join(out)
    if re.search(r"[{}|]", text):
        raise Bad(f"stray markup: {text[:80]}")
    return text, spans


def documents(path):
    doc = None
    for n, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n").rstrip()
        try:
            if line.startswith("==="):
                if doc:
                    yield doc
                head = dict(p.strip().split(":", 1) for p in line[3:].split("|"))
                doc = {k.strip(): v.strip() for k, v in head.items()} | {"rows": [], "summary": "", "keys": []}
                if "id" not in doc:
                    raise Bad("no id")
            elif doc is None:
                if line:
                    raise Bad("text before the first ===")
            elif line.startswith("# summary:"):
                doc["summary"] = line[10:].strip()
            elif line.startswith("# keys:"):
                doc["keys"] = [k.strip() for k in line[7:].split(";") if k.strip()]
            elif line == "":
                doc["rows"].append(("blank", "", []))
            elif line[:2] in ("~ ", "@ ", "^ "):
                doc["rows"].append(({"~": "junk", "@": "heading", "^": "caption"}[line[0]],) + plain(line[2:]))
            elif line[0] == "+":
                doc["rows"].append(("glued",) + plain(line[1:]))
            else:
                doc["rows"].append(("sentence",) + plain(line))
        except Bad as e:
            raise Bad(f"{path}:{n}: {e}") from None
    if doc:
        yield doc


def build(doc, junk):
    """Lay the rows out: paragraphs are lines, sentences of one paragraph are joined by a space ("+": by nothing)."""
    text, rec = "", {"id": doc["id"], "sents": [], "ents": [], "headings": [], "captions": [], "lines": []}
    line_start, kind_of_line = 0, None

    def end_line():
        nonlocal text, line_start, kind_of_line
        if kind_of_line:
            rec["lines"].append({"start": line_start, "end": len(text), "keep": kind_of_line != "junk"})
            text += "\n"
        line_start, kind_of_line = len(text), None

    for kind, row, spans in doc["rows"]:
        if kind == "junk" and not junk:
            continue
        glue, kind = kind == "glued", "sentence" if kind == "glued" else kind
        if kind != "sentence" or kind_of_line not in (None, "sentence"):
            end_line()
        if kind == "blank":
            continue
        if kind_of_line == "sentence" and not glue:
            text += " "
        at = len(text)
        text += row
        kind_of_line = kind
        if kind != "junk":
            rec["sents"].append({"start": at, "end": len(text)})
            rec["ents"] += [{"start": at + a, "end": at + b, "label": l} for a, b, l in spans]
        if kind in ("heading", "caption"):
            rec[kind + "s"].append({"start": at, "end": len(text)})
    end_line()
    return {"text": text, **rec, "summary": doc["summary"], "keys": doc["keys"], "genre": doc.get("genre", ""), "title": doc.get("title", "")}


def main():
    what, paths = sys.argv[1], sys.argv[2:]
    docs, count = 0, collections.Counter()
    try:
        for path in paths:
            for doc in documents(path):
                docs += 1
                rec = build(doc, junk=what == "raw")
                for e in rec["ents"]:
                    count[e["label"]] += 1
                count["sentences"] += len(rec["sents"])
                count["words"] += len(rec["text"].split())
                if what == "raw":
                    print(json.dumps({k: rec[k] for k in ("id", "text", "lines")}, ensure_ascii=False))
                elif what == "gold":
                    rec.pop("lines")
                    print(json.dumps(rec, ensure_ascii=False))
    except Bad as e:
        sys.exit(str(e))
    if what == "check":
        print(f"{docs} documents, " + ", ".join(f"{k} {v}" for k, v in count.most_common()))


main()
