# SPDX-License-Identifier: MIT
# The langid plugin.
plugin_LTLIBRARIES += langid.la
langid_la_SOURCES = plugins/langid/identify.c plugins/langid/identify.h plugins/langid/langid.c \
	plugins/langid/model_data.c
langid_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=langid
langid_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
langid_la_LDFLAGS = $(plugin_ldflags)
langid_la_LIBADD = libqntext.la -lm
EXTRA_DIST += tools/make-langid.py

bats_tests += tests/cli/langid.bats
