"""What libyaml says reaches nobody: every message of it has plain words of our own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
import yaml._yaml
from hypothesis import given
from hypothesis import strategies as st

from pivotgen.engines.header.frontmatter import Document, split
from pivotgen.engines.layouts.phrases import read_phrases
from pivotgen.engines.redirects.read import read_redirects
from pivotgen.engines.yaml_messages import plain_words
from pivotgen.model.claims import Claims
from pivotgen.model.problem import Problem
from pivotgen.model.source import Source
from tests.world.site import PIVOT
from tests.world.thorough import tries

# Everything that libyaml's scanner, parser, loader and reader can say, and what PyYAML adds.
MESSAGES = """
block sequence entries are not allowed in this context
mapping keys are not allowed in this context
mapping values are not allowed in this context
could not find expected ':'
could not find expected directive name
did not find URI escaped octet
did not find expected '!'
did not find expected ',' or ']'
did not find expected ',' or '}'
did not find expected '-' indicator
did not find expected <document start>
did not find expected alphabetic or numeric character
did not find expected comment or line break
did not find expected digit or '.' character
did not find expected hexdecimal number
did not find expected key
did not find expected node content
did not find expected tag URI
did not find expected version number
did not find expected whitespace
did not find expected whitespace or line break
did not find the expected '>'
duplicate %TAG directive
exceeded maximum nesting depth
found a tab character that violates indentation
found a tab character where an indentation space is expected
found an incorrect leading UTF-8 octet
found an incorrect trailing UTF-8 octet
found an indentation indicator equal to 0
found character that cannot start any token
found duplicate %TAG directive
found duplicate %YAML directive
found extremely long version number
found incompatible YAML document
found invalid Unicode character escape code
found undefined alias
found undefined tag handle
found unexpected ':'
found unexpected document indicator
found unexpected end of stream
found unexpected non-alphabetical character
found unknown directive name
found unknown escape character
but found another document
second occurrence
control characters are not allowed
incomplete UTF-16 character
incomplete UTF-16 surrogate pair
incomplete UTF-8 octet sequence
invalid Unicode character
invalid leading UTF-8 octet
invalid length of a UTF-8 sequence
invalid trailing UTF-8 octet
unexpected low surrogate area
""".strip().splitlines()
# Messages that no text can bring about: faults of a program, and of the part that writes YAML.
NEVER = {
    "anchor value must contain alphanumerical characters only",
    "anchor value must not be empty",
    "did not find expected <stream-start>",
    "input error",
    "input is too long",
}
OTHER = plain_words(yaml.YAMLError()).message


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_of_libyaml_has_words_of_its_own(message: str) -> None:
    words = plain_words(yaml.MarkedYAMLError(problem=message))
    assert words.message != OTHER
    assert message not in f"{words.message} {words.hint}"
    assert not re.search("token|indicator|scalar|octet|node|stream", words.message)


def test_the_list_names_all_that_the_installed_library_can_say() -> None:
    library = Path(yaml._yaml.__file__).read_bytes()
    sentences = rb"(?:block sequence|mapping [kv]|could not|did not|duplicate %|exceeded|found)"
    said = {match.decode() for match in re.findall(sentences + rb"[ -~]{9,}", library)}
    # Words of the binding that are no message about a text.
    said = {text for text in said if " " in text and "imported" not in text} - NEVER
    assert said - set(MESSAGES) <= {"found duplicate anchor; first occurrence"}
    assert "did not find expected '-' indicator" in said


BROKEN = (
    "title: a: b",
    "title x\nfrom: y",
    "from: [a",
    "from: {a",
    "from: ]a",
    "skills:\n  - a\n b",
    "faqs:\n  - a: b\n  c: d",
    "from: 'a",
    'from: "a" b',
    "from: [a] b",
    "from: @a",
    "from: `a`",
    "from: %a",
    "%a b",
    "from: *a",
    "from: * a",
    "from: & a",
    "from: &a x\nto: &a y",
    "from: !<a",
    "from: !e!a b",
    "from: !a%zz b",
    "from: |a",
    "from: >0",
    "from: - a",
    "from: ? a",
    "? [a]\n: b",
    "from: , a",
    'from: "\\q"',
    'from: "\\xzz"',
    'from: "\\ud800"',
    "from:\n\t- a",
    "from: a\n\tto: b",
    " from: a\nto: b",
    "from: a\n...\nto: b",
    "from: a\n--- b",
    "from: a\n--- !a\n---b",
    "%YAML 1.1\nfrom: a",
    "%YAML 9999999999.1\nfrom: a",
    "%TAG ! x\n%TAG ! y\nfrom: a",
    "from: a\x00b",
    "from: \u2028a",
    f"from: {'[' * 900}",
    f"{'k' * 2000}: a",
    "from: \ufffe",
)
FOREIGN = re.compile("|".join(map(re.escape, [*MESSAGES, "while scanning", "while parsing"])))


def in_header(text: str) -> list[Problem]:
    document = split("content/pivots/a-to-b.md", f"---\n{text}\n---\nText.\n".encode())
    return list(document.problems) if isinstance(document, Document) else [document]


def in_phrases(text: str) -> list[Problem]:
    return read_phrases([Source("layouts/phrases/en.yaml", text.encode(), b"")], "en")[1]


def in_redirects(text: str) -> list[Problem]:
    return read_redirects(text.encode(), (), Claims(lambda: ()))[1]


@pytest.mark.parametrize("read", [in_header, in_phrases, in_redirects])
@pytest.mark.parametrize("text", BROKEN)
def test_a_text_that_is_no_yaml_is_told_in_plain_words(read: object, text: str) -> None:
    assert callable(read)
    problems = read(text)
    assert problems
    for problem in problems:
        assert not FOREIGN.search(f"{problem.message} {problem.hint}"), problem
        assert problem.line <= text.count("\n") + 3


GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
PIECES = st.sampled_from(
    [
        *"\"'[]{}:#-|>&*!%@`,?\\\t \n\xa0“”\u200b\x07",
        ": ",
        " #",
        "\n- ",
        "<!--",
        "-->",
        "*a",
        "\n...\n",
    ]
)
PLACES = st.lists(
    st.tuples(st.integers(4, GOOD.index("---", 4)), PIECES, st.integers(0, 3)),
    min_size=1,
    max_size=4,
)


@given(PLACES)
@tries(300)
def test_a_header_damaged_anywhere_is_told_at_places_that_exist(
    damages: list[tuple[int, str, int]],
) -> None:
    text = GOOD
    for at, piece, lost in damages:
        text = f"{text[:at]}{piece}{text[at + lost :]}"
    document = split("a.md", text.encode())
    problems = document.problems if isinstance(document, Document) else [document]
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert not FOREIGN.search(f"{problem.message} {problem.hint}")
