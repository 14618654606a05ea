" SPDX-License-Identifier: MIT
" Vim syntax of quern's configs and config tests (libconfig's language, see quern.cfg(5)).
if exists('b:current_syntax')
  finish
endif

syn keyword quernTodo TODO FIXME XXX contained
syn match quernComment '#.*$\|//.*$' contains=quernTodo,@Spell
syn region quernComment start='/\*' end='\*/' contains=quernTodo,@Spell
syn match quernEscape '\\\(x\x\x\|.\)' contained
syn match quernVariable '\${[A-Za-z_][A-Za-z0-9_]*\(:-[^}]*\)\?}\|\$\$' contained
syn region quernString start='"' end='"' contains=quernEscape,quernVariable,@Spell
syn match quernNumber '\<[-+]\?\(0[xX]\x\+\|\d\+\(\.\d*\)\?\([eE][-+]\?\d\+\)\?\)L\{0,2\}\>'
syn keyword quernBoolean true false
syn match quernInclude '^\s*@include\>'
syn match quernName '\<[A-Za-z][A-Za-z0-9_*-]*\>\ze\s*[=:]'
syn match quernKey '\<\(version\|run\|stages\|plugin\|id\|on_error\|plugin_path\|data_path\|use\)\>\ze\s*[=:]'
syn match quernKey '\<\(config\|tests\|name\|input\|file\|from\|to\|set\|record\|text\|sentences\|tokens\|summary\|headings\|entities\|dropped\|changed\|meta\|state\|why\|records\|golden\)\>\ze\s*[=:]'

hi def link quernTodo Todo
hi def link quernComment Comment
hi def link quernEscape SpecialChar
hi def link quernVariable PreProc
hi def link quernString String
hi def link quernNumber Number
hi def link quernBoolean Boolean
hi def link quernInclude Include
hi def link quernName Identifier
hi def link quernKey Keyword

let b:current_syntax = 'quern'
