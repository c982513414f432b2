"""What writers typed as plain text stays plain text where it stands among Markdown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pivotgen.model.markdown_text import as_markdown
from tests.world.builds import CONFIG
from tests.world.edits import edit
from tests.world.site import World

# Markdown with everything on that a reader of llms.txt may know.
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
def test_markdown_shows_the_text_as_it_was_typed(text: str) -> None:
    (line,) = MARKDOWN.parseInline(as_markdown(text))
    assert line.children is not None
    assert {child.type for child in line.children} <= {"text", "text_special"}
    assert "".join(child.content for child in line.children) == " ".join(text.split())


def test_a_title_makes_no_link_in_llms_txt(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    title = "[Free money](https://evil.example) <script> for a Chef who is a Nurse"
    edit(world, path, '"From Chef to Nurse: A View"', f'"{title}"')
    assert world.run("build").returncode == 0
    text = world.read("llms.txt")
    (entry,) = [line for line in text.splitlines() if "Free money" in line]
    links = [
        child.attrs["href"]
        for token in MARKDOWN.parse(text)
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert f"{CONFIG.base_url}/pivots/chef-to-nurse/" in links
    assert [link for link in links if not str(link).startswith(f"{CONFIG.base_url}/")] == []
    assert r"\<script>" in entry
