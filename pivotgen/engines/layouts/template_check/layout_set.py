"""Layout set: what the check of every page is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pivotgen.engines.layouts.template_check.layout_file import LayoutFile
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.phrases import Phrases

# The names that every page gives its layout.
GIVEN = ("view", "site", "graph")


@dataclass(frozen=True, slots=True)
class LayoutSet:
    """All layouts of a site, and what they can use."""

    files: Mapping[str, LayoutFile]
    # Functions, filters and tests by name.
    functions: Mapping[str, Any]
    filters: Mapping[str, Any]
    tests: Mapping[str, Any]
    # None when the phrases cannot be read: then none is checked.
    phrases: Phrases | None


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The layout of one kind of page, and the type of the view that it sees."""

    layout: str
    view: type[Any]
