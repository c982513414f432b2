"""A line that starts in a wrong column goes to that of the nearest line of its kind."""

from __future__ import annotations

import pytest

from pivotgen.edits.apply import apply_edits, compatible_edits
from pivotgen.engines.header.frontmatter import Document, split
from tests.world.site import PIVOT

GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
FAQS = "faqs:\n  - question: Is it hard?\n    answer: Less than **it** looks.\n"
POINTS = "tldr:\n  - One *point*.\n"
LINES = {
    "a second key of an item": (FAQS, "    answer", "   answer"),
    "a key of the second item": (
        f"{FAQS}  - question: Why?\n    answer: So.\n",
        "    answer: So",
        "     answer: So",
    ),
    "the second of four items": (
        f"{POINTS}  - Two.\n  - Three.\n  - Four.\n",
        "  - Two",
        "   - Two",
    ),
    "the last of three items": (f"{POINTS}  - Two.\n  - Three.\n", "  - Three", " - Three"),
    "an item under items that stand further in": (
        "tldr:\n     - One.\n     - Two.\n",
        "     - Two",
        "    - Two",
    ),
    "an item where the one above is nearest": (
        "tldr:\n    - One.\n    - Two.\n",
        "    - Two",
        "   - Two",
    ),
    "the first item behind a tab": (POINTS, "  - One", "\t- One"),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_goes_where_the_nearest_of_its_kind_stands(name: str) -> None:
    entry, right, wrong = LINES[name]
    key = entry.partition("\n")[0]
    good = GOOD.replace(FAQS if key == "faqs:" else POINTS, entry)
    assert good.count(right) == 1
    document = split("a.md", good.replace(right, wrong).encode())
    assert isinstance(document, Document)
    assert [problem.code for problem in document.problems] == ["yaml-syntax"]
    edits = compatible_edits(document.problems)["a.md"]
    assert apply_edits(good.replace(right, wrong).encode(), edits).decode() == good
