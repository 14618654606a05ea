# SPDX-License-Identifier: MIT
# The lua stage; left out where Lua 5.4 is not there.
if HAVE_LUA
plugin_LTLIBRARIES += lua.la
lua_la_SOURCES = plugins/lua/lua.c plugins/lua/doc.c plugins/lua/doc.h \
	plugins/lua/sandbox.c plugins/lua/sandbox.h
lua_la_CPPFLAGS = $(AM_CPPFLAGS) -DQUERN_MODULE=lua $(LUA_CFLAGS)
lua_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
lua_la_LDFLAGS = $(plugin_ldflags)
lua_la_LIBADD = libqntext.la $(LUA_LIBS)
endif

bats_tests += tests/cli/lua.bats
EXTRA_DIST += examples/lua
