"""Read plain: turns the fields of a plain header into a typed header, if nothing is wrong with it.

`schema.py` makes the same of the nodes of any header, and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar

from pivotgen.engines.header.declarations import declarations, has_keys, item_type, short_key
from pivotgen.engines.header.forms import BOOLEANS, day_of, is_of_form, window_of
from pivotgen.engines.header.plain_header import PlainFields
from pivotgen.model.header import Key, Written
from pivotgen.model.limits import LONGEST
from pivotgen.model.window import Window

H = TypeVar("H")

# What a text means, by the type of value that is declared.
_VALUES: Mapping[Any, Callable[[str], Any]] = {
    date: day_of,
    Window: window_of,
    bool: BOOLEANS.get,
}


class _Plan(NamedTuple):
    """How one key of a header is read."""

    name: str
    # The name of the Python field.
    field: str
    is_required: bool
    # Its value from what stands in the file; None where that does not fit.
    read: Callable[[Any], Any]


def read_plain(given: PlainFields, header: type[H]) -> H | None:
    """The fields of one file as a `header`; None when `schema.py` has to say why it cannot be."""
    declared: Any = header
    value: H | None = _reader(declared)(given)
    return value


@cache
def _reader(header: Any) -> Callable[[Mapping[str, Any]], Any]:
    """The function that makes such a header of the fields of a file, or of an item."""
    plans = [
        _Plan(name, field, is_required, _reader_of(key, value_type))
        for name, (field, is_required, key, value_type) in declarations(header).items()
    ]

    def read(given: Mapping[str, Any]) -> Any:
        if type(given) is not dict:
            return None
        values = {}
        for name, field, is_required, read_value in plans:
            if name in given:
                value = read_value(given[name])
                if value is None:
                    return None
                values[field] = value
            elif is_required:
                return None
        # A key that is left over is unknown.
        return header(**values) if len(values) == len(given) else None

    return read


def _reader_of(key: Key, value_type: Any) -> Callable[[Any], Any]:
    if inner := item_type(value_type):
        read_item = _reader_of(key, inner)

        def read_items(items: Any) -> Any:
            if type(items) is not list:
                return None
            values = tuple([read_item(item) for item in items])
            return None if None in values else values

        return read_items
    if has_keys(value_type):
        return _reader_with_keys(value_type)
    if value_type is Written:
        return _text_reader(key)
    value_of = _VALUES.get(value_type)
    if value_of is None:
        # A value of another type, such as a number, is for `schema.py`.
        return lambda value: None
    return lambda value: value_of(value.text) if type(value) is Written else None


def _reader_with_keys(value_type: Any) -> Callable[[Any], Any]:
    read_keys, short = _reader(value_type), short_key(value_type)
    if short is None:
        return read_keys
    field, read_text = short.field, _text_reader(short.key)

    def read(given: Any) -> Any:
        if type(given) is dict:
            return read_keys(given)
        text = read_text(given)
        return None if text is None else value_type(**{field: text})

    return read


def _text_reader(key: Key) -> Callable[[Any], Written | None]:
    longest, form = LONGEST[key.form], key.form

    def read_text(value: Any) -> Written | None:
        if type(value) is not Written or len(value.text) > longest:
            return None
        text = value.text
        if text.isspace():
            return None
        if form == "markdown":
            # The lines of a block of text are counted from the line below its mark.
            return value if value.end_column else Written(text, value.line + 1, 1)
        if "  " in text or text[0].isspace() or text[-1].isspace() or "\n" in text:
            # Such blanks are taken out.
            return None
        if form == "name" and not text.isprintable():
            # So are those at which no line is broken, but of names alone.
            return None
        return value if is_of_form(key, text) else None

    return read_text
