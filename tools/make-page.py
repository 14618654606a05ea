#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write a page of a command (core/page) as C: in the pieces between which the command puts title and
body. Style and script go inline, and the page's policy allows just these, by their SHA-256: whatever
else gets into the page is not run.

usage: make-page.py FOLDER NAME >FOLDER/NAME_data.c   (FOLDER is core/page, NAME view or report)
"""
import base64, hashlib, os, sys

folder, name = sys.argv[1:]
def read(kind):
    path = f"{folder}/{name}.{kind}"
    return open(path, encoding="utf-8").read() if os.path.exists(path) else ""
css, js = read("css"), read("js")
allow = lambda s: "'sha256-" + base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() + "'"
policy = f"default-src 'none'; style-src {allow(css)}; base-uri 'none'; form-action 'none'"
if js:
    policy += f"; script-src {allow(js)}"
page = read("html").replace("@CSS@", css).replace("@JS@", js).replace("@CSP@", policy)
print(f"""/* SPDX-License-Identifier: MIT */
/* core/page/{name}_data.c - the page of `quern {name}`, written by tools/make-page.py from the files
 * beside it: edit those. */
#include "page/page.h"

/* clang-format off */
const char *const {name}_page[] = {{""")
for piece in page.replace("@TITLE@", "\0T\0").replace("@BODY@", "\0B\0").split("\0"):
    if piece in ("T", "B"):
        print("    page_title," if piece == "T" else "    page_body,")
        continue
    for line in piece.splitlines(keepends=True):
        for i in range(0, len(line), 900):
            text = line[i:i + 900]
            text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("?", "\\?")
            out = "".join(c if ord(c) < 128 else "".join(f"\\{b:03o}" for b in c.encode()) for c in text)
            print(f'    "{out}",')
print("    0};")
