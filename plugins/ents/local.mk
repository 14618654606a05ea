# SPDX-License-Identifier: MIT
# What the entity plugins share: a library that is linked into each of them.
noinst_LTLIBRARIES += libents.la
libents_la_SOURCES = plugins/ents/ents.h plugins/ents/merge.c plugins/ents/table.c
libents_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_ents
TESTS += tests/unit/test_ents
tests_unit_test_ents_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_unit_test_ents_LDADD = libents.la libqntext.la libqncore.la $(CMOCKA_LIBS)
endif
