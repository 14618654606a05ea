# SPDX-License-Identifier: MIT
# The tokens plugin.
