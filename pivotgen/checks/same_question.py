"""same-question: a question that another page asks in nearly the same words.

A question that fits any move belongs to no page: search engines want each answer once on a site,
and readers want the one about their own move.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from pivotgen.checks._mask import mask
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

# Words without which a question still asks the same. Words that choose what is asked (“how”,
# “why”, “long”, “much”) are not among them.
_WEIGHTLESS = (
    "a an the of to in on at for from by with as into is are was were be been being am do does did "
    "can could will would should may might must i me my you your we our they their it its this "
    "that there have has had if or and but so any some really actually just still ever role roles "
    "become becoming"
)
_DROPPED = frozenset(_WEIGHTLESS.split())
# From this many words on, one word may differ; in shorter questions one word is the question.
_LONG = 5
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at each question that an earlier page already asks, with the link to it."""
    # Where each set of words was first asked: path, line and the question's anchor.
    owners: dict[int, tuple[str, int, str]] = {}
    for slug, pivot in site.pivots.items():
        prose, masked = site.prose[slug], mask(pivot)
        for faq, (line, column) in zip(prose.faqs, prose.places.faqs, strict=True):
            words = frozenset(_WORD.findall(masked(faq.question).casefold())) - _DROPPED
            # Two sets that each miss one word and then agree differ by one word at most.
            forms = {words, *(words - {one} for one in words)} if len(words) >= _LONG else {words}
            keys = [hash(one) for one in forms] if words else []
            found = min((owners[key] for key in keys if key in owners), default=None)
            if found:
                path, there, anchor = found
                message = f"{path}:{there} asks this in nearly the same words"
                link = f"{PurePosixPath(path).name}#{anchor}"
                hint = f"link to {link}, and ask here only what is different for this move"
                yield Problem(
                    pivot.path, line, column, "same-question", message, hint, Level.WARNING
                )
            mine = (pivot.path, line, faq.anchor)
            for key in keys:
                owners.setdefault(key, mine)
