"""Phrases: what layouts say to readers, in one language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.window import Window

# The forms of a phrase that goes with a count, as CLDR names them, each with its sign in a table.
PLURAL_FORMS: Mapping[str, str] = {
    "z": "zero",
    "o": "one",
    "t": "two",
    "f": "few",
    "m": "many",
    "x": "other",
}
# Of English, and of languages that nobody knows: 1 is one, all else is other.
_ONE_OR_OTHER = "xo" + "x" * 198
# A table of forms has a sign for each number below 100, then one for each number with these as its
# last two digits.
_HUNDRED = 100


class UnknownPhraseError(Exception):
    """A layout asks for a phrase that does not exist, or leaves out a name that it needs."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """One file of layouts/phrases/: phrases by name, and the direction they are read in.

    What CLDR knows of a language is among the phrases: names of months, spans of time, lists.
    """

    # "ltr" or "rtl".
    direction: str
    # By name. A phrase that goes with a count has several forms: "name.one" and "name.other".
    phrases: Mapping[str, str]
    # The form that goes with each number, a sign of `PLURAL_FORMS` each.
    plurals: str = _ONE_OR_OTHER
    # The forms of names that phrases ask for, such as "of" in "{role.of}", with what asks for them.
    name_forms: tuple[tuple[str, str], ...] = ()
    # What parts thousands, and from how many digits on.
    group: str = ","
    grouped_from: int = 4

    def __hash__(self) -> int:
        # Two that are together are of two languages.
        return hash(self.phrases.get("own_name"))

    def __getitem__(self, name: str) -> str:
        """A phrase as it stands. Raises UnknownPhraseError for a name that does not exist."""
        try:
            return self.phrases[name]
        except KeyError:
            near = get_close_matches(name, self.phrases, 1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            raise UnknownPhraseError(f"there is no phrase `{name}`{hint}") from None

    def say(self, name: str, **names: object) -> str:
        """A phrase with its {names} filled in.

        Raises UnknownPhraseError for a phrase that does not exist, or a name that it needs and that
        is not given.
        """
        text = self[name]
        try:
            return text.format_map(names)
        except (AttributeError, KeyError) as error:
            return self._filled(name, names, error)

    def span(self, window: Window) -> str:
        """A span of time, such as "3–9 months"."""
        most = self.number(window.maximum)
        if window.minimum == window.maximum:
            return self.say(self._form(f"{window.unit}s", window.maximum), count=most)
        name = self._form(f"{window.unit}s", window.maximum)
        if "{count}" not in self[name]:
            # A form that is a number by itself, such as the Arabic for two months.
            name = f"{window.unit}s.other"
        return self.say(name, count=f"{self.number(window.minimum)}–{most}")

    def day(self, day: date) -> str:
        """A day as people write it, such as "23 November 2026"."""
        month = self[f"month_{day.month}"]
        return self.say("day", day=day.day, month=month, year=day.year, number=day.month)

    def count(self, name: str, number: int, **names: object) -> str:
        """A phrase in the form that goes with `number`, which it has as {count}; other {names} are
        filled in too. Raises what `say` raises."""
        return self.say(self._form(name, number), count=self.number(number), **names)

    def forms(self, name: str) -> str:
        """All forms of a phrase as JSON, for scripts, which know which goes with a number."""
        prefix = f"{name}."
        forms = {
            key.removeprefix(prefix): text
            for key, text in sorted(self.phrases.items())
            if key.startswith(prefix)
        }
        return json.dumps(forms, ensure_ascii=False, separators=(",", ":"))

    def join(self, texts: Sequence[str]) -> str:
        """Several texts as one, such as "tact, patience and calm"."""
        *first, last = texts or ("",)
        if not first:
            return last
        if len(first) == 1:
            return self["list.two"].replace("{start}", first[0], 1).replace("{end}", last, 1)
        joined = first[0]
        for place, text in enumerate(first[1:]):
            pattern = self["list.middle" if place else "list.start"]
            joined = pattern.replace("{start}", joined, 1).replace("{end}", text, 1)
        return self["list.end"].replace("{start}", joined, 1).replace("{end}", last, 1)

    @property
    def comma(self) -> str:
        """What stands between two texts in a row, with its blanks."""
        return _between(self.phrases.get("list.middle", ", "))

    def row(self, texts: Sequence[str]) -> str:
        """Several texts in a row without a last "and", for texts that may have one themselves."""
        return self.comma.join(texts)

    def number(self, number: int) -> str:
        """A whole number as people write it, such as "1,234"."""
        digits = str(number)
        if len(digits) < self.grouped_from:
            return digits
        return f"{number:,}".replace(",", self.group)

    def form_of(self, number: int) -> str:
        """The form that goes with a number, such as "one"."""
        at = number if number < _HUNDRED else _HUNDRED + number % _HUNDRED
        return PLURAL_FORMS[self.plurals[at]]

    def _form(self, name: str, number: int) -> str:
        """The name of the phrase in the form that goes with a number, or in the one for all."""
        form = f"{name}.{self.form_of(number)}"
        return form if form in self.phrases else f"{name}.other"

    def _filled(self, name: str, names: Mapping[str, object], error: Exception) -> str:
        """A phrase that could not be filled in as it stands, because of that error."""
        if isinstance(error, KeyError):
            raise UnknownPhraseError(f"the phrase `{name}` needs `{error.args[0]}`") from None
        # A name that has no forms stands for each of them.
        return self[name].format_map({key: _Formless(str(value)) for key, value in names.items()})


@cache
def _between(pattern: str) -> str:
    """What a pattern of CLDR has between {start} and {end}."""
    return pattern.replace("{start}", "").replace("{end}", "")


class _Formless:
    """A text that stands for all of its forms."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text

    def __format__(self, form: str) -> str:
        return self._text

    def __getattr__(self, name: str) -> str:
        return self._text


NO_PHRASES = Phrases("ltr", {})


def placeholder(name: str) -> str:
    """What stands for a phrase in a text that is stored without words (NUL name NUL)."""
    return f"\0{name}\0"
