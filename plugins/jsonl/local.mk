# SPDX-License-Identifier: MIT
# The jsonl plugin.
