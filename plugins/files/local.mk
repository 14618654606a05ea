# SPDX-License-Identifier: MIT
# The files plugin.
