"""Config: what a site's build.py says about the site."""

from __future__ import annotations

from dataclasses import dataclass

from pivotgen.model.pivot import Call


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
    # Who answers for the text.
    editor: Party
    call: Call
    # BCP 47 code of the language the site is written in.
    language: str = "en"
    # "ltr" or "rtl".
    direction: str = "ltr"
    # How many pivots one page of a list holds.
    page_size: int = 60

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_url", self.base_url.rstrip("/"))
