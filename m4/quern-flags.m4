# SPDX-License-Identifier: MIT
# m4/quern-flags.m4 - compiler and linker flags: taken when the tool chain takes them.

# QN_TRY_FLAG(VARIABLE, FLAG): appends FLAG to VARIABLE if a program compiles and links with it
# and no complaint.
AC_DEFUN([QN_TRY_FLAG], [
  AS_VAR_PUSHDEF([qn_ok], [qn_cv_flag_$2])
  AC_CACHE_CHECK([whether $CC takes $2], [qn_ok], [
    qn_saved_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS -Werror $2"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([[#include <string.h>]],
        [[char b[8]; memset(b, 0, sizeof b); return b[3];]])],
      [AS_VAR_SET([qn_ok], [yes])], [AS_VAR_SET([qn_ok], [no])])
    CFLAGS=$qn_saved_CFLAGS])
  AS_VAR_IF([qn_ok], [yes], [$1="$$1 $2"])
  AS_VAR_POPDEF([qn_ok])])

# QN_NEED_FLAG(VARIABLE, FLAG, SWITCH): the same, but a refusal ends configure: the builder asked
# for it with SWITCH.
AC_DEFUN([QN_NEED_FLAG], [
  qn_before=$$1
  QN_TRY_FLAG([$1], [$2])
  AS_IF([test "$$1" = "$qn_before"], [AC_MSG_ERROR([$3 was asked for, but $CC refuses $2])])])

# QN_SWITCH(NAME, HELP): --enable-NAME, off by default; the answer in enable_NAME.
AC_DEFUN([QN_SWITCH], [
  AC_ARG_ENABLE([$1], [AS_HELP_STRING([--enable-$1], [$2])], [], [enable_$1=no])])

dnl QN_OPTIONAL(PREFIX, NAME, MODULE, WHAT, PACKAGE): a library that a part of quern can do without:
dnl --with-NAME makes it needed, --without-NAME leaves it out; else it is used where it is. Sets
dnl PREFIX_CFLAGS (with -DHAVE_PREFIX), PREFIX_LIBS and the conditional HAVE_PREFIX.
AC_DEFUN([QN_OPTIONAL], [
  AC_ARG_WITH([$2], [AS_HELP_STRING([--without-$2], [build without $4])], [], [with_$2=auto])
  have_$2=no
  AS_IF([test "$with_$2" != no],
    [PKG_CHECK_MODULES([$1], [$3], [have_$2=yes],
      [AS_IF([test "$with_$2" = yes], [AC_MSG_ERROR([$3 not found: install $5])])])])
  AS_IF([test "$have_$2" = yes], [$1_CFLAGS="$$1_CFLAGS -DHAVE_$1"],
    [$1_CFLAGS= $1_LIBS=; left_out="$left_out $4 ($5);"])
  AC_SUBST([$1_CFLAGS])
  AC_SUBST([$1_LIBS])
  AM_CONDITIONAL([HAVE_$1], [test "$have_$2" = yes])
])
