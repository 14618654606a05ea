# SPDX-License-Identifier: MIT
# The html plugin.
noinst_LTLIBRARIES += libhtml.la
libhtml_la_SOURCES = plugins/html/meta.c plugins/html/meta.h plugins/html/page.c \
	plugins/html/page.h plugins/html/refs.c plugins/html/refs.h plugins/html/score.c \
	plugins/html/score.h plugins/html/weights.h plugins/html/tags.c plugins/html/tags.h plugins/html/tokenize.c \
	plugins/html/tokenize.h plugins/html/words.c plugins/html/words.h
libhtml_la_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
libhtml_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libhtml_la_LIBADD = libreferences.la libqntext.la

plugin_LTLIBRARIES += html.la
html_la_SOURCES = plugins/html/html.c
html_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=html
html_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
html_la_LDFLAGS = $(plugin_ldflags)
html_la_LIBADD = libhtml.la

# make tools/tune-html
EXTRA_PROGRAMS += tools/tune-html
CLEANFILES += tools/tune-html
tools_tune_html_SOURCES = tools/tune-html.c tools/search.c tools/search.h
tools_tune_html_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tools_tune_html_LDADD = libhtml.la libqntext.la -lm

bats_tests += tests/cli/html.bats
EXTRA_DIST += tests/data/html
if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_html
TESTS += tests/unit/test_html
tests_unit_test_html_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins $(CMOCKA_CFLAGS)
tests_unit_test_html_LDADD = libhtml.la $(CMOCKA_LIBS)
endif
