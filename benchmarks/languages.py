"""pivotgen on a site in several languages, all of it translated, against the same site in one.

The translations are the texts of the corpus in other letters: as long, with as many parts, and with
as many letters that are no ASCII as French has, or with none that are, as in Arabic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

from benchmarks.corpus import Text, generate, role_names, skill_names, write_corpus
from benchmarks.growth import three_builds
from benchmarks.measure import Cost
from benchmarks.tool import Tool

_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنه"
# Letters of each language in place of those of English.
LETTERS: Mapping[str, Mapping[int, str]] = {
    "fr": {ord("e"): "é", ord("E"): "É", ord("'"): "’"},
    "ar": {
        ord(letter): arabic
        for letters in (ascii_lowercase, ascii_uppercase)
        for letter, arabic in zip(letters, _ARABIC, strict=True)
    },
}
# The keys of a pivot that are language, and the lines below them.
_SPOKEN = re.compile(r"^(?:title|description|tldr|faqs):.*\n(?:(?: .*)\n)*", re.MULTILINE)
_ADDRESS = re.compile(r"(\]\([^)]*\))")
# What stands before the words of a line of a header.
_KEY = re.compile(r"\s*(?:- )?(?:[a-z]+:(?: |$))?")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a site in so many languages costs."""

    languages: int
    pivots: int
    # Files in public/ after the cold build.
    files: int
    cold: Cost
    nothing: Cost
    body: Cost


def speak(
    tool: Tool, pivots: int, work: Path, rounds: int, tell: Callable[[str], None]
) -> Iterator[Spoken]:
    """Build a site in one language and in three: cold, then unchanged, then with an edited body."""
    for count in [1, 1 + len(LETTERS)] * rounds:
        folder = work / f"{count}-languages"
        write_corpus(folder, pivots)
        if count > 1:
            write_translations(folder, pivots)
        yield Spoken(count, pivots, *three_builds(tool, folder, f"{count} languages", tell))


def write_translations(folder: Path, pivots: int) -> None:
    """Write all pivots, roles and skills of a corpus in the other languages, and its settings."""
    content = folder / "content"
    roles, skills = role_names(pivots), skill_names(pivots)
    for language, letters in LETTERS.items():
        for text in generate(pivots):
            translated = _translated(text, letters)
            (content / "pivots" / f"{text.slug}.{language}.md").write_text(translated, "utf-8")
        lines = []
        for kind, names in (("roles", roles), ("skills", skills)):
            lines.append(f"{kind}:")
            lines += [f"  {_slug(name)}: {name.translate(letters)}" for name in names]
        (content / f"names.{language}.yaml").write_text("\n".join([*lines, ""]), "utf-8")
    settings = folder / "build.py"
    others = ", ".join(f'"{language}"' for language in LETTERS)
    start = "config = Config(\n"
    alone = settings.read_text("utf-8")
    settings.write_text(alone.replace(start, f"{start}    languages=({others}),\n"), "utf-8")


def _translated(text: Text, letters: Mapping[int, str]) -> str:
    _, header, prose = text.file.split("---\n", 2)
    parts = []
    for part in _SPOKEN.findall(header):
        for line in part.splitlines():
            key = _KEY.match(line)
            start = key[0] if key else ""
            parts.append(start + _in_letters(line[len(start) :], letters))
    said = "".join(f"{line}\n" for line in parts)
    updated = "updated: 2026-11-02\n"
    return f"---\n{updated}{said}---\n{_in_letters(prose, letters)}"


def _in_letters(text: str, letters: Mapping[int, str]) -> str:
    """A text in other letters; addresses stay."""
    parts = _ADDRESS.split(text)
    parts[::2] = [part.translate(letters) for part in parts[::2]]
    return "".join(parts)


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")
