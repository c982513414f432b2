"""Markdown settings: what the Markdown of a site depends on, as a plain message to workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.source import Digest

# Changes a markdown-it parser, which it gets: adds rules, or takes some away.
MarkdownPlugin = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class MarkdownSettings:
    """The language whose quotation marks are used, and the site's own plugins."""

    # Another one for each content of the fields below, code of plugins included.
    key: Digest = b""
    language: str = "en"
    # They do not travel: another process takes them from build.py in the folder that follows.
    plugins: tuple[MarkdownPlugin, ...] = field(compare=False, default=())
    # The site's folder where build.py has plugins of its own, else "".
    plugins_from: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        return MarkdownSettings, (self.key, self.language, (), self.plugins_from)
