"""Unfit characters: those that no text of a site may hold, however they got into it.

They command a terminal, end a line for some programs, turn the direction of all that follows, or
make a feed unreadable. Tabs and line ends are none of them, nor are the marks of direction and the
joiners that some scripts need.
"""

from __future__ import annotations

import re

# As a class of a regular expression.
UNFIT = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff"
)
# What else a name or an address may not hold: the ends of lines, and what has no width.
UNFIT_IN_NAMES = f"{UNFIT}\t\n\r\xad\u061c\u200b\u200e\u200f\u2060-\u2065"
_UNFIT = re.compile(f"[{UNFIT}]")
_UNFIT_IN_NAMES = re.compile(f"[{UNFIT_IN_NAMES}]")


def unfit_in(text: str) -> str:
    """Return the first such character of a text, or ""."""
    match = None if text.isprintable() else _UNFIT.search(text)
    return match[0] if match else ""


def unfit_in_name(name: str) -> str:
    """Return the first character that the name of a file may not hold, or ""."""
    match = None if name.isprintable() else _UNFIT_IN_NAMES.search(name)
    return match[0] if match else ""


def code_point(character: str) -> str:
    """Return the code of a character as Unicode writes it, such as "U+202E"."""
    return f"U+{ord(character):04X}"
