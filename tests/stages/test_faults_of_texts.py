"""What is wrong in the text of a file is told at its place, whatever kind of file it is."""

from __future__ import annotations

import pytest

from tests.world.builds import CONFIG, build_here
from tests.world.site import PIVOT, ROLE, World

HEADERS = {
    "content/pivots/chef-to-nurse.md": PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse"),
    "content/roles/nurse.md": ROLE.replace("{name}", "Nurse"),
    "content/pages/about.md": "---\ntitle: About\ndescription: Who we are.\n---\nSome text.\n",
}
FAULTS = {
    "See [us](b c).": "lost-link",
    "See [us](javascript:alert).": "bad-url",
    "See [us](#nowhere-at-all).": "dead-fragment",
    "See [us](nobody.md).": "dead-link",
    "See ![a ward](/assets/nobody.png).": "dead-asset",
    "TODO say more.": "todo",
}


@pytest.mark.parametrize("path", HEADERS)
def test_a_fault_of_the_text_is_told(world: World, path: str) -> None:
    world.write("content/pivots/chef-to-nurse.md", HEADERS["content/pivots/chef-to-nurse.md"])
    for fault, code in FAULTS.items():
        text = HEADERS[path].replace("Some text.", f"Some text.\n\n{fault}")
        world.write(path, text)
        problems = build_here(world.folder, CONFIG, None).problems
        line = text.split("\n").index(fault) + 1
        told = [(problem.path, problem.line) for problem in problems]
        assert told == [(path, line)], (fault, problems)
        assert code in problems[0].code or problems[0].level == "error"
