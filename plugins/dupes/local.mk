# SPDX-License-Identifier: MIT
# The dupes plugin.
noinst_LTLIBRARIES += libdupes.la
libdupes_la_SOURCES = plugins/dupes/sip.h plugins/dupes/sketch.c plugins/dupes/sketch.h \
	plugins/dupes/table.c plugins/dupes/table.h plugins/dupes/units.c plugins/dupes/units.h
libdupes_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libdupes_la_LIBADD = libqntext.la

plugin_LTLIBRARIES += dupes.la
dupes_la_SOURCES = plugins/dupes/dupes.c
dupes_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=dupes
dupes_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
dupes_la_LDFLAGS = $(plugin_ldflags)
dupes_la_LIBADD = libdupes.la -lm

bats_tests += tests/cli/dupes.bats
if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_dupes
TESTS += tests/unit/test_dupes
tests_unit_test_dupes_SOURCES = tests/unit/test_dupes.c
tests_unit_test_dupes_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins $(CMOCKA_CFLAGS)
tests_unit_test_dupes_LDADD = libdupes.la $(CMOCKA_LIBS) -lm
endif
