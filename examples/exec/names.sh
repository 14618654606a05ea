#!/bin/sh
# SPDX-License-Identifier: MIT
# A stage in the shell: marks every "Velo" as a place. Offsets are bytes: offsets = "byte".
#
#   { plugin = "exec"; command = [ "sh", "names.sh" ]; offsets = "byte"; }
LC_ALL=C
export LC_ALL
while IFS= read -r line; do
    text=${line#*'"text":"'}
    text=${text%%'"'*}
    rest=$text at=0 ents=
    while [ "$rest" != "${rest#*Velo}" ]; do
        before=${rest%%Velo*}
        start=$((at + ${#before}))
        ents="$ents${ents:+,}{\"start\":$start,\"end\":$((start + 4)),\"label\":\"GPE\"}"
        at=$((start + 4))
        rest=${rest#*Velo}
    done
    printf '{"ents":[%s]}\n' "$ents"
done
