"""same-name: two roles or two skills with one name in a language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pivotgen.model.names import spelling_of
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at the second of two names that readers cannot tell apart."""
    for voice in site.voices.values():
        if voice.names is None:
            continue
        for things in (voice.names.roles, voice.names.skills, voice.names.fields):
            first: dict[str, str] = {}
            for slug, thing in things.items():
                other = first.setdefault(spelling_of(thing.name.text), slug)
                if other != slug:
                    message = f"“{thing.name.text}” is the name of `{other}` already"
                    hint = "give one of the two a name of its own, or join them in all pivots"
                    place = voice.names.path, thing.name.line, thing.name.column
                    yield Problem(*place, "same-name", message, hint, Level.WARNING)
