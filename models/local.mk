# SPDX-License-Identifier: MIT
# What plugins read at run time: models, rules and lists, found by name in the installed folder or
# through QUERN_DATA_PATH.
dist_pkgdata_DATA = models/news-en.rules models/names-en.list models/places-en.list \
	models/world-en.list \
	models/names-en.tagger models/names-en.qnl \
	models/stop-de.list models/stop-en.list models/stop-es.list models/stop-fr.list \
	models/stop-it.list models/stop-nl.list models/stop-pl.list models/stop-pt.list \
	models/stop-ru.list models/stop-sv.list
# Compiled into names-en.tagger.
EXTRA_DIST += models/people-en.list models/words-en.list
EXTRA_DIST += models/README.md models/corpus
