# SPDX-License-Identifier: MIT
# The sentences plugin.
