#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write models/places-en.list: English names of places, with the ids of GeoNames.

usage: make-places.py GEONAMES.mo NAMES.list WORDS... >models/places-en.list

GEONAMES.mo  usr/share/locale/en/LC_MESSAGES/geonames.mo of the Debian package libgeonames-common;
             its data is GeoNames' (CC BY 4.0)
NAMES.list   models/names-en.list: its places get their ids; its other names are left out
WORDS        lists of ordinary words (usr/share/dict/* of wamerican-small, wbritish-small): names
             that are words, too, are left out
"""
import gettext, re, sys


def listed(path):
    """The names of a list by label."""
    label, out = "", {}
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if line.startswith("["):
            label = line.strip("[]?")
        elif line and not line.startswith("#"):
            out.setdefault(label, set()).add(line.split("\t")[0])
    return out


def good(name):
    return (2 < len(name) <= 40 and name[0].isupper() and name.isprintable()
            and not re.search(r"[()\[\]/*,;0-9]", name))


def main(args):
    if len(args) < 2:
        sys.exit(__doc__)
    with open(args[0], "rb") as f:
        names = gettext.GNUTranslations(f)._catalog
    known = listed(args[1])
    places = known.get("GPE", set())
    taken = set().union(*known.values()) - places
    words = set()
    for path in args[2:]:
        words |= {w.strip() for w in open(path, encoding="utf-8")}
    ordinary = {w for w in words if w[:1].islower()}
    sure, hints = {}, {}
    for key in sorted(k for k in names if isinstance(k, str) and k):
        name = names[key].strip()
        if not good(name) or name in taken or (name.lower() in ordinary and name not in places):
            continue
        ident = "geonames:" + key if key.isdigit() or "." in key else "iso3166:" + key
        target = sure if len(key) == 2 or name in places else hints
        if len(key) == 2:
            target[name] = ident
        else:
            target.setdefault(name, ident)
    for name in sure:
        hints.pop(name, None)
    print("# SPDX-License-Identifier: CC-BY-4.0")
    print("# Names and ids from GeoNames (https://www.geonames.org), CC BY 4.0, by way of")
    print("# libgeonames-common; written by tools/make-places.py. A name under [GPE?] counts only where")
    print("# the context agrees.\n\n[GPE]")
    for name in sorted(sure):
        print(f"{name}\t{sure[name]}")
    print("\n[GPE?]")
    for name in sorted(hints):
        print(f"{name}\t{hints[name]}")


main(sys.argv[1:])
