"""Diagnosis: what a writer did where YAML cannot read a header, and on which line.

libyaml says where it gave up. That is often the line after the wrong one.
"""

from __future__ import annotations

import re

import yaml

from pivotgen.engines.header.declarations import known_keys
from pivotgen.engines.header.faults import Fault, Place, Reading
from pivotgen.engines.header.header_lines import HeaderLine, header_line, quoted
from pivotgen.engines.header.indentation import aligned, misplaced
from pivotgen.engines.yaml_messages import SECOND_DOCUMENT, PlainWords, mark_of, plain_words

# A key whose value follows without a blank; an address such as https://example.com is none.
_NO_BLANK = re.compile(r"([ \t]*(?:- +)*[A-Za-z_][\w-]*:)(?!//)(\S.*)")
# The first word of a line, where the colon after it may be missing.
_FIRST_WORD = re.compile(r"[ \t]*(?:- +)*([A-Za-z_][\w-]*)(?=[ \t]|$)")
_OPENING, _CLOSING = "“„”‘’«", "”“’»"
# A backslash with the character after it.
_ESCAPE = re.compile(r"\\(.)")
TEXT_ABOVE = PlainWords(
    "there is a text above this item, so YAML makes one text of both",
    "a key holds a text or a list: take one of them out",
)
CURLY = PlainWords(
    "curly quotes are no quotes for YAML",
    "type straight quotes; to show curly ones, put straight ones around them",
)


def diagnose(reading: Reading, error: yaml.MarkedYAMLError) -> Fault | None:
    """Return the fault behind an error of libyaml; None when its place is not known."""
    mark = mark_of(error)
    if mark is None or not reading.lines:
        return None
    line = min(mark.line, len(reading.lines) - 1)
    place = line, min(mark.column, len(reading.lines[line]))
    reason, words = str(error.problem), plain_words(error)
    if reason.startswith("mapping values"):
        return _second_colon(reading, place, words)
    if reason.startswith("could not find expected ':'"):
        return _no_colon(reading, place, words)
    if reason.startswith(("did not find expected key", "did not find expected '-'")):
        return _left_over(reading, place, words)
    if "escape" in reason or "hexdecimal" in reason:
        return _escape(reading, place, words)
    if reason.startswith("did not find expected <document start>"):
        return _further_left(reading, place, words)
    if "\t" in reading.lines[line][: header_line(reading.lines[line]).indent]:
        return misplaced(reading, line)
    return _in_quotes(reading, place, words)


def curly_quotes(line: str, parts: HeaderLine) -> str:
    """Return the line with straight quotes where a whole value stands in curly ones, or ""."""
    value = parts.value
    if len(value) < 3 or value[0] not in _OPENING or value[-1] not in _CLOSING:
        return ""
    inner = value[1:-1]
    if re.search("[“”„«»]", inner) or '"' in inner or "\\" in inner:
        return ""
    end = parts.value_column + len(value)
    return f'{line[: parts.value_column]}"{inner}"{line[end:]}'


def missing_colon(reading: Reading, line: int) -> Fault | None:
    """Return the fault of a line whose key has no colon, or no blank after it; None for others."""
    text = reading.lines[line]
    if match := _NO_BLANK.fullmatch(text):
        words = PlainWords(
            "a blank is missing after this colon, so YAML does not take it for the end of a key",
            "write a blank after the colon",
        )
        return reading.fault((line, match.end(1) - 1), words, {line: f"{match[1]} {match[2]}"})
    match = _FIRST_WORD.match(text)
    if match is None or match[1] not in known_keys():
        return None
    words = PlainWords("this line has no colon", f"write `{match[1]}:`, then a blank and the value")
    fixed = f"{text[: match.end(1)]}:{text[match.end(1) :]}"
    return reading.fault((line, match.start(1)), words, {line: fixed})


def _second_colon(reading: Reading, place: Place, words: PlainWords) -> Fault:
    """A colon where YAML expects none: a second one, or one that the line above has swallowed."""
    line, column = place
    text = reading.lines[line]
    parts = header_line(text)
    if fixed := curly_quotes(text, parts):
        return reading.fault((line, parts.value_column), CURLY, {line: fixed}, "curly-quotes")
    if not parts.key or column > parts.key_column + len(parts.key):
        return _in_quotes(reading, (line, column), words)
    if parts.indent and parts.dash < 0 and parts.key not in known_keys():
        # A word with a colon that goes on a text is likelier than a key of an unknown name.
        return reading.fault(place, words, {})
    above = next((n for n in range(line - 1, -1, -1) if not _is_blank(reading.lines[n])), None)
    if above is None:
        return _in_quotes(reading, place, words)
    if parts.dash >= 0 and header_line(reading.lines[above]).key:
        return reading.fault((line, parts.indent), TEXT_ABOVE, {})
    if not header_line(reading.lines[above]).key:
        if fault := missing_colon(reading, above):
            return fault
        if not header_line(reading.lines[above]).starts_value and not parts.indent:
            words = PlainWords(
                "this line has no colon", "write a key, a colon, a blank and a value"
            )
            return reading.fault((above, 0), words, {})
    return misplaced(reading, line)


