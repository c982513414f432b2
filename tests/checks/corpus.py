"""Sites of a few files, parsed in memory, and what the rules say of them.

`§` in a text marks a place that a rule must report; it is taken out before anyone reads the text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from pivotgen.checks import Rule, review
from pivotgen.engines.packing import unpack
from pivotgen.memory.inputs import Inputs
from pivotgen.memory.lazy_parts import LazyParts
from pivotgen.model.pivot import Pivot, Prose
from pivotgen.model.problem import Problem
from pivotgen.model.role import RoleText
from pivotgen.model.site import Site
from pivotgen.model.source import PIVOTS, ROLES, Source
from pivotgen.stages.link.link import ParsedContent, link
from pivotgen.stages.parse.parse import parse

TODAY = date(2026, 11, 24)
FILE = "content/pivots/chef-to-nurse.md"
ROLE_FILE = "content/roles/nurse.md"

PIVOT = """\
---
title: "From Chef to Nurse: Heat for Care"
description: Timing, hygiene and a calm voice carry over. Anatomy and charting do not.
from: Chef
to: Nurse
window: 2–3 years
updated: 2026-11-01
tldr:
  - A *calm* voice carries over.
skills:
  - Triage
faqs:
  - question: Do my years in kitchens count at admission?
    answer: Less than you would like.
---
## Your built-in advantages

Cooks who run a pass have learned to hear nine things at once, to say the one that matters, and to
clean as they go. A ward at shift change is the same room with better light and worse coffee.

## The mindset shift

Nobody sends the plate back. What you do for a patient may help weeks later or not at all, and the
chart, not the taste, is how the next nurse knows. Writing it down becomes half of the craft.
"""

ROLE = """\
---
name: Nurse
description: Looks after patients, from the first look to the last line of the chart.
---
## What the work is

Rounds, drips, dressings, doctors, families, and a chart that has to be right before anyone goes
home. Most of a shift is noticing small changes early and telling the right person in time.
"""


def site_of(files: Mapping[str, str]) -> Site:
    """The site that these files make; they must be without errors."""
    sources = [Source(path, text.encode(), b"") for path, text in sorted(files.items())]
    parsed = parse(sources, prose=True)
    assert not [problem for one in parsed for problem in one.problems]
    database = sqlite3.connect(":memory:")
    Inputs.create(database)
    inputs = Inputs(database)
    inputs.store_parsed([(one, b"") for one in parsed])
    numbers = inputs.numbers(PIVOTS)
    paths = {path: path for path in numbers}
    content = ParsedContent(
        LazyParts(inputs, "facts", paths, partial(unpack, Pivot)),
        LazyParts(inputs, "prose", paths, partial(unpack, Prose)),
        numbers,
        [unpack(RoleText, facts) for _, facts in inputs.facts(ROLES)],
        {"a.png": "assets/a.png"},
    )
    site, dead = link(content, drafts=True)
    assert not dead
    return site


def said(
    files: Mapping[str, str],
    rule: str = "",
    own: Sequence[tuple[str, Rule]] = (),
    off: Iterable[str] = (),
) -> list[Problem]:
    """What the review of these files says, of one rule or of all."""
    found = review(site_of(files), TODAY, own, off)
    return sorted(one for one in found if not rule or one.code == rule)


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the line and column of each."""
    places = []
    for number, line in enumerate(text.split("\n"), 1):
        parts = line.split("§")
        at = 1
        for part in parts[:-1]:
            at += len(part)
            places.append((number, at))
    return text.replace("§", ""), places


def pivot(origin: str, target: str, changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """One more pivot, by its path, with texts changed."""
    text = PIVOT.replace("Chef", "\0").replace("Nurse", target).replace("\0", origin)
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    slug = f"{origin}-to-{target}".lower().replace(" ", "-")
    return {f"content/pivots/{slug}.md": text}
