# SPDX-License-Identifier: MIT
# Tests: unit (cmocka, one program per core file), cli (bats, the built program), project (bats,
# the rules of this source tree), install (bats, an installed tree and plugins built against it).
# Everything speaks TAP, so that the totals of `make check` count cases, not files.
tap_driver = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
TEST_EXTENSIONS = .bats
LOG_DRIVER = $(tap_driver)
# bats' exit status only repeats what its lines say.
BATS_LOG_DRIVER = $(tap_driver) --ignore-exit
BATS_LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/run-bats
AM_TESTS_ENVIRONMENT = \
	top_srcdir='$(abs_top_srcdir)'; top_builddir='$(abs_top_builddir)'; \
	QUERN='$(abs_top_builddir)/quern'; QUERN_PLUGIN_PATH='$(abs_top_builddir)/.libs'; \
	QUERN_DATA_PATH='$(abs_top_srcdir)/models:$(abs_top_srcdir)'; \
	QUERN_STATIC_PLUGINS='$(enable_static_plugins)'; \
	INSTRUMENTED='$(strip $(SANITIZE_FLAGS) $(COVERAGE_FLAGS))'; \
	plugindir='$(plugindir)'; bindir='$(bindir)'; libdir='$(libdir)'; pkgdatadir='$(pkgdatadir)'; \
	plugins='$(plugin_LTLIBRARIES:.la=)'; \
	CC='$(CC)'; CXX='$(TEST_CXX)'; PKG_CONFIG='$(PKG_CONFIG)'; BATS='$(BATS)'; MAKE='$(MAKE)'; \
	CMOCKA_MESSAGE_OUTPUT=TAP; \
	export top_srcdir top_builddir QUERN QUERN_PLUGIN_PATH QUERN_DATA_PATH QUERN_STATIC_PLUGINS \
	INSTRUMENTED plugindir bindir libdir pkgdatadir plugins CC CXX PKG_CONFIG BATS MAKE \
	CMOCKA_MESSAGE_OUTPUT;

# The installed tree, used as a stranger would use it.
installcheck-local:
	@$(AM_TESTS_ENVIRONMENT) QUERN='$(DESTDIR)$(bindir)/quern'; INSTALLED_ROOT='$(DESTDIR)'; \
	unset QUERN_PLUGIN_PATH QUERN_DATA_PATH; export QUERN INSTALLED_ROOT; \
	$(SHELL) $(top_srcdir)/tests/run-bats $(top_srcdir)/tests/install/installed.bats \
		$(top_srcdir)/tests/install/embed.bats $(top_srcdir)/tests/install/tutorial.bats

# One line each; a plugin names its own tests in its own local.mk.
bats_tests += tests/cli/cleanup.bats tests/cli/junkhard.bats
bats_tests += tests/cli/files.bats
bats_tests += tests/cli/jsonl.bats
bats_tests += tests/cli/manual.bats
bats_tests += tests/cli/completion.bats tests/cli/desk.bats tests/cli/view.bats tests/cli/diff.bats tests/cli/plugincheck.bats tests/cli/schema.bats
EXTRA_DIST += tests/browser tests/check
bats_tests += tests/project/sources.bats
bats_tests += tests/project/abi_headers.bats
bats_tests += tests/project/symbols.bats
bats_tests += tests/project/dist.bats
bats_tests += tests/cli/check.bats tests/cli/run.bats tests/cli/summarize.bats
bats_tests += tests/install/installed.bats
bats_tests += tests/install/abi.bats tests/install/embed.bats tests/install/tutorial.bats
TESTS += $(bats_tests)
EXTRA_DIST += tests/run-bats tests/common.bash $(bats_tests)
EXTRA_DIST += tests/config
EXTRA_DIST += tests/project/floors.awk tests/install/variant.c
EXTRA_DIST += tests/fuzz/README.md tests/fuzz/fuzz_config.c tests/fuzz/fuzz_html.c tests/fuzz/fuzz_json.c \
	tests/fuzz/fuzz_lines.c tests/fuzz/fuzz_page.c tests/fuzz/fuzz_records.c \
	tests/fuzz/fuzz_sentences.c
