"""Phrases: what layouts say to readers, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pivotgen.model.header import Window


class UnknownPhraseError(Exception):
    """A layout asks for a phrase that there is not, or without a name that the phrase needs."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """One file of layouts/phrases/: phrases by name, and the direction they are read in."""

    # "ltr" or "rtl".
    direction: str
    # Phrases; a phrase that goes with a count has two, "name.one" and "name.other".
    phrases: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """A phrase that needs nothing filled in; an unknown name is an error of the layout."""
        if name not in self.phrases:
            near = get_close_matches(name, self.phrases, 1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            raise UnknownPhraseError(f"there is no phrase `{name}`{hint}")
        return self.phrases[name]

    def say(self, name: str, **names: object) -> str:
        """A phrase with its {names} filled in; a name that is not given is an error too."""
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

    def count(self, name: str, number: int) -> str:
        """A phrase in the form that goes with `number`."""
        return self.say(f"{name}.{'one' if number == 1 else 'other'}", count=number)
