"""A generated site of any size, the same on every machine.

    python -m benchmarks.corpus --pivots 10000 DIR

Each pivot is as long as a real page and has its parts: a headline, a deck, points, skills,
questions and three sections of Markdown. It depends only on its own number and the site's size.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from benchmarks import words

ROOT = Path(__file__).parent.parent
# The day all generated pages were last changed; a site without dates would have no feeds.
_UPDATED = "2026-11-02"
# Steps of this part of a list meet every item once and leave no part of it behind.
_GOLDEN = 0.618034


@dataclass(frozen=True, slots=True)
class Text:
    """One generated pivot: its file name without ending, the roles, and the whole file."""

    slug: str
    origin: str
    target: str
    title: str
    file: str


def write_corpus(folder: Path, pivots: int) -> None:
    """Write a site of that many pivots, ready to build, into `folder`, which must not hold one."""
    content = folder / "content" / "pivots"
    content.mkdir(parents=True)
    for text in generate(pivots):
        (content / f"{text.slug}.md").write_text(text.file, "utf-8")
    for name in ("layouts", "assets"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copyfile(Path(__file__).parent / "sites" / "pivotgen" / "build.py", folder / "build.py")


def generate(pivots: int) -> Iterator[Text]:
    """The pivots of a site of that size, in a fixed order; no two have the same pair of roles."""
    roles = role_names(pivots)
    skills = skill_names(pivots)
    pairs = len(roles) * (len(roles) - 1)
    stride = int(pairs * _GOLDEN)
    while math.gcd(stride, pairs) > 1:
        stride += 1
    for number in range(pivots):
        origin, step = divmod(number * stride % pairs, len(roles) - 1)
        target = (origin + 1 + step) % len(roles)
        yield _pivot(Random(number), roles[origin], roles[target], skills)


def role_names(pivots: int) -> list[str]:
    """The roles of a site of that size: somewhat over its square root, as moves are missing."""
    return _names(words.FIELDS, words.POSTS, max(3, math.isqrt(pivots * 5 // 4) + 1))


def skill_names(pivots: int) -> list[str]:
    """The skills of a site of that size."""
    return _names(words.MANNERS, words.CRAFTS, max(8, math.isqrt(pivots)))


def _names(first: Sequence[str], second: Sequence[str], count: int) -> list[str]:
    """`count` different pairs of words, both lists used evenly."""
    total = len(first) * len(second)
    if count > total:
        raise ValueError(f"the word lists make {total} names, and {count} are wanted")
    # Steps along the diagonal: a full period of both lists before any word pair comes again.
    period = math.lcm(len(first), len(second))
    return [
        f"{first[(n + n // period) % len(first)]} {second[n % len(second)]}" for n in range(count)
    ]


class _Pen:
    """Fills patterns; `Random.random` alone is promised to give the same numbers everywhere."""

    def __init__(self, random: Random, origin: str, target: str) -> None:
        self.random = random
        self.roles = {"from": origin, "to": target}

    def pick(self, choices: Sequence[str]) -> str:
        return choices[int(self.random.random() * len(choices))]

    def some(self, choices: Sequence[str], count: int) -> list[str]:
        """`count` different choices, whose places go round the list from a random start."""
        start, total = int(self.random.random() * len(choices)), len(choices)
        step = 1 + int(self.random.random() * (total // count))
        return [choices[(start + n * step) % total] for n in range(count)]

    def fill(self, pattern: str) -> str:
        start, gaps = _gaps(pattern)
        parts = [start]
        for name, rest in gaps:
            parts += (self.roles.get(name) or self.pick(words.WORDS[name]), rest)
        text = "".join(parts)
        return text[:1].upper() + text[1:]

    def sentences(self, count: int) -> str:
        return " ".join(self.fill(one) for one in self.some(words.SENTENCES, count))


@cache
def _gaps(pattern: str) -> tuple[str, list[tuple[str, str]]]:
    """The text before the first gap, then each gap's name and the text that follows it."""
    start, *parts = pattern.split("{")
    return start, [(name, rest) for name, _, rest in (part.partition("}") for part in parts)]


def _pivot(random: Random, origin: str, target: str, skills: Sequence[str]) -> Text:
    pen = _Pen(random, origin, target)
    title = f"From {origin} to {target}: {pen.fill('Trading {abstract} for {abstract}')}"
    least = 2 + int(random.random() * 5)
    lines = [
        "---",
        f"title: {_quoted(title)}",
        f"description: {pen.fill(pen.pick(words.DECKS))}",
        f"from: {origin}",
        f"to: {target}",
        f"window: {least}–{least + 3 + int(random.random() * 8)} months",
        f"updated: {_UPDATED}",
        "tldr:",
        *(f"  - {_quoted(pen.fill(one))}" for one in pen.some(words.POINTS, 4)),
        "skills:",
        *(f"  - {one}" for one in pen.some(skills, 5)),
        "faqs:",
    ]
    for pattern in pen.some(words.QUESTIONS, 4):
        answer = f"{pen.pick(words.REPLIES)} {pen.sentences(3)}"
        lines += [f"  - question: {pen.fill(pattern)}", f"    answer: {answer}"]
    lines += [
        "---",
        "## Your built-in advantages",
        "",
        pen.sentences(4),
        "",
        "## The mindset shift",
        "",
        pen.sentences(4),
        "",
        "## How to make the move",
        "",
        *(f"- **{step}.** {pen.sentences(1)}" for step in pen.some(words.WORDS["step"], 3)),
        "",
        f"{pen.sentences(1)} {pen.fill(pen.pick(words.LAST))}",
        "",
    ]
    return Text(f"{_slug(origin)}-to-{_slug(target)}", origin, target, title, "\n".join(lines))


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def main() -> None:
    """Write a corpus from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("--pivots", type=int, default=10_000, metavar="N")
    parser.add_argument("folder", type=Path, metavar="DIR")
    wanted = parser.parse_args()
    write_corpus(wanted.folder, wanted.pivots)


if __name__ == "__main__":
    main()
