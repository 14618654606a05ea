# SPDX-License-Identifier: MIT
# The docfilter plugin.
noinst_LTLIBRARIES += libdocfilter.la
libdocfilter_la_SOURCES = plugins/docfilter/rules.c plugins/docfilter/signals.c \
	plugins/docfilter/signals.h
libdocfilter_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libdocfilter_la_LIBADD = libqntext.la

plugin_LTLIBRARIES += docfilter.la
docfilter_la_SOURCES = plugins/docfilter/docfilter.c
docfilter_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=docfilter
docfilter_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
docfilter_la_LDFLAGS = $(plugin_ldflags)
docfilter_la_LIBADD = libdocfilter.la

bats_tests += tests/cli/docfilter.bats
if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_docfilter
TESTS += tests/unit/test_docfilter
tests_unit_test_docfilter_SOURCES = tests/unit/test_docfilter.c
tests_unit_test_docfilter_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins $(CMOCKA_CFLAGS)
tests_unit_test_docfilter_LDADD = libdocfilter.la $(CMOCKA_LIBS)
endif
