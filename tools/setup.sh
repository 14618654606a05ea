# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# tools/setup.sh - what demo.sh and check.sh share; they source it from the top of the tree.
# quern_setup PACKAGE...: sees to it that the packages are there, then builds in ./build.

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# The packages of the list that are not installed.
missing_packages()
{
    for package in "$@"; do
        case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
        *' ok installed') ;;
        *) printf ' %s' "$package" ;;
        esac
    done
}

install_packages()
{
    command -v apt-get >/dev/null || { say 'no apt-get here: configure will say what it lacks'; return; }
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    if [ "$no_install" = yes ]; then
        say "missing packages:$missing"
        exit 1
    fi
    if [ -n "$sudo" ] && ! command -v sudo >/dev/null; then
        say "not root and no sudo; as root, run: apt-get install --no-install-recommends$missing"
        exit 1
    fi
    if [ -t 0 ] && [ -z "${CI:-}" ]; then
        printf 'Install with apt-get:%s\nGo ahead? [Y/n] ' "$missing"
        read -r answer
        case $answer in '' | [Yy]*) ;; *) exit 1 ;; esac
    fi
    $sudo apt-get -q update
    # shellcheck disable=SC2086 # a list of words
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $missing
}

quern_setup()
{
    no_install=no
    [ "${option:-}" != --no-install ] || no_install=yes
    install_packages gcc libc6-dev make autoconf automake libtool pkg-config libltdl-dev \
        libconfig-dev zlib1g-dev libzstd-dev libsqlite3-dev \
        liblua5.4-dev libisal-dev \
        libstemmer-dev "$@"
    [ -x configure ] || ./autogen.sh
    mkdir -p build
    [ -e build/config.status ] || (cd build && ../configure)
    make -s -C build -j "$(nproc)"
} >&2
