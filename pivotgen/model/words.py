"""Words: what layouts say to readers, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One file of layouts/words/: phrases by name, and the direction they are read in."""

    # "ltr" or "rtl".
    direction: str
    # Phrases; a phrase that goes with a count has two, "name.one" and "name.other".
    phrases: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """A phrase that needs nothing filled in."""
        return self.phrases[name]

    def say(self, name: str, **names: object) -> str:
        """A phrase with its {names} filled in; an unknown name is an error of the layout."""
        return self.phrases[name].format_map(names)

    def count(self, name: str, number: int) -> str:
        """A phrase in the form that goes with `number`."""
        return self.say(f"{name}.{'one' if number == 1 else 'other'}", count=number)
