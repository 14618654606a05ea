" SPDX-License-Identifier: MIT
" A .cfg file is quern's when it lists stages, or tests a config that does.
au BufRead,BufNewFile *.cfg if join(getline(1, 60), "\n") =~# '\<\(stages\|tests\)\s*=\s*(' | set filetype=quern | endif
