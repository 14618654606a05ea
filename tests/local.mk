# SPDX-License-Identifier: MIT
# Tests: unit (cmocka, one program per core file) and cli (bats, the built program).
