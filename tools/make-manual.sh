#!/bin/sh
# SPDX-License-Identifier: MIT
# tools/make-manual.sh QUERN FOLDER PAGE - writes a page of the manual for every command (section 1) and
# every plugin that QUERN finds (section 7). They have the date of PAGE, which is docs/quern.1, so
# that the same sources give the same pages.
set -eu
quern=$1 folder=$2
SOURCE_DATE_EPOCH=$(LC_ALL=C date -u -d "$(sed -n 's/^\.Dd //p' "$3")" +%s)
export SOURCE_DATE_EPOCH
mkdir -p "$folder"
rm -f "$folder"/*.[17]
for command in $("$quern" help --names); do
    "$quern" help "$command" --man >"$folder/quern-$command.1"
done
"$quern" plugins list 2>/dev/null | while read -r plugin rest; do
    "$quern" plugins show "$plugin" --man >"$folder/quern-$plugin.7"
done
