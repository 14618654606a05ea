# SPDX-License-Identifier: MIT
# Benchmarks: built and run by `make bench`, never by `make check`. Each is a program that prints
# its figures as ratios to a limit or a peer measured in the same run.
bench_programs = tests/bench/bench_run
tests_bench_bench_run_SOURCES = tests/bench/bench_run.c tests/unit/bare_plan.c tests/unit/bare_plan.h
tests_bench_bench_run_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_bench_bench_run_LDADD = libqncore.la
bench_programs += tests/bench/bench_json
tests_bench_bench_json_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_bench_bench_json_LDADD = libjsonl.la

bench_programs += tests/bench/bench_record
tests_bench_bench_record_SOURCES = tests/bench/bench_record.c
tests_bench_bench_record_LDADD = libqncore.la libqntext.la

bench_programs += tests/bench/bench_cleanup
tests_bench_bench_cleanup_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_bench_bench_cleanup_LDADD = libfixtext.la libjunklines.la -lm
bench_programs += tests/bench/bench_html
tests_bench_bench_html_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_bench_bench_html_LDADD = libhtml.la libqntext.la
bench_programs += tests/bench/bench_gunzip
tests_bench_bench_gunzip_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins $(ZLIB_CFLAGS)
tests_bench_bench_gunzip_LDADD = libfiles.la $(ZLIB_LIBS)
bench_programs += tests/bench/bench_sentences
tests_bench_bench_sentences_SOURCES = tests/bench/bench_sentences.c
tests_bench_bench_sentences_CPPFLAGS = $(AM_CPPFLAGS) $(ICU_CFLAGS)
tests_bench_bench_sentences_LDADD = libsentences.la libtokens.la libqntext.la $(ICU_LIBS)

bench_programs += tests/bench/bench_summarize
tests_bench_bench_summarize_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/plugins
tests_bench_bench_summarize_LDADD = libsummarize.la libkeyphrases.la libqntext.la -lm
bench_programs += tests/bench/bench_ents
tests_bench_bench_ents_SOURCES = tests/bench/bench_ents.c
tests_bench_bench_ents_LDADD = libsentences.la libtokens.la libqntext.la libqncore.la
bench_programs += tests/bench/bench_tagger
tests_bench_bench_tagger_SOURCES = tests/bench/bench_tagger.c tools/tagger-segment.c
tests_bench_bench_tagger_LDADD = libtagger.la libsentences.la libtokens.la libqntext.la

EXTRA_PROGRAMS += $(bench_programs)
CLEANFILES += $(bench_programs)
.PHONY: bench
bench: $(bench_programs)
	@for b in $(bench_programs); do echo "== $$b"; \
	    top_srcdir='$(top_srcdir)' QN_RULES='$(top_srcdir)/models/news-en.rules' QUERN_DATA_PATH='$(top_srcdir)/models' \
	    ./$$b || exit 1; done
	@$(MAKE) $(AM_MAKEFLAGS) bench-pipeline

# The program as a whole; BENCH_RECORDS=1000000 takes minutes.
EXTRA_PROGRAMS += tests/bench/bench_pipeline
CLEANFILES += tests/bench/bench_pipeline
tests_bench_bench_pipeline_LDADD = libqntext.la
.PHONY: bench-pipeline
bench-pipeline: tests/bench/bench_pipeline quern $(plugin_LTLIBRARIES)
	@echo "== tests/bench/bench_pipeline"
	@q=./quern; test ! -x .libs/quern || q=.libs/quern; export LD_LIBRARY_PATH=.libs; \
	    QUERN_PLUGIN_PATH=.libs QUERN_DATA_PATH='$(top_srcdir)/models' tests/bench/bench_pipeline \
	    $$q '$(top_srcdir)/conf/news.cfg' '$(top_srcdir)'/examples/articles/*.txt $(BENCH_RECORDS)

# Not a benchmark: prints sentences and tokens for a scorer. make tests/bench/segment
EXTRA_PROGRAMS += tests/bench/segment
CLEANFILES += tests/bench/segment
tests_bench_segment_SOURCES = tests/bench/segment.c
tests_bench_segment_LDADD = libsentences.la libtokens.la libqntext.la
