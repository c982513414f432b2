"""What parsing one content file gives: its parts in packed form, each with the digest of it.

Parts stay packed (bytes) while they wait, travel between processes or lie in the ledger, so that
a site of any size needs little memory; only the stage that looks into a part unpacks it.
"""

from __future__ import annotations

from typing import NamedTuple

from pivotgen.model.extra import DeclaredKeys
from pivotgen.model.header import Written
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.pivot import Mention, NamedImage
from pivotgen.model.problem import Problem
from pivotgen.model.source import Digest


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """What parsing a file depends on, beside its Markdown."""

    # Whether what rules of quality look at is among the parts.
    prose: bool = False
    # The site's own keys.
    extra: DeclaredKeys = None


class Named(NamedTuple):
    """What a file with problems names, which is looked up all the same."""

    # Links inside the site.
    mentions: tuple[Mention, ...] = ()
    author: Written | None = None
    image: NamedImage | None = None


class Parsed(NamedTuple):
    """One content file, read without error; or its problems, and then parts may be empty."""

    path: str
    # Digest of the bytes it was made from.
    source: Digest
    problems: tuple[Problem, ...] = ()
    # A Pivot or a RoleText: what the graph is made from, with the places for messages.
    facts: bytes = b""
    # A StoredCard: what neighbours show. Roles have none.
    card: bytes = b""
    # An Asked: what lists of questions and the search say of a pivot. Roles have none.
    asked: bytes = b""
    # A Body or a RoleBody: what only the file's own page shows.
    body: bytes = b""
    # A Prose, when it was asked for.
    prose: bytes = b""
    # Digest of the facts without their places, so that a line added above changes nothing.
    facts_digest: Digest = b""
    card_digest: Digest = b""
    asked_digest: Digest = b""
    body_digest: Digest = b""
    # Of what the file says, in whatever form; see stages/parse/words.py.
    words: Digest = b""
    # Of a file with problems.
    named: Named = Named()
