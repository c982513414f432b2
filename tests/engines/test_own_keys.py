"""The keys of a site's own in a header: what is read of them, and what is told of them."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotgen.edits.apply import apply_edits, compatible_edits
from pivotgen.engines.header.extra_header import header_with, own_keys
from pivotgen.engines.header.frontmatter import Document, split
from pivotgen.engines.header.json_schema import json_schema
from pivotgen.engines.header.schema import read_header
from pivotgen.engines.packing import pack, unpack
from pivotgen.model.extra import DeclaredKeys, Extra, declared_keys, keys_on
from pivotgen.model.header import PageHeader, PivotHeader, RoleHeader
from pivotgen.model.own_keys import OwnKeys, StoredKeys, shown_keys, stored_keys
from pivotgen.model.problem import Problem

DECLARED = declared_keys(
    {
        "note": str,
        "years": int,
        "share": float,
        "remote": bool,
        "asked": date,
        "tools": list[str],
        "level": ("junior", "senior", "head of it"),
    }
)
REQUIRED = declared_keys({"level": Extra(("junior", "senior"), required=True), "years": int})


def read(extra: str, declared: DeclaredKeys = None) -> tuple[Any, list[Problem]]:
    """The site's own keys of a page with these lines of frontmatter, and the problems."""
    text = f"---\ntitle: A\ndescription: B\n{extra}---\nText.\n"
    document = split("a.md", text.encode())
    assert isinstance(document, Document)
    header, problems = read_header("a.md", document.fields, header_with(PageHeader, declared))
    return own_keys(header.extra, declared) if header else None, [*document.problems, *problems]


def values(extra: str, declared: DeclaredKeys = None) -> dict[str, Any]:
    keys, problems = read(extra, declared)
    assert problems == []
    return {name: keys[name] for name in keys}


def test_each_declared_type_is_read_as_it_is_declared() -> None:
    lines = (
        "extra:\n  note: no\n  years: -3\n  share: 2.50\n  remote: true\n  asked: 2026-02-03\n"
        "  tools: [a, 010]\n  level: head of it\n"
    )
    assert values(lines, DECLARED) == {
        "note": "no",
        "years": -3,
        "share": 2.5,
        "remote": True,
        "asked": date(2026, 2, 3),
        "tools": ("a", "010"),
        "level": "head of it",
    }


def test_a_declared_key_that_a_file_lacks_is_empty() -> None:
    empty: dict[str, Any] = {"note": "", "years": None, "share": None, "remote": False}
    empty |= {"asked": None, "tools": (), "level": ""}
    assert values("", DECLARED) == empty
    assert values("extra:\n  years: 0\n", DECLARED) == empty | {"years": 0}
    assert values("", declared_keys({})) == {}


def test_a_number_without_a_fraction_stays_one() -> None:
    assert str(values("extra:\n  share: 3\n", DECLARED)["share"]) == "3"


@pytest.mark.parametrize(
    ("lines", "place", "code", "message"),
    [
        ("  years: three", (5, 10), "wrong-type", "`years` must be a whole number"),
        ("  years: 1.5", (5, 10), "wrong-type", "`years` must be a whole number"),
        ("  years: 007", (5, 10), "wrong-type", "`years` must be a whole number"),
        ("  years: [1]", (5, 10), "wrong-type", "`years` must be a whole number"),
        ("  years: 12345678901234567890", (5, 10), "wrong-type", "`years` must be a whole number"),
        ("  share: .nan", (5, 10), "wrong-type", "`share` must be a number"),
        ("  share: 1e5", (5, 10), "wrong-type", "`share` must be a number"),
        ("  share: 1,000", (5, 10), "wrong-type", "`share` must be a number"),
        ("  remote: maybe", (5, 11), "wrong-type", "`remote` must be true or false"),
        ("  asked: 2026-02-30", (5, 10), "bad-date", "there is no day 2026-02-30"),
        ("  asked: soon", (5, 10), "bad-date", "`asked` must be a day"),
        ("  tools: hammer", (5, 10), "wrong-type", "`tools` must be a list"),
        ("  tools: [a, [b]]", (5, 14), "wrong-type", "item 2 of `tools` must be text, not a list"),
        ("  note: {a: b}", (5, 9), "wrong-type", "`note` must be text, not `key: value` lines"),
        ("  note:", (5, 3), "empty-value", "`note` has no value"),
        ('  note: ""', (5, 9), "empty-value", "`note` is empty"),
        ("  level: boss", (5, 10), "unknown-choice", "`level` cannot be `boss`"),
        ("  level: [junior]", (5, 10), "wrong-type", "`level` must be text, not a list"),
        ("  mood: good", (5, 3), "unknown-key", "unknown key `mood` in `extra`"),
        ("  note: a\n  note: b", (6, 3), "duplicate-key", "`note` is given twice"),
        ("  - note: a", (5, 3), "wrong-type", "`extra` must have keys of its own"),
    ],
)
def test_what_is_not_as_it_is_declared_is_told_at_its_place(
    lines: str, place: tuple[int, int], code: str, message: str
) -> None:
    _, [problem] = read(f"extra:\n{lines}\n", DECLARED)
    assert ((problem.line, problem.column), problem.code) == (place, code)
    assert problem.message == message
    assert problem.hint


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("levle: junior", "level: junior"),
        ("level: JUNIOR", "level: junior"),
        ("level: 'junoir'", "level: 'junior'"),
        ("share: 2,5", "share: 2.5"),
        ("remote: Yes", "remote: true"),
        ("asked: 2026/2/3", "asked: 2026-02-03"),
        ("note: [a text]", "note: a text"),
    ],
)
def test_what_can_only_be_meant_in_one_way_is_fixed(wrong: str, right: str) -> None:
    text = f"---\ntitle: A\ndescription: B\nextra:\n  {wrong}\n---\nText.\n"
    _, problems = read(f"extra:\n  {wrong}\n", DECLARED)
    fixed = apply_edits(text.encode(), compatible_edits(problems)["a.md"])
    assert fixed == text.replace(wrong, right).encode()


