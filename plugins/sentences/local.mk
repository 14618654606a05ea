# SPDX-License-Identifier: MIT
# The sentences plugin. The algorithm is a library of its own: the plugin, the trainer and the
# tests link the same code.
noinst_LTLIBRARIES += libsentences.la
libsentences_la_SOURCES = plugins/sentences/scan.c plugins/sentences/scan.h \
	plugins/sentences/layout.c plugins/sentences/layout.h \
	plugins/sentences/lexicon.c plugins/sentences/lexicon.h plugins/sentences/lexicon_data.c \
	plugins/sentences/word.c plugins/sentences/word.h \
	plugins/sentences/gap.c plugins/sentences/gap.h \
	plugins/sentences/rules.c plugins/sentences/decide.h \
	plugins/sentences/model.c plugins/sentences/model.h plugins/sentences/model_data.c \
	plugins/sentences/language.c \
	plugins/sentences/split.c plugins/sentences/split.h
libsentences_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden

plugin_LTLIBRARIES += sentences.la
sentences_la_SOURCES = plugins/sentences/sentences.c
sentences_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=sentences
sentences_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
sentences_la_LDFLAGS = $(plugin_ldflags)
sentences_la_LIBADD = libsentences.la libqntext.la -lm

bats_tests += tests/cli/sentences.bats

EXTRA_DIST += plugins/sentences/lexicon/en.txt plugins/sentences/lexicon/de.txt \
	plugins/sentences/lexicon/es.txt plugins/sentences/lexicon/fr.txt \
	plugins/sentences/lexicon/it.txt plugins/sentences/lexicon/nl.txt \
	plugins/sentences/lexicon/pl.txt plugins/sentences/lexicon/pt.txt \
	plugins/sentences/lexicon/ru.txt plugins/sentences/lexicon/other.txt
