# SPDX-License-Identifier: MIT
# The entities plugin.
