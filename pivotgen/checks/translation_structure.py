"""translation-structure: a translation with other sections, questions or links than its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from pivotgen.checks._translations import Pair, pairs
from pivotgen.model.pivot import Heading
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """A warning for each way in which a translation is built otherwise than its source."""
    for pair in pairs(site):
        if not pair.translation.draft:
            yield from _differences(pair)


def _differences(pair: Pair) -> Iterator[Problem]:
    prose, places = pair.prose, pair.prose.places
    counts = (
        ("sections", "section", _level_two(pair.headings), _level_two(prose.headings)),
        ("faqs", "question", len(pair.faqs), len(prose.faqs)),
        ("tldr", "point", len(pair.marks.get("tldr", ())), prose.points),
        ("becomes", "line of `becomes`", len(pair.marks.get("becomes", ())), prose.becomes),
    )
    for key, noun, there, here in counts:
        if there != here:
            # A text without one of them has no place for it.
            line = prose.notes.headings[0] if key == "sections" and prose.notes.headings else 1
            place = places.get(key, (line, 1))
            message = f"{_count(here, noun)} here, and {_count(there, noun)} in {pair.path}"
            hint = "have both say the same in the same order: links to a part go by its place"
            yield Problem(
                pair.translation.path, *place, "translation-structure", message, hint, Level.WARNING
            )
    yield from _links(pair)


def _links(pair: Pair) -> Iterator[Problem]:
    """Links of the source that the translation lacks."""
    own = Counter(link.target.partition("#")[0] for link in pair.prose.notes.links)
    theirs = Counter(link.target.partition("#")[0] for link in pair.links)
    for target in theirs - own:
        message = f"a link to `{target}` in {pair.path} is not here"
        hint = "link the same words, or take the link out there too"
        place = pair.translation.path, 1, 1
        yield Problem(*place, "translation-structure", message, hint, Level.WARNING)


def _level_two(headings: tuple[Heading, ...]) -> int:
    return sum(heading.level == 2 for heading in headings)


def _count(number: int, noun: str) -> str:
    plural = noun.replace("line of", "lines of") if "line of" in noun else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
