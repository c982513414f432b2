"""Characters that mean something in HTML, in texts that need no Markdown engine."""

from __future__ import annotations

import pytest

from pivotgen.engines.markdown.page import MarkdownPage


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("3 is > 2.", "3 is &gt; 2."),
        ('A "word".', "A “word”."),
        ('5" > 3"', "5&quot; &gt; 3&quot;"),
        ("All plain.", "All plain."),
    ],
)
def test_a_text_with_one_such_character_is_escaped(text: str, html: str) -> None:
    rendered = MarkdownPage("a.md", text).render_blocks(text, 1)
    assert rendered.html.strip() == f"<p>{html}</p>"
