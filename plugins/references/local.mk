# SPDX-License-Identifier: MIT
# The character references of HTML: a library of fixtext and html.
noinst_LTLIBRARIES += libreferences.la
libreferences_la_SOURCES = plugins/references/references.c plugins/references/references.h \
	plugins/references/references_data.c
libreferences_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