def test_a_required_key_is_missed_in_extra_or_with_it() -> None:
    _, [problem] = read("", REQUIRED)
    assert problem.message == "the key `extra` is missing"
    assert problem.hint == "add `extra:`, for example `extra: {level: junior}`"
    assert values("extra: {level: junior}\n", REQUIRED) == {"level": "junior", "years": None}
    _, [problem] = read("extra:\n  years: 3\n", REQUIRED)
    assert (problem.line, problem.message) == (5, "the key `level` is missing in `extra`")
    # A misspelt key is one problem.
    _, [problem] = read("extra:\n  levle: junior\n", REQUIRED)
    assert problem.code == "unknown-key"
    _, [problem] = read("extra:\n", REQUIRED)
    assert (problem.line, problem.code) == (4, "empty-value")


def test_a_key_is_known_only_in_the_files_that_it_is_declared_for() -> None:
    declared = declared_keys({"a": Extra(str, on=("role", "pivot")), "b": int})
    assert [key.name for key in keys_on(declared, "page") or ()] == ["b"]
    assert [key.name for key in keys_on(declared, "pivot") or ()] == ["a", "b"]
    _, [problem] = read("extra:\n  a: x\n", keys_on(declared, "page"))
    assert problem.hint == "use one of: b; or declare it in Config(extra=…) of build.py"
    _, [problem] = read("extra:\n  a: x\n", declared_keys({}))
    assert problem.hint == "take it out, or declare it in Config(extra=…) of build.py"


def test_free_values_are_what_they_look_like_and_otherwise_what_was_typed() -> None:
    lines = (
        "extra:\n  a: 1\n  b: -2.5\n  c: true\n  d: 2026-02-03\n  e: '7'\n  f: \"false\"\n"
        "  g: |\n    two\n    lines\n  h: [1, one, [2]]\n  i: {j: {k: 1}}\n  l: []\n  m: {}\n"
        "  items: all of them\n  my key: x\n"
    )
    inner = OwnKeys({"j": OwnKeys({"k": 1})})
    assert values(lines) == {
        "a": 1,
        "b": -2.5,
        "c": True,
        "d": date(2026, 2, 3),
        "e": "7",
        "f": "false",
        "g": "two\nlines\n",
        "h": (1, "one", (2,)),
        "i": inner,
        "l": (),
        "m": OwnKeys({}),
        "items": "all of them",
        "my key": "x",
    }


@pytest.mark.parametrize(
    "typed",
    [
        *("010", "1.50", "1e3", "12:30", "no", "True", "yes", "0x1f", "1_000", "+1", "-0", "1."),
        *(".5", "2026-02-30", "2026-1-2", "9" * 16, "0.1000000000000000055", "=", "1,5"),
    ],
)
def test_a_free_value_that_a_type_would_change_stays_text(typed: str) -> None:
    assert values(f"extra:\n  a: {typed}\n") == {"a": typed}


@given(st.from_regex(r"[0-9a-z.:+-]{1,20}", fullmatch=True))
def test_a_free_value_is_shown_as_it_was_typed(typed: str) -> None:
    keys, problems = read(f"extra:\n  a: {typed}\n")
    # A dash at the start may make a list, and a colon at the end a key.
    if problems or not isinstance(keys["a"], str | int | float | date):
        return
    assert str(keys["a"]).lower() == typed


