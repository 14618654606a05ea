# SPDX-License-Identifier: MIT
# The text sink.
plugin_LTLIBRARIES += text.la
text_la_SOURCES = plugins/text/text.c
text_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=text
text_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
text_la_LDFLAGS = $(plugin_ldflags)
text_la_LIBADD = libsink.la
