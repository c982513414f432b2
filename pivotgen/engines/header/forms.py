"""Forms: what a text of a header means, and whether it has the form that its key declares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from pivotgen.model.address import is_typed_address
from pivotgen.model.header import Key
from pivotgen.model.names import is_slug
from pivotgen.model.window import Window

# Between the two numbers any dash or hyphen will do; word processors put in all of them.
WINDOW = re.compile(
    r"(\d{1,3})(?:\s*(?:[-‐‑‒–—―−﹘﹣－]|[Tt][Oo])\s*(\d{1,3}))?\s+"
    r"([Ww]eek|[Mm]onth|[Yy]ear|WEEK|MONTH|YEAR)[Ss]?"
)
BOOLEANS: Mapping[str, bool] = {"true": True, "false": False}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)


def is_of_form(key: Key, text: str) -> bool:
    """Whether a text has the form that its key declares."""
    match key.form:
        case "choice":
            return text in key.choices
        case "url":
            return not url_hint(text)
        case "slug":
            return is_slug(text)
        case "file":
            return not _SCHEME.match(text)
        case "path":
            return is_typed_address(text)
    return True


def url_hint(text: str) -> str:
    """Return how to correct a text that is not a web address; "" when it is one."""
    try:
        is_url = urlsplit(text).scheme in {"http", "https", "mailto"}
    except ValueError:
        return "copy it anew from the browser; no site's name has brackets"
    return "" if is_url else "start it with https://"


def day_of(text: str) -> date | None:
    """The day that a text means, such as 2026-11-23; None where it means none."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def window_of(text: str) -> Window | None:
    """The span of time that a text means, such as 3–9 months; None where it means none."""
    match = WINDOW.fullmatch(text.strip())
    if match is None:
        return None
    low, high = int(match[1]), int(match[2] or match[1])
    return Window(low, high, match[3].lower()) if 0 < low <= high else None
