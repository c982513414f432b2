"""A page: one planned file of public/, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from pivotgen.model.view import View


@dataclass(frozen=True, slots=True)
class Page:
    """A file that a layout makes from a view."""

    # Path under public/, such as "pivots/a-to-b/index.html".
    output: str
    layout: str
    view: View
    # The source that asked for it, for messages; "" when the graph did.
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A file of public/, ready to write."""

    output: str
    data: bytes
