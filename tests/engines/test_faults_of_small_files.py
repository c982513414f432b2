"""What is wrong with a file of phrases or of redirects, at its place."""

from __future__ import annotations

import pytest

from pivotgen.engines.layouts.phrases import read_phrases
from pivotgen.engines.redirects.lines import read_lines
from pivotgen.model.header import Written
from pivotgen.model.phrases import Phrases, UnknownPhraseError
from pivotgen.model.source import Source
from pivotgen.model.window import Window
from tests.world.site import ROOT

PHRASES = (ROOT / "layouts/phrases/en.yaml").read_bytes()


@pytest.mark.parametrize(
    ("data", "place", "code", "words"),
    [
        (b"/a/: /\n/b/: \xff\n", (2, 6), "not-utf8", ""),
        ("/a/: /b\u200b/\n".encode(), (1, 8), "invisible-character", ""),
        (b"[" * 4000, (1, 1), "yaml-syntax", ""),
        (b"\n- /a/\n", (2, 1), "wrong-type", "not made of `/old/address/: /new/address/` lines"),
        (b"/a/: /\n/b/ /\n", (2, 1), "yaml-syntax", "this line is not an old address"),
        (b"/a/:\n", (1, 5), "bad-path", "there is no new address here"),
        (b"/a/: b\n", (1, 6), "bad-path", "`b` is not an address of this site"),
        (b"a: /b/\n", (1, 1), "bad-path", "`a` is not an address of this site"),
        (b"/a/: Gone\n", (1, 6), "bad-path", "`Gone` is not an address of this site"),
        (b'/a/: "/\\u202e/"\n', (1, 8), "yaml-escape", ""),
    ],
)
def test_a_fault_of_the_redirects(
    data: bytes, place: tuple[int, int], code: str, words: str
) -> None:
    _, problems = read_lines(data)
    assert [problem.code for problem in problems][:1] == [code]
    assert (problems[0].line, problems[0].column) == place
    assert words in problems[0].message
    assert len(problems) == 1


def test_a_file_of_redirects_may_be_empty() -> None:
    assert read_lines(b"") == read_lines(b"# none\n") == ([], [])


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ('home: "a\\u200bb"', 9, ""),
        ("home: a\u200bb", 8, ""),
        ("home: [a]", 7, ""),
        ("? [a]\n: b", 3, ""),
    ],
)
def test_a_fault_of_a_phrase(line: str, column: int, words: str) -> None:
    number = PHRASES.count(b"\n") + 1
    source = Source("layouts/phrases/en.yaml", PHRASES + line.encode() + b"\n", b"")
    phrases, problems = read_phrases([source], "en")
    assert phrases is None
    assert (problems[0].line, problems[0].column) == (number, column)
    assert problems[0].code == ("yaml-escape" if "\\" in line else "phrases")
    assert words in problems[0].message


def test_phrases_that_are_no_utf8_or_no_mapping_are_told() -> None:
    for data, line in ((b"a: b\nc: \xff\n", 2), (b"- a\n", 1), (b"a", 1), (b"a: [\n", 2)):
        phrases, problems = read_phrases([Source("layouts/phrases/en.yaml", data, b"")], "en")
        assert phrases is None
        assert problems[0].line == line, data


def test_what_a_layout_says_wrongly_is_named() -> None:
    phrases = Phrases("ltr", {"home": "Home", "hello": "Hello, {who}", "months.one": "{count} m"})
    assert phrases["home"] == "Home"
    assert phrases.say("hello", who="A") == "Hello, A"
    with pytest.raises(UnknownPhraseError, match=r"no phrase `hoome`; did you mean `home`"):
        phrases["hoome"]
    with pytest.raises(UnknownPhraseError, match=r"there is no phrase `xyz`$"):
        phrases.say("xyz")
    with pytest.raises(UnknownPhraseError, match="the phrase `hello` needs `who`"):
        phrases.say("hello")
    assert phrases.span(Window(1, 1, "month")) == "1 m"
    assert phrases.count("months", 1) == "1 m"
    assert Written("a", 1, 1).text == "a"
