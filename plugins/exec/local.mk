# SPDX-License-Identifier: MIT
# The exec plugin.
plugin_LTLIBRARIES += exec.la
exec_la_SOURCES = plugins/exec/exec.c plugins/exec/child.c plugins/exec/child.h \
	plugins/exec/answer.c plugins/exec/answer.h
exec_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=exec
exec_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
exec_la_LDFLAGS = $(plugin_ldflags)
exec_la_LIBADD = libqntext.la

bats_tests += tests/cli/exec.bats
EXTRA_DIST += examples/exec
