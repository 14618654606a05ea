#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes ./configure. A folder called core would be taken for a core dump by configure's clean-up
# code: take the word out of it (see docs/building.md).
set -e
cd "$(dirname "$0")"
autoreconf --force --install
sed -i 's/rm -f core /rm -f /' configure
