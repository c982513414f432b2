"""A failure of the Markdown engine is blamed on a plugin only where the site has one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from markdown_it import MarkdownIt

from pivotgen.engines.markdown.engine import Markdown, PluginError, fault_of_plugin
from pivotgen.model.markdown import MarkdownSettings


def harmless(parser: MarkdownIt) -> None:
    """A plugin that adds nothing."""


def fail(*given: Any, **named: Any) -> Any:
    raise ValueError("broken")


PARTS: dict[str, Callable[[Markdown], object]] = {
    "parse": lambda markdown: markdown.parse("a", {}),
    "parseInline": lambda markdown: markdown.parse("a", {}, inline=True),
    "render": lambda markdown: markdown.render([], {}),
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("with_plugin", [False, True])
def test_who_is_blamed(monkeypatch: pytest.MonkeyPatch, part: str, with_plugin: bool) -> None:
    markdown = Markdown(MarkdownSettings(plugins=(harmless,) if with_plugin else ()))
    owner = markdown.parser.renderer if part == "render" else markdown.parser
    monkeypatch.setattr(owner, part, fail)
    with pytest.raises(PluginError if with_plugin else ValueError) as caught:
        PARTS[part](markdown)
    if isinstance(caught.value, PluginError):
        message, hint = fault_of_plugin(caught.value)
        assert message == "the site's own Markdown plugin fails: ValueError: broken"
        assert hint.startswith("see test_faults_of_the_engine.py, line ")
    else:
        assert str(caught.value) == "broken"
