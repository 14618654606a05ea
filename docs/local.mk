# SPDX-License-Identifier: MIT
dist_doc_DATA = docs/architecture.md docs/building.md docs/dependencies.md docs/eval.md docs/formats.md \
	docs/plugins.md docs/records.md docs/stats.md
dist_man_MANS = docs/quern.1 docs/quern.cfg.5 docs/quern.test.5

# One page a plugin.
plugindocdir = $(docdir)/plugins
dist_plugindoc_DATA = docs/plugins/decode.md docs/plugins/digest.md docs/plugins/entities.md docs/plugins/exec.md docs/plugins/fixtext.md docs/plugins/gazetteer.md docs/plugins/html.md \
	docs/plugins/junklines.md docs/plugins/keyphrases.md docs/plugins/mentions.md docs/plugins/sentences.md \
	docs/plugins/summarize.md docs/plugins/tagger.md docs/plugins/tokens.md docs/plugins/values.md \
	docs/plugins/mask.md docs/plugins/dupes.md docs/plugins/docfilter.md docs/plugins/unwrap.md docs/plugins/langid.md
