# SPDX-License-Identifier: MIT
# News articles of our own (CC0) to try quern on.
articlesdir = $(pkgdatadir)/examples/articles
dist_articles_DATA = examples/articles/harbour.txt examples/articles/merger.txt \
	examples/articles/quake.txt examples/articles/telescope.txt
