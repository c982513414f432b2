"""Config: what a site's build.py says about the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any
from urllib.parse import urlsplit

from pivotgen.model.pivot import Call
from pivotgen.model.problem import Problem
from pivotgen.model.site import Site


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation: a name and a home page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one site. `call` texts may use `{from}` and `{to}` for the role names."""

    name: str
    # Absolute address without a trailing slash.
    base_url: str
    organisation: Party
    # Who is responsible for the text.
    editor: Party
    call: Call
    # BCP 47 code of the language the site is written in; its phrases are in layouts/phrases/.
    language: str = "en"
    # How many pivots one page of a list holds.
    page_size: int = 60

    # The site's own filters for layouts, by name, and its own rules for `check`.
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    checks: tuple[Callable[[Site], Iterable[Problem]], ...] = ()
    # Names of rules that `check` leaves out on this site.
    rules_off: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the settings; a ValueError says in plain words what is wrong."""
        address = urlsplit(self.base_url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ValueError(f"base_url must start with https://, and `{self.base_url}` does not")
        if self.page_size < 1:
            raise ValueError("page_size must be at least 1")
        for text in (self.call.heading, self.call.text, self.call.label):
            if unknown := placeholders(text) - {"from", "to"}:
                raise ValueError(
                    f"`{{{min(unknown)}}}` in call is unknown; `{{from}}` and `{{to}}` exist"
                )
        object.__setattr__(self, "base_url", self.base_url.rstrip("/"))


def placeholders(text: str) -> set[str]:
    """The names in braces of a call's text; text that is not a pattern has none."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return set()
