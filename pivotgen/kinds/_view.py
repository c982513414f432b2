"""What the views of several kinds are composed of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from urllib.parse import quote

from pivotgen.model.phrases import Phrases
from pivotgen.model.picture import LinkTarget, ShareImage
from pivotgen.model.pivot import Call
from pivotgen.model.view import Card, Chrome, Head, Link


def head_of(chrome: Chrome, url: str, title: str, description: str, crumbs: Sequence[Link]) -> Head:
    """The head of a page that is not an article; `crumbs` lead from the home page to it."""
    return Head(
        url=url,
        canonical=chrome.base_url + url,
        title=title,
        description=description,
        kind="website",
        crumbs=(Link(chrome.phrases["home"], chrome.home), *crumbs),
    )


def with_source(head: Head, source: str, chrome: Chrome) -> Head:
    """The head with the addresses where readers change the page's source, or report an error."""

    def filled(pattern: str) -> str:
        path, url = quote(source), quote(head.canonical, safe="")
        return pattern.replace("{path}", path).replace("{url}", url)

    return replace(head, edit_url=filled(chrome.edit_url), report_url=filled(chrome.report_url))


def with_alt(image: ShareImage | None, title: str) -> ShareImage | None:
    """The picture of a page; where nobody says what it shows, the title stands for it."""
    return replace(image, alt=title) if image and not image.alt else image


def absolute(url: str, chrome: Chrome) -> str:
    """An address as other sites and programs need it; one of another site as it is."""
    return f"{chrome.base_url}{url}" if url.startswith("/") else url


def fill_placeholders(html: str, targets: Sequence[LinkTarget], phrases: Phrases) -> str:
    """Put addresses and phrases into the placeholders that Markdown left for them.

    A number stands for what a link or an image leads to, a name for a phrase.
    """
    if "\0" not in html:
        return html
    parts = html.split("\0")
    parts[1::2] = [
        _attribute(targets[int(name)]) if name.isdecimal() else escape(phrases[name])
        for name in parts[1::2]
    ]
    return "".join(parts)


def _attribute(target: LinkTarget) -> str:
    """The value of an address as an attribute; behind that of a picture follows its size."""
    if isinstance(target, str):
        return escape(target)
    # The placeholder stands in quotes, so these close behind the address and open for the height.
    return f'{escape(target.address)}" width="{target.width}" height="{target.height}'


def fill_text(text: str, phrases: Phrases) -> str:
    """Put phrases into the placeholders of a text that is no HTML."""
    if "\0" not in text:
        return text
    parts = text.split("\0")
    parts[1::2] = [phrases[name] for name in parts[1::2]]
    return "".join(parts)


def has_foreign_call(own: Call, card: Card) -> bool:
    """Whether the call to action has words of a text that nobody has translated."""
    return bool(card.language and (own.heading or own.text or own.label))


def call_of(chrome: Chrome, own: Call, card: Card) -> Call | None:
    """The page's own call to action, completed from the site's in the same language.

    None where there is neither.
    """
    common = (chrome.source_call if has_foreign_call(own, card) else chrome.call) or Call()
    if common == own == Call():
        return None

    def text(own_text: str, common_text: str) -> str:
        pattern = own_text or common_text
        return pattern.replace("{from}", card.origin.text).replace("{to}", card.target.text)

    return Call(
        text(own.heading, common.heading),
        text(own.text, common.text),
        text(own.label, common.label),
        own.url or common.url,
    )
