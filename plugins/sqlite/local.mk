# SPDX-License-Identifier: MIT
# The sqlite sink; left out where libsqlite3 is not there.
if HAVE_SQLITE
plugin_LTLIBRARIES += sqlite.la
sqlite_la_SOURCES = plugins/sqlite/sqlite.c
sqlite_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=sqlite $(SQLITE_CFLAGS)
sqlite_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
sqlite_la_LDFLAGS = $(plugin_ldflags)
sqlite_la_LIBADD = libsink.la $(SQLITE_LIBS)
endif
