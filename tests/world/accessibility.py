"""Accessibility as axe sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Only what is wrong is sent to the test: all that is right is a thousand times as much, and takes
# longer on its way than the checker takes.
_ASK = """(part) => axe.run(part ?? document, { resultTypes: ["violations"] }).then((result) => ({
  passes: result.passes.length,
  breaches: result.violations.map((breach) => [breach.id, breach.nodes[0].html]),
}))"""


class Axe:
    """The checker, for pages that let the test add a script."""

    def __init__(self, script: str) -> None:
        self._script = script

    def breaches(self, page: Page, part: str | None = None) -> list[list[str]]:
        """The rules that the page breaks, or a part of it; each with the first text that does."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(self._script)
        result: dict[str, Any] = page.evaluate(_ASK, part)
        assert result["passes"], "axe looked at nothing"
        breaches: list[list[str]] = result["breaches"]
        return breaches
