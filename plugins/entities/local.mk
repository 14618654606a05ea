# SPDX-License-Identifier: MIT
# The entities plugin.
plugin_LTLIBRARIES += entities.la
entities_la_SOURCES = plugins/entities/entities.c plugins/entities/lexicon.c \
	plugins/entities/lexicon.h plugins/entities/vocab.c plugins/entities/vocab.h plugins/entities/words.c plugins/entities/words.h \
	plugins/entities/values.c plugins/entities/values.h plugins/entities/names.c \
	plugins/entities/names.h plugins/entities/mentions.c plugins/entities/mentions.h
entities_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=entities
entities_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
entities_la_LDFLAGS = $(plugin_ldflags)
