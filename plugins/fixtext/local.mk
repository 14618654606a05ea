# SPDX-License-Identifier: MIT
# The fixtext plugin.
fixtext_sources = plugins/fixtext/cells.c plugins/fixtext/cells.h plugins/fixtext/chars.c \
	plugins/fixtext/compose.c plugins/fixtext/entity.c plugins/fixtext/fix.c \
	plugins/fixtext/fix.h plugins/fixtext/mojibake.c plugins/fixtext/quick.c plugins/fixtext/scan.c \
	plugins/fixtext/tables.h $(fixtext_tables)
# made by tools/make-unicode-tables plugins/fixtext
fixtext_tables = plugins/fixtext/charset_data.c plugins/fixtext/nfc_data.c

# The repair itself, for the plugin and for its tests.
noinst_LTLIBRARIES += libfixtext.la
libfixtext_la_SOURCES = $(fixtext_sources)
libfixtext_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
libfixtext_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libfixtext_la_LIBADD = libreferences.la

plugin_LTLIBRARIES += fixtext.la
fixtext_la_SOURCES = plugins/fixtext/fixtext.c
fixtext_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=fixtext
fixtext_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
fixtext_la_LDFLAGS = $(plugin_ldflags)
fixtext_la_LIBADD = libfixtext.la
EXTRA_DIST += tools/make-unicode-tables
