# SPDX-License-Identifier: MIT
dist_doc_DATA = docs/architecture.md docs/building.md docs/dependencies.md docs/formats.md \
	docs/plugins.md docs/records.md
dist_man_MANS = docs/quern.1
