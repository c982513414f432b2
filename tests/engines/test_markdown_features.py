"""What Markdown has here beyond CommonMark: the HTML of each feature, and what rules see of it."""

from __future__ import annotations

import pytest

from pivotgen.engines.markdown.engine import Markdown
from pivotgen.engines.markdown.page import MarkdownPage
from pivotgen.engines.markdown.visible_text import lines_of_html
from pivotgen.model.markdown import MarkdownSettings


def page_in(language: str = "en") -> MarkdownPage:
    return MarkdownPage("a.md", "", ("main",), Markdown(MarkdownSettings(language=language)))


def html_of(text: str, language: str = "en") -> str:
    """The HTML of a text; placeholders of phrases have § around them."""
    return page_in(language).render_blocks(text, 1).html.replace("\0", "§")


def test_a_footnote_leads_to_its_note_and_back() -> None:
    assert html_of("Nights.[^rota]\n\n[^rota]: The *rota*.\n\n    Four weeks.") == (
        '<p>Nights.<sup class="note">'
        '<a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup></p>\n'
        '<div class="notes">\n<ol aria-label="§footnotes§">\n'
        '<li id="fn-1"><p>The <em>rota</em>.</p>\n<p>Four weeks. '
        '<a class="note-back" href="#fnref-1" role="doc-backlink" aria-label="§footnote_back§">'
        "↩\ufe0e</a></p>\n</li>\n</ol>\n</div>\n"
    )


def test_footnotes_are_numbered_by_their_first_reference_over_all_texts_of_a_page() -> None:
    page = page_in()
    body = page.render_blocks("A[^b] b[^a] c[^b]\n\n[^a]: A\n[^b]: B\n\n## Fn 1", 1)
    answer = page.render_blocks("D[^a]\n\n[^a]: D", 9).html
    assert [heading.anchor for heading in body.headings] == ["fn-1"]
    for part in ('id="fnref-1"', 'id="fnref-2"', 'id="fnref-1-2"', 'href="#fn-1-2" id'):
        assert part in body.html, part
    assert body.html.index('<li id="fn-1-2"><p>B') < body.html.index('<li id="fn-2"><p>A')
    assert '<ol start="3" aria-label="\0footnotes\0">\n<li id="fn-3"><p>D' in answer
    assert ">3</a></sup>" in answer
    assert page.contents.marks == []


def test_a_footnote_in_a_heading_is_no_part_of_its_id() -> None:
    page = page_in()
    [heading] = page.render_blocks("## Costs[^1]\n\n[^1]: In 2026.", 1).headings
    assert (heading.text, heading.anchor) == ("Costs", "costs")


@pytest.mark.parametrize("kind", ["note", "tip", "important", "warning", "caution"])
def test_a_callout_has_the_label_of_its_kind(kind: str) -> None:
    assert html_of(f"> [!{kind.upper()}]\n> Never lift *alone*.") == (
        f'<div class="callout callout-{kind}" role="note">\n'
        f'<p class="callout-title">§callout_{kind}§</p>\n'
        "<p>Never lift <em>alone</em>.</p>\n</div>\n"
    )


def test_rules_see_the_text_of_a_callout_and_not_its_label() -> None:
    page = page_in()
    page.render_blocks("> [!tip]\n> A line.\n\nAnother.", 5)
    assert [(text.text, text.line) for text in page.contents.passages] == [
        ("A line.", 6),
        ("Another.", 8),
    ]


def test_tasks_are_marked_and_cannot_be_clicked() -> None:
    box = '<span class="box" role="img" aria-label="§task_{}§">{}</span>'
    assert html_of("- [ ] Call\n- [x] Ask *Ana*\n- Rest") == (
        f'<ul class="tasks">\n<li class="task">{box.format("open", "☐")} Call</li>\n'
        f'<li class="task">{box.format("done", "☑")} Ask <em>Ana</em></li>\n<li>Rest</li>\n</ul>\n'
    )


