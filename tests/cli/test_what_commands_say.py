"""What each command says when it is done, word for word."""

from __future__ import annotations

from tests.world.edits import edit
from tests.world.site import DATED_PIVOT, PIVOT, ROLE, World


def said(world: World, *words: str, status: int = 0) -> tuple[str, str]:
    """What a run prints to standard output and to standard error."""
    result = world.run(*words)
    assert result.returncode == status, result.stderr
    return result.stdout, result.stderr


def test_a_new_pivot_and_what_to_do_with_it(world: World) -> None:
    world.pivot("Chef", "Nurse")
    output, errors = said(world, "new", "Chef", "Pilot")
    path = "content/pivots/chef-to-pilot.md"
    first, second = output.splitlines()
    assert first == f"{path} is a draft; replace each TODO, then delete `draft: true`."
    assert second.endswith(
        " serve shows the page while you write, pivotgen check says what is wrong."
    )
    assert second.startswith("pivotgen serve")
    assert errors == ""


def test_gaps_that_there_are_and_none(world: World) -> None:
    world.pivot("Chef", "Nurse")
    output, _ = said(world, "gaps")
    lines = output.splitlines()
    assert lines[0] == "  1  Nurse → Chef"
    assert lines[1].startswith("     Nurse is a dead end: 1 pivot leads to it and none leaves it")
    assert lines[-2:] == ["", 'Begin one: pivotgen new "Nurse" "Chef"']
    world.pivot("Nurse", "Chef")
    assert said(world, "gaps") == ("Every role that pivots name leads to every other.\n", "")
    assert said(world, "gaps", "--json")[0] == "[]\n"


def test_the_lock_and_whether_it_is_up_to_date(world: World) -> None:
    world.pivot("Chef", "Nurse")
    output, errors = said(world, "lock", "--check", status=1)
    assert output.splitlines()[0].endswith(": it is not recorded yet")
    counts = f"{len(output.splitlines())} new, 0 changed"
    assert errors == f"pivots.lock is not up to date: {counts}; run `pivotgen lock`.\n"
    output, errors = said(world, "lock")
    *written, last = output.splitlines()
    assert "pivots.lock is written." in written
    assert last == f"{counts}, {counts.split()[0]} addresses in all."
    assert said(world, "lock", "--check") == ("pivots.lock is up to date.\n", "")
    edit(world, "content/pivots/chef-to-nurse.md", "Some text.", "Some other words.")
    output, errors = said(world, "lock", "--check", status=1)
    assert output.startswith("/pivots/chef-to-nurse/: its words are others than on 2")
    assert " 0 new, 1 changed; run `pivotgen lock`." in errors


def test_a_layout_of_ones_own_and_files_that_are_tidied(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    (world.folder / "layouts/skill.html").unlink()
    output, _ = said(world, "eject", "skill.html")
    assert output == "layouts/skill.html is yours now. Delete it to go back to the theme's.\n"
    edit(world, path, "from: Chef", "from:   Chef")
    assert said(world, "fmt", "--check", status=1)[0] == f"{path}\n"
    assert said(world, "fmt")[0] == "1 file tidied.\n"


def test_a_renaming_and_what_still_has_the_old_name(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "Every Nurse knows it."))
    output, errors = said(world, "rename-role", "Nurse", "Midwife", "--yes")
    assert output.count(" changed.\n") == 1
    assert "No file describes the role, so nobody who still writes `Nurse` is corrected." in output
    assert errors == ""


def test_a_renaming_that_cannot_be(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Pilot", "Nurse")
    world.write("content/roles/nurse.md", ROLE.replace("{name}", "Nurse"))
    before = world.tree("content")
    _, errors = said(world, "rename-role", "Nurse", "Chef", "--yes", status=2)
    assert errors.endswith("join the two with --join if they are one\n")
    assert world.tree("content") == before
    _, errors = said(world, "rename-role", "Nurse", "Midwife", status=1)
    assert "Nothing was changed; --yes writes the changes." in errors
    assert world.tree("content") == before


def test_a_check_a_build_and_the_states_of_pages(world: World) -> None:
    world.pivot("Chef", "Nurse", DATED_PIVOT)
    output, _ = said(world, "check")
    assert output in ("No problems.\n", "1 warning.\n")
    output, _ = said(world, "build")
    assert output.endswith(" ms).\n") or "written" in output
    assert " files in public/, " in output
    world.pivot("Nurse", "Chef")
    output, _ = said(world, "status")
    assert "2 files: " in output
    assert "1 pivot is in no feed: a feed needs `published` or `updated`.\n" in output
    world.pivot("Pilot", "Chef")
    output, _ = said(world, "status")
    assert "2 pivots are in no feed: a feed needs `published` or `updated`.\n" in output


def test_how_hard_the_texts_are_to_read(world: World) -> None:
    sentence = "A short line about the long hours behind the counter of a shop. "
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", sentence * 20))
    output, _ = said(world, "reading")
    head, *rows = output.splitlines()
    assert head == "LIX               words  longest sentence"
    assert all("content/pivots/chef-to-nurse.md:" in row for row in rows)
