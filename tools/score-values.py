#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Score the plugin `values` on the specs of microsoft/Recognizers-Text.

usage: score-values.py QUERN SPECS [ERRORS]

SPECS is a folder of their English *.json: input, reference time, expected spans and values. A case is
text said to an assistant ("i'll go back on 15"), not news, and its spans take prepositions along, so a
span counts as found when one of ours with the right label overlaps it, as exact when both are equal but
for words such as "in" and "from". Values are compared where a span was found, dates as intervals. ERRORS
wrong values of each file are shown. Python 3, standard library only.
"""
import datetime, glob, json, os, re, subprocess, sys, tempfile

LABEL = {"AgeModel": "DATE", "CurrencyModel": "MONEY", "DimensionModel": "QUANTITY", "NumberModel": "CARDINAL",
         "NumberRangeModel": "CARDINAL", "OrdinalModel": "ORDINAL", "PercentModel": "PERCENT",
         "TemperatureModel": "QUANTITY"}
EDGE = re.compile(r"^(?:(?:on|in|at|from|between|for|during|since|before|after|until|till|by|of|to|the|a|an|"
                  r"within|around|about)\s+)+|[\s.,]+$", re.I)
CONFIG = """version = 1;
stages = ( { plugin = "files"; path = "-"; }, { plugin = "sentences"; }, { plugin = "tokens"; },
           { plugin = "values"; }, { plugin = "jsonl"; tokens = false; } );
