"""Silencing a rule: in one file, with a reason and perhaps a last day; or on a whole site."""

from __future__ import annotations

from pivotgen.checks import EXTERNAL
from pivotgen.model.problem import Level, Problem
from pivotgen.model.site import Site
from tests.world.parsed import problems_in
from tests.world.texts import GOOD_PIVOT, GOOD_ROLE, PIVOT_PATH, ROLE_PATH

THIN = GOOD_PIVOT.replace("## The mindset", "## Costs\n\nLow.\n\n## The mindset")


def allow(rule: str, until: str = "") -> str:
    last = f"\n    until: {until}" if until else ""
    return f"allow:\n  - rule: {rule}\n    reason: It really is this short.{last}\n"


def silenced(rule: str, until: str = "", text: str = THIN) -> list[tuple[str, int, int, Level]]:
    problems = problems_in({PIVOT_PATH: text.replace("skills:", f"{allow(rule, until)}skills:")})
    return [(problem.code, problem.line, problem.column, problem.level) for problem in problems]


def test_a_silenced_rule_says_nothing_of_that_file() -> None:
    assert [problem.code for problem in problems_in({PIVOT_PATH: THIN})] == ["thin-section"]
    assert silenced("thin-section") == []
    assert silenced("thin-section", "2026-11-24") == []


def test_a_silence_is_for_one_rule_and_one_file() -> None:
    codes = [code for code, *_ in silenced("link-text")]
    assert codes == ["unused-silence", "thin-section"]
    other = THIN.replace("Chef", "Baker").replace("Nurse", "Medic").replace("kitchens", "bakeries")
    files = {
        PIVOT_PATH: THIN.replace("skills:", f"{allow('thin-section')}skills:"),
        "content/pivots/baker-to-medic.md": other,
    }
    assert [problem.path for problem in problems_in(files, "thin-section")] == [
        "content/pivots/baker-to-medic.md"
    ]


def test_a_silence_that_is_over_is_told_and_silences_nothing() -> None:
    assert silenced("thin-section", "2026-11-23") == [
        ("expired-silence", 11, 11, Level.WARNING),
        ("thin-section", 25, 1, Level.WARNING),
    ]


def test_a_silence_of_nothing_is_told_at_its_place() -> None:
    assert silenced("thin-section", "", GOOD_PIVOT) == [("unused-silence", 11, 11, Level.WARNING)]


def test_a_misspelt_rule_is_an_error_with_the_nearest_name() -> None:
    text = THIN.replace("skills:", f"{allow('thin-sections')}skills:")
    [found, _] = problems_in({PIVOT_PATH: text})
    assert (found.code, found.line, found.column) == ("unknown-rule", 11, 11)
    assert found.level is Level.ERROR
    assert found.hint == "did you mean `thin-section`?"


def test_a_role_file_can_silence_a_rule_too() -> None:
    text = GOOD_ROLE.replace("---\n#", "@---\n#") + "\n## Pay\n\nLow.\n"
    assert [
        problem.path
        for problem in problems_in({PIVOT_PATH: GOOD_PIVOT, ROLE_PATH: text.replace("@", "")})
    ] == [ROLE_PATH]
    quiet = text.replace("@", allow("thin-section"))
    assert problems_in({PIVOT_PATH: GOOD_PIVOT, ROLE_PATH: quiet}) == []


def too_few(site: Site) -> list[Problem]:
    return [Problem(PIVOT_PATH, 1, 1, "too-few", "one pivot", "", Level.WARNING)]


def test_a_sites_own_rule_can_be_silenced_by_its_name() -> None:
    own = [("too-few", too_few), ("too-few", too_few)]
    assert [problem.code for problem in problems_in({PIVOT_PATH: GOOD_PIVOT}, own=own)] == [
        "too-few"
    ] * 2
    quiet = GOOD_PIVOT.replace("skills:", f"{allow('too-few')}skills:")
    assert problems_in({PIVOT_PATH: quiet}, own=own) == []


def test_a_site_can_do_without_a_rule_and_a_silence_of_it_is_then_no_fault() -> None:
    assert problems_in({PIVOT_PATH: THIN}, off=["thin-section"]) == []
    quiet = THIN.replace("skills:", f"{allow('thin-section', '2020-01-01')}skills:")
    assert problems_in({PIVOT_PATH: quiet}, off=["thin-section"]) == []
    [problem] = problems_in({PIVOT_PATH: GOOD_PIVOT}, off=["thin-sections"])
    assert (problem.path, problem.code, problem.hint) == (
        "build.py",
        "unknown-rule",
        "did you mean `thin-section`?",
    )


def test_silencing_links_to_other_sites_is_no_fault_when_they_were_not_asked() -> None:
    assert silenced(EXTERNAL, "", GOOD_PIVOT) == []
