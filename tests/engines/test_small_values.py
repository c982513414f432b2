"""Values of a header on their limits: spans of one, deep nesting, and the mark TODO."""

from __future__ import annotations

import re

import pytest

from tests.world.edits import first, page, with_keys
from tests.world.site import PIVOT, World

WINDOWS = {
    "1 week": "1 week",
    "1 year": "1 year",
    "1-2 years": "1–2 years",
    "1 to 12 months": "1–12 months",
    "12 weeks": "12 weeks",
    "3 - 3 months": "3 months",
    "6‑12 months": "6–12 months",
    "6−12 Months": "6–12 months",
    "2 — 3 YEARS": "2–3 years",
    "2 TO 3 Weeks": "2–3 weeks",
    "{min: 1, max: 1, unit: months}": "1 month",
    "{min: 1, max: 2, unit: Months}": "1–2 months",
    "{min: 1, max: 2, unit: month}": "1–2 months",
}


def test_a_span_of_one_has_no_plural_and_any_longer_one_has(world: World) -> None:
    for number, window in enumerate(WINDOWS):
        world.pivot(f"Chef {number}", "Nurse", PIVOT.replace("3–9 months", window))
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    for number, shown in enumerate(WINDOWS.values()):
        tree = page(world, f"pivots/chef-{number}-to-nurse")
        assert first(tree, ".window strong").text() == shown


@pytest.mark.parametrize(("depth", "deep"), [(38, False), (39, False), (40, True), (300, True)])
def test_values_may_stand_inside_each_other_forty_levels_deep(
    world: World, depth: int, deep: bool
) -> None:
    # The header is one level, and the text in the innermost list another.
    world.pivot("Chef", "Nurse", with_keys(f"other: {'[' * depth}a{']' * depth}"))
    output = world.run("build").stderr
    assert ("nested too deeply" in output) is deep
    assert ("unknown key `other`" in output) is not deep


def test_a_todo_is_one_word_whatever_marks_stand_around_it(world: World) -> None:
    lines = {
        "_TODO_ say more.": True,
        "**TODO**: say more.": True,
        "(TODO)": True,
        "A line that ends with TODO": True,
        "TODOS are many.": False,
        "METODO is Spanish, and mastodon is a beast.": False,
        "TODO1 is a name.": False,
        "A todo in small letters.": False,
    }
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "\n\n".join(lines)))
    output = world.run("build").stderr
    reported = [int(line) for line in re.findall(r"nurse\.md:(\d+):\d+: error\[todo\]", output)]
    start = PIVOT.split("\n").index("Some text.") + 1
    assert reported == [start + 2 * at for at, marked in enumerate(lines.values()) if marked]
