"""llms.txt: the site in one Markdown list, a convenience for agents and no promise of ranking."""

from __future__ import annotations

from collections.abc import Sequence

from pivotgen.model.view import Card, Chrome


def llms(cards: Sequence[Card], chrome: Chrome) -> bytes:
    """llms.txt with a line for each of the cards."""
    lines = [f"- [{card.title}]({chrome.base_url}{card.url}): {card.description}" for card in cards]
    text = f"# {chrome.name}\n\n> Career pivots, one page per move.\n\n## Pivots\n\n"
    return (text + "\n".join(lines) + "\n").encode()