"""


def labels_of(kind, result):
    """The labels that are right for an expected result; empty: not ours to find."""
    if kind in LABEL:
        return () if "relative" in result.get("TypeName", "") else (LABEL[kind],)
    what = result.get("TypeName", result.get("Type", "")).split(".")[-1]
    return {"date": ("DATE",), "daterange": ("DATE",), "time": ("TIME",), "timerange": ("TIME",),
            "datetime": ("TIME", "DATE"), "datetimerange": ("TIME", "DATE"),
            "duration": ("DATE", "TIME")}.get(what, ())


def day(text):
    return datetime.date.fromisoformat(text[:10])


def interval(value):
    """[first day, day behind] of an ISO 8601 value, or None."""
    try:
        if "/" in value and not value.startswith("P"):
            a, b = (interval(v) for v in value.split("/"))
            return a and b and (a[0], b[1])
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            d = day(value)
            return d, d + datetime.timedelta(1)
        if re.fullmatch(r"\d{3}X", value):
            return datetime.date(int(value[:3]) * 10, 1, 1), datetime.date(int(value[:3]) * 10 + 10, 1, 1)
        if re.fullmatch(r"\d{4}-W\d\d", value):
            d = datetime.date.fromisocalendar(int(value[:4]), int(value[6:]), 1)
            return d, d + datetime.timedelta(7)
        m = re.fullmatch(r"(\d{4})(?:-(\d\d))?", value)
        year, part = int(m[1]), int(m[2] or 0)
        first, months = {0: (1, 12), 40: (1, 6), 41: (7, 6)}.get(part) or (
            (part, 1) if part <= 12 else ((part - 33) * 3 + 1, 3) if 33 <= part <= 36 else (None, None))
        end = first + months
        return datetime.date(year, first, 1), datetime.date(year + (end > 12), (end - 1) % 12 + 1, 1)
    except (TypeError, ValueError):
        return None


def number(text):
    m = re.search(r"-?\d+(?:\.\d+)?(?:/\d+)?", text or "")
    if not m:
        return None
    a, _, b = m[0].partition("/")
    return round(float(a) / float(b), 4) if b else float(a)


def right(kind, label, result, ours):
    """Is our value the expected one? None: it cannot be compared."""
    if kind in LABEL:
        want = result["Resolution"].get("value")
        if kind == "NumberRangeModel" or want in (None, "", "null"):
            return None
        got = number(ours)
        try:
            return got is not None and abs(got - float(want.rstrip("%"))) <= 1e-3 * max(1, abs(got))
        except ValueError:
            return None
    value = result.get("Value") or {}
    answers = result.get("Resolution", {}).get("values", []) or [
        {"timex": value.get("Timex"), **(value.get(k) or {})} for k in ("FutureResolution", "PastResolution")]
    got = interval(ours)
    for a in answers:
        if ours and ours == a.get("timex"):
            return True
        plain = a.get("value") or a.get("date") or a.get("time")
        if plain and re.fullmatch(r"T\d\d:\d\d", ours) and plain.startswith(ours[1:]):
            return True
        if plain and plain == ours:
            return True
        start, end = (a.get(k) or a.get(k + "Date") or a.get(k + "Time") for k in ("start", "end"))
        if start and end and re.fullmatch(r"T(\d\d:\d\d)/T(\d\d:\d\d)", ours):
            return ours == f"T{start[:5]}/T{end[:5]}"
        try:
            if got and start and end and got in ((day(start), day(end)),
                                                 (day(start), day(end) + datetime.timedelta(1))):
                return True
        except ValueError:
            pass
    return False


def cases(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        kind = os.path.basename(path)[:-5]
        if kind in ("EmailModel", "PhoneNumberModel", "URLModel", "SetParser"):
            continue
        for n, case in enumerate(json.load(open(path, encoding="utf-8-sig"))):
            yield kind, f"{kind}:{n}", case


def spans(case):
    for r in case["Results"]:
        if "Start" in r:
            yield r, r["Start"], r["End"] + 1 if "End" in r else r["Start"] + r["Length"]


def trim(text, beg, end):
    piece = text[beg:end]
    m = EDGE.match(piece)
    beg += m.end() if m and m.end() < len(piece) else 0
    return beg, beg + len(text[beg:end].rstrip(" .,"))


def main(args):
    if len(args) not in (2, 3):
        sys.exit(__doc__)
    show = int(args[2]) if len(args) > 2 else 0
    with tempfile.TemporaryDirectory() as work:
        with open(f"{work}/c.cfg", "w") as f:
            f.write(CONFIG)
        with open(f"{work}/in.jsonl", "w", encoding="utf-8") as f:
            for _, name, case in cases(args[1]):
                date = case.get("Context", {}).get("ReferenceDateTime", "")
                f.write(json.dumps({"id": name, "text": case["Input"], "date": date}) + "\n")
        out = subprocess.run([args[0], "run", "-q", f"{work}/c.cfg", f"{work}/in.jsonl"], check=True,
                             stdout=subprocess.PIPE).stdout.decode()
    found = {d["id"]: d["ents"] for d in map(json.loads, out.splitlines())}
    count, wrong = {}, {}
    for kind, name, case in cases(args[1]):
        c = count.setdefault(kind, [0] * 7)  # want, found, exact, compared, right, ours, ours wanted
        wanted = [(r, b, e, labels_of(kind, r)) for r, b, e in spans(case)]
        wanted = [w for w in wanted if w[3]]
        text, ents = case["Input"], found[name]
        of_kind = {label for w in wanted for label in w[3]} or {LABEL.get(kind, "DATE")}
        for e in ents:
            if e["label"] in of_kind:
                c[5] += 1
                c[6] += any(e["start"] < w[2] and e["end"] > w[1] and e["label"] in w[3] for w in wanted)
        for r, b, e, labels in wanted:
            c[0] += 1
            hits = [x for x in ents if x["label"] in labels and x["start"] < e and x["end"] > b]
            if not hits:
                continue
            c[1] += 1
            exact = [x for x in hits if trim(text, x["start"], x["end"]) == trim(text, b, e)]
            c[2] += bool(exact)
            if exact:
                ok = right(kind, exact[0]["label"], r, exact[0].get("value", ""))
                c[3] += ok is not None
                c[4] += ok is True
                if ok is False:
                    wrong.setdefault(kind, []).append((text[b:e], exact[0].get("value"),
                                                       json.dumps(r.get("Resolution", r.get("Value")))[:110]))
    print(f"{'specs':20} {'want':>5} {'found':>6} {'exact':>6} {'value':>6}  {'ours':>5} {'wanted':>6}")
    total = [sum(v[i] for v in count.values()) for i in range(7)]
    for kind, c in [*count.items(), ("all", total)]:
        share = lambda a, b: f"{100 * a / b:5.1f}%" if b else "     -"
        print(f"{kind:20} {c[0]:5} {share(c[1], c[0])} {share(c[2], c[0])} {share(c[4], c[3])}  {c[5]:5} "
              f"{share(c[6], c[5])}")
        for w in wrong.get(kind, [])[:show]:
            print("   ", *w, sep=" | ")


main(sys.argv[1:])
