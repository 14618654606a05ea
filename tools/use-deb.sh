#!/bin/sh
# SPDX-License-Identifier: MIT
# tools/use-deb.sh - what tools/check-deb.sh runs inside the bare Debian: packages in /in.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
say() { printf '== %s\n' "$*"; }
install() { apt-get -qq install --no-install-recommends "$@" >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }; }

say 'quern alone: each pipeline and its tests'
apt-get -qq update
install /in/quern_*.deb
mkdir /tmp/work
cd /tmp/work
for kind in $(quern new | grep -v '^ '); do
    quern new "$kind" >/dev/null
    quern check "$kind.cfg"
    quern test "$kind.test.cfg"
done
quern run --quiet news.cfg /usr/share/quern/examples/articles -o out.jsonl
[ "$(wc -l <out.jsonl)" -eq 4 ]
grep -q '"label":"GPE"' out.jsonl
quern view out.jsonl -o view.html
quern report out.jsonl -o report.html
for file in /usr/share/man/man1/quern-run.1.gz /usr/share/man/man7/quern-html.7.gz \
    /lib/systemd/system/quern@.service /usr/share/bash-completion/completions/quern \
    /usr/share/zsh/vendor-completions/_quern; do
    [ -s "$file" ] || { echo "missing: $file"; exit 1; }
done

say 'a program with libquern, and a new plugin'
install /in/libquern1_*.deb /in/libquern-dev_*.deb gcc libc6-dev make pkg-config
cp -r /usr/share/quern/examples/embed embed
make -s -C embed
echo 'Angela Merkel met Barack Obama in Berlin.' | embed/embed news.cfg | tee names
[ "$(grep -c . names)" -eq 3 ]
quern plugins new lowercase
make -s -C lowercase
make -s -C lowercase check

say 'and away again'
dpkg --purge libquern-dev libquern1 quern >/dev/null
left=$(find / -xdev -path /proc -prune -o -path /in -prune -o -path /tmp -prune -o -name '*quern*' -print)
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
