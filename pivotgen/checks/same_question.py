"""same-question: a question that another page asks in nearly the same words.

Readers want answers about their own move, and search engines want each answer once on a site. So
a question that fits any move should be answered on one page, and other pages should link to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from pivotgen.checks._mask_roles import mask_roles
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

# Words that do not change what a question asks. “How”, “why”, “long” and “much” do change it.
_IGNORED_WORDS = (
    "a an the of to in on at for from by with as into is are was were be been being am do does did "
    "can could will would should may might must i me my you your we our they their it its this "
    "that there have has had if or and but so any some really actually just still ever role roles "
    "become becoming"
)
_IGNORED = frozenset(_IGNORED_WORDS.split())
# Questions of this many words or more may differ by one word. In shorter ones each word matters.
_LONG = 5
# Longer ones are compared as a whole, because the work grows with the square of the words.
_LONGEST = 100
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at each question that an earlier page already asks, with the link to it."""
    # Where each set of words was asked first: the path, the line and the anchor of the question.
    owners: dict[int, tuple[str, int, str]] = {}
    for pivot, prose in site.with_prose():
        mask = mask_roles(pivot)
        for faq, (line, column) in zip(prose.faqs, prose.places.faqs, strict=True):
            words = frozenset(_WORD.findall(mask(faq.question).casefold())) - _IGNORED
            # Two sets that are equal without one word of each differ by one word at most.
            forms = {words}
            if _LONG <= len(words) <= _LONGEST:
                forms |= {words - {word} for word in words}
            keys = [hash(form) for form in forms] if words else []
            first = min((owners[key] for key in keys if key in owners), default=None)
            if first:
                path, there, anchor = first
                message = f"{path}:{there} asks this in nearly the same words"
                link = f"{PurePosixPath(path).name}#{anchor}"
                hint = f"link to {link}, and ask here only what is different for this move"
                place = pivot.path, line, column
                yield Problem(*place, "same-question", message, hint, Level.WARNING)
            for key in keys:
                owners.setdefault(key, (pivot.path, line, faq.anchor))
