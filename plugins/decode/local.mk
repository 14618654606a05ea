# SPDX-License-Identifier: MIT
# The decode plugin; iconv is the C library's.
noinst_LTLIBRARIES += libdecode.la
libdecode_la_SOURCES = plugins/decode/charset.c plugins/decode/charset.h plugins/decode/convert.c \
	plugins/decode/convert.h
libdecode_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libdecode_la_LIBADD = libqntext.la

plugin_LTLIBRARIES += decode.la
decode_la_SOURCES = plugins/decode/decode.c
decode_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=decode
decode_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
decode_la_LDFLAGS = $(plugin_ldflags)
decode_la_LIBADD = libdecode.la

bats_tests += tests/cli/decode.bats
if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_decode
TESTS += tests/unit/test_decode
tests_unit_test_decode_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins $(CMOCKA_CFLAGS)
tests_unit_test_decode_LDADD = libdecode.la $(CMOCKA_LIBS)
endif
