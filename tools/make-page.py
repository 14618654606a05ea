#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write core/page/view_data.c: the page of `quern view` in the pieces between which the command puts
title and documents. Style and script go inline, and the page's policy allows just these two, by their
SHA-256: whatever else gets into the page is not run.

usage: make-page.py FOLDER >FOLDER/view_data.c   (FOLDER is core/page)
"""
import base64, hashlib, sys

folder = sys.argv[1]
read = lambda name: open(f"{folder}/{name}", encoding="utf-8").read()
css, js = read("view.css"), read("view.js")
allow = lambda s: "'sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() + "'"
page = read("view.html").replace("@CSS@", css).replace("@JS@", js).replace(
    "@CSP@", f"default-src 'none'; style-src {allow(css)}; script-src {allow(js)}; base-uri 'none'; form-action 'none'")
print("""/* SPDX-License-Identifier: MIT */
/* core/page/view_data.c - the page of `quern view`, written by tools/make-page.py from the files beside
 * it: edit those. */
#include "page/view.h"

/* clang-format off */
const char *const view_page[] = {""")
for piece in page.replace("@TITLE@", "\0T\0").replace("@DATA@", "\0D\0").split("\0"):
    if piece in ("T", "D"):
        print("    view_title," if piece == "T" else "    view_documents,")
        continue
    for line in piece.splitlines(keepends=True):
        for i in range(0, len(line), 900):
            text = line[i:i + 900]
            text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("?", "\\?")
            out = "".join(c if ord(c) < 128 else "".join(f"\\{b:03o}" for b in c.encode()) for c in text)
            print(f'    "{out}",')
print("    0};")
