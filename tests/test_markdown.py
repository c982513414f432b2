"""What we leave out of the Markdown engine for speed gives what the engine would have given."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pivotgen.engines.markdown.page import MarkdownPage

# Letters, blanks, marks of every kind, and the beginnings of every block.
PIECES = [
    *("a", "Bc", "é", " ", "  ", "\n", "\n\n", ".", ",", "!", "(", ")", '"', "'", "“", "”", "—"),
    *("*", "**", "***", "_", "~~", "`", "```", "[", "](/x)", "](b.md)", "<", ">", "&", "&amp;"),
    *("\\", "# ", "## ", "- ", "1. ", "> ", "    ", "|a|b|", "---", "===", ": ", "[a]: /b", "\t"),
    *("[a b](b.md)", "[é](https://a.b/c-d?e=f#g)", "![a](/b.png)", " [x](c.md)."),
    *("*em*", " **strong.** ", "**a** *b*", "\n\nA plain line.\n\n", "\n\n## A heading\n\n", "##"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
plain_engine = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def without_our_own(html: str) -> str:
    """HTML without what we put in on purpose: ids of headings, and gaps for links of the site."""
    html = re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", html)
    return re.sub(r'(href|src)="(?!https:)[^"]*"', r"\1", html)


@given(texts)
@example("*a*b *c*")
@example("**a *b* c**")
@example('"*a*" **b.**, *c*')
@example("A line\n===\n\n- a\n\n  B\n\nC")
@example("[a]: /b\n\nSee [a].")
@settings(max_examples=1500, deadline=None)
def test_blocks_are_what_the_engine_alone_makes_of_them(text: str) -> None:
    ours = MarkdownPage("a.md", text).render_blocks(text, 1).html
    assert without_our_own(ours) == without_our_own(plain_engine.render(text))


@given(texts.map(lambda text: " ".join(text.split())))
@example("*a*b *c*")
@example("** a** *b *")
@settings(max_examples=1500, deadline=None)
def test_a_run_of_text_is_what_the_engine_alone_makes_of_it(text: str) -> None:
    ours = MarkdownPage("a.md", text).render_inline(text, 1)
    assert without_our_own(ours) == without_our_own(plain_engine.renderInline(text))


@given(texts)
@settings(max_examples=300, deadline=None)
def test_lines_of_headings_are_counted_in_the_whole_text(text: str) -> None:
    page = MarkdownPage("a.md", text)
    page.render_blocks(f"{text}\n\n## Zzz\n", 1)
    lines = f"{text}\n\n## Zzz\n".split("\n")
    for line in page.heading_lines:
        assert lines[line - 1].strip()
