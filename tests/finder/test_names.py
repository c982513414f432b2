"""Names as people type them: which role of the real site each of them means."""

from __future__ import annotations

from pathlib import Path

import pytest

from pivotgen.model.window import Window
from tests.world.finder import asked, graph_of, moves_files
from tests.world.site import ROOT

LINES = (ROOT / "tests" / "finder" / "names_as_typed.tsv").read_text("utf-8").splitlines()
TYPED = [(name, role) for name, _, role in (line.partition("\t") for line in LINES)]
SKIP = "a an the senior lead"


@pytest.fixture(scope="module")
def files(public: Path) -> dict[str, str]:
    return {"/find/moves.json": (public / "find" / "moves.json").read_text("utf-8")}


def roles() -> list[str]:
    """The slugs of the real roles, in the order of their numbers."""
    return sorted(
        file.stem for file in (ROOT / "content" / "roles").glob("*.md") if "." not in file.stem
    )


def test_names_that_were_written_down_first_mean_what_was_expected(files: dict[str, str]) -> None:
    slugs = roles()
    answers = asked(files, [(name, name) for name, _ in TYPED], SKIP)
    meant = [[slugs[role] for role in answer["guesses"][0]] for answer in answers]
    wrong = [
        (name, role, guesses[:2])
        for (name, role), guesses in zip(TYPED, meant, strict=True)
        if guesses[:1] != [role]
    ]
    assert len(TYPED) == 50
    assert len(wrong) <= 2, wrong


def test_where_somebody_is_and_where_they_go_are_never_mixed_up(files: dict[str, str]) -> None:
    slugs = roles()
    pairs = [
        (a, b)
        for a, b in zip(TYPED, TYPED[7:] + TYPED[:7], strict=True)
        for a, b in ((a, b), (b, a))
    ]
    answers = asked(files, [(a[0], b[0]) for a, b in pairs], SKIP)
    for (a, b), answer in zip(pairs, answers, strict=True):
        first, second = ([slugs[role] for role in guesses] for guesses in answer["guesses"])
        assert (a[1] in first, b[1] in second) == (True, True), (a, b)
        for way in answer["ways"]:
            assert slugs[way["path"][0]] == first[0]
            assert slugs[way["path"][-1]] == second[0]


YEAR = Window(1, 2, "year")
NAMES = [
    "Data Analyst",
    "Data Engineer",
    "C++ Developer",
    "C# Developer",
    "Café Manager",
    "Медсестра",
    "Lead Cook",
    "Cook",
]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a data anaylst", "Data Analyst"),
        ("engineer, data", "Data Engineer"),
        ("dataengineer", "Data Engineer"),
        ("data eng", "Data Engineer"),
        ("DE", "Data Engineer"),
        ("c++", "C++ Developer"),
        ("C# dev", "C# Developer"),
        ("cafe manger", "Café Manager"),
        ("cafe mgr", "Café Manager"),
        ("медсестра", "Медсестра"),
        ("медсесра", "Медсестра"),
        ("senior data analyst", "Data Analyst"),
        ("a lead cook", "Lead Cook"),
        ("cook", "Cook"),
    ],
)
def test_a_name_is_known_in_other_forms(typed: str, expected: str) -> None:
    ring = list(zip(NAMES, NAMES[1:] + NAMES[:1], strict=True))
    files = moves_files(graph_of(NAMES, [(a, b, YEAR) for a, b in ring]))
    [answer] = asked(files, [(typed, "Data Analyst")], SKIP)
    assert sorted(NAMES)[answer["guesses"][0][0]] == expected


@pytest.mark.parametrize("typed", ["", "  ", "…", "astronaut", "zz", "the"])
def test_what_names_no_role_means_none(typed: str) -> None:
    files = moves_files(graph_of(NAMES, [("Data Analyst", "Data Engineer", YEAR)]))
    [answer] = asked(files, [(typed, "Data Analyst")], SKIP)
    assert answer["guesses"][0] == []
    assert answer["ways"] == []
