"""What a command says of a site depends on the site alone, and not on what ran before."""

from __future__ import annotations

from tests.world.edits import edit, with_keys
from tests.world.site import World


def test_a_warning_about_names_is_told_by_every_build(world: World) -> None:
    for name in ("Chef", "Pilot", "Baker"):
        world.pivot(name, "Accountant")
    world.pivot("Clerk", "Acountant")
    first = world.run("build")
    assert first.returncode == 0
    assert first.stderr.count("warning[likely-typo]") == 1
    assert world.run("build").stderr == first.stderr
    assert world.run("build", "--clean").stderr == first.stderr


def test_a_warning_is_told_by_a_build_with_drafts_after_one_without(world: World) -> None:
    for name in ("Chef", "Pilot", "Baker"):
        world.pivot(name, "Accountant")
    world.pivot("Clerk", "Acountant", with_keys("draft: true"))
    assert world.run("build").stderr == ""
    for _ in range(2):
        assert "warning[likely-typo]" in world.run("build", "--drafts").stderr
    assert world.run("build").stderr == ""


def test_an_error_is_told_until_it_is_mended(world: World) -> None:
    path = world.pivot("Chef", "Nurse", with_keys(body="\n[Nowhere](nowhere.md)\n"))
    first = world.run("build")
    assert first.returncode == 1
    assert "error[dead-link]" in first.stderr
    assert world.run("build").stderr == first.stderr
    edit(world, path, "[Nowhere](nowhere.md)", "Somewhere")
    assert world.run("build").stderr == ""


def test_check_reads_a_text_again_that_was_edited_before_a_build(world: World) -> None:
    link = "\nFor more, [click here](https://example.com/).\n"
    path = world.pivot("Chef", "Nurse", with_keys(body=link))
    assert "warning[link-text]" in world.run("check").stderr
    edit(world, path, "click here", "the tables of the statistics office")
    world.run("build")
    assert "link-text" not in world.run("check").stderr


def test_check_finds_what_was_written_between_it_and_a_build(world: World) -> None:
    path = world.pivot("Chef", "Nurse", with_keys(body="\nFor more, [prices](https://a.com/).\n"))
    assert "link-text" not in world.run("check").stderr
    edit(world, path, "[prices]", "[click here]")
    world.run("build")
    first = world.run("check").stderr
    assert "warning[link-text]" in first
    assert world.run("check").stderr == first


def test_a_dead_link_is_told_once_also_where_a_site_has_drafts(world: World) -> None:
    link = "\n[Nowhere](nowhere.md) and [later](cook-to-nurse.md)\n"
    world.pivot("Chef", "Nurse", with_keys(body=link))
    world.pivot("Cook", "Nurse", with_keys("draft: true"))
    problems = world.run("check").stderr
    assert problems.count("error[dead-link]") == 1
    # This is wrong only without drafts.
    assert problems.count("error[draft-link]") == 1
