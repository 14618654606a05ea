# SPDX-License-Identifier: MIT
# The summarize plugin.
