# SPDX-License-Identifier: MIT

# Generators of committed tables: Python 3, run by hand; what they write says which one wrote it.
EXTRA_DIST += tools/make-chars.py tools/make-lexicon.py tools/sentence-data.py \
	tools/train-sentences.sh

# make tools/train-sentences
EXTRA_PROGRAMS += tools/train-sentences
CLEANFILES += tools/train-sentences
tools_train_sentences_SOURCES = tools/train-sentences.c
tools_train_sentences_LDADD = libsentences.la libqntext.la -lm
