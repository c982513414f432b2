"""Page rows: the tables of planned files, and their rows as values."""

from __future__ import annotations

from typing import NamedTuple

from pivotgen.model.source import Digest

_TABLES = """
CREATE TABLE roots (
    root TEXT PRIMARY KEY, plan INTEGER, planned_from BLOB, dated_from BLOB, settled_from BLOB,
    files INTEGER)
    WITHOUT ROWID;
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, root TEXT, output TEXT, plan INTEGER,
    kind TEXT, language TEXT, source TEXT, common BLOB, text BLOB, digest BLOB, signature BLOB,
    recipe BLOB, shown_versions BLOB, reasons BLOB, days TEXT, made_days TEXT,
    copies BLOB,
    UNIQUE (root, output));
"""
STATEMENTS = tuple(statement.strip() for statement in _TABLES.split(";") if statement.strip())
# All of a page but its large columns, which are sealed by themselves.
SEALED_COLUMNS = (
    "id, output, plan, kind, language, source, common, text, digest, signature, days, made_days, "
    "copies"
)


class Row(NamedTuple):
    """One planned file, and what it was made from when it was last made."""

    id: int
    output: str
    kind: str
    # The code of the language that its chrome is in.
    language: str
    # The content file, or the asset, whose text it shows; and the digest of that text now.
    source: str
    text_now: Digest | None
    # Digests of the inputs shared by its kind and of its text, as they were; None before the
    # file is first made.
    common: Digest | None
    text: Digest | None
    # Of the file as it was written; None before it is announced, and empty until it is on disk.
    digest: Digest | None
    signature: bytes | None
    # What pivots.lock gives it: a day, or the digest of several; and what it was made with.
    days: str | None = None
    made_days: str | None = None
    # Its compressed copies, packed; None where it has none.
    copies: bytes | None = None
    # Packed; empty unless asked for.
    recipe: bytes = b""
    shown_versions: bytes = b""


class RenderedRow(NamedTuple):
    """What one file was made from, and its digest and signature on disk."""

    id: int
    output: str
    common: Digest
    text: Digest | None
    digest: Digest
    # Empty when the file system could not prove a later change.
    signature: bytes
    shown_versions: bytes
    # Why it was rendered, in words; packed.
    reasons: bytes
    # Its compressed copies, packed; None where it has none.
    copies: bytes | None
