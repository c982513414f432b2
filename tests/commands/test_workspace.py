"""What an editor can ask about files that are open, that are saved or that are not there."""

from __future__ import annotations

import pytest

from pivotgen.commands.workspace import Workspace
from pivotgen.model.workspace import LineRange, Position
from tests.world.builds import CONFIG
from tests.world.site import PIVOT, ROLE, World

PATH = "content/pivots/chef-to-nurse.md"
NURSE = "content/roles/nurse.md"
GOOD = PIVOT.replace("{a}", "Chef").replace("{b}", "Nurse")


@pytest.fixture
def workspace(world: World) -> Workspace:
    world.pivot("Chef", "Nurse")
    world.write(NURSE, ROLE.replace("{name}", "Nurse"))
    workspace = Workspace(CONFIG, world.folder)
    workspace.set_text(PATH, GOOD)
    workspace.set_text(NURSE, ROLE.replace("{name}", "Nurse"))
    workspace.check()
    return workspace


def at(words: str, text: str = GOOD, path: str = PATH) -> Position:
    """The place where these words begin."""
    before = text[: text.index(words)]
    return Position(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def test_a_file_is_as_the_editor_has_it_or_as_it_is_on_disk(workspace: Workspace) -> None:
    workspace.set_text(PATH, "other")
    assert workspace.text(PATH) == "other"
    workspace.set_text(PATH, None)
    workspace.set_text(PATH, None)
    assert workspace.text(PATH) == GOOD
    assert workspace.text("content/pivots/nobody.md") == ""


def test_only_open_content_and_layouts_have_problems_of_their_own(workspace: Workspace) -> None:
    bad = GOOD.replace("tldr:", "tl_dr:")
    workspace.set_text(PATH, bad)
    assert [problem.code for problem in workspace.problems_of(PATH)] == ["unknown-key"]
    workspace.set_text("content/notes.txt", bad)
    assert workspace.problems_of("content/notes.txt") == []
    workspace.set_text(PATH, None)
    assert workspace.problems_of(PATH) == []


def test_a_layout_that_is_not_saved_has_problems_and_others_keep_theirs(
    workspace: Workspace, world: World
) -> None:
    layouts = ("layouts/skill.html", "layouts/missing.html")
    for path in layouts:
        workspace.set_text(path, "{{ view.nmae }}")
    for path in layouts:
        [problem] = workspace.problems_of(path)
        assert problem.path == path
    # What is wrong on disk is told of the whole site only where the editor has no other text.
    world.write(layouts[0], "{{ view.nmae }}")
    wrong = {problem.path for problem in workspace.check() if problem.code == "layout"}
    assert wrong == {layouts[0]}
    workspace.set_text(layouts[0], "{{ view.name }}")
    assert not [problem for problem in workspace.check() if problem.code == "layout"]


def test_only_content_is_completed(workspace: Workspace) -> None:
    assert workspace.completions(at("tldr:"))
    text = workspace.text("layouts/skill.html")
    assert workspace.completions(at("view", text, "layouts/skill.html")) == []


def test_a_link_is_completed_with_every_other_file(workspace: Workspace) -> None:
    linked = GOOD + "\nSee [a]().\n"
    workspace.set_text(PATH, linked)
    files = {item.label for item in workspace.completions(at("). ".strip(), linked))}
    assert files == {"../roles/nurse.md"}
    of_role = ROLE.replace("{name}", "Nurse") + "\nSee [a]().\n"
    workspace.set_text(NURSE, of_role)
    files = {item.label for item in workspace.completions(at(").", of_role, NURSE))}
    assert files == {"../pivots/chef-to-nurse.md"}


def test_a_link_and_a_role_lead_to_their_file_where_there_is_one(workspace: Workspace) -> None:
    assert workspace.definition(at("Nurse\nwindow")) == LineRange(NURSE, 1, 1, 1)
    assert workspace.definition(at("Chef\nto")) is None
    linked = GOOD + "\n[a](../roles/nurse.md) [b](../roles/nobody.md) [c](../../build.py)\n"
    workspace.set_text(PATH, linked)
    assert workspace.definition(at("../roles/nurse", linked)) == LineRange(NURSE, 1, 1, 1)
    assert workspace.definition(at("../roles/nobody", linked)) is None
    assert workspace.definition(at("../../build", linked)) is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Chef\nto", "role"),
        ("Nurse\nwindow", "role"),
        ("Negotiation", "skill"),
        ("tldr:", ""),
        ("3–9", ""),
        ("Some text", ""),
    ],
)
def test_only_roles_and_skills_can_be_renamed(workspace: Workspace, words: str, kind: str) -> None:
    target = workspace.rename_target(at(words))
    assert (target.kind if target else "") == kind
    if not kind:
        with pytest.raises(ValueError, match="only the name of a role or a skill"):
            workspace.rename(at(words), "Other")


def test_the_name_in_the_file_of_a_role_can_be_renamed_and_its_other_keys_cannot(
    workspace: Workspace,
) -> None:
    text = workspace.text(NURSE)
    target = workspace.rename_target(at("Nurse\ndesc", text, NURSE))
    assert target is not None
    assert (target.kind, target.name) == ("role", "Nurse")
    assert workspace.rename_target(at("What a", text, NURSE)) is None
    workspace.set_text(NURSE, text.replace("name: Nurse", "name: "))
    assert workspace.rename_target(Position(NURSE, 2, 7)) is None
