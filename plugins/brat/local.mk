# SPDX-License-Identifier: MIT
# The brat sink.
plugin_LTLIBRARIES += brat.la
brat_la_SOURCES = plugins/brat/brat.c plugins/brat/ann.c plugins/brat/ann.h \
	plugins/brat/folder.c plugins/brat/folder.h
brat_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=brat
brat_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
brat_la_LDFLAGS = $(plugin_ldflags)
brat_la_LIBADD = libsink.la

bats_tests += tests/cli/brat.bats
