"""Content: the folders of a site's texts, and what each file in them is."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from pivotgen.model.header import PageHeader, PivotHeader, RoleHeader
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Pivot
from pivotgen.model.role import RoleText
from pivotgen.model.source import PAGES, PIVOTS, ROLES, is_translation
from pivotgen.model.translation_header import (
    PageTranslationHeader,
    PivotTranslationHeader,
    RoleTranslationHeader,
)


@dataclass(frozen=True, slots=True)
class Folder:
    """What stands in one folder of content."""

    # What one of its files is called in messages and on the command line.
    noun: str
    # The declaration of its frontmatter, and the facts that parsing makes of a file.
    header: type[Any]
    facts: type[Any]
    # The declaration of the frontmatter of its translations.
    translation: type[Any]
    # Whether there may be folders inside it.
    nested: bool = False


FOLDERS: Mapping[str, Folder] = {
    PIVOTS: Folder("pivot", PivotHeader, Pivot, PivotTranslationHeader),
    ROLES: Folder("role", RoleHeader, RoleText, RoleTranslationHeader),
    PAGES: Folder("page", PageHeader, OwnPage, PageTranslationHeader, nested=True),
}


def header_of(path: str) -> type[Any]:
    """The declaration of the frontmatter of a content file; a translation has its own."""
    folder = FOLDERS[folder_of(path)]
    return folder.translation if is_translation(path) else folder.header


def folder_of(path: str) -> str:
    """The folder of content that a file belongs to, or ""."""
    parent = posixpath.dirname(path)
    for name, folder in FOLDERS.items():
        if parent == name or (folder.nested and parent.startswith(f"{name}/")):
            return name
    return ""
