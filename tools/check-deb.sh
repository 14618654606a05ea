#!/bin/sh
# SPDX-License-Identifier: MIT
# tools/check-deb.sh - builds the Debian packages of the last commit, then installs and uses them in a bare
# Debian that has nothing else: the pipelines, a program with libquern, a new plugin; and removes them.
# Needs: apt-get install dpkg-dev debhelper lintian mmdebstrap, and what debian/control builds with.
#
# usage: tools/check-deb.sh [FOLDER]   (FOLDER: keep the packages there)
set -eu
cd "$(dirname "$0")/.."
top=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() { printf '== %s\n' "$*"; }

say 'building the packages'
mkdir "$work/quern"
git archive HEAD | tar -x -C "$work/quern"
(cd "$work/quern" && DEB_BUILD_OPTIONS="nocheck parallel=$(nproc)" dpkg-buildpackage -us -uc -b) >"$work/log" 2>&1 ||
    { tail -n 40 "$work/log"; exit 1; }
rm -rf "$work/quern"
say 'lintian'
lintian --fail-on error,warning "$work"/*.changes
if [ $# -gt 0 ]; then
    mkdir -p "$1"
    cp "$work"/*.deb "$1"
fi

mkdir "$work/in"
cp "$work"/quern_*.deb "$work"/libquern1_*.deb "$work"/libquern-dev_*.deb "$top/tools/use-deb.sh" "$work/in"
say 'a bare Debian'
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
# shellcheck disable=SC2016 # "$1" is the hook's: the root folder
mmdebstrap --quiet --variant=minbase --customize-hook="copy-in '$work/in' /" \
    --customize-hook='chroot "$1" sh /in/use-deb.sh' "$suite" /dev/null
say 'all is well'
