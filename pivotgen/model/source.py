"""A source: one input file, named by its path and by the digest of its bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pivotgen.model.lazy_dataclass import dataclass

# Identifies bytes: two files with one digest have the same content.
Digest = bytes

# Where content stands, and what layouts say in each language.
PIVOTS, ROLES, PAGES = "content/pivots", "content/roles", "content/pages"
PHRASES = "layouts/phrases"
# A translation of a content file stands beside it: `about.fr.md` is the French of `about.md`.
_TRANSLATION = re.compile(r"(?P<source>.+)\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")
# The names of roles and skills in a language, such as content/names.fr.yaml.
# How the path of each file with names starts.
NAMES_START = "content/names."
_NAMES = re.compile(r"content/names\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.yaml")
# Files that are published as they are, by their own names; and the only place of dotfiles there.
STATIC = "static"
# Every folder of a site that something is made from.
SOURCE_FOLDERS = ("assets", "content", "layouts", STATIC)
WELL_KNOWN = f"{STATIC}/.well-known"


# Texts by path that are read in place of the files; None stands for a file that is not there.
Overlay = Mapping[str, bytes | None]
NO_OVERLAY: Overlay = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Source:
    """One file of content/, layouts/ or assets/ that has just been read."""

    # Path from the site's folder, with forward slashes on every system.
    path: str
    data: bytes
    digest: Digest


def is_translation(path: str) -> bool:
    """Whether a content file is named like a translation; no other name has a dot in it."""
    return "." in path[: -len(".md")]


def translation_of(path: str) -> tuple[str, str]:
    """The file that a translation translates, and its language; two empty texts for any other."""
    match = _TRANSLATION.fullmatch(path.removesuffix(".md")) if is_translation(path) else None
    return (f"{match['source']}.md", match["language"]) if match else ("", "")


def translation_path(source: str, language: str) -> str:
    """Where the translation of a content file stands."""
    return f"{source.removesuffix('.md')}.{language}.md"


def names_path(language: str) -> str:
    """The file with the names of roles and skills in a language."""
    return f"{NAMES_START}{language}.yaml"


def language_of_names(path: str) -> str:
    """The language whose names a file has; "" for any other file."""
    match = _NAMES.fullmatch(path)
    return match["language"] if match else ""


def is_shared(path: str) -> bool:
    """Whether many pages may be made from a source: it is none of content/."""
    return not path.startswith("content/")


def is_hidden(path: str) -> bool:
    """Whether a path of the site is none of its sources: a dotfile, or an editor's backup.

    Below static/.well-known dotfiles are sources like all others.
    """
    if path == WELL_KNOWN or path.startswith(f"{WELL_KNOWN}/"):
        path = path.removeprefix(WELL_KNOWN).rpartition("/")[2]
        return path.endswith("~")
    return any(name.startswith(".") or name.endswith("~") for name in path.split("/"))
