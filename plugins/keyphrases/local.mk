# SPDX-License-Identifier: MIT
# The keyphrases plugin: libkeyphrases is all of it but the descriptor, for the tuner and the tests too.
noinst_LTLIBRARIES += libkeyphrases.la
libkeyphrases_la_SOURCES = plugins/keyphrases/phrases.c plugins/keyphrases/phrases.h \
	plugins/keyphrases/weights.h
libkeyphrases_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
libkeyphrases_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libkeyphrases_la_LIBADD = libwords.la -lm

plugin_LTLIBRARIES += keyphrases.la
keyphrases_la_SOURCES = plugins/keyphrases/keyphrases.c
keyphrases_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=keyphrases
keyphrases_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
keyphrases_la_LDFLAGS = $(plugin_ldflags)
keyphrases_la_LIBADD = libkeyphrases.la libqntext.la

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_keyphrases
TESTS += tests/unit/test_keyphrases
tests_unit_test_keyphrases_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_unit_test_keyphrases_LDADD = libkeyphrases.la libqntext.la $(CMOCKA_LIBS)
endif
