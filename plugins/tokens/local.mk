# SPDX-License-Identifier: MIT
# The tokens plugin. The algorithm is a library of its own: the plugin and the tests link the same
# code.
noinst_LTLIBRARIES += libtokens.la
libtokens_la_SOURCES = plugins/tokens/tokenize.c plugins/tokens/tokenize.h \
	plugins/tokens/lexer.h plugins/tokens/address.c plugins/tokens/marks.c \
	plugins/tokens/words.c plugins/tokens/parts.c plugins/tokens/stops.c \
	plugins/tokens/abbrev.c plugins/tokens/abbrev.h plugins/tokens/abbrev_data.c
libtokens_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden

plugin_LTLIBRARIES += tokens.la
tokens_la_SOURCES = plugins/tokens/tokens.c
tokens_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=tokens
tokens_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
tokens_la_LDFLAGS = $(plugin_ldflags)
tokens_la_LIBADD = libtokens.la libqntext.la
