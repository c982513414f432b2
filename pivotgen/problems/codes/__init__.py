"""Codes: reads the page of each problem code, the one source of all help about it.

`codes/<code>.md` explains the code and shows an example, first wrong and then right. `pivotgen
help`, docs/errors.md and the rules of a SARIF report come from these pages. The tests run every
example. `codes/README.md` explains how to add a page.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from pivotgen.model.lazy_dataclass import dataclass

_BLOCK = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", re.M)
_HEAD = re.compile(r"# (\S+): (.+)\n\n((?:.+\n)+)")
_CASE = re.compile(r"^## (Wrong|Right)(?:: (.+))?\n", re.M)


@dataclass(frozen=True, slots=True)
class File:
    """A file of an example: the whole file, or only the lines that matter."""

    path: str
    text: str
    # The language after the fence, for syntax colours.
    language: str
    # Whether the block says that its text is the whole file.
    whole: bool
    # Whether escapes such as `\\xe9` in the text stand for characters that cannot be printed.
    escaped: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its files, its shell commands and the output of pivotgen, or ""."""

    files: tuple[File, ...]
    commands: str
    output: str


@dataclass(frozen=True, slots=True)
class Case:
    """One way to cause a code, and the correction; `title` is "" when the code has only one."""

    title: str
    wrong: Example
    right: Example


@dataclass(frozen=True, slots=True)
class Code:
    """One page: the code, its short meaning, the reason why it is wrong, and its cases."""

    name: str
    summary: str
    why: str
    cases: tuple[Case, ...]


@cache
def codes() -> dict[str, Code]:
    """Return every code by name, in alphabetical order.

    Raises ValueError with the name of a page that is not in the right form.
    """
    names = sorted(
        entry.name.removesuffix(".md")
        for entry in resources.files(__name__).iterdir()
        if entry.name.endswith(".md") and entry.name != "README.md"
    )
    return {name: _code(name) for name in names}


@cache
def code(name: str) -> Code | None:
    """Return the page of a code, or None: the codes of a site's own rules have no page."""
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
    files, commands, output = [], "", ""
    for head, text in _BLOCK.findall(section):
        language, _, rest = head.partition(" ")
        path, *flags = rest.split() or [""]
        if path:
            files.append(File(path, text, language, "whole" in flags, "escaped" in flags))
        elif language == "sh":
            commands = text
        else:
            output = text
    return Example(tuple(files), commands, output)
