# SPDX-License-Identifier: MIT
# News articles of our own (CC0) to try quern on.
articlesdir = $(pkgdatadir)/examples/articles
dist_articles_DATA = examples/articles/harbour.txt examples/articles/merger.txt \
	examples/articles/quake.txt examples/articles/telescope.txt

# The plugin to copy from. Installed, not built: tests/install builds it as its reader would.
shoutdir = $(pkgdatadir)/examples/shout
dist_shout_DATA = examples/shout/shout.c examples/shout/shout.cfg

# quern as a library: a C program and a Python module. Installed, not built, for the same reason.
embeddir = $(pkgdatadir)/examples/embed
dist_embed_DATA = examples/embed/embed.c examples/embed/Makefile
pymoduledir = $(pkgdatadir)/examples/python
dist_pymodule_DATA = examples/python/quern.py
