"""Sites that are parsed in memory, and the problems that the rules find in them.

`§` in a text marks a place that a rule must report; it is taken out before the text is parsed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from pivotgen.checks import Rule, run_rules
from pivotgen.engines.packing import unpack
from pivotgen.memory.faces import Faces
from pivotgen.memory.inputs import Inputs
from pivotgen.memory.lazy_parts import LazyParts
from pivotgen.memory.seals import Blocks, Sealer
from pivotgen.model.own_page import OwnPage
from pivotgen.model.parsed import ParseOptions
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Problem
from pivotgen.model.role import RoleText
from pivotgen.model.site import Site
from pivotgen.model.source import PAGES, PIVOTS, ROLES, Source
from pivotgen.stages.link.link import link
from pivotgen.stages.link.parsed_content import ParsedContent
from pivotgen.stages.parse.parse import parse
from tests.world.texts import GOOD_PIVOT, TODAY


def site_of(files: Mapping[str, str]) -> Site:
    """The site of these files, which must be without errors."""
    sources = [Source(path, text.encode(), b"") for path, text in sorted(files.items())]
    parsed_files = parse(sources, options=ParseOptions(prose=True))
    assert not [problem for parsed in parsed_files for problem in parsed.problems]
    database = sqlite3.connect(":memory:")
    Inputs.create(database)
    Blocks.create(database)
    sealer = Sealer(bytes(32))
    inputs = Inputs(database, sealer, Faces(database, sealer))
    inputs.store_parsed([(parsed, b"") for parsed in parsed_files])
    numbers = inputs.numbers(PIVOTS)
    paths = {path: path for path in numbers}
    content = ParsedContent(
        LazyParts(inputs, "facts", paths, partial(unpack, Pivot)),
        LazyParts(inputs, "prose", paths, partial(unpack, Prose)),
        numbers,
        [unpack(RoleText, facts) for _, facts in inputs.facts(ROLES)],
        [unpack(OwnPage, facts) for _, facts in inputs.facts(PAGES)],
        {"a.png": "assets/a.png"},
    )
    site, dead_links = link(content, drafts=True)
    assert not dead_links
    return site


def problems_in(
    files: Mapping[str, str],
    rule: str = "",
    own: Sequence[tuple[str, Rule]] = (),
    off: Iterable[str] = (),
) -> list[Problem]:
    """The problems that one rule, or every rule, finds in these files."""
    problems = run_rules(site_of(files), TODAY, own, off)
    return sorted(problem for problem in problems if not rule or problem.code == rule)


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the line and column of each mark."""
    places = []
    for number, line in enumerate(text.split("\n"), 1):
        parts = line.split("§")
        column = 1
        for part in parts[:-1]:
            column += len(part)
            places.append((number, column))
    return text.replace("§", ""), places


def good_pivot(
    origin: str, target: str, changes: Mapping[str, str] | None = None
) -> dict[str, str]:
    """One more good pivot by its path, with some of its texts changed."""
    text = GOOD_PIVOT.replace("Chef", "\0").replace("Nurse", target).replace("\0", origin)
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    slug = f"{origin}-to-{target}".lower().replace(" ", "-")
    return {f"content/pivots/{slug}.md": text}
