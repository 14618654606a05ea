# SPDX-License-Identifier: MIT
# The summarize plugin: libsummarize is all of it but the descriptor, for the tuner and the tests too.
noinst_LTLIBRARIES += libsummarize.la
libsummarize_la_SOURCES = plugins/summarize/terms.c plugins/summarize/terms.h \
	plugins/summarize/select.c plugins/summarize/select.h plugins/summarize/headline.c \
	plugins/summarize/headline.h plugins/summarize/weights.h
libsummarize_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
libsummarize_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libsummarize_la_LIBADD = libwords.la -lm

plugin_LTLIBRARIES += summarize.la
summarize_la_SOURCES = plugins/summarize/summarize.c
summarize_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=summarize
summarize_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
summarize_la_LDFLAGS = $(plugin_ldflags)
summarize_la_LIBADD = libsummarize.la libqntext.la

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_summarize
TESTS += tests/unit/test_summarize
tests_unit_test_summarize_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_unit_test_summarize_LDADD = libsummarize.la libqntext.la $(CMOCKA_LIBS)
endif
