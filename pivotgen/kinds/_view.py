"""What the views of several kinds are composed of."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pivotgen.model.address import HOME
from pivotgen.model.view import Chrome, Head, Link


def head_of(chrome: Chrome, url: str, title: str, description: str, crumbs: Sequence[Link]) -> Head:
    """The head of a page that is not an article; `crumbs` lead from the home page to it."""
    return Head(
        url=url,
        canonical=chrome.base_url + url,
        title=title,
        description=description,
        kind="website",
        crumbs=(Link(chrome.phrases["home"], HOME), *crumbs),
    )


def fill_links(html: str, addresses: Sequence[str]) -> str:
    """Put addresses into the numbered placeholders that Markdown left for links of the site."""
    if "\0" not in html:
        return html
    parts = html.split("\0")
    parts[1::2] = [escape(addresses[int(number)]) for number in parts[1::2]]
    return "".join(parts)
