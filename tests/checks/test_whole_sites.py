"""Rules that compare pages or look at the graph: what each reports and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from pivotgen.checks import echo, older_date, rules
from pivotgen.model.problem import Problem
from pivotgen.model.site import RecordedDay
from tests.world.parsed import good_pivot, problems_in, site_of
from tests.world.site import PIVOT
from tests.world.texts import GOOD_PIVOT, GOOD_ROLE

QUESTION = "Do my years in kitchens count at admission?"


def asking(origin: str, question: str) -> dict[str, str]:
    return good_pivot(origin, "Nurse", {QUESTION: question})


def places(found: list[Problem]) -> list[tuple[str, int, int]]:
    return [(problem.path.rsplit("/", 1)[1], problem.line, problem.column) for problem in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is it hard for a Baker to become a Nurse?", "Is it hard for a Chef?"),
        ("Do I need a degree?", "Will I need a degree to become a Nurse?"),
        (
            "Can I keep working while I study for the exam?",
            "Can I go on working while I study for the exam?",
        ),
    ],
)
def test_a_question_asked_on_two_pages_is_told_with_the_link_to_the_first(
    one: str, other: str
) -> None:
    [problem] = problems_in({**asking("Baker", one), **asking("Chef", other)}, "same-question")
    assert places([problem]) == [("chef-to-nurse.md", 13, 15)]
    assert problem.message.startswith("content/pivots/baker-to-nurse.md:13 asks this")
    assert "link to baker-to-nurse.md#" in problem.hint


@pytest.mark.parametrize(
    ("a", "b", "question"),
    [
        ("Nurse", "Nurse Manager", "How long until I am a Nurse Manager?"),
        ("Nurse Manager", "Nurse", "How long until I am a Nurse Manager?"),
        ("Chef", "Nurse", "How long until I am a nurse?"),
        ("Chef", "Nurse", "How long until they are nurses?"),
    ],
)
def test_a_role_counts_as_no_word_of_a_question_also_where_its_name_holds_the_others(
    a: str, b: str, question: str
) -> None:
    files = good_pivot("Baker", "Medic", {QUESTION: "How long until I am a Medic?"})
    [problem] = problems_in({**files, **good_pivot(a, b, {QUESTION: question})}, "same-question")
    assert problem.message.startswith("content/pivots/baker-to-medic.md:13 asks this")


def test_a_longer_word_that_starts_or_ends_as_a_role_counts() -> None:
    files = good_pivot("Baker", "Medic", {QUESTION: "How long until I am a Medic?"})
    for word in ("medical", "paramedic", "nursing"):
        other = good_pivot("Chef", "Nurse", {QUESTION: f"How long until I am {word}?"})
        assert problems_in({**files, **other}, "same-question") == []


def test_the_link_to_the_owner_of_a_question_is_one_that_works() -> None:
    question = "Do I need a degree?"
    files = {**asking("Baker", question), **asking("Chef", question)}
    [problem] = problems_in(files, "same-question")
    link = problem.hint.removeprefix("link to ").split(",")[0]
    text = files["content/pivots/chef-to-nurse.md"].replace("Nobody", f"[Nobody]({link})")
    problems_in({**files, "content/pivots/chef-to-nurse.md": text})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Do I need a degree?", "Do I need a license?"),
        ("How long does the exam take?", "How much does the exam cost?"),
        ("Why do bakers leave?", "When do bakers leave?"),
        ("Can I keep working while I study?", "Can I teach cooking while I study?"),
    ],
)
def test_questions_that_ask_something_else_are_left_alone(one: str, other: str) -> None:
    assert problems_in({**asking("Baker", one), **asking("Chef", other)}, "same-question") == []


def moves(*pairs: tuple[str, str]) -> dict[str, str]:
    return {path: text for pair in pairs for path, text in good_pivot(*pair).items()}


DENSE = list(permutations(["Baker", "Chef", "Medic", "Nurse"], 2))


def test_a_role_without_a_way_out_is_told_where_its_name_stands() -> None:
    problems = problems_in(moves(*DENSE, ("Chef", "Poet")), "one-way-role")
    assert places(problems) == [("chef-to-poet.md", 5, 5)]
    assert problems[0].hint == "write a pivot with `from: Poet`"


def test_a_role_without_a_way_in_is_told_in_its_own_file() -> None:
    described = {"content/roles/poet.md": GOOD_ROLE.replace("Nurse", "Poet")}
    problems = problems_in({**moves(*DENSE, ("Poet", "Chef")), **described}, "one-way-role")
    assert places(problems) == [("poet.md", 2, 7)]


def test_a_young_site_is_not_told_of_roles_still_to_be_written() -> None:
    young = moves(("Chef", "Nurse"), ("Nurse", "Poet"), ("Nurse", "Chef"))
    assert problems_in(young, "one-way-role") == []


def skilled(*skills: str) -> dict[str, str]:
    """A pivot for each list of skills, in the order of the alphabet."""
    files: dict[str, str] = {}
    for number, names in enumerate(skills):
        listed = "".join(f"\n  - {name}" for name in names.split(", "))
        files |= good_pivot(f"Cook {chr(65 + number)}", "Nurse", {"\n  - Triage": listed})
    return files


def test_a_skill_of_one_page_is_told_where_skills_are_shared() -> None:
    problems = problems_in(skilled(*["Triage, Tact"] * 5, "Triage, Tact, Juggling"), "lonely-skill")
    assert places(problems) == [("cook-f-to-nurse.md", 13, 5)]


def test_a_skill_of_one_page_is_left_alone_while_skills_are_few_pages_each() -> None:
    assert problems_in(skilled("Triage, Tact", "Triage, Juggling"), "lonely-skill") == []


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("Stakeholder management", "Managing stakeholders"),
        ("Communication", "Good communication skills"),
        ("Customer empathy", "Deep customer empathy"),
        ("Deep customer empathy", "Customer empathy"),
        ("Documentation", "Documenting"),
    ],
)
def test_two_names_of_one_skill_are_told_at_the_rarer(common: str, rare: str) -> None:
    [problem] = problems_in(skilled(f"Triage, {rare}", common, common), "similar-skills")
    assert places([problem]) == [("cook-a-to-nurse.md", 12, 5)]
    assert f"`{common}`" in problem.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Risk assessment", "Assessment design"),
        ("User research", "Research synthesis"),
        ("Budget management", "Vendor management"),
        ("Public speaking", "Speaking"),
        ("C++", "C#"),
        ("Programming in C", "Programming in C++"),
        ("NET", ".NET"),
        ("F*", "F#"),
    ],
)
def test_skills_that_only_share_a_word_are_left_alone(one: str, other: str) -> None:
    assert problems_in(skilled(one, other), "similar-skills") == []


def test_a_copied_page_is_found_on_a_site_too_large_to_keep_every_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(echo, "_ALL_RUNS", 1)
    files = {**good_pivot("Chef", "Nurse"), **good_pivot("Baker", "Medic")}
    assert places(problems_in(files, "echo"))[0][0] == "chef-to-nurse.md"
    other = (
        GOOD_PIVOT.split("## Your")[0] + "## Your built-in advantages\n\nHeat teaches patience.\n"
    )
    files["content/pivots/chef-to-nurse.md"] = other
    assert problems_in(files, "echo") == []


def test_every_rule_of_whole_sites_is_tried_here() -> None:
    whole = {name for name, module in rules().items() if hasattr(module, "check_site")}
    assert whole == {
        *(
            "echo",
            "same-becomes",
            "same-question",
            "one-way-role",
            "lonely-skill",
            "similar-skills",
        ),
        "older-date",
        # These have their own folder, tests/languages.
        *("missing-form", "missing-name", "same-name"),
        *("translation-behind", "translation-structure"),
        # In test_typed_names.py.
        "typed-name",
    }


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        (None, ""),
        (RecordedDay(date(2026, 5, 2), fits=True), "changed on 2026-05-02"),
        (RecordedDay(date(2026, 3, 1), fits=True), ""),
        (RecordedDay(date(2026, 2, 1), fits=True), ""),
        (RecordedDay(date(2026, 5, 2), fits=False), "changed since 2026-05-02"),
        (RecordedDay(date(2026, 3, 1), fits=False), "changed since 2026-03-01"),
        (RecordedDay(date(2026, 2, 1), fits=False), ""),
    ],
)
def test_an_updated_from_before_the_words_changed_is_told(
    recorded: RecordedDay | None, said: str
) -> None:
    path = "content/pivots/chef-to-nurse.md"
    text = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")
    site = site_of({path: text.replace("tldr:", "updated: 2026-03-01\ntldr:")})
    site = replace(site, recorded={path: recorded} if recorded else {})
    problems = [*older_date.check_site(site, date(2026, 6, 1))]
    assert [problem.line for problem in problems] == ([7] if said else [])
    assert all(said in problem.message for problem in problems)


def becoming(origin: str, line: str, skill: str = "Negotiation") -> dict[str, str]:
    text = PIVOT.replace("{a}", origin).replace("{b}", "Nurse")
    item = f"  - name: {skill}\n    becomes: {line}"
    return {f"content/pivots/{origin.lower()}-to-nurse.md": text.replace("  - Negotiation", item)}


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("calm at the bedside", "Calm at the bedside."),
        ("what a Baker brings to the ward", "what a Chef brings to the ward"),
        ("beds, found in time", "beds found in time"),
    ],
)
def test_a_line_that_two_moves_share_is_told_at_the_second(line: str, other: str) -> None:
    [problem] = problems_in({**becoming("Baker", line), **becoming("Chef", other)}, "same-becomes")
    assert places([problem]) == [("chef-to-nurse.md", 11, 14)]
    assert problem.message == "content/pivots/baker-to-nurse.md:11 says this too"


@pytest.mark.parametrize("line", ["Negotiation", "negotiation", '"Negotiation"'])
def test_a_skill_that_becomes_itself_is_told(line: str) -> None:
    [problem] = problems_in(becoming("Baker", line), "same-becomes")
    assert problem.message == "this is the name of a skill, and not what it becomes"


def test_lines_of_their_own_and_plain_names_are_left_alone() -> None:
    files = {**becoming("Baker", "one more bed"), **becoming("Chef", "two more beds")}
    assert problems_in({**files, **good_pivot("Cook", "Nurse")}, "same-becomes") == []
