"""What we leave out of the Markdown engine for speed gives what the engine would have given."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from pivotgen.engines.markdown.engine import Markdown
from pivotgen.engines.markdown.page import MarkdownPage
from pivotgen.engines.markdown.quotes import quotes_of
from pivotgen.model.markdown import MarkdownSettings
from tests.world.thorough import tries

# Letters, blanks, marks of every kind, and the beginnings of every block.
PIECES = [
    *("a", "Bc", "é", " ", "  ", "\n", "\n\n", ".", ",", "!", "(", ")", '"', "'", "“", "”", "—"),
    *(
        "*",
        "**",
        "***",
        "_",
        "~~",
        "~~~",
        "`",
        "```",
        "[",
        "](/x)",
        "](b.md)",
        "<",
        ">",
        "&",
        "&amp;",
    ),
    *("\\", "# ", "## ", "- ", "1. ", "> ", "    ", "|a|b|", "---", "===", ": ", "[a]: /b", "\t"),
    *("[a b](b.md)", "[é](https://a.b/c-d?e=f#g)", "![a](/b.png)", " [x](c.md)."),
    *("*em*", " **strong.** ", "**a** *b*", "\n\nA plain line.\n\n", "\n\n## A heading\n\n", "##"),
]
# The beginnings of what is no part of CommonMark, and of what other programs have.
FEATURES = [
    *(
        "[^1]",
        "\n\n[^1]: a note\n\n",
        "[^b]: B\n",
        "\n> [!NOTE]\n> ",
        "> [!tip]\n",
        "\n- [ ] ",
        "[x] ",
    ),
    *(
        "\nTerm\n: ",
        "\n\n: a\n\n",
        "\nTerm\n\n",
        "~ ",
        "https://a.b/c_d",
        "a@b.org",
        "mailto:",
        "://",
    ),
    *(
        " don't",
        '"Well,"',
        " 'a' ",
        "6'2\"",
        " '",
        "' ",
        ' "',
        '" ',
        "it's *so*",
        '["a"](b.md)',
        "rock 'n'",
    ),
    *(
        "[[",
        "]]",
        "%%",
        "==",
        "{{< a >}}",
        "{#a}",
        "^[",
        "[a] (b.md)",
        "](c d.md)",
        "[a][b]",
        "\n##A",
    ),
    *("\n|", "\n:::", "{{<", "<b>", "\\<i>", "[TOC]", "(a)[b.md]"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
all_texts = st.lists(st.sampled_from(PIECES + FEATURES), max_size=24).map("".join)
languages = st.sampled_from(["en", "fr", "sv", "tlh"])


def engine_of(*rules: str) -> MarkdownIt:
    """The engine as its own manual says, with some more of its rules."""
    options = {"html": False, "linkify": True, "typographer": True}
    engine = MarkdownIt("commonmark", options).enable([*rules, "linkify"])
    engine.use(deflist_plugin)
    assert engine.linkify
    engine.linkify.set({"fuzzy_link": False})
    return engine


plain_engine = engine_of("table", "strikethrough")
quoting_engine = engine_of("table", "strikethrough", "smartquotes")


def without_our_own(html: str) -> str:
    """HTML without what we put in on purpose: ids of headings, gaps for links of the site and for
    images, and when images are loaded."""
    html = html.replace(' loading="lazy" decoding="async"', "")
    html = re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", html)
    return re.sub(r'(?:(href)="(?!https:)|(src)=")[^"]*"', r"\1\2", html)


class Found(NamedTuple):
    """What one reading of a text found in it, in order."""

    # The text of each run, and the line it starts on.
    passages: list[tuple[str, int]]
    # The words of each link or image, its address, and whether it is an image.
    links: list[tuple[str, str, bool]]
    # The target of each that stays in the site as it was typed, and whether it is an image.
    mentions: list[tuple[str, bool]]


def found_by_us(page: MarkdownPage) -> Found:
    return Found(
        [(passage.text, passage.line) for passage in page.contents.passages],
        [(link.text, link.target, link.image) for link in page.contents.links],
        [(mention.target, mention.image) for mention in page.contents.mentions],
    )


def found_by_the_engine(tokens: list[Token], first_line: int) -> Found:
    found = Found([], [], [])
    for token in tokens:
        if token.type != "inline":
            continue
        line = first_line + (token.map[0] if token.map else 0)
        children = token.children or []
        found.passages.append((words_of(children), line))
        for place, child in enumerate(children):
            if child.type == "image":
                found.links.append((child.content, str(child.attrs["src"]), True))
            elif child.type == "link_open":
                types = [later.type for later in children]
                end = types.index("link_close", place)
                words = words_of(children[place + 1 : end])
                found.links.append((words, str(child.attrs["href"]), False))
    for _, target, image in found.links:
        # A link without a target is a problem of its own.
        if image and re.match("https?://|//", target, re.IGNORECASE):
            found.mentions.append((target, image))
        elif target not in ("", "#") and not urlsplit(target).scheme and target[:2] != "//":
            found.mentions.append((unquote(target), image))
    return found


def all_of(page: MarkdownPage) -> list[object]:
    """Everything that one reading of a text leaves on a page."""
    return [
        *page.contents.passages,
        *page.contents.links,
        *page.contents.mentions,
        *page.contents.problems,
        *page.contents.marks,
        page.contents.heading_lines,
    ]


def words_of(children: list[Token]) -> str:
    """The text of a run without its markup; a break in it is a new line."""
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in children)


def places_are_right(page: MarkdownPage, text: str) -> None:
    """A link stands where its target was typed, or else at the start of its paragraph."""
    lines = text.split("\n")
    starts = {(passage.line, 1) for passage in page.contents.passages}
    places = [(unquote(link.target), link.line, link.column) for link in page.contents.links]
    places += [(mention.target, mention.line, mention.column) for mention in page.contents.mentions]
    for typed, line, column in places:
        there = lines[line - 1][column - 1 :]
        assert there.startswith(typed) or (line, column) in starts, typed


@given(texts)
@example("*a*b *c*")
@example("**a *b* c**")
@example('"*a*" **b.**, *c*')
@example("A line\n===\n\n- a\n\n  B\n\nC")
@example("[a]: /b\n\nSee [a].")
@example("## A\n\nSee [b c](d.md) and *e*.\n\n- [f](/g)\n- H [i](https://j.k/l)")
@example("A [b](c.md) [b](c.md)\n\n- Z\n- ![d](/e.png)")
@tries(600)
def test_blocks_are_what_the_engine_alone_makes_of_them(text: str) -> None:
    page = MarkdownPage("a.md", text)
    ours = page.render_blocks(text, 1).html
    assert without_our_own(ours) == without_our_own(quoting_engine.render(text))
    assert found_by_us(page) == found_by_the_engine(plain_engine.parse(text), 1)
    places_are_right(page, text)


@given(texts.map(lambda text: " ".join(text.split())))
@example("*a*b *c*")
@example("** a** *b *")
@example("See [b c](d.md), [b c](d.md) and [é](https://a.b/c).")
@tries(600)
def test_a_run_of_text_is_what_the_engine_alone_makes_of_it(text: str) -> None:
    page = MarkdownPage("a.md", text)
    ours = page.render_inline(text, 1)
    assert without_our_own(ours) == without_our_own(quoting_engine.renderInline(text))
    assert found_by_us(page) == found_by_the_engine(plain_engine.parseInline(text), 1)
    places_are_right(page, text)


@given(all_texts, languages)
@example("A 'b *c' d* e'", "en")
@example('"[a](b.md)" *"c"* it\'s', "fr")
@example("Term\n\n  : A\n\nB", "en")
@example('## It\'s "a"\n\nB', "fr")
@tries(800)
def test_blocks_are_the_same_with_and_without_the_shortcut(text: str, language: str) -> None:
    ours, engines = pages_of(text, language)
    assert ours.render_blocks(text, 1) == engines.render_blocks(text, 1)
    assert all_of(ours) == all_of(engines)


@given(all_texts.map(lambda text: " ".join(text.split())), languages)
@example("##A", "en")
@example(": a | b", "en")
@tries(600)
def test_a_run_of_text_is_the_same_with_and_without_the_shortcut(text: str, language: str) -> None:
    ours, engines = pages_of(text, language)
    assert ours.render_inline(text, 1) == engines.render_inline(text, 1)
    assert all_of(ours) == all_of(engines)


@cache
def markdown_of(language: str, shortcut: bool) -> Markdown:
    """The Markdown of a language, which all pages of a site share too."""
    return Markdown(MarkdownSettings(language=language), shortcut=shortcut)


def pages_of(text: str, language: str) -> tuple[MarkdownPage, MarkdownPage]:
    """A page for a text with every feature, and the same by the engine alone."""
    both = (markdown_of(language, shortcut) for shortcut in (True, False))
    ours, engines = (MarkdownPage("a.md", text, (), markdown) for markdown in both)
    return ours, engines


def test_the_marks_of_a_language_are_those_of_its_nearest_relative() -> None:
    assert quotes_of("de-AT") == quotes_of("de") != quotes_of("de-CH")
    assert quotes_of("zh-Hant-HK") == quotes_of("ja")
    assert quotes_of("tlh") is None


@given(texts)
@tries(200)
def test_lines_of_headings_are_counted_in_the_whole_text(text: str) -> None:
    page = MarkdownPage("a.md", text)
    page.render_blocks(f"{text}\n\n## Zzz\n", 1)
    lines = f"{text}\n\n## Zzz\n".split("\n")
    for line in page.contents.heading_lines:
        assert lines[line - 1].strip()
