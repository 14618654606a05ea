# SPDX-License-Identifier: MIT
# The tagger plugin. The algorithm is a library of its own: the plugin, the trainer, the benchmark
# and the tests link the same code.
noinst_LTLIBRARIES += libtagger.la
libtagger_la_SOURCES = plugins/tagger/words.c plugins/tagger/words.h \
	plugins/tagger/context.c plugins/tagger/context.h plugins/tagger/lists.h \
	plugins/tagger/clusters.h \
	plugins/tagger/features.c plugins/tagger/features.h \
	plugins/tagger/model.c plugins/tagger/model.h \
	plugins/tagger/genre.c plugins/tagger/genre.h \
	plugins/tagger/score.c plugins/tagger/score.h \
	plugins/tagger/decode.c plugins/tagger/decode.h \
	plugins/tagger/tag.c plugins/tagger/tag.h
libtagger_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden

# Not installed; the tests use it, too.
check_PROGRAMS += tools/train-tagger
tools_train_tagger_SOURCES = tools/train-tagger.c tools/tagger-corpus.c tools/tagger-corpus.h \
	tools/tagger-segment.c tools/tagger-segment.h tools/tagger-learn.c tools/tagger-learn.h \
	tools/tagger-export.c tools/tagger-export.h tools/tagger-genre.c tools/tagger-genre.h \
	tools/tagger-lists.c tools/tagger-lists.h
tools_train_tagger_LDADD = libtagger.la libsentences.la libtokens.la libqntext.la -lm
check_PROGRAMS += tools/make-clusters
tools_make_clusters_SOURCES = tools/make-clusters.c
tools_make_clusters_LDADD = -lm
EXTRA_DIST += tools/train-tagger.sh

plugin_LTLIBRARIES += tagger.la
tagger_la_SOURCES = plugins/tagger/tagger.c
tagger_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=tagger
tagger_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
tagger_la_LDFLAGS = $(plugin_ldflags)
tagger_la_LIBADD = libtagger.la libents.la libqntext.la
bats_tests += tests/cli/tagger.bats

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_tagger
TESTS += tests/unit/test_tagger
tests_unit_test_tagger_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_unit_test_tagger_LDADD = libtagger.la libqntext.la $(CMOCKA_LIBS)
endif
