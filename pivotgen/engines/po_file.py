"""PO files: texts to be translated in the form that translators' programs read, by way of polib."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import polib

# Stands for a line break that PO tools would otherwise fold.
_FUZZY = "fuzzy"


class PoFileError(Exception):
    """Why a file is no PO file, in plain words."""


class Message(NamedTuple):
    """One text of a source, and what it is in another language."""

    # Where it stands, such as "content/pivots/chef-to-nurse.md faqs.1.answer".
    context: str
    text: str
    # "" where nobody has translated it.
    translation: str
    # Whether the source has changed since.
    is_behind: bool = False
    # What a translator should know.
    comment: str = ""


def write_po(language: str, name: str, messages: Iterable[Message]) -> str:
    """The text of a PO file with these messages, in their order."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": name,
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for message in messages:
        file.append(
            polib.POEntry(
                msgctxt=message.context,
                msgid=message.text,
                msgstr=message.translation,
                flags=[_FUZZY] if message.is_behind else [],
                comment=message.comment,
            )
        )
    return str(file)


def read_po(text: str) -> tuple[str, list[Message]]:
    """The language of a PO file, and its messages. PoFileError when it is none."""
    try:
        # polib takes a text for a path unless it has a line break.
        file = polib.pofile(f"{text}\n", wrapwidth=0)
    except (OSError, ValueError) as error:
        raise PoFileError(f"this is no PO file: {error}") from None
    messages = [
        Message(entry.msgctxt or "", entry.msgid, entry.msgstr, _FUZZY in entry.flags)
        for entry in file
        if not entry.obsolete
    ]
    return str(file.metadata.get("Language", "")), messages
