"""Content: the folders of a site's texts, and what each file in them is."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pivotgen.model.header import PageHeader, PivotHeader, RoleHeader
from pivotgen.model.own_page import OwnPage
from pivotgen.model.pivot import Pivot
from pivotgen.model.role import RoleText
from pivotgen.model.source import PAGES, PIVOTS, ROLES


@dataclass(frozen=True, slots=True)
class Folder:
    """What stands in one folder of content."""

    # What one of its files is called in messages and on the command line.
    noun: str
    # The declaration of its frontmatter, and the facts that parsing makes of a file.
    header: type[Any]
    facts: type[Any]
    # Whether there may be folders inside it.
    nested: bool = False


FOLDERS: Mapping[str, Folder] = {
    PIVOTS: Folder("pivot", PivotHeader, Pivot),
    ROLES: Folder("role", RoleHeader, RoleText),
    PAGES: Folder("page", PageHeader, OwnPage, nested=True),
}


def folder_of(path: str) -> str:
    """The folder of content that a file belongs to, or ""."""
    parent = posixpath.dirname(path)
    for name, folder in FOLDERS.items():
        if parent == name or (folder.nested and parent.startswith(f"{name}/")):
            return name
    return ""
