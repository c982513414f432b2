"""A plain header is read as libyaml and the schema read it, to the last place and problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pivotgen.engines.header import frontmatter
from pivotgen.engines.header.frontmatter import Document, split
from pivotgen.engines.header.plain_header import plain_fields
from pivotgen.engines.header.read_plain import read_plain
from pivotgen.model.content import FOLDERS, header_of
from pivotgen.model.header import PageHeader, PivotHeader, RoleHeader
from pivotgen.model.parsed import ParseOptions
from pivotgen.model.problem import Problem
from pivotgen.model.source import PIVOTS, Source
from pivotgen.stages.parse.parts import read_header
from tests.world.site import PIVOT
from tests.world.thorough import tries

SITE = Path(__file__).parents[2]
OPTIONS = ParseOptions()
SOURCES = """\
published: 2026-01-02
sources:
  - title: "Outlook: a handbook"
    url: https://example.com/a#b
    accessed: 2026-11-23
  - title: >-
      A long name
      in two lines
    url: https://example.com/long
    accessed: 2026-11-23
faqs:
  - question: Is it a block?
    answer: |
      It is: one line,
      and another.
  - question: >-
      Does it
      fold?
    answer: >-
      It does.
"""
PLAIN = (
    PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse").split("---\n")[1].partition("faqs:")[0]
    + "  - name: Timing\n    becomes: beds found\n"
    + SOURCES
)
# Texts that mean something to YAML, to the schema or to a rule of ours, in some place or other.
PIECES = [
    *("~", "null", "Null", "true", "no", "010", "12:30", "3.5", ".inf", "=", "<<", "?", "?a", "-5"),
    *("-a", "--", "---", "...", "-", ":", "a:", ":a", "a:b", "a:\u00a0b", "://x", "#", "#a", "a#b"),
    *("&", "&a", "*", "*a", "**", "!", "!a", "%", "%a", "@", "`", "|", ">", ">-", "|-", ">+", "|2"),
    *("[", "]", "[a]", "{", "}", "{a}", ",", "a,b", "'a'", "'a", '"a"', '"a', "'it''s'", "a'b"),
    *('a"b', '"a: b"', "'a: b'", '"a\\nb"', '""', "''", '" a"', '"a  b"', "a\\b", "<!--", "-->"),
    *("“a”", "‘a’", "«a", "answer:x", "title:x", "https://x.y", "2026-02-30", "2026-11-23", "3–9"),
    *("weeks", "TODO", "é", "語", "😀", "\u200b", "\t", "\u2028", "\ufeff", "\u0085", "\r", "\n"),
    *("", " ", "  ", "a" * 1100),
]
PIECE = st.sampled_from(PIECES)


@contextmanager
def nothing_plain() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frontmatter, "plain_fields", lambda header: None)
        yield


def everything(header: str, folder: str) -> Any:
    """All that parsing asks of a header."""
    data = f"---\n{header}---\nWords.\n".encode("utf-8", "surrogatepass")
    document = split("a.md", data)
    if isinstance(document, Problem):
        return document
    source = Source(f"{folder}/a.md", data, b"")
    kind = FOLDERS[folder].header
    fields = {name: (repr(node.key), repr(node.value)) for name, node in document.fields.items()}
    places = {name: document.place(name) for name in (*fields, "published", "updated", "none")}
    rest = document.problems, document.unsure, document.body, document.body_offset, document.text
    return read_header(source, document, kind, OPTIONS), fields.keys(), places, rest


def is_same(header: str, folder: str = PIVOTS) -> None:
    plain = everything(header, folder)
    with nothing_plain():
        assert plain == everything(header, folder)


@example("a:\u00a0b", "", "", PLAIN.index("Negotiation"))
@example("a:\u202fb", "", "", PLAIN.index("Negotiation"))
@given(PIECE, PIECE, PIECE, st.integers(0, len(PLAIN)))
@tries(600)
def test_a_header_with_anything_put_in_anywhere_is_read_the_same(
    first: str, second: str, third: str, at: int
) -> None:
    is_same(f"{PLAIN[:at]}{first}{second}{third}{PLAIN[at:]}")


@given(st.integers(0, len(PLAIN)), st.integers(0, 40))
@tries(300)
def test_a_header_with_anything_cut_out_is_read_the_same(at: int, length: int) -> None:
    rest = PLAIN[at + length :]
    is_same(PLAIN[:at] + rest)


LINES = st.lists(
    st.builds(
        "{}{}{}{}\n".format,
        st.sampled_from(["", "  ", "  - ", "- ", "    ", " ", "   - ", "      "]),
        st.sampled_from(
            [
                *("", "title: ", "name: ", "becomes: ", "tldr:", "skills:", "skills: ", "faqs:"),
                *("question: ", "answer: ", "x: "),
            ]
        ),
        PIECE,
        PIECE,
    ),
    max_size=8,
)


@given(LINES, st.sampled_from(sorted(FOLDERS)))
@tries(600)
def test_any_lines_are_read_the_same(lines: list[str], folder: str) -> None:
    is_same("".join(lines), folder)


@given(st.lists(st.tuples(st.sampled_from(PLAIN.splitlines(keepends=True)))))
@tries(200)
def test_lines_in_any_order_are_read_the_same(lines: list[tuple[str]]) -> None:
    is_same("".join(line for (line,) in lines))


# What each of these puts in the place of a line means something else than it seems to.
VARIANTS = {
    "more brackets than a header may have": ("from: Chef\n", f"from: Chef {'[' * 500}\n"),
    "a text that means none": ("from: Chef\n", "from: ~\n"),
    "an item that means none": ("  - Negotiation\n", "  - null\n"),
    "a list without items in the middle": ("  - Negotiation\n", ""),
    "a list without items at the end": ("      It does.\n", "      It does.\naliases:\n"),
    "an item in another column": ("  - Negotiation\n", "  - Negotiation\n   - Writing\n"),
    "an item further left": ("  - Negotiation\n", "  - Negotiation\n - Writing\n"),
    "a list at the margin": ("  - Negotiation\n", "- Negotiation\n- Writing\n"),
    "a block without lines": ("from: Chef\n", "from: >-\n"),
    "a block without lines in an item": ("      It does.\n", ""),
    "a block without lines that is an item": ("  - Negotiation\n", "  - >-\n  - Writing\n"),
    "a block that is an item": ("  - Negotiation\n", "  - >-\n    Negotiation\n    and more\n"),
    "a block in the column of its key": ("      It does.\n", "    It does.\n"),
    "a block just behind its key": ("      It does.\n", "     It does.\n"),
    "a block behind a dash": ("      Does it\n      fold?", "    Does it\n    fold?"),
    "a block without lines before a list": ("skills:\n  - N", "skills: >-\n- N"),
    "a colon at the end": ("from: Chef\n", "from: Chef:\n"),
    "a blank behind a text": ("from: Chef\n", "from: Chef \n"),
    "a very long name": ("from: Chef\n", f"from: {'Chef' * 60}\n"),
    "the name of an inner key": ("      It does.\n", "      It does.\ncta: heading\n"),
    "a block with a blank at the end": ("      It does.\n", "      It does. \n"),
    "a block with a line further right": ("      It does.\n", "      It\n        does.\n"),
    "a block with an empty line": ("      It does.\n", "      It\n\n      does.\n"),
    "a block with a key in it": ("      It does.\n", "      It: does.\n      title: yes\n"),
    "a block of lines for one line": ("title: >-\n      A", "title: |-\n      A"),
    "a block with a line end": ("question: >-", "question: >"),
    "a blank": ("from: Chef\n", 'from: " "\n'),
    "an answer that is blank": ("answer: >-\n      It does.", 'answer: " "'),
    "a blank at the start": ("from: Chef\n", 'from: " Chef"\n'),
    "a blank at the end": ("from: Chef\n", "from: 'Chef '\n"),
    "two blanks": ("from: Chef\n", "from: 'Head  Chef'\n"),
    "a no-break space": ("from: Chef\n", "from: Head\u00a0Chef\n"),
    "a no-break space at the start": ("from: Chef\n", "from: \u00a0Chef\n"),
    "a no-break space for a blank": ("from: Chef\n", "from:\u00a0Chef\n"),
    "a no-break space in an item": ("skills:\n  - ", "skills:\n  -\u00a0"),
    "a text for a list": ("skills:\n  - Negotiation\n", "skills: Negotiation\n"),
    "a list for a text": ("from: Chef\n", "from:\n  - Chef\n"),
    "a text for keys": ("      It does.\n", "      It does.\ncta: Go\n"),
    "an item without its keys": ("      It does.\n", "      It does.\n  - And this?\n"),
    "a key twice": ("from: Chef\n", "from: Chef\nfrom: Chef\n"),
    "a number": ("from: Chef\n", "from: 010\n"),
    "nothing else": (PLAIN, ""),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_what_only_seems_plain_is_read_the_same(name: str) -> None:
    old, new = VARIANTS[name]
    assert old in PLAIN
    is_same(PLAIN.replace(old, new, 1))


def plain_of(header: str) -> Any:
    fields = plain_fields(header)
    assert fields is not None
    return fields


def test_quotes_lists_and_items_with_keys_are_plain() -> None:
    value = read_plain(plain_of(PLAIN), PivotHeader)
    assert value is not None
    assert value.sources[0].title.text == "Outlook: a handbook"


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_most_headers_of_a_site_are_plain(folder: str) -> None:
    files = sorted((SITE / folder).rglob("*.md"))
    documents = [(file, split(str(file), file.read_bytes())) for file in files]
    plain = [
        document
        for file, document in documents
        if isinstance(document, Document)
        and document.plain is not None
        and read_plain(document.plain, header_of(f"{folder}/{file.name}")) is not None
    ]
    assert len(plain) > 0.9 * len(files)


@pytest.mark.parametrize("header", [PivotHeader, RoleHeader, PageHeader])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda plain: {**plain, "wrong": plain["title"]},
        lambda plain: {**plain, "title": [plain["title"]]},
        lambda plain: {name: value for name, value in plain.items() if name != "description"},
    ],
)
def test_only_what_fits_is_read(header: type[object], spoil: Callable[[Any], Any]) -> None:
    assert read_plain(spoil(plain_of(PLAIN)), header) is None
