"""link-text: a link whose words do not say where it leads (WCAG 2.4.9).

Screen readers can list the links of a page without the sentences around them. Readers who skim a
page see little more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Notes, Pivot, Prose
from pivotgen.model.problem import Level, Problem
from pivotgen.model.role import RoleText

# Whole texts of links, never parts: “here is how nurses train” is a good text. English and
# Spanish, the languages that layouts/phrases/ has.
_EMPTY = re.compile(
    r"here|click here|click|this|that|link|this link|this page|this article|this post|this site|"
    "page|website|more|read more|learn more|see more|find out more|more info|more information|"
    "details|source|read|see|go|continue|"
    "aquí|haz clic aquí|clic aquí|haga clic aquí|este enlace|enlace|esta página|más|leer más|"
    "ver más|más información|saber más"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)


def check_pivot(pivot: Pivot, prose: Prose, today: date) -> Iterator[Problem]:
    """A warning at each link whose words do not say where it leads."""
    return _empty(pivot.path, prose.notes)


def check_text(text: RoleText | OwnPage, today: date) -> Iterator[Problem]:
    """The same for the file of a role or of an own page."""
    return _empty(text.path, text.notes)


def _empty(path: str, notes: Notes) -> Iterator[Problem]:
    for link in notes.links:
        if link.image:
            continue
        words = " ".join(link.text.split())
        bare = words.casefold().strip(" .,:;!?…»›→>*_")
        if not bare:
            message = "this link has no words"
        elif _EMPTY.fullmatch(bare):
            message = f"the link’s words “{words}” do not say where it leads"
        elif _ADDRESS.fullmatch(words):
            message = "this link shows its address instead of words"
        else:
            continue
        hint = "put the link on the words that name what is there"
        yield Problem(path, link.line, link.column, "link-text", message, hint, Level.WARNING)
