"""What a role's `typed` may hold."""

from __future__ import annotations

import pytest

from tests.world.parsed import good_pivot, marked, problems_in

ROLE = "---\nname: {name}\ndescription: What it is there for.\n{keys}\n---\nSome text.\n"


def told(chef: str, nurse: str = "draft: false") -> list[str]:
    text, places = marked(ROLE.format(name="Chef", keys=chef))
    files = {
        **good_pivot("Chef", "Nurse"),
        "content/roles/chef.md": text,
        "content/roles/nurse.md": ROLE.format(name="Nurse", keys=nurse),
    }
    problems = problems_in(files, "typed-name")
    assert [(problem.line, problem.column) for problem in problems] == places
    assert {problem.path for problem in problems} <= {"content/roles/chef.md"}
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    "typed", ["[Cook, Sous chef]", "[Chef de partie]", "[Kitchen hand, Kitchen porter]", "[PM]"]
)
def test_names_that_no_role_has_are_right(typed: str) -> None:
    assert told(f"typed: {typed}") == []


@pytest.mark.parametrize("name", ["Chef", "CHEF", "Head-cook"])
def test_a_name_of_the_same_role_says_nothing_new(name: str) -> None:
    assert told(f"aliases: [Head cook]\ntyped:\n  - Cook\n  - §{name}") == [
        f"`{name}` is a name of this role, so the finder knows it already"
    ]


@pytest.mark.parametrize("name", ["Nurse", "nurse", "RN"])
def test_a_name_of_another_role_is_not_for_this(name: str) -> None:
    assert told(f"typed:\n  - §{name}", "aliases: [RN]") == [
        f"`{name}` is a name of the role Nurse"
    ]


@pytest.mark.parametrize("again", ["Cook", "cook", "co-ok"])
def test_a_name_counts_once(again: str) -> None:
    assert told(f"typed:\n  - Cook\n  - §{again}") == [f"`{again}` is there twice"]


def test_two_roles_may_share_what_readers_type() -> None:
    assert told("typed: [PM]", "typed: [PM]") == []
