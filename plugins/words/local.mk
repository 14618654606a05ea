# SPDX-License-Identifier: MIT
# What the plugins that weigh words share: a library that is linked into each of them.
noinst_LTLIBRARIES += libwords.la
libwords_la_SOURCES = plugins/words/language.c plugins/words/language.h
libwords_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins $(STEMMER_CFLAGS)
libwords_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libwords_la_LIBADD = $(STEMMER_LIBS)
