# SPDX-License-Identifier: MIT
# libqntext: pure text helpers (no state, no host) shared by the core and the built-in plugins.
noinst_LTLIBRARIES += libqntext.la
libqntext_la_SOURCES = core/text/utf8.c core/text/utf8.h core/text/utf8_avx2.c \
	core/text/utf8_kernels.h \
	core/text/chars.c core/text/chars.h core/text/chars_data.h core/text/letters.h \
	core/text/json_number.c core/text/json_number.h core/text/json_read.c core/text/json_read.h \
	core/text/json_write.c core/text/json_write.h
libqntext_la_SOURCES += core/text/phrases.c core/text/phrases.h core/text/phrases_format.h \
	core/text/phrases_build.c core/text/phrases_read.c
libqntext_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden

# libqncore: everything but the command line and the library's own functions. The program and the
# tests are linked with it as it is; libquern shows the world only what quern/run.h has.
noinst_LTLIBRARIES += libqncore.la
libqncore_la_SOURCES = core/names.c core/names.h core/log.c core/log.h core/out.c core/out.h
libqncore_la_SOURCES += core/batch.c core/batch.h
libqncore_la_SOURCES += core/edit.c core/edit.h
libqncore_la_SOURCES += core/suggest.c core/suggest.h core/diag.c core/diag_codes.c core/diag.h
libqncore_la_SOURCES += core/tree.c core/tree.h core/scan.c core/scan.h core/config.c core/config.h
libqncore_la_SOURCES += core/scan_words.c core/scan_words.h
libqncore_la_SOURCES += core/option.c core/option.h core/loader.c core/loader.h core/plan.c
libqncore_la_SOURCES += core/session.c core/session.h core/stage.h core/host.c core/host.h
libqncore_la_SOURCES += core/plan.h core/wire.c core/wire.h core/ledger.c core/ledger.h
libqncore_la_SOURCES += core/step.c core/step.h core/run.c core/run.h
libqncore_la_CPPFLAGS = $(AM_CPPFLAGS) $(LIBCONFIG_CFLAGS) $(ZLIB_CFLAGS) \
	-DQN_PLUGIN_DIR='"$(plugindir)"' -DQN_DATA_DIR='"$(pkgdatadir)"' \
	-DQN_VERSION='"$(PACKAGE_VERSION)"'
libqncore_la_LIBADD = libqntext.la $(LTDL_LIBS) $(LIBCONFIG_LIBS) $(ZLIB_LIBS)
libqncore_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden

# libquern: quern as a library (docs/embedding.md).
lib_LTLIBRARIES += libquern.la
libquern_la_SOURCES = core/embed.c core/embed_desk.c core/embed_desk.h core/embed_problems.c \
	core/embed_problems.h
libquern_la_CPPFLAGS = $(AM_CPPFLAGS) -DQN_VERSION='"$(PACKAGE_VERSION)"'
libquern_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
libquern_la_LIBADD = libqncore.la
# current:revision:age, see libtool's manual: the first is the 1 of libquern.so.1
libquern_la_LDFLAGS = $(AM_LDFLAGS) -no-undefined -version-info 1:0:0 \
	-Wl,--version-script=$(top_srcdir)/core/libquern.map
EXTRA_libquern_la_DEPENDENCIES = $(top_srcdir)/core/libquern.map
EXTRA_DIST += core/libquern.map

# quern eval: what it is made of, for the tests too.
noinst_LTLIBRARIES += libqneval.la
libqneval_la_SOURCES = core/eval/doc.c core/eval/doc.h core/eval/match.c core/eval/match.h \
	core/eval/packed.c core/eval/packed.h core/eval/changes.c core/eval/changes.h core/eval/flat.c core/eval/flat.h core/eval/measure.c core/eval/measure.h \
	core/eval/spans.c core/eval/spans.h core/eval/stem.c core/eval/stem.h \
	core/eval/words.c core/eval/words.h core/eval/rouge.c \
	core/eval/rouge.h core/eval/lines.c core/eval/lines.h core/eval/score.c core/eval/score.h \
	core/eval/report.c core/eval/report.h
