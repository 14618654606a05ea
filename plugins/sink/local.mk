# SPDX-License-Identifier: MIT
# What the sinks share: a library that is linked into each of them.
noinst_LTLIBRARIES += libsink.la
libsink_la_SOURCES = plugins/sink/offsets.c plugins/sink/offsets.h plugins/sink/spans.c \
	plugins/sink/spans.h plugins/sink/pack.c plugins/sink/pack.h plugins/sink/stream.c \
	plugins/sink/stream.h plugins/sink/view.c plugins/sink/view.h \
	plugins/sink/details.c plugins/sink/details.h
libsink_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins $(ZLIB_CFLAGS) $(ZSTD_CFLAGS)
libsink_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libsink_la_LIBADD = libqntext.la $(ZLIB_LIBS) $(ZSTD_LIBS)

bats_tests += tests/cli/sinks.bats
