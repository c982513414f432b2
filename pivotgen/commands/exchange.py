"""`translate --export`, `--import`: what is to be translated as a PO file, and what came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pivotgen.checks._marks import changes, marks_in, marks_text
from pivotgen.commands._units import translation_text, units_of
from pivotgen.commands.translate import marks_of
from pivotgen.disk.places import Places
from pivotgen.engines.header.frontmatter import Document, split
from pivotgen.engines.header.schema import read_header
from pivotgen.engines.po_file import Message, PoFileError, read_po, write_po
from pivotgen.model.config import Config
from pivotgen.model.content import FOLDERS, header_of
from pivotgen.model.edit import Change
from pivotgen.model.problem import Problem
from pivotgen.model.source import is_translation, translation_path
from pivotgen.stages.read.find_changes import source_files

__all__ = ["PoFileError", "export_po", "import_po"]

# The key of the marks that a text belongs to, by the first part of its name.
_MARKS = {"section": "sections"}
# A text that has no words yet in a file that has some.
_TODO = "TODO"


class _Text(NamedTuple):
    """A content file and the texts in it."""

    path: str
    document: Document
    units: Mapping[str, str]
    translated: str = ""


def export_po(config: Config, site: Path, language: str) -> str:
    """Every text of the site as a PO file, with what there is of it in a language.

    ValueError for a language that the site does not have.
    """
    _check(config, language)
    return write_po(language, config.name, _messages(config, site, language))


def _messages(config: Config, site: Path, language: str) -> Iterator[Message]:
    for path in _sources(config, site):
        source = _read(site, path)
        if source is None:
            continue
        own = _read(site, translation_path(path, language))
        behind = _behind(site, path, own)
        for name, text in source.units.items():
            known = own.units.get(name, "") if own else ""
            known = "" if known.startswith(f"{_TODO} ") else known
            key = name.partition(".")[0]
            is_behind = bool(known) and _MARKS.get(key, key) in behind
            yield Message(f"{path} {name}", text, known, is_behind)


def _behind(site: Path, path: str, own: _Text | None) -> set[str]:
    """The parts that have changed since they were translated."""
    if own is None or not own.translated:
        return set()
    marks = marks_of(path, (site / path).read_bytes())
    if isinstance(marks, list):
        return set()
    return {key for key, _ in changes(marks_in(own.translated), marks)}


def import_po(config: Config, site: Path, text: str) -> list[Change]:
    """The changes that bring translated texts of a PO file into the site.

    A text that is empty or marked as fuzzy changes nothing, and neither does one whose source has
    changed since. A file that still lacks texts is a draft, with TODO for each. ValueError for a
    language that the site does not have; PoFileError for what is no PO file.
    """
    language, messages = read_po(text)
    _check(config, language)
    by_path: dict[str, dict[str, Message]] = {}
    for message in messages:
        path, _, name = message.context.rpartition(" ")
        by_path.setdefault(path, {})[name] = message
    known = set(_sources(config, site))
    changed = (_change(site, path, language, of) for path, of in by_path.items() if path in known)
    return [change for change in changed if change]


def _change(site: Path, path: str, language: str, messages: Mapping[str, Message]) -> Change | None:
    source, target = _read(site, path), translation_path(path, language)
    if source is None:
        return None
    old = _read(site, target)
    units: dict[str, str] = {}
    came: set[str] = set()
    for name, text in source.units.items():
        message = messages.get(name)
        known = old.units.get(name, "") if old else ""
        is_new = bool(message and message.translation and not message.is_behind)
        if message and is_new and message.text == text:
            units[name] = message.translation
            came.add(name)
        else:
            units[name] = known
    if not came or (old and units == {name: old.units.get(name, "") for name in units}):
        return None
    lacking = [name for name, each in units.items() if not each]
    for name in lacking:
        units[name] = f"{_TODO} {source.units[name]}"
    marks = marks_of(path, (site / path).read_bytes())
    if isinstance(marks, list):
        return None
    before = marks_in(old.translated) if old else {}
    done = {key: each for key, each in marks.items() if _all_came(key, source.units, came)}
    text = translation_text(units, old.document if old else None, marks_text({**before, **done}))
    if lacking and "\ndraft: true" not in text:
        text = text.replace("\n", "\ndraft: true\n", 1)
    file = site / target
    return Change(target, file.read_bytes() if file.is_file() else None, text.encode())


def _all_came(key: str, units: Mapping[str, str], came: set[str]) -> bool:
    """Whether every text of one part has been translated now."""
    first = {"sections": "section"}.get(key, key)
    return all(name in came for name in units if name.partition(".")[0] == first)


def _read(site: Path, path: str) -> _Text | None:
    """A content file; None when there is none, or it cannot be read."""
    file = site / path
    if not file.is_file():
        return None
    document = split(path, file.read_bytes())
    if isinstance(document, Problem):
        return None
    header, _ = read_header(path, document.fields, header_of(path))
    if header is None:
        return None
    translated = getattr(header, "translated", None)
    return _Text(path, document, units_of(header, document), translated.text if translated else "")


def _sources(config: Config, site: Path) -> list[str]:
    places = Places(site, config.outside)
    paths = [path for folder in FOLDERS for path in source_files(places, folder, ".md")]
    return [path for path in paths if not is_translation(path)]


def _check(config: Config, language: str) -> None:
    if language not in config.every_language[1:]:
        there = ", ".join(config.every_language[1:]) or "none"
        raise ValueError(f"`{language}` is no other language of this site (there is: {there})")
