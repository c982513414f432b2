"""Silence: what writers have asked the rules not to say, and what is wrong with the asking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from pivotgen.model.pivot import Silence
from pivotgen.model.problem import Level, Problem


def quieten(
    found: Iterable[tuple[str, Problem]],
    silences: Mapping[str, tuple[Silence, ...]],
    today: date,
    known: Collection[str],
    ran: Collection[str],
    off: Iterable[str] = (),
) -> Iterator[Problem]:
    """The problems that nobody silenced, and a problem for each silence that is not right.

    `found` pairs each problem with its rule; `silences` are by path. A name outside `known` is
    an error; a silence is only unused when its rule is among those that `ran`.
    """
    used: set[tuple[str, str]] = set()
    for rule, problem in found:
        asked = [one for one in silences.get(problem.path, ()) if one.rule.text == rule]
        if asked:
            used.add((problem.path, rule))
        if not any(_holds(one, today) for one in asked):
            yield problem
    for path, every in silences.items():
        for one in every:
            place = path, one.rule.line, one.rule.column
            name = one.rule.text
            if name not in known:
                yield _unknown(place, name, known)
            elif name in ran and (path, name) not in used:
                message = f"`{name}` has nothing to say here, so it need not be silenced"
                hint = "delete this item of `allow`"
                yield Problem(*place, "unused-silence", message, hint, Level.WARNING)
            elif name in ran and not _holds(one, today):
                message = f"`{name}` was to be silent until {one.until}: {one.reason}"
                hint = "that day is over; mend what it reports, or give it a later one"
                yield Problem(*place, "expired-silence", message, hint, Level.WARNING)
    for name in off:
        if name not in known:
            yield _unknown(("build.py", 1, 1), name, known)


def _holds(silence: Silence, today: date) -> bool:
    return silence.until is None or today <= silence.until


def _unknown(place: tuple[str, int, int], name: str, known: Collection[str]) -> Problem:
    near = get_close_matches(name, known, 1, 0.6)
    hint = f"did you mean `{near[0]}`?" if near else f"the rules are: {', '.join(sorted(known))}"
    return Problem(*place, "unknown-rule", f"there is no rule `{name}`", hint)