def _no_colon(reading: Reading, place: Place, words: PlainWords) -> Fault:
    line, column = place
    if fault := missing_colon(reading, line):
        return fault
    text = reading.lines[line]
    if header_line(text).starts_value:
        return _in_quotes(reading, place, words)
    at = min(column, len(text) - len(text.lstrip()))
    return reading.fault((line, at), words, {})


def _left_over(reading: Reading, place: Place, words: PlainWords) -> Fault:
    """Text that belongs to nothing: after a quote or a bracket, or with a wrong indentation."""
    line, column = place
    text = reading.lines[line]
    if text[:column].strip(" -"):
        return _after_value(reading, place, words)
    if fault := _after_comment(reading, line):
        return fault
    parts = header_line(text)
    if not parts.starts_value:
        return missing_colon(reading, line) or reading.fault((line, parts.indent), words, {})
    return misplaced(reading, line)


def _after_value(reading: Reading, place: Place, words: PlainWords) -> Fault:
    """Text after the end of a value in quotes or brackets."""
    line, column = place
    text = reading.lines[line]
    parts = header_line(text)
    for start in range(line, -1, -1):
        # A quote that was opened on a line above ends before the text, if none starts here.
        value = header_line(reading.lines[start]).value
        if value[:1] in ('"', "'") and value.count(value[0]) % 2 and not value.endswith(value[0]):
            if start == line and value.count(value[0]) > 1:
                break
            at = start, header_line(reading.lines[start]).value_column
            words = PlainWords(
                "a quote is opened here and never closed",
                "close it at the end of the text, or double a quote that belongs to the text",
            )
            fault = reading.fault(at, words, {start: f"{reading.lines[start]}{value[0]}"})
            # The writer may have meant no quote at all.
            return fault.without_edits()
    if parts.value[:1] in ('"', "'"):
        words = PlainWords(
            "text goes on after the quote that ends this value",
            "put the whole value in quotes, with other quotes around it than inside it",
        )
    elif parts.value[:1] in ("[", "{"):
        words = PlainWords(
            "text goes on after the bracket that ends this value",
            'put the whole value in "double quotes"',
        )
    fixed = quoted(text, parts.value_column, parts.value_column + len(parts.value))
    if " #" in parts.value or not fixed:
        return reading.fault((line, column), words, {})
    return reading.fault((line, column), words, {line: fixed})


def _after_comment(reading: Reading, line: int) -> Fault | None:
    """A text that goes on below a line that YAML takes for a comment."""
    above = line - 1
    if above < 0 or header_line(reading.lines[line]).starts_value:
        return None
    text = reading.lines[above]
    at = len(text) - len(text.lstrip())
    if not text[at:].startswith("#"):
        return None
    words = PlainWords(
        "`#` starts a comment here, in the middle of a text",
        'put the whole text in "double quotes", or below `>-`',
    )
    stand_in = {above: f"{text[:at]}x{text[at + 1 :]}"}
    return reading.fault((above, at), words, stand_in, "cut-text").without_edits()


def _escape(reading: Reading, place: Place, words: PlainWords) -> Fault:
    """A backslash in double quotes: the line gets two for each that is not doubled already."""
    line, column = place
    text = reading.lines[line]
    at = text.rfind("\\", 0, column + 1)
    fixed = _ESCAPE.sub(lambda match: match[0] if match[1] in '\\"' else f"\\{match[0]}", text)
    return reading.fault((line, max(at, 0)), words, {line: fixed})


def _further_left(reading: Reading, place: Place, words: PlainWords) -> Fault:
    """A line further left than the first one, which is then the wrong one."""
    line = place[0]
    if ends := [n for n, text in enumerate(reading.lines[:line]) if text.rstrip() == "..."]:
        return reading.fault((ends[-1], 0), SECOND_DOCUMENT, {})
    first = next(n for n, text in enumerate(reading.lines) if not _is_blank(text))
    if first == line or not reading.lines[first].startswith(" "):
        return reading.fault((line, 0), words, {})
    return aligned(reading, first, 0)


def _in_quotes(reading: Reading, place: Place, words: PlainWords) -> Fault:
    """A value that YAML reads as itself once it stands in quotes."""
    line, column = place
    text = reading.lines[line]
    parts = header_line(text)
    if fixed := curly_quotes(text, parts):
        return reading.fault((line, parts.value_column), CURLY, {line: fixed}, "curly-quotes")
    value = parts.value
    if words.message.startswith("this character") and column < len(text):
        words = words._replace(message=f"`{text[column]}` cannot start a value")
    # A quote, a bracket or a dash at the start may be meant, so only the author knows.
    if not parts.starts_value or not value or value[0] in "\"'[{-" or " #" in value:
        return reading.fault(place, words, {})
    start = parts.value_column
    if parts.dash >= 0 and parts.key and parts.key not in known_keys():
        # The word before the first colon is part of the text too.
        start = parts.key_column
    fixed = quoted(text, start, parts.value_column + len(value))
    return reading.fault(place, words, {line: fixed} if fixed else {})


def _is_blank(line: str) -> bool:
    return header_line(line).is_blank
