# SPDX-License-Identifier: MIT
# The mask plugin.
noinst_LTLIBRARIES += libmask.la
libmask_la_SOURCES = plugins/mask/find.c plugins/mask/find.h plugins/mask/number.c \
	plugins/mask/phone.c
libmask_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libmask_la_LIBADD = libqntext.la

plugin_LTLIBRARIES += mask.la
mask_la_SOURCES = plugins/mask/mask.c
mask_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=mask
mask_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
mask_la_LDFLAGS = $(plugin_ldflags)
mask_la_LIBADD = libmask.la

bats_tests += tests/cli/mask.bats
if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_mask
TESTS += tests/unit/test_mask
tests_unit_test_mask_SOURCES = tests/unit/test_mask.c
tests_unit_test_mask_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins $(CMOCKA_CFLAGS)
tests_unit_test_mask_LDADD = libmask.la $(CMOCKA_LIBS)
endif
