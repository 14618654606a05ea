# SPDX-License-Identifier: MIT
# The mentions plugin.
noinst_LTLIBRARIES += libmentions.la
libmentions_la_SOURCES = plugins/mentions/forms.c plugins/mentions/forms.h plugins/mentions/again.c \
	plugins/mentions/again.h plugins/mentions/chains.c plugins/mentions/chains.h
libmentions_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
libmentions_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden

plugin_LTLIBRARIES += mentions.la
mentions_la_SOURCES = plugins/mentions/mentions.c
mentions_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=mentions
mentions_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
mentions_la_LDFLAGS = $(plugin_ldflags)
mentions_la_LIBADD = libmentions.la libents.la libqntext.la
bats_tests += tests/cli/mentions.bats
