"""Terminal: the only way out for text, to a terminal, to a log and to other programs.

Much of what commands print was written by others: lines of sources, names of files, messages of a
site's own code. What could act in it is shown as a code instead, however it is printed; only the
colours and the bar of progress of `pivotgen` itself reach a terminal as they are.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TextIO

import click

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.visible import visible

# Brings the cursor to the start of its line, and empties the line.
_START_OF_LINE = "\r\033[K"


@dataclass(frozen=True, slots=True)
class Painted:
    """A part of a text that has a colour on a terminal."""

    text: str
    colour: str
    bold: bool = False


def guard_streams() -> None:
    """Filter all that this process prints from now on, also what a site's own code does."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        # A test or another program may have put something of its own here.
        if type(stream) is io.TextIOWrapper:
            stream.flush()
            setattr(sys, name, _GuardedStream.around(stream))


def say(*parts: str | Painted, err: bool = False, nl: bool = True) -> None:
    """Print a text made of parts, to standard error with `err`, on a line of its own with `nl`."""
    stream = sys.stderr if err else sys.stdout
    if _has_colours(stream):
        text = "".join(_painted(part) for part in parts)
    else:
        # Two parts can be harmless each, and a command together.
        text = visible("".join(_words(part) for part in parts))
    _write(f"{text}\n" if nl else text, stream)


def say_commands(text: str) -> None:
    """Print workflow commands, one on each line, for the machine that runs the build to obey."""
    lines = (f"::{visible(line.removeprefix('::'))}\n" for line in text.split("\n"))
    _write("".join(lines), sys.stdout)


def draw(text: str) -> None:
    """Show a text on the last line of the terminal, in place of what it shows now."""
    _write(f"{_START_OF_LINE}{visible(text)}", sys.stderr)


class _GuardedStream(io.TextIOWrapper):
    """A standard stream that shows what could act as its code."""

    @classmethod
    def around(cls, stream: io.TextIOWrapper) -> _GuardedStream:
        # With ASCII alone, click would print past this stream.
        is_ascii = codecs.lookup(stream.encoding).name == "ascii"
        return cls(
            open(stream.fileno(), "wb", closefd=False),
            encoding="utf-8" if is_ascii else stream.encoding,
            errors="backslashreplace",
            line_buffering=stream.line_buffering,
            write_through=stream.write_through,
        )

    def write(self, text: str) -> int:
        super().write(visible(text))
        return len(text)

    def write_own(self, text: str) -> None:
        """Write a text that was filtered, with what `pivotgen` itself adds."""
        super().write(text)


def _write(text: str, stream: TextIO | None) -> None:
    if isinstance(stream, _GuardedStream):
        stream.write_own(text)
    elif stream:
        stream.write(text)
    if stream:
        stream.flush()


def _has_colours(stream: TextIO | None) -> bool:
    # https://no-color.org: any value that is not empty.
    return bool(stream and stream.isatty() and not os.environ.get("NO_COLOR"))


def _words(part: str | Painted) -> str:
    return part if isinstance(part, str) else part.text


def _painted(part: str | Painted) -> str:
    text = visible(_words(part))
    if isinstance(part, str) or not text:
        return text
    return click.style(text, fg=part.colour, bold=part.bold or None)
