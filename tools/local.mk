# SPDX-License-Identifier: MIT

# Generators of committed tables: Python 3, run by hand; what they write says which one wrote it.
EXTRA_DIST += tools/make-chars.py tools/make-lexicon.py tools/score-unwrap.py tools/sentence-data.py \
	tools/train-sentences.sh

# make tools/train-sentences
EXTRA_PROGRAMS += tools/train-sentences
CLEANFILES += tools/train-sentences
tools_train_sentences_SOURCES = tools/train-sentences.c
tools_train_sentences_LDADD = libsentences.la libqntext.la -lm

# make tools/tune-summarize tools/tune-keyphrases
EXTRA_PROGRAMS += tools/tune-summarize tools/tune-keyphrases
CLEANFILES += tools/tune-summarize tools/tune-keyphrases
tools_tune_summarize_SOURCES = tools/tune-summarize.c tools/search.c tools/search.h
tools_tune_summarize_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tools_tune_summarize_LDADD = libsummarize.la libqneval.la libqncore.la libqntext.la -lm
tools_tune_keyphrases_SOURCES = tools/tune-keyphrases.c tools/search.c tools/search.h
tools_tune_keyphrases_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tools_tune_keyphrases_LDADD = libkeyphrases.la libqneval.la libqncore.la libqntext.la -lm

# Debian packages, from a git clone: debian/ is not part of a release.
EXTRA_DIST += tools/check-deb.sh tools/use-deb.sh

# For editors and for systemd (a unit to copy: where units go is the distribution's to say).
vimsyntaxdir = $(datadir)/vim/vimfiles/syntax
dist_vimsyntax_DATA = tools/vim/syntax/quern.vim
vimdetectdir = $(datadir)/vim/vimfiles/ftdetect
dist_vimdetect_DATA = tools/vim/ftdetect/quern.vim
systemddir = $(pkgdatadir)/systemd
systemd_DATA = tools/systemd/quern@.service
CLEANFILES += tools/systemd/quern@.service
EXTRA_DIST += tools/systemd/quern@.service.in
tools/systemd/quern@.service: tools/systemd/quern@.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) tools/systemd && sed 's|@bindir''@|$(bindir)|g' $(top_srcdir)/tools/systemd/quern@.service.in >$@
