# SPDX-License-Identifier: MIT
dist_doc_DATA = docs/architecture.md docs/bench.md docs/building.md docs/dependencies.md docs/embedding.md docs/eval.md docs/formats.md docs/plugins.md docs/records.md docs/report.md docs/stats.md docs/view.md docs/writing-plugins.md
dist_man_MANS = docs/quern.1 docs/quern.cfg.5 docs/quern.test.5

# One page a plugin.
plugindocdir = $(docdir)/plugins
dist_plugindoc_DATA = docs/plugins/decode.md docs/plugins/digest.md docs/plugins/entities.md docs/plugins/exec.md docs/plugins/fixtext.md docs/plugins/gazetteer.md docs/plugins/html.md \
	docs/plugins/junklines.md docs/plugins/keyphrases.md docs/plugins/mentions.md docs/plugins/sentences.md \
	docs/plugins/summarize.md docs/plugins/tagger.md docs/plugins/tokens.md docs/plugins/values.md \
	docs/plugins/mask.md docs/plugins/dupes.md docs/plugins/docfilter.md docs/plugins/unwrap.md docs/plugins/langid.md docs/plugins/lua.md

# A page for every command and every plugin that was built, made by the program itself; not where it
# cannot run.
EXTRA_DIST += tools/make-manual.sh
if !CROSS_COMPILING
all-local: docs/man/made
docs/man/made: quern $(plugin_LTLIBRARIES) $(top_srcdir)/tools/make-manual.sh $(top_srcdir)/docs/quern.1
	$(AM_V_GEN)QUERN_PLUGIN_PATH=.libs $(SHELL) $(top_srcdir)/tools/make-manual.sh ./quern docs/man \
	    $(top_srcdir)/docs/quern.1 && touch $@
install-data-local: docs/man/made
	$(MKDIR_P) '$(DESTDIR)$(man1dir)' '$(DESTDIR)$(mandir)/man7'
	$(INSTALL_DATA) docs/man/*.1 '$(DESTDIR)$(man1dir)'
	$(INSTALL_DATA) docs/man/*.7 '$(DESTDIR)$(mandir)/man7'
uninstall-local:
	for p in docs/man/*.1; do rm -f "$(DESTDIR)$(man1dir)/$${p##*/}"; done
	for p in docs/man/*.7; do rm -f "$(DESTDIR)$(mandir)/man7/$${p##*/}"; done
endif
clean-local:
	rm -rf docs/man

# Where the shells look for completions.
bashcompdir = $(datadir)/bash-completion/completions
dist_bashcomp_DATA = tools/completion/quern
zshcompdir = $(datadir)/zsh/site-functions
dist_zshcomp_DATA = tools/completion/_quern
