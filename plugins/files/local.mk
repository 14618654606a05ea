# SPDX-License-Identifier: MIT
# The files plugin: libfiles is all of it but the descriptor, for the tests too.
noinst_LTLIBRARIES += libfiles.la
libfiles_la_SOURCES = plugins/files/files.h plugins/files/feed.c plugins/files/cut.c plugins/files/document.c \
	plugins/files/document.h plugins/files/reader.c plugins/files/reader.h \
	plugins/files/input.c plugins/files/input.h plugins/files/unpack.c plugins/files/unpack.h plugins/files/gunzip.h \
	plugins/files/rows.c plugins/files/rows.h plugins/files/columns.c plugins/files/columns.h \
	plugins/files/warc.c plugins/files/warc.h plugins/files/page.c plugins/files/page.h \
	plugins/files/walk.c plugins/files/walk.h plugins/files/names.c plugins/files/names.h
if HAVE_ISAL
libfiles_la_SOURCES += plugins/files/gunzip_isal.c
else
libfiles_la_SOURCES += plugins/files/gunzip_zlib.c
endif
EXTRA_DIST += plugins/files/gunzip_isal.c plugins/files/gunzip_zlib.c
libfiles_la_CPPFLAGS = $(AM_CPPFLAGS) $(ZLIB_CFLAGS) $(ZSTD_CFLAGS) $(ISAL_CFLAGS)
libfiles_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libfiles_la_LIBADD = libqntext.la $(ZLIB_LIBS) $(ZSTD_LIBS) $(ISAL_LIBS)

plugin_LTLIBRARIES += files.la
files_la_SOURCES = plugins/files/files.c
files_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=files
files_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
files_la_LDFLAGS = $(plugin_ldflags)
files_la_LIBADD = libfiles.la

bats_tests += tests/cli/tables.bats tests/cli/warc.bats

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_gunzip
TESTS += tests/unit/test_gunzip
tests_unit_test_gunzip_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins $(ZLIB_CFLAGS)
tests_unit_test_gunzip_LDADD = libfiles.la $(ZLIB_LIBS) $(CMOCKA_LIBS)
endif