EXTRA_DIST += tests/data/sentences/hard.txt tests/data/sentences/news.txt tests/data/sentences/unseen.txt \
	tests/data/sentences/languages.txt

if HAVE_CMOCKA
json_tests = tests/unit/test_json_write tests/unit/test_json_read tests/unit/test_jsonl_encode \
	tests/unit/test_files_reader
check_PROGRAMS += $(json_tests)
TESTS += $(json_tests)
tests_unit_test_json_write_LDADD = libqntext.la $(CMOCKA_LIBS)
tests_unit_test_json_read_LDADD = libqntext.la $(CMOCKA_LIBS)
tests_unit_test_jsonl_encode_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_unit_test_jsonl_encode_LDADD = libjsonl.la $(CMOCKA_LIBS)
tests_unit_test_files_reader_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_unit_test_files_reader_LDADD = libfiles.la $(CMOCKA_LIBS)
sentences_tests = tests/unit/test_sentences tests/unit/test_sentences_hard tests/unit/test_tokens
check_PROGRAMS += $(sentences_tests)
TESTS += $(sentences_tests)
tests_unit_test_sentences_LDADD = libsentences.la libqntext.la $(CMOCKA_LIBS)
tests_unit_test_sentences_hard_LDADD = libsentences.la libqntext.la $(CMOCKA_LIBS)
tests_unit_test_tokens_LDADD = libtokens.la libqntext.la $(CMOCKA_LIBS)
endif

if HAVE_CMOCKA
core_tests = tests/unit/test_option tests/unit/test_out tests/unit/test_run
check_PROGRAMS += $(core_tests)
TESTS += $(core_tests)
tests_unit_test_option_LDADD = libqncore.la $(CMOCKA_LIBS)
tests_unit_test_out_LDADD = libqncore.la $(CMOCKA_LIBS)
tests_unit_test_run_SOURCES = tests/unit/test_run.c tests/unit/bare_plan.c tests/unit/bare_plan.h
tests_unit_test_run_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_unit_test_run_LDADD = libqncore.la $(CMOCKA_LIBS)
record_tests = tests/unit/test_batch tests/unit/test_edit tests/unit/test_utf8 \
	tests/unit/test_names tests/unit/test_record
check_PROGRAMS += $(record_tests)
TESTS += $(record_tests)
tests_unit_test_batch_LDADD = libqncore.la $(CMOCKA_LIBS)
tests_unit_test_edit_SOURCES = tests/unit/test_edit.c tests/unit/edit_model.c \
	tests/unit/edit_model.h
tests_unit_test_edit_LDADD = libqncore.la $(CMOCKA_LIBS)
tests_unit_test_utf8_LDADD = libqntext.la $(CMOCKA_LIBS)
tests_unit_test_names_LDADD = libqncore.la $(CMOCKA_LIBS)
tests_unit_test_record_LDADD = libqncore.la $(CMOCKA_LIBS)
endif

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_fixtext
TESTS += tests/unit/test_fixtext
tests_unit_test_fixtext_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_unit_test_fixtext_LDADD = libfixtext.la $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/test_junklines
TESTS += tests/unit/test_junklines
tests_unit_test_junklines_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_unit_test_junklines_LDADD = libjunklines.la $(CMOCKA_LIBS) -lm
endif
# Checks JSON lines on standard input against what spaCy reads: for the command-line tests.
check_PROGRAMS += tests/tools/spacy_contract
tests_tools_spacy_contract_LDADD = libqntext.la
include tests/bench/local.mk
EXTRA_DIST += tests/data/cleanup/hard.txt tests/data/cleanup/furniture.txt
EXTRA_DIST += tests/install/abi-1.0

# Does a plugin built against the frozen headers of ABI 1.0 still load, and are today's headers the same?
.PHONY: abi-check
abi-check: all
	$(MAKE) $(AM_MAKEFLAGS) check TESTS=tests/install/abi.bats
