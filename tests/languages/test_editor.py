"""What an editor is told in translations and in files of names."""

from __future__ import annotations

import pytest

from pivotgen.commands.translate import done
from pivotgen.commands.workspace import Workspace
from pivotgen.model.edit import Change
from pivotgen.model.workspace import Position
from tests.world.languages import LANGUAGES, NAMES, fill
from tests.world.site import World

PATH = "content/pivots/chef-to-nurse.fr.md"
FRENCH_NAMES = "content/names.fr.yaml"


@pytest.fixture
def workspace(world: World) -> Workspace:
    fill(world)
    workspace = Workspace(LANGUAGES, world.folder)
    workspace.check()
    return workspace


def hover(workspace: Workspace, path: str, words: str) -> str:
    """What is told where these words begin."""
    text = workspace.text(path)
    before = text[: text.index(words)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    told = workspace.hover(Position(path, line, column))
    return told.text if told else ""


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("title:", "From Chef to Nurse: A View"),
        ("De cuisinier", "From Chef to Nurse: A View"),
        ("Un *point*", "One *point*."),
        ("Moins que", "Less than **it** looks."),
        ("Vos atouts", "## Your built-in advantages"),
        ("Du texte", "Some text."),
    ],
)
def test_a_translator_sees_what_the_source_says(
    workspace: Workspace, world: World, words: str, source: str
) -> None:
    told = hover(workspace, PATH, words)
    assert told.startswith("**content/pivots/chef-to-nurse.md**")
    assert source in told or source.split()[0] in told
    said = (world.folder / "content/pivots/chef-to-nurse.md").read_text("utf-8")
    assert told.split("\n\n", 1)[1].split("\n")[0].strip() in said


def test_links_in_a_translation_are_told_as_everywhere(workspace: Workspace) -> None:
    text = workspace.text(PATH).replace("Du texte.", "[La suite](nurse-to-pilot.md).")
    workspace.set_text(PATH, text)
    assert "From Nurse to Pilot" in hover(workspace, PATH, "nurse-to-pilot.md")


def test_names_that_a_file_lacks_are_offered_and_those_it_has_are_told(
    workspace: Workspace,
) -> None:
    text = NAMES["fr"].replace("  nurse: Infirmier\n", "  \n")
    workspace.set_text(FRENCH_NAMES, text)
    offered = workspace.completions(Position(FRENCH_NAMES, 3, 3))
    assert [(each.label, each.text, each.detail) for each in offered] == [
        ("nurse", "nurse: ", "Nurse")
    ]
    assert hover(workspace, FRENCH_NAMES, "chef:") == "Chef"
    assert hover(workspace, FRENCH_NAMES, "negotiation:") == "Negotiation"
    assert hover(workspace, FRENCH_NAMES, "roles:") == ""


def test_an_editor_is_told_what_is_behind_while_the_source_is_typed(workspace: Workspace) -> None:
    change = done(workspace.site, PATH, ())
    assert isinstance(change, Change)
    assert change.new
    (workspace.site / PATH).write_bytes(change.new)
    source = "content/pivots/chef-to-nurse.md"
    workspace.set_text(source, workspace.text(source).replace("A View", "Another View"))
    problems = [each for each in workspace.check() if each.code == "translation-behind"]
    [behind] = [each for each in problems if each.path == PATH]
    assert "title" in behind.message
