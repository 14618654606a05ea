# SPDX-License-Identifier: MIT
dist_doc_DATA = docs/building.md docs/dependencies.md
