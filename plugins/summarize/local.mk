# SPDX-License-Identifier: MIT
# The summarize plugin.
plugin_LTLIBRARIES += summarize.la
summarize_la_SOURCES = plugins/summarize/summarize.c plugins/summarize/terms.c \
	plugins/summarize/terms.h plugins/summarize/select.c plugins/summarize/select.h
summarize_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=summarize
summarize_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
summarize_la_LDFLAGS = $(plugin_ldflags)
summarize_la_LIBADD = -lm
