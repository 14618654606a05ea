# SPDX-License-Identifier: MIT
# The fixtext plugin.
