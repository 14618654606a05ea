# SPDX-License-Identifier: MIT
# The table sink.
plugin_LTLIBRARIES += table.la
table_la_SOURCES = plugins/table/table.c
table_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=table
table_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
table_la_LDFLAGS = $(plugin_ldflags)
table_la_LIBADD = libsink.la
