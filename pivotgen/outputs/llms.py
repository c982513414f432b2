"""llms.txt: the site in one Markdown list, a convenience for agents and no promise of ranking."""

from __future__ import annotations

from collections.abc import Sequence

from pivotgen.model.config import Config
from pivotgen.model.page import Output
from pivotgen.model.view import PivotView

# A list longer than this helps nobody; the sitemap has the rest.
_MOST = 1_000


def llms(views: Sequence[PivotView], config: Config) -> Output:
    """llms.txt with the first thousand pivots by address."""
    lines = [
        f"- [{view.card.title}]({view.head.canonical}): {view.card.description}"
        for view in sorted(views, key=lambda view: view.head.url)[:_MOST]
        if not view.draft
    ]
    text = f"# {config.name}\n\n> Career pivots, one page per move.\n\n## Pivots\n\n"
    return Output("llms.txt", (text + "\n".join(lines) + "\n").encode())
