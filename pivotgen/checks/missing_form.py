"""missing-form: a name without a form that phrases of its language ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site

# What phrases call the names of skills; all else that has forms is a role.
_SKILL = "skill"


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning at each name that stands as it is where a phrase wants another form of it."""
    for voice in site.voices.values():
        if voice.names is None:
            continue
        forms = {key != _SKILL: set[str]() for key in ("role", _SKILL)}
        for key, form in voice.name_forms:
            forms[key != _SKILL].add(form)
        for is_role, things in ((True, voice.names.roles), (False, voice.names.skills)):
            for slug, thing in things.items():
                for form in sorted(forms[is_role] - thing.forms.keys()):
                    message = f"phrases of this language need the form `{form}` of this name"
                    hint = f"write `{slug}: {{name: {thing.name.text}, {form}: …}}`"
                    place = voice.names.path, thing.name.line, thing.name.column
                    yield Problem(*place, "missing-form", message, hint, Level.WARNING)