@pytest.mark.parametrize(
    ("lines", "place", "code", "message"),
    [
        ("extra: text", (4, 8), "wrong-type", "`extra` must have keys of its own"),
        ("extra:", (4, 1), "empty-value", "`extra` has no value"),
        ("extra:\n  a:", (5, 3), "empty-value", "`a` in `extra` has no value"),
        ("extra:\n  a: [1, ~]", (5, 10), "empty-value", "item 2 of `a` in `extra` has no value"),
        ("extra: {a: {b: ~}}", (4, 13), "empty-value", "`b` in `a` in `extra` has no value"),
        ("extra: {a: 1, a: 2}", (4, 15), "duplicate-key", "`a` in `extra` is given twice"),
        ("extra: {? [a] : 1}", (4, 11), "yaml-syntax", "a key must be a word"),
        ("extra:\n  a: text #1", (5, 11), "cut-text", "`#` after a blank starts a comment, so"),
    ],
)
def test_what_is_wrong_with_free_keys_is_told_at_its_place(
    lines: str, place: tuple[int, int], code: str, message: str
) -> None:
    _, [problem] = read(f"{lines}\n")
    assert ((problem.line, problem.column), problem.code) == (place, code)
    assert problem.message.startswith(message)


def test_a_name_of_a_method_is_a_key_like_any_other() -> None:
    keys, _ = read("extra:\n  items: a\n  keys: b\n  get: c\n  count: d\n")
    assert [keys.items, keys.keys, keys.get, keys.count] == ["a", "b", "c", "d"]
    assert (list(keys), len(keys), "get" in keys) == (["items", "keys", "get", "count"], 4, True)
    with pytest.raises(AttributeError):
        keys.values  # noqa: B018


VALUES = st.recursive(
    st.text()
    | st.booleans()
    | st.dates()
    | st.integers(-(10**15), 10**15)
    | st.none()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner).map(OwnKeys),
    max_leaves=6,
)


@given(st.dictionaries(st.text(), VALUES))
def test_stored_values_come_back_as_they_were(given: Mapping[str, Any]) -> None:
    keys = OwnKeys(given)
    stored: StoredKeys = unpack(StoredKeys, pack(stored_keys(keys)))
    assert shown_keys(stored) == keys
    assert repr(shown_keys(stored)) == repr(keys)
    assert pickle.loads(pickle.dumps(keys)) == copy.deepcopy(keys) == keys
    assert hash(shown_keys(stored)) == hash(keys)


@pytest.mark.parametrize("header", [PivotHeader, RoleHeader, PageHeader])
def test_the_schema_says_what_is_declared(header: type[Any]) -> None:
    schema = json_schema(header_with(header, REQUIRED))
    assert "extra" in schema["required"]
    extra = schema["properties"]["extra"]
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({"level": "junior", "years": 3}, extra)
    for wrong in ({}, {"level": "boss"}, {"level": "junior", "years": "3"}, {"mood": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, extra)
    assert schema["title"] == json_schema(header)["title"]
    free = json_schema(header)
    assert "extra" not in free["required"]
    jsonschema.validate({"anything": [1, {"a": True}]}, free["properties"]["extra"])


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"a b": str}, "`a b` cannot be a key of extra"),
        ({"_a": str}, "`_a` cannot be a key of extra"),
        ({"class": str}, "`class` cannot be a key of extra"),
        ({3: str}, "`3` cannot be a key of extra"),
        ({"a": dict}, "the type of the extra key `a` is str, int"),
        ({"a": "text"}, "the type of the extra key `a` is str, int"),
        ({"a": list}, "the type of the extra key `a` is str, int"),
        ({"a": list[int]}, "the type of the extra key `a` is str, int"),
        ({"a": None}, "the type of the extra key `a` is str, int"),
        ({"a": ()}, "the extra key `a` needs different texts to choose from"),
        ({"a": ("x", "x")}, "the extra key `a` needs different texts to choose from"),
        ({"a": ("x", 1)}, "the extra key `a` needs different texts to choose from"),
        ({"a": ("x", " y")}, "the extra key `a` needs different texts to choose from"),
        ({"a": Extra(str, on=("skill",))}, "`on` of the extra key `a` is one or more of pivot"),
        ({"a": Extra(str, on=())}, "`on` of the extra key `a` is one or more of pivot"),
        (["a"], "extra must be keys with their types"),
    ],
)
def test_what_cannot_be_declared_is_refused_in_plain_words(extra: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        declared_keys(extra)
