"""What a reader would notice between two sites, in words, in Markdown and side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

import pytest

from pivotgen.differences.as_page import as_page
from pivotgen.differences.as_text import as_markdown, as_text, summary
from pivotgen.differences.compare_sites import (
    BuiltSite,
    Changed,
    SiteDifferences,
    compare_pages,
    compare_sites,
)
from pivotgen.differences.page_content import page_content


def page(
    title: str = "A move",
    *,
    style: str = "/assets/style.1.css",
    window: str = "3–9 months",
    answer: str = "Less than it looks.",
    text: str = 'Some text with <a href="/to/nurse/">a link</a>.',
    author: str = "Ana",
) -> bytes:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": title, "author": {"@type": "Person", "name": author}},
            {
                "@type": "FAQPage",
                "mainEntity": [
                    {"name": "Is it hard?", "acceptedAnswer": {"text": f"<p>{answer}</p>"}}
                ],
            },
        ]
    }
    return (
        f'<!doctype html>\n<html lang="en">\n<head><title>{title} · Site</title>\n'
        f'<meta name="description" content="What carries over.">\n'
        f'<link rel="stylesheet" href="{style}">\n'
        f'<script type="application/ld+json">{json.dumps(graph)}</script></head>\n'
        f"<body><main><h1>{title}</h1><dl><dt>Window</dt><dd>{window}</dd></dl><p>{text}</p>\n"
        f"<h3>Is it hard?</h3><p>{answer}</p></main></body></html>\n"
    ).encode()


def site(files: Mapping[str, bytes]) -> BuiltSite:
    digests = {path: sha256(data).hexdigest() for path, data in files.items()}
    return BuiltSite(digests, files.__getitem__)


def between(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> SiteDifferences:
    return compare_sites(site(old), site(new))


def test_pages_that_came_and_went_are_named_by_their_addresses() -> None:
    old = {"index.html": page(), "gone/index.html": page(), "feed.xml": b"1"}
    new = {"index.html": page(), "größe/index.html": page(), "feed.xml": b"2"}
    differences = between(old, new)
    assert (differences.added, differences.removed) == (("/größe/",), ("/gone/",))
    assert differences.others == ("feed.xml",)
    assert summary(differences) == "1 page added; 1 page removed; 1 other file"


@pytest.mark.parametrize(
    ("change", "facts", "questions", "data"),
    [
        ({"window": "3–12 months"}, {"Window"}, set(), set()),
        ({"title": "Another"}, {"title", "heading"}, set(), {"Article.headline"}),
        ({"answer": "Yes."}, set(), {"Is it hard?"}, set()),
        ({"author": "Bo"}, set(), set(), {"Article.author.name"}),
    ],
)
def test_facts_questions_and_structured_data_are_told_apart(
    change: dict[str, str], facts: set[str], questions: set[str], data: set[str]
) -> None:
    difference = compare_pages(page_content(page()), page_content(page(**change)))
    assert {row.name for row in difference.facts} == facts
    assert {row.name for row in difference.questions} == questions
    assert {row.name for row in difference.data} == data
    assert difference.texts == ()


def test_links_and_texts_are_told_as_a_reader_sees_them() -> None:
    other = page(text='Other  words\nwith <a href="/to/pilot/">a <b>link</b></a>.')
    difference = compare_pages(page_content(page()), page_content(other))
    assert difference.links_removed == ("/to/nurse/",)
    assert difference.links_added == ("/to/pilot/",)
    assert difference.texts == (("Some text with a link.", "Other words with a link."),)


def test_blanks_between_words_are_no_change() -> None:
    assert not compare_pages(page_content(page(text="a  b")), page_content(page(text="a\nb")))


def test_one_change_of_a_layout_is_told_once_for_all_its_pages() -> None:
    old = {f"{number}/index.html": page(f"Move {number}") for number in range(412)}
    new = {
        path: data.replace(b"style.1.css", b"style.2.css").replace(b"<dl>", b'<dl class="facts">')
        for path, data in old.items()
    }
    differences = between(old, new)
    assert summary(differences) == "1 layout change, 412 pages, visible text unchanged"
    assert differences.changed == ()


def test_two_changes_of_layouts_are_two() -> None:
    old = {f"{number}/index.html": page() for number in range(4)}
    new = {**old, "0/index.html": page(style="/b.css"), "1/index.html": page(style="/c.css")}
    new["2/index.html"] = page(style="/b.css")
    assert summary(between(old, new)) == "2 layout changes, 3 pages, visible text unchanged"


def test_the_same_change_of_many_pages_is_told_once() -> None:
    old = {f"{number}/index.html": page() for number in range(9)}
    new = {path: page(window="1 year") for path in old}
    [(difference, pages)] = between(old, new).changed
    assert difference.facts == (Changed("Window", "3–9 months", "1 year"),)
    assert len(pages) == 9
    assert "and 8 other pages" in as_text(between(old, new))


def test_what_came_what_went_and_what_changed_is_said_with_its_values() -> None:
    old, new = page(text="One."), page(text="Two.", window="1 year", answer="")
    text = as_text(between({"index.html": old}, {"index.html": new}))
    assert 'Window: "3–9 months" → "1 year"' in text
    assert '"One." → "Two."' in text
    text = as_text(between({"index.html": page(text="")}, {"index.html": page(text="One.")}))
    assert 'new: "One."' in text
    text = as_text(between({"index.html": page(text="One.")}, {"index.html": page(text="")}))
    assert 'gone: "One."' in text


def test_nothing_is_said_to_be_nothing() -> None:
    same = {"index.html": page()}
    assert not between(same, same)
    assert as_text(between(same, same)) == "Nothing that a reader would notice has changed.\n"


def test_broken_pages_are_compared_as_far_as_they_can_be_read() -> None:
    old = b'<p>One<script type="application/ld+json">{"a": </script><p>Two\xff<dt>'
    difference = compare_pages(page_content(old), page_content(old.replace(b"One", b"Three")))
    assert difference.texts == (("One", "Three"),)


def test_what_a_page_says_is_inert_in_markdown_and_in_the_page() -> None:
    bad = "<img src=x onerror=alert(1)> [a](javascript:b) **bold** | `code`"
    old, new = {"index.html": page()}, {"index.html": page(text=bad.replace("<", "&lt;"))}
    differences = between(old, new)
    markdown = as_markdown(differences)
    assert (
        r"\<img src=x onerror=alert(1)\> \[a\](javascript:b) \*\*bold\*\* \| \`code\`" in markdown
    )
    html = as_page(differences)
    assert "<img" not in html
    assert "<ins>&lt;img src=x" in html
    assert "<script" not in html


def test_both_versions_stand_side_by_side_with_the_words_marked_that_differ() -> None:
    html = as_page(between({"index.html": page()}, {"index.html": page(window="3–12 months")}))
    row = "<td><del>3–9</del> months</td><td><ins>3–12</ins> months</td>"
    assert f"<tr><th>Window</th>{row}</tr>" in html


def test_long_values_and_many_rows_are_cut_in_text_and_whole_in_the_page() -> None:
    links = "".join(f'<a href="/{number}/">x</a>' for number in range(50))
    differences = between({"index.html": page()}, {"index.html": page(text=links + "y" * 900)})
    text = as_text(differences)
    assert "more changes" in text
    assert max(map(len, text.splitlines())) < 400
    assert "y" * 900 in as_page(differences)
