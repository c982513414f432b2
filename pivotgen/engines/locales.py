"""Locales: what CLDR knows of a language, by way of Babel, as plain phrases.

Loading Babel takes longer than a build that changes nothing, and workers need none of it. So only
whoever reads files of phrases imports this module, and the result is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from babel.units import format_unit

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.phrases import PLURAL_FORMS

_SIGNS = {form: letter for letter, form in PLURAL_FORMS.items()}
# Numbers whose forms are looked up: all below 100, then a hundred that stand for the others.
_NUMBERS = (*range(100), *range(1100, 1200))
# A part of a pattern of dates: a text in quotes, letters that stand for something, or anything.
_PART = re.compile(r"'([^']*)'|(d+)|([ML]+)|(y+|u+)|([a-zA-Z]+)|([^a-zA-Z']+)")
# Letters in the pattern from which on a month has its whole name.
_NAMED = 3
# A number that is surely written with groups, and one that is where two digits must precede.
_LARGE, _SMALL = 12_345, 1_234
_FRACTION = 1.5
# Languages in which CLDR has numbers of four digits without a group; Babel does not tell.
_LATE = frozenset(["es", "es-ES", "pl", "pl-PL", "pt-PT"])


@dataclass(frozen=True, slots=True)
class Locales:
    """What CLDR knows of one language."""

    # Phrases by name: months, patterns of dates, of lists and of spans of time, its own name.
    phrases: Mapping[str, str]
    # The form that goes with each number, and the names of all forms.
    plurals: str
    forms: tuple[str, ...]
    # What parts thousands, and from how many digits on.
    group: str
    grouped_from: int


@cache
def locale_of(language: str) -> Locales:
    """What CLDR knows of a language; of one that it does not know, what it knows of English."""
    locale = _locale(language) or Locale("en")
    rule = locale.plural_form
    signs = "".join(_SIGNS[rule(number)] for number in _NUMBERS)
    forms = tuple(form for letter, form in PLURAL_FORMS.items() if letter in signs)
    phrases = {"own_name": _own_name(locale, language)}
    for number, month in locale.months["format"]["wide"].items():
        phrases[f"month_{number}"] = month
    phrases["day"] = _date_pattern(locale.date_formats["long"].pattern)
    patterns = locale.list_patterns["standard"]
    phrases |= {
        f"list.{name}": str(patterns[key]).replace("{0}", "{start}").replace("{1}", "{end}")
        for name, key in (("two", "2"), ("start", "start"), ("middle", "middle"), ("end", "end"))
    }
    for unit in ("week", "month", "year"):
        for form in dict.fromkeys((*forms, "other")):
            # Some languages need the last form only for fractions.
            number = _NUMBERS[signs.index(_SIGNS[form])] if form in forms else _FRACTION
            text = format_unit(number, f"duration-{unit}", length="long", locale=locale)
            digits = format_decimal(number, locale=locale)
            phrases[f"{unit}s.{form}"] = text.replace(digits, "{count}", 1)
    return Locales(phrases, signs, forms, *_groups(locale, language))


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _own_name(locale: Locale, language: str) -> str:
    """How speakers of a language call it, as a title."""
    name = locale.get_display_name(locale) or language
    return name[:1].upper() + name[1:]


def _date_pattern(pattern: str) -> str:
    """A pattern of CLDR such as "d 'de' MMMM 'de' y" as a phrase."""
    parts = []
    for quoted, day, month, year, other, rest in _PART.findall(pattern):
        if day:
            parts.append("{day}")
        elif month:
            parts.append("{month}" if len(month) > _NAMED - 1 else "{number}")
        elif year:
            parts.append("{year}")
        elif not other:
            parts.append(quoted or rest)
    return "".join(parts).strip()


def _groups(locale: Locale, language: str) -> tuple[str, int]:
    """What parts thousands, and from how many digits on."""
    large = format_decimal(_LARGE, locale=locale)
    group = large[2:-3] if not large[2:-3].isdigit() else ""
    is_short = format_decimal(_SMALL, locale=locale) != str(_SMALL) and language not in _LATE
    return group, len(str(_SMALL)) if is_short else len(str(_LARGE))
