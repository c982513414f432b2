"""`new` and `init`: what a writer begins from."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from datetime import date

import pytest

from pivotgen.commands._draft_text import Answers
from pivotgen.commands.check import CheckOptions, check
from pivotgen.commands.new import PivotDraft, start_draft
from pivotgen.model.problem import Problem
from pivotgen.model.todo import todos
from tests.world.builds import CONFIG
from tests.world.site import ROOT, World
from tests.world.texts import GOOD_PIVOT

TODAY = date(2026, 11, 24)
NURSE = "content/pivots/chef-to-nurse.md"
NOTHING = Answers()
# What a writer puts for each TODO, in the order of the file.
WRITTEN = (
    "What the Pass Knew",
    "Timing and a steady voice carry over; anatomy, and whom to call, have to be learned.",
    "asked two cooks who made the move",
    "Nine orders at once are the noise of a ward.",
    "Recipes do not help with a dose.",
    "Ask for one day with a discharge nurse.",
    "Knife work",
    "Do burns from a stove worry an occupational physician?",
    "Only open ones, and only until they close.",
    "Line cooks read a rail of tickets and know which table is about to leave. A ward has a rail "
    "too, and whoever can tell the urgent bed from the loud one is worth a salary from week one.",
    "You will be slow, and you will be watched while you are slow. Nothing is tasted and sent out "
    "again; the dose is right before it is given or somebody writes a report about you that night.",
    "Swap one evening a week for a course in first aid, then for a badge at the nearest home for "
    "the old. Bring soup. Ask the nurses there what they would never study again, and why not.",
    "Compare notes with people who came [from Chef](chef-to-nurse.md).",
)


def draft_of(world: World, target: str = "Nurse") -> PivotDraft:
    draft = start_draft(CONFIG, world.folder, target)
    assert isinstance(draft, PivotDraft)
    return draft


def begin(world: World, origin: str, target: str, answers: Answers = NOTHING) -> tuple[str, str]:
    """The path and the text of a new pivot, which is written as well."""
    draft = draft_of(world, target)
    change = draft.change(draft.names(origin, target), answers, TODAY)
    assert change.new is not None
    world.write(change.path, change.new)
    return change.path, change.new.decode()


def problems_of(world: World) -> tuple[Problem, ...]:
    return check(world.folder, CONFIG, CheckOptions(today=TODAY)).problems


def test_a_new_pivot_passes_every_rule_once_its_todos_are_replaced(world: World) -> None:
    world.write(NURSE, GOOD_PIVOT)
    path, text = begin(world, "Cook", "Nurse")
    # To the letter: each prompt, from its TODO to the end of what it asks for, and no more.
    prompts = re.findall(r"TODO[^\n\"]*", text)
    for prompt, said in zip(prompts, WRITTEN, strict=True):
        text = text.replace(prompt, said, 1)
    world.write(path, text)
    assert problems_of(world) == ()
    world.write(path, text.replace("draft: true", "draft: false"))
    assert world.run("build").returncode == 0
    assert "What the Pass Knew" in world.read("pivots/cook-to-nurse/index.html")


def test_a_draft_with_todos_passes_check_even_beside_another_and_cannot_be_published(
    world: World,
) -> None:
    world.write(NURSE, GOOD_PIVOT)
    path, text = begin(world, "Cook", "Nurse")
    begin(world, "Baker", "Nurse")
    assert problems_of(world) == ()
    world.write(path, re.sub("draft: true.*\n", "", text))
    problems = problems_of(world)
    assert {problem.code for problem in problems} == {"todo"}
    lines = (world.folder / path).read_text("utf-8").splitlines()
    assert all(
        lines[problem.line - 1][problem.column - 1 :].startswith("TODO") for problem in problems
    )
    assert len(problems) == len(list(todos(text)))


def skilled(world: World, a: str, b: str, *skills: str) -> None:
    """Write a pivot that names these skills."""
    world.pivot(a, b, GOOD_PIVOT.replace("Chef", "{a}").replace("Nurse", "{b}"))
    path = f"content/pivots/{a}-to-{b}.md".lower()
    listed = "".join(f"  - {one}\n" for one in skills)
    text = (world.folder / path).read_text("utf-8").replace("  - Triage\n", listed)
    world.write(path, text)


def suggested_skills(text: str) -> list[str]:
    return re.findall(r"^  - ([A-Z]\w+)$", text, re.M)


def test_skills_that_both_sides_of_the_move_name_are_there_the_most_shared_first(
    world: World,
) -> None:
    skilled(world, "Cook", "Baker", "Timing", "Hygiene", "Knives")
    skilled(world, "Cook", "Teacher", "Timing", "Hygiene")
    skilled(world, "Medic", "Nurse", "Timing", "Charting", "Hygiene")
    skilled(world, "Porter", "Nurse", "Hygiene")
    _, text = begin(world, "Cook", "Nurse")
    assert suggested_skills(text) == ["Hygiene", "Timing"]


def test_of_skills_shared_as_often_the_one_that_more_pivots_name_is_first(world: World) -> None:
    # Each of them stands once on the side that names it less.
    skilled(world, "Cook", "Baker", "Knives", "Alertness", "Bookings", "Patience")
    skilled(world, "Cook", "Teacher", "Patience")
    skilled(world, "Medic", "Nurse", "Alertness", "Bookings", "Patience", "Knives")
    skilled(world, "Porter", "Nurse", "Knives")
    skilled(world, "Clerk", "Nurse", "Knives")
    _, text = begin(world, "Cook", "Nurse")
    assert suggested_skills(text) == ["Knives", "Patience", "Alertness", "Bookings"]


def test_five_skills_four_siblings_and_six_questions_are_suggested_in_turn(world: World) -> None:
    skills = ["Alertness", "Bookings", "Charting", "Dosing", "Equipment", "Filing"]
    skilled(world, "Cook", "Baker", *skills)
    for name in ("Aide", "Clerk", "Driver", "Medic", "Porter"):
        skilled(world, name, "Nurse", *skills)
        path = f"content/pivots/{name}-to-nurse.md".lower()
        text = (world.folder / path).read_text("utf-8")
        more = f"faqs:\n  - question: Who trains a {name}?\n    answer: Nobody.\n"
        world.write(path, text.replace("faqs:\n", more))
    _, text = begin(world, "Cook", "Nurse")
    assert suggested_skills(text) == skills[:5]
    assert re.findall(r"\[from (\w+)\]", text) == ["Aide", "Clerk", "Driver", "Medic"]
    assert re.findall(r"^  #   (\w+) .*\? \((\w+)-to-nurse\.md\)$", text, re.M) == [
        *(("Who", name) for name in ("aide", "clerk", "driver", "medic")),
        *(("Do", name) for name in ("aide", "clerk")),
    ]


def test_siblings_are_linked_and_their_questions_are_notes_that_nothing_repeats(
    world: World,
) -> None:
    world.write(NURSE, GOOD_PIVOT)
    world.write("content/pivots/nurse-to-cook.md", GOOD_PIVOT.replace("Chef", "X"))
    world.pivot("Nurse", "Cook")
    draft = GOOD_PIVOT.replace("Chef", "Porter").replace("updated:", "draft: true\nupdated:")
    world.write("content/pivots/porter-to-nurse.md", draft)
    _, text = begin(world, "Cook", "Nurse")
    assert "[from Chef](chef-to-nurse.md), [the way back](nurse-to-cook.md)" in text
    # A link to a draft could not be published.
    assert "](porter-to-nurse.md)" not in text
    assert "  #   Do my years in kitchens count at admission? (chef-to-nurse.md)\n" in text
    codes = {problem.code for problem in problems_of(world)}
    assert not codes & {"draft-link", "dead-link"}


@pytest.mark.parametrize(
    ("typed", "origin", "corrected"),
    [
        ("chef", "Chef", True),
        (" Chefs ", "Chef", True),
        ("Cordon  Bleu", "Chef", True),
        ("Chef", "Chef", False),
        ("Cook", "Cook", False),
    ],
)
def test_a_role_is_written_as_the_site_writes_it(
    world: World, typed: str, origin: str, corrected: bool
) -> None:
    world.write(NURSE, GOOD_PIVOT)
    role = "---\nname: Chef\ndescription: Cooks.\naliases:\n  - Cordon bleu\n---\nText.\n"
    world.write("content/roles/chef.md", role)
    names = draft_of(world).names(typed, "Baker")
    assert names.origin == origin
    assert bool(names.corrected) == corrected
    assert not names.doubtful


def test_a_name_that_is_nearly_a_role_is_doubted_with_the_right_one(world: World) -> None:
    world.pivot("Registered Nurse", "Chef")
    world.pivot("Chef", "Registered Nurse")
    names = draft_of(world, "Baker").names("Registerd Nurse", "Baker")
    assert names.origin == "Registerd Nurse"
    assert names.doubtful == (("Registerd Nurse", "Registered Nurse"),)


def test_a_pivot_that_exists_is_refused_with_its_file_and_the_way_back(world: World) -> None:
    world.write(NURSE, GOOD_PIVOT)
    world.write("content/pivots/other-name.md", GOOD_PIVOT.replace("Chef", "Cook"))
    result = world.run("new", "cook", "Nurse")
    assert result.returncode == 2
    assert "content/pivots/other-name.md is already about this move" in result.stderr
    assert 'pivotgen new "Nurse" "Cook"' in result.stderr
    world.pivot("Nurse", "Cook")
    again = world.run("new", "Cook", "Nurse").stderr
    assert "so is content/pivots/nurse-to-cook.md about the way back" in again


def test_a_file_that_cannot_be_read_is_not_written_over(world: World) -> None:
    world.write(NURSE, "my only copy")
    result = world.run("new", "Chef", "Nurse")
    assert (result.returncode, (world.folder / NURSE).read_text()) == (2, "my only copy")
    # Nor does it stand in the way of another page.
    assert world.run("new", "Chef", "Baker").returncode == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["Chef", "chefs"], "the same role"),
        (["Chef", "???"], "cannot be part of an address"),
        (["Chef"], "name both roles"),
        (["Chef", "Baker", "--window", "a while"], "window"),
    ],
)
def test_what_cannot_be_a_pivot_is_wrong_usage_and_writes_nothing(
    world: World, words: list[str], why: str
) -> None:
    world.write(NURSE, GOOD_PIVOT)
    before = sorted(world.folder.rglob("content/**/*"))
    result = world.run("new", *words)
    assert result.returncode == 2
    assert why in result.stderr
    assert sorted(world.folder.rglob("content/**/*")) == before


def test_what_is_told_is_no_todo(world: World) -> None:
    told = Answers('She said "no": now?', "From: pans # to charts", "2–3 years")
    _, text = begin(world, "Cook", "Nurse", told)
    assert "window: 2–3 years\n" in text
    assert 'title: "She said \\"no\\": now?"\n' in text or "title: 'She said \"no\": now?'" in text
    head = text.split("---")[1]
    assert "TODO" not in head.split("tldr:")[0]
    assert problems_of(world) == ()


def test_a_new_pivot_is_tidy_already(world: World) -> None:
    world.write(NURSE, GOOD_PIVOT)
    begin(world, "Cook", "Nurse")
    assert world.run("fmt", "--check").stdout == ""


def test_on_a_terminal_it_asks_for_what_is_missing_and_offers_the_role_that_was_meant(
    world: World,
) -> None:
    world.pivot("Registered Nurse", "Chef")
    command = [sys.executable, "-m", "pivotgen", "--site", str(world.folder), "new"]
    ours, theirs = pty.openpty()
    answers = "Registerd Nurse\nBaker\n\nFrom Registered Nurse to Baker: Up Early\n\n"
    # A window that is none is asked for again, and nothing is lost.
    answers += "6 to 12 monthes\n1–2 years\n"
    os.write(ours, answers.encode())
    done = subprocess.run(
        command, stdin=theirs, capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0, done.stderr
    path = world.folder / "content/pivots/registered-nurse-to-baker.md"
    text = path.read_text("utf-8")
    assert "Error: `window` is not a span of time" in done.stdout + done.stderr
    assert "Up Early" in text
    assert "window: 1–2 years\n" in text
    assert "description: TODO" in text
