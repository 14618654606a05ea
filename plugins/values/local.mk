# SPDX-License-Identifier: MIT
# The values plugin. The rules are a library of their own: the plugin and the tests link the same
# code.
noinst_LTLIBRARIES += libvalues.la
libvalues_la_SOURCES = plugins/values/vocab.c plugins/values/vocab.h plugins/values/words_data.c \
	plugins/values/words.c plugins/values/words.h plugins/values/decimal.c plugins/values/decimal.h \
	plugins/values/calendar.c plugins/values/calendar.h plugins/values/rules.h \
	plugins/values/number.c plugins/values/dates.c plugins/values/holidays.c plugins/values/periods.c plugins/values/uncounted.c \
	plugins/values/clock.c plugins/values/measures.c plugins/values/money.c \
	plugins/values/durations.c plugins/values/si.c plugins/values/si.h plugins/values/find.c plugins/values/find.h
libvalues_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden

plugin_LTLIBRARIES += values.la
values_la_SOURCES = plugins/values/values.c
values_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins -DQUERN_MODULE=values
values_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
values_la_LDFLAGS = $(plugin_ldflags)
values_la_LIBADD = libvalues.la libents.la libqntext.la
bats_tests += tests/cli/values.bats
EXTRA_DIST += tests/data/values tools/make-values-words.py tools/score-values.py

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_values
TESTS += tests/unit/test_values
tests_unit_test_values_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_unit_test_values_LDADD = libvalues.la $(CMOCKA_LIBS)
endif
