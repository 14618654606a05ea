/* SPDX-License-Identifier: MIT */
/* tests/unit/test_out.c - an output is seen whole or not at all (core/out.h). */
#include "out.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[64];
static char why[1024];

static int enter_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof dir, "/tmp/quern-out-XXXXXX");
    return mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int leave_dir(void **state)
{
    char cmd[128];
    (void)state;
    snprintf(cmd, sizeof cmd, "rm -rf '%s'", dir);
    return chdir("/") == 0 && system(cmd) == 0 ? 0 : -1;
}

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void assert_holds(const char *path, const char *text)
{
    char buf[256] = "";
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    buf[fread(buf, 1, sizeof buf - 1, f)] = '\0';
    fclose(f);
    assert_string_equal(buf, text);
}

static int files_here(void)
{
    FILE *p = popen("ls -A | wc -l", "r");
    int n = -1;
    assert_non_null(p);
    assert_int_equal(fscanf(p, "%d", &n), 1);
    pclose(p);
    return n;
}

static qn_out *written(const char *path)
{
    qn_str s = QN_STR("new\n");
    qn_out *out = qn_out_open(path, 0, why, sizeof why);
    assert_non_null(out);
    assert_int_equal(qn_out_write(out, s, why, sizeof why), QN_OK);
    return out;
}

static void kept_file_appears_at_the_end(void **state)
{
    qn_out *out = written("a");
    (void)state;
    assert_int_not_equal(access("a", F_OK), 0);
    assert_int_equal(qn_out_keep(out, why, sizeof why), QN_OK);
    qn_out_free(out);
    assert_holds("a", "new\n");
    assert_int_equal(files_here(), 1);
}

static void discarded_file_leaves_the_old_one(void **state)
{
    qn_out *out;
    (void)state;
    put("a", "old\n");
    out = written("a");
    qn_out_free(out);
    assert_holds("a", "old\n");
    assert_int_equal(files_here(), 1);
}

static void link_keeps_its_place(void **state)
{
    struct stat st;
    qn_out *out;
    (void)state;
    put("target", "old\n");
    assert_int_equal(symlink("target", "link"), 0);
    out = written("link");
    assert_int_equal(qn_out_keep(out, why, sizeof why), QN_OK);
    qn_out_free(out);
    assert_int_equal(lstat("link", &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_holds("target", "new\n");
}

static void permissions_of_the_old_file_stay(void **state)
{
    struct stat st;
    qn_out *out;
    (void)state;
    put("a", "old\n");
    assert_int_equal(chmod("a", 0640), 0);
    out = written("a");
    assert_int_equal(qn_out_keep(out, why, sizeof why), QN_OK);
    qn_out_free(out);
    assert_int_equal(stat("a", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
}

static void missing_folder_is_named(void **state)
{
    (void)state;
    assert_null(qn_out_open("nowhere/a", 0, why, sizeof why));
    assert_string_equal(why, "cannot create 'nowhere/a': No such file or directory");
    assert_null(qn_out_open("nowhere/a", 1, why, sizeof why));
    assert_string_equal(why, "cannot create 'nowhere/a': No such file or directory");
}

static void dry_open_creates_nothing(void **state)
{
    qn_out *out = qn_out_open("a", 1, why, sizeof why);
    (void)state;
    assert_non_null(out);
    qn_out_free(out);
    assert_int_equal(files_here(), 0);
}

static void full_disk_is_an_error_that_stays(void **state)
{
    qn_str s = QN_STR("x");
    qn_out *out = qn_out_open("/dev/full", 0, why, sizeof why);
    (void)state;
    assert_non_null(out);
    assert_int_equal(qn_out_write(out, s, why, sizeof why), QN_E_IO);
    assert_string_equal(why, "cannot write '/dev/full' after 0 bytes: No space left on device");
    assert_int_equal(qn_out_keep(out, why, sizeof why), QN_E_IO);
    qn_out_free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kept_file_appears_at_the_end, enter_dir, leave_dir),
        cmocka_unit_test_setup_teardown(discarded_file_leaves_the_old_one, enter_dir, leave_dir),
        cmocka_unit_test_setup_teardown(link_keeps_its_place, enter_dir, leave_dir),
        cmocka_unit_test_setup_teardown(permissions_of_the_old_file_stay, enter_dir, leave_dir),
        cmocka_unit_test_setup_teardown(missing_folder_is_named, enter_dir, leave_dir),
        cmocka_unit_test_setup_teardown(dry_open_creates_nothing, enter_dir, leave_dir),
        cmocka_unit_test_setup_teardown(full_disk_is_an_error_that_stays, enter_dir, leave_dir),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
