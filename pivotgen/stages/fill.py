"""Fill: addresses into the numbered gaps that Markdown left for links inside the site."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


def fill(text: str, addresses: Sequence[str]) -> str:
    """Put the addresses into the numbered gaps of HTML made here."""
    if "\0" not in text:
        return text
    parts = text.split("\0")
    parts[1::2] = [escape(addresses[int(number)]) for number in parts[1::2]]
    return "".join(parts)
