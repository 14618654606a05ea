# SPDX-License-Identifier: MIT
# The gazetteer plugin. What finds and compiles lists is core/text/phrases.
plugin_LTLIBRARIES += gazetteer.la
gazetteer_la_SOURCES = plugins/gazetteer/gazetteer.c plugins/gazetteer/lists.c \
	plugins/gazetteer/lists.h plugins/gazetteer/context.c plugins/gazetteer/context.h
gazetteer_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=gazetteer
gazetteer_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
gazetteer_la_LDFLAGS = $(plugin_ldflags)
gazetteer_la_LIBADD = libents.la libqntext.la
bats_tests += tests/cli/gazetteer.bats
EXTRA_DIST += tools/make-places.py

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_phrases
TESTS += tests/unit/test_phrases
tests_unit_test_phrases_LDADD = libqntext.la $(CMOCKA_LIBS)
endif
