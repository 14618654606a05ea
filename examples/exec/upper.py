#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A stage in Python: puts words that are all small letters of a list into capitals, says how many.

  { plugin = "exec"; command = [ "python3", "upper.py", "harbour", "ferry" ]; }
"""
import json
import sys

words = set(sys.argv[1:])
for line in sys.stdin:
    record = json.loads(line)
    edits, at, count = [], 0, 0
    for word in record["text"].split(" "):
        if word.strip(".,;:!?\n") in words:
            edits.append({"start": at, "end": at + len(word), "with": word.upper()})
            count += 1
        at += len(word) + 1
    print(json.dumps({"i": record["i"], "edits": edits, "meta": {"raised": count}}), flush=True)
