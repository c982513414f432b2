"""Long texts: the work to check a site grows with its letters, and not with their square."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pivotgen.checks import result_width
from pivotgen.engines.header.frontmatter import split
from pivotgen.engines.header.schema import read_header
from pivotgen.engines.markdown.page import MarkdownPage
from pivotgen.model.header import PivotHeader, Written
from pivotgen.model.own_page import OwnPage
from pivotgen.stages.link.spelling import NameUses, check_spelling
from tests.world.counting import steps_of
from tests.world.site import PIVOT, World

WORDS = " ".join(f"word{number % 900}" for number in range(20_000))
GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
LONG = {
    "description": ("What carries over from Chef to Nurse, and what does not.", WORDS),
    "title": ('"From Chef to Nurse: A View"', WORDS),
    "point": ("One *point*.", WORDS),
    "skill": ("Negotiation", WORDS),
    "question": ("Is it hard?", WORDS),
    "answer": ("Less than **it** looks.", WORDS),
    "text": ("Some text.", WORDS),
    "one link many times": ("Some text.", "[a](https://example.com/) " * 3_000),
    "one heading many times": ("Some text.", "## Head\n\nWords.\n\n" * 3_000),
    "many signs": ("  - One *point*.", "\n".join(["  - a #1"] * 2_000)),
    "many curly quotes": ("  - One *point*.", "\n".join(["  - “a”"] * 2_000)),
    "many lines without a colon": ("tldr:", "from x\n" * 2_000 + "tldr:"),
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_is_checked_within_the_time_of_a_short_one(world: World, name: str) -> None:
    old, new = LONG[name]
    assert GOOD.count(old) == 1
    world.write("content/pivots/chef-to-nurse.md", GOOD.replace(old, new))
    world.pivot("Baker", "Nurse")
    # Only a check that takes a minute runs into the time limit of the world.
    result = world.run("check", "--format", "json")
    assert result.returncode in (0, 1)
    assert "Traceback" not in result.stderr


def described(size: int) -> object:
    page = OwnPage(
        path="a.md",
        slug="a",
        title=Written("A", 1, 1),
        description=Written("word " * size, 1, 1),
        updated=None,
        image=None,
        draft=False,
        aliases=(),
        mentions=(),
        anchors=(),
        headings=(),
        passages=(),
        notes=None,  # type: ignore[arg-type]
        updated_place=(1, 1),
        stored_extra=(),
        marks={},
    )
    return list(result_width.check_page(page, date(2026, 1, 1)))


def named(size: int) -> object:
    uses = NameUses()
    uses.add(Written("word " * size, 1, 1), "a.md")
    return check_spelling("skill", uses, lambda: ())


def linked(size: int) -> object:
    text = "[a](b.md) " * size
    return MarkdownPage("a.md", text).render_blocks(text, 1)


def headed(size: int) -> object:
    text = "## Head\n\nWords.\n\n" * size
    return MarkdownPage("a.md", text).render_blocks(text, 1)


def misread(size: int) -> object:
    lines = "".join(f"  - a #{number}\n" for number in range(size))
    document = split("a.md", f"---\ntldr:\n{lines}---\nText.\n".encode())
    assert not hasattr(document, "code")
    return read_header("a.md", getattr(document, "fields", {}), PivotHeader)


@pytest.mark.parametrize("work", [described, named, linked, headed, misread])
def test_four_times_as_much_takes_about_four_times_the_work(work: Callable[[int], object]) -> None:
    work(200)
    small, large = steps_of(lambda: work(200)), steps_of(lambda: work(800))
    # Work that grows with the square of the size would take sixteen times the steps.
    assert large < 6 * small
