# SPDX-License-Identifier: MIT
# The conll sink.
plugin_LTLIBRARIES += conll.la
conll_la_SOURCES = plugins/conll/conll.c
conll_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=conll
conll_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
conll_la_LDFLAGS = $(plugin_ldflags)
conll_la_LIBADD = libsink.la