libqneval_la_CPPFLAGS = $(AM_CPPFLAGS) $(ZLIB_CFLAGS) $(ZSTD_CFLAGS)
libqneval_la_LIBADD = $(ZLIB_LIBS) $(ZSTD_LIBS) -lm

# The program.
bin_PROGRAMS += quern
quern_SOURCES = core/cli/main.c core/cli/cli.h core/cli/term.c core/cli/summary.c \
	core/cli/summary.h core/cli/stats.c core/cli/stats.h core/cli/tap.c core/cli/tap.h \
	core/cli/cmd_run.c core/cli/fault.c core/cli/fault.h core/cli/clash.c core/cli/clash.h core/cli/cmd_check.c core/cli/cmd_plugins.c \
	core/cli/cmd_compile_list.c core/cli/cmd_help.c core/cli/cmd_eval.c core/cli/cmd_show.c core/cli/cmd_graph.c \
	core/cli/cmd_pipe.c core/cli/cmd_test.c core/cli/testcase.c core/cli/testcase.h \
	core/cli/scaffold.c core/cli/scaffold.h core/cli/manual.c core/cli/manual.h core/cli/cmd_view.c core/cli/cmd_diff.c core/cli/diff_show.c core/cli/diff_show.h core/cli/diff_page.c core/cli/lines.c core/cli/lines.h \
	core/page/page.h core/page/page.c core/page/html.h core/page/html.c core/page/view_data.c \
	core/page/report_data.c core/cli/cmd_report.c core/cli/cmd_new.c core/cli/schema.c core/cli/schema.h core/cli/cmd_bench.c \
	core/bench/interval.c core/bench/interval.h core/bench/sample.c core/bench/sample.h \
	core/cli/bench_measure.c core/cli/bench_measure.h core/cli/bench_limits.c \
	core/cli/bench_figures.c core/cli/bench_figures.h core/report/corpus.h core/report/corpus.c core/report/page.h \
	core/report/page.c core/report/stages.h core/report/stages.c core/report/tally.h core/report/tally.c \
	core/cli/cmd_plugincheck.c core/cli/plugincheck.h core/check/check.h core/check/child.c core/check/load.c \
	core/check/descriptor.c core/check/documents.c core/check/stage.c core/check/ends.c core/check/tests.c \
	core/embed.c core/embed_desk.c core/embed_desk.h core/embed_problems.c core/embed_problems.h
quern_CPPFLAGS = $(AM_CPPFLAGS) -DQN_VERSION='"$(PACKAGE_VERSION)"'
quern_LDADD = libqneval.la libqncore.la libqntext.la $(LTDL_LIBS)
quern_LDFLAGS = $(AM_LDFLAGS) $(preloaded_plugins)
if STATIC_PLUGINS
EXTRA_quern_DEPENDENCIES = $(plugin_LTLIBRARIES)
endif

bats_tests += tests/cli/eval.bats
if HAVE_CMOCKA
if !STATIC_PLUGINS
check_PROGRAMS += tests/unit/test_embed
TESTS += tests/unit/test_embed
tests_unit_test_embed_LDADD = libquern.la $(CMOCKA_LIBS)
endif
check_PROGRAMS += tests/unit/test_bench
TESTS += tests/unit/test_bench
tests_unit_test_bench_SOURCES = tests/unit/test_bench.c core/bench/interval.c core/bench/sample.c
tests_unit_test_bench_LDADD = libqntext.la -lm $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/test_changes
TESTS += tests/unit/test_changes
tests_unit_test_changes_SOURCES = tests/unit/test_changes.c core/eval/changes.c
tests_unit_test_changes_LDADD = $(CMOCKA_LIBS)
check_PROGRAMS += tests/unit/test_eval
TESTS += tests/unit/test_eval
tests_unit_test_eval_LDADD = libqneval.la libqncore.la libqntext.la $(CMOCKA_LIBS)
endif
bats_tests += tests/cli/packed.bats tests/cli/bench.bats tests/cli/new.bats tests/cli/report.bats tests/cli/observe.bats tests/cli/show.bats tests/cli/test.bats

# The pages: tools/make-page.py core/page NAME >core/page/NAME_data.c
EXTRA_DIST += core/page/report.html core/page/report.css core/page/view.html core/page/view.css core/page/view.js tools/make-page.py