def test_a_list_of_terms_says_what_each_means() -> None:
    expected = "<dl>\n<dt>Rota</dt>\n<dd>Who works when</dd>\n<dd>A wheel</dd>\n</dl>\n"
    assert html_of("Rota\n: Who works when\n: A wheel") == expected
    assert html_of("Rota\n\n: Who works when\n\nA line.") == (
        "<dl>\n<dt>Rota</dt>\n<dd>Who works when</dd>\n</dl>\n<p>A line.</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "address", "words"),
    [
        ("See https://a.org/b_c_(d)?e=%C3%A9.", "https://a.org/b_c_(d)?e=%C3%A9", None),
        ("(http://a.org/x)", "http://a.org/x", None),
        ("Write to ana@a.org!", "mailto:ana@a.org", "ana@a.org"),
        ("mailto:ana@a.org", "mailto:ana@a.org", None),
    ],
)
def test_a_bare_address_is_a_link_that_shows_what_was_typed(
    text: str, address: str, words: str | None
) -> None:
    assert f'<a href="{address}">{words or address}</a>' in html_of(text)


@pytest.mark.parametrize(
    "text", ["a.org", "www.a.org", "README.md", "Node.js", "ftp://a.org", "//a.org", "127.0.0.1"]
)
def test_what_is_no_whole_address_stays_text(text: str) -> None:
    assert html_of(text) == f"<p>{text}</p>\n"


def test_a_bare_address_is_among_the_links_that_rules_see() -> None:
    page = page_in()
    page.render_blocks("One\nand https://a.org/b", 1)
    [link] = page.contents.links
    assert (link.text, link.target, link.image) == ("https://a.org/b", "https://a.org/b", False)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“a ‘b’ c”, don’t"),
        ("de", "„a ‚b‘ c“, don’t"),
        ("es-MX", "«a “b” c», don’t"),
        ("fr", "«\N{NO-BREAK SPACE}a “b” c\N{NO-BREAK SPACE}», don’t"),
        ("sv", "”a ’b’ c”, don’t"),
        ("ja", "「a 『b』 c」, don’t"),
        ("tlh", "\"a 'b' c\", don't"),
    ],
)
def test_quotation_marks_are_those_of_the_language(language: str, expected: str) -> None:
    text = "\"a 'b' c\", don't"
    shown = expected.replace('"', "&quot;")
    assert html_of(text, language) == f"<p>{shown}</p>\n"
    assert page_in(language).render_inline(text, 1) == shown
    assert html_of(f"## A {text}", language).endswith(f">A {shown}</h2>\n")


def test_escaped_marks_code_and_links_keep_their_quotation_marks() -> None:
    assert html_of("\\\"a\\\" `'b'` [\"c\"](https://a.org/?d='e') 5\\' 6\\\"") == (
        "<p>&quot;a&quot; <code>'b'</code> "
        "<a href=\"https://a.org/?d='e'\">“c”</a> 5' 6&quot;</p>\n"
    )


def test_rules_see_the_text_as_it_was_typed() -> None:
    page = page_in()
    page.render_blocks("It's \"so\".\n\n- *It's* \\*so\\*\n\n## It's", 1)
    assert [text.text for text in page.contents.passages] == ['It\'s "so".', "It's *so*", "It's"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Less than *it* looks.", ["Less than it looks."]),
        ("Two lines\nof one paragraph.", ["Two lines of one paragraph."]),
        ("Bring:\n\n- a coat\n- shoes\n\nand go.", ["Bring:", "a coat", "shoes", "and go."]),
        ("1. Ask\n2. Wait\n   - long\n3. Go", ["Ask", "Wait", "long", "Go"]),
        ("A\\\nB", ["A", "B"]),
        ("| a | b |\n|---|---|\n| c | d |", ["a, b", "c, d"]),
        ("Rota\n: Who works when", ["Rota", "Who works when"]),
        ("A note.[^1]\n\n[^1]: Its text.", ["A note.", "Its text."]),
        ("> Said\n\nand done", ["Said", "and done"]),
        ("- [x] Ask", ["☑ Ask"]),
    ],
)
def test_the_text_of_an_answer_tells_its_parts_apart(text: str, lines: list[str]) -> None:
    assert lines_of_html(page_in().render_blocks(text, 1).html).split("\n") == lines
