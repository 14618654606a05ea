# SPDX-License-Identifier: MIT
# The jsonl plugin: libjsonl is all of it but the descriptor, for the tests too.
noinst_LTLIBRARIES += libjsonl.la
libjsonl_la_SOURCES = plugins/jsonl/encode.c plugins/jsonl/encode.h
libjsonl_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
libjsonl_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libjsonl_la_LIBADD = libsink.la

plugin_LTLIBRARIES += jsonl.la
jsonl_la_SOURCES = plugins/jsonl/jsonl.c
jsonl_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=jsonl
jsonl_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
jsonl_la_LDFLAGS = $(plugin_ldflags)
jsonl_la_LIBADD = libjsonl.la
