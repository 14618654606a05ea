# SPDX-License-Identifier: MIT
# The prodigy sink.
plugin_LTLIBRARIES += prodigy.la
prodigy_la_SOURCES = plugins/prodigy/prodigy.c
prodigy_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=prodigy
prodigy_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
prodigy_la_LDFLAGS = $(plugin_ldflags)
prodigy_la_LIBADD = libsink.la
