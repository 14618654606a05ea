# SPDX-License-Identifier: MIT
# The junklines plugin.
