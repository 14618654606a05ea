# SPDX-License-Identifier: MIT
# The digest plugin, upon summarize's library.
plugin_LTLIBRARIES += digest.la
digest_la_SOURCES = plugins/digest/digest.c plugins/digest/group.c plugins/digest/group.h
digest_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=digest
digest_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
digest_la_LDFLAGS = $(plugin_ldflags)
digest_la_LIBADD = libsummarize.la libqntext.la

bats_tests += tests/cli/keyphrases.bats tests/cli/digest.bats
