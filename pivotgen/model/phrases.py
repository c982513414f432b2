"""Phrases: what layouts say to readers, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from pivotgen.model.window import Window


class UnknownPhraseError(Exception):
    """A layout asks for a phrase that does not exist, or leaves out a name that it needs."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """One file of layouts/phrases/: phrases by name, and the direction they are read in."""

    # "ltr" or "rtl".
    direction: str
    # By name. A phrase that goes with a count has two forms: "name.one" and "name.other".
    phrases: Mapping[str, str]

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
        try:
            return self[name].format_map(names)
        except KeyError as error:
            raise UnknownPhraseError(f"the phrase `{name}` needs `{error.args[0]}`") from None

    def span(self, window: Window) -> str:
        """A span of time, such as "3–9 months"."""
        count = str(window.maximum)
        if window.minimum != window.maximum:
            count = f"{window.minimum}–{window.maximum}"
        form = "one" if window.maximum == 1 else "other"
        return self.say(f"{window.unit}s.{form}", count=count)

    def day(self, day: date) -> str:
        """A day as people write it, such as "23 November 2026"."""
        month = self[f"month_{day.month}"]
        return self.say("day", day=day.day, month=month, year=day.year)

    def count(self, name: str, number: int) -> str:
        """A phrase in the form that goes with `number`. Raises what `say` raises."""
        return self.say(f"{name}.{'one' if number == 1 else 'other'}", count=number)


NO_PHRASES = Phrases("ltr", {})


def placeholder(name: str) -> str:
    """What stands for a phrase in a text that is stored without words (NUL name NUL)."""
    return f"\0{name}\0"
