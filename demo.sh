#!/bin/sh
# SPDX-License-Identifier: MIT
# demo.sh - shows quern at work on a Debian 12 machine, from nothing: installs the packages that
# are missing (asks first on a terminal; --no-install: never), builds in ./build, runs
# conf/news.cfg on the articles in examples/ and prints what was found.
set -eu
cd "$(dirname "$0")"
option=${1:-}
case $option in
'' | --no-install) ;;
*) echo 'usage: ./demo.sh [--no-install]' >&2; exit 64 ;;
esac
. tools/setup.sh
# shellcheck disable=SC2119 # nothing beyond what building needs
quern_setup

QUERN_PLUGIN_PATH=$PWD/build/.libs
QUERN_DATA_PATH=$PWD/models
export QUERN_PLUGIN_PATH QUERN_DATA_PATH
out=build/demo.jsonl
build/quern run conf/news.cfg examples/articles -o "$out" \
    --set jsonl.offsets=byte --set jsonl.provenance=true
LC_ALL=C awk -f tools/show.awk "$out"
echo "This is $out, made readable; try also:"
echo "  QUERN_PLUGIN_PATH=build/.libs QUERN_DATA_PATH=models build/quern run conf/news.cfg examples/articles/quake.txt"
