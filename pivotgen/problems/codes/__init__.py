"""Codes: a page for each code that a problem can carry, from which everything else is made.

`codes/<code>.md` says why the code is wrong and shows it, wrong and right. `pivotgen help`,
docs/errors.md and the rules of a SARIF report are made from these pages, and the tests run every
example. `codes/README.md` says how to add one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_BLOCK = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.M)
_HEAD = re.compile(r"# (\S+): (.+)\n\n((?:.+\n)+)")
_CASE = re.compile(r"^## (Wrong|Right)(?:: (.+))?\n", re.M)


@dataclass(frozen=True, slots=True)
class File:
    """A file of an example: whole, or only the lines that matter."""

    path: str
    text: str
    # What a Markdown reader should take the text for.
    language: str
    # Whether the text is the whole file even if it does not look like it.
    whole: bool
    # Whether `\\xe9` and the like in the text stand for what cannot be printed.
    escaped: bool


@dataclass(frozen=True, slots=True)
class Example:
    """The files of one example, the commands it takes, and what pivotgen says ("" if nothing)."""

    files: tuple[File, ...]
    commands: str
    said: str


@dataclass(frozen=True, slots=True)
class Case:
    """One way to run into a code, and the way out; `title` tells it from the code's others."""

    title: str
    wrong: Example
    right: Example


@dataclass(frozen=True, slots=True)
class Code:
    """One page: the code, what it means in a few words, why that is wrong, and its cases."""

    name: str
    summary: str
    why: str
    cases: tuple[Case, ...]


@cache
def codes() -> dict[str, Code]:
    """Every code by name, in alphabetical order; a ValueError names the page that is not one."""
    names = sorted(
        entry.name.removesuffix(".md")
        for entry in resources.files(__name__).iterdir()
        if entry.name.endswith(".md") and entry.name != "README.md"
    )
    return {name: _code(name) for name in names}


@cache
def code(name: str) -> Code | None:
    """The page of one code, or None; a site's own rules have codes without a page."""
    page = resources.files(__name__) / f"{name}.md"
    return _code(name) if re.fullmatch("[a-z0-9-]+", name) and page.is_file() else None


def _code(name: str) -> Code:
    text = (resources.files(__name__) / f"{name}.md").read_text("utf-8")
    head = _HEAD.match(text)
    parts = _CASE.split(text)
    kinds = parts[1::3]
    if head is None or head[1] != name or kinds != ["Wrong", "Right"] * (len(kinds) // 2):
        raise ValueError(f"codes/{name}.md is not a page of a code")
    titles, sections = parts[2::6], [_example(part) for part in parts[3::3]]
    cases = zip(titles, sections[::2], sections[1::2], strict=True)
    why = " ".join(head[3].split())
    return Code(name, head[2], why, tuple(Case(title or "", *pair) for title, *pair in cases))


def _example(section: str) -> Example:
    files, commands, said = [], "", ""
    for head, text in _BLOCK.findall(section):
        language, _, rest = head.partition(" ")
        path, *flags = rest.split() or [""]
        if path:
            files.append(File(path, text, language, "whole" in flags, "escaped" in flags))
        elif language == "sh":
            commands = text
        else:
            said = text
    return Example(tuple(files), commands, said)
