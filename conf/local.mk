# SPDX-License-Identifier: MIT
# Pipelines to run as they are, and to copy from.
confdir = $(pkgdatadir)/conf
dist_conf_DATA = conf/news.cfg conf/news.test.cfg conf/corpus.cfg conf/corpus.test.cfg \
	conf/web.cfg conf/web.test.cfg
