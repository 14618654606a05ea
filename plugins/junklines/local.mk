# SPDX-License-Identifier: MIT
# The junklines plugin.
# The decisions themselves, for the plugin, its tests and the trainer.
noinst_LTLIBRARIES += libjunklines.la
libjunklines_la_SOURCES = plugins/junklines/compile.c plugins/junklines/facts.c \
	plugins/junklines/facts.h plugins/junklines/lines.c plugins/junklines/match.c \
	plugins/junklines/model.c plugins/junklines/model.h plugins/junklines/patterns.h \
	plugins/junklines/rules.h \
	plugins/junklines/words.c plugins/junklines/words.h $(junklines_model)
# made by tools/train-junklines
junklines_model = plugins/junklines/model_data.c
libjunklines_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden

plugin_LTLIBRARIES += junklines.la
junklines_la_SOURCES = plugins/junklines/junklines.c
junklines_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=junklines
junklines_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
junklines_la_LDFLAGS = $(plugin_ldflags)
junklines_la_LIBADD = libjunklines.la -lm

# Not built by default: make tools/train-junklines
EXTRA_PROGRAMS += tools/train-junklines
tools_train_junklines_SOURCES = tools/train-junklines.c
tools_train_junklines_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tools_train_junklines_LDADD = libjunklines.la -lm
EXTRA_DIST += tools/junklines-lines
