"""Limits: how long the texts of a header may be. The body of a page may be of any length.

They are far beyond what a reader would read. Without them a pasted page in a wrong place would end
up in addresses, in the work of every rule and in every message about it.
"""

from __future__ import annotations

from collections.abc import Mapping

# The letters of a text, by the form that its key declares (see model/header.py).
LONGEST: Mapping[str, int] = {
    # Titles, descriptions and questions.
    "text": 1_000,
    # Names of roles and of skills.
    "name": 200,
    # A point of the summary.
    "inline": 2_000,
    # An answer.
    "markdown": 50_000,
    "url": 2_000,
    "path": 500,
    "file": 500,
    "slug": 200,
    "author": 200,
    "choice": 200,
}
# The letters of a key, also of the site's own.
LONGEST_KEY = 200
