"""missing-name: a role, a skill or a field of work without a name in a language of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from pivotgen.model.names import slug_of
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site
from pivotgen.model.translation import NamedThing


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning for each name that readers of another language see in the site's own."""
    for voice in site.voices.values():
        names = voice.names
        if names is None:
            continue
        fields = [role.text.field for role in site.roles.values() if role.text]
        parts: Iterable[tuple[str, Mapping[str, str], Mapping[str, NamedThing]]] = (
            ("roles", {slug: site.roles[slug].name for slug in voice.roles}, names.roles),
            ("skills", {slug: site.skills[slug].name for slug in voice.skills}, names.skills),
            ("fields", {slug_of(name): name for name in fields if name}, names.fields),
        )
        for part, things, known in parts:
            # Names of nothing are probably misspelt.
            odd = sorted(known.keys() - things.keys())
            for slug, name in things.items():
                if slug in known:
                    continue
                message = f"“{name}” has no name in this language"
                near = get_close_matches(slug, odd, 1, 0.8)
                hint = f"add `{slug}:` under `{part}:` in {names.path}"
                line, column = 1, 1
                if near:
                    hint = f"did you mean `{slug}` by `{near[0]}`?"
                    line, column = known[near[0]].name.line, 1
                place = names.path, line, column
                yield Problem(*place, "missing-name", message, hint, Level.WARNING)
