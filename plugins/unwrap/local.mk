# SPDX-License-Identifier: MIT
# The unwrap plugin.
plugin_LTLIBRARIES += unwrap.la
unwrap_la_SOURCES = plugins/unwrap/unwrap.c plugins/unwrap/wrap.c plugins/unwrap/wrap.h
unwrap_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=unwrap
unwrap_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
unwrap_la_LDFLAGS = $(plugin_ldflags)
unwrap_la_LIBADD = libqntext.la

bats_tests += tests/cli/unwrap.bats
