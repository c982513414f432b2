"""Silences: removes the problems that files silence, and reports the silences that are wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.pivot import Silence
from pivotgen.model.problem import Level, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleNames:
    """The names of all rules, of those that ran, and of those that the site leaves out."""

    known: frozenset[str]
    ran: frozenset[str]
    # As written in the settings, so a name may be wrong.
    off: tuple[str, ...]


def apply_silences(
    problems: Iterable[tuple[str, Problem]],
    silences: Mapping[str, tuple[Silence, ...]],
    today: date,
    names: RuleNames,
) -> Iterator[Problem]:
    """The problems that no file silences, and a problem for each silence that is wrong.

    `problems` come with the names of their rules; `silences` are by path. A silence is reported
    as unused only when its rule ran. A name that no rule has is an error.
    """
    used: set[tuple[str, str]] = set()
    for rule, problem in problems:
        matches = [
            silence for silence in silences.get(problem.path, ()) if silence.rule.text == rule
        ]
        if matches:
            used.add((problem.path, rule))
        if not any(_holds(silence, today) for silence in matches):
            yield problem
    for path, of_file in silences.items():
        for silence in of_file:
            is_used = (path, silence.rule.text) in used
            yield from _faults(path, silence, today, names, is_used=is_used)
    for name in names.off:
        if name not in names.known:
            yield _unknown(("build.py", 1, 1), name, names.known)


def _holds(silence: Silence, today: date) -> bool:
    return silence.until is None or today <= silence.until


def _faults(
    path: str, silence: Silence, today: date, names: RuleNames, *, is_used: bool
) -> Iterator[Problem]:
    """What is wrong with one silence."""
    place = path, silence.rule.line, silence.rule.column
    name = silence.rule.text
    if name not in names.known:
        yield _unknown(place, name, names.known)
    elif name in names.ran and not is_used:
        message = f"`{name}` has nothing to say here, so it need not be silenced"
        hint = "delete this item of `allow`"
        yield Problem(*place, "unused-silence", message, hint, Level.WARNING)
    elif name in names.ran and not _holds(silence, today):
        message = f"`{name}` was to be silent until {silence.until}: {silence.reason}"
        hint = "that day is over; fix what it reports, or give it a later one"
        yield Problem(*place, "expired-silence", message, hint, Level.WARNING)


def _unknown(place: tuple[str, int, int], name: str, known: Collection[str]) -> Problem:
    near = get_close_matches(name, known, 1, 0.6)
    hint = f"did you mean `{near[0]}`?" if near else f"the rules are: {', '.join(sorted(known))}"
    return Problem(*place, "unknown-rule", f"there is no rule `{name}`", hint)
