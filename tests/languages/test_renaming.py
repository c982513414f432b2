"""Renaming a role or a skill of a site of several languages."""

from __future__ import annotations

from pathlib import Path

from pivotgen.commands.rename import RenameRequest, plan_renaming
from tests.world.builds import build_here
from tests.world.languages import LANGUAGES, fill
from tests.world.site import World


def renamed(world: World, kind: str, old: str, new: str, *, join: bool = False) -> None:
    request = RenameRequest(kind, old, new, join=join)
    renaming = plan_renaming(LANGUAGES, world.folder, request)
    assert renaming.problems == ()
    for change in renaming.changes:
        if change.new is None:
            (world.folder / change.path).unlink()
        else:
            world.write(change.path, change.new)


def test_names_and_translations_follow_a_role_to_its_new_address(tmp_path: Path) -> None:
    world = fill(World(tmp_path))
    text = (world.folder / "content/pivots/nurse-to-pilot.fr.md").read_text()
    world.write("content/pivots/nurse-to-pilot.fr.md", f"{text}\n[Là](../roles/chef.md).\n")
    renamed(world, "role", "Chef", "Head Cook")
    assert "  head-cook: Cuisinier\n" in (world.folder / "content/names.fr.yaml").read_text()
    assert (world.folder / "content/roles/head-cook.fr.md").is_file()
    assert not (world.folder / "content/roles/chef.fr.md").exists()
    assert build_here(world.folder, LANGUAGES, world.folder / "public").problems == []
    assert "Cuisinier" in world.read("fr/from/head-cook/index.html")


def test_names_follow_a_skill(tmp_path: Path) -> None:
    world = fill(World(tmp_path))
    renamed(world, "skill", "Negotiation", "Bargaining")
    assert "  bargaining: Négociation\n" in (world.folder / "content/names.fr.yaml").read_text()
    assert build_here(world.folder, LANGUAGES, world.folder / "public").problems == []
    assert "Négociation" in world.read("fr/skills/bargaining/index.html")


def test_two_roles_that_become_one_keep_the_name_of_the_one_that_stays(tmp_path: Path) -> None:
    world = fill(World(tmp_path))
    world.pivot("Cook", "Pilot")
    names = (world.folder / "content/names.fr.yaml").read_text()
    world.write("content/names.fr.yaml", names.replace("  chef:", "  cook: Cuistot\n  chef:"))
    renamed(world, "role", "Cook", "Chef", join=True)
    names = (world.folder / "content/names.fr.yaml").read_text()
    assert "cook" not in names
    assert "  chef: Cuisinier\n" in names


def test_why_says_what_a_file_of_names_is_for(tmp_path: Path) -> None:
    world = fill(World(tmp_path))
    settings = (world.folder / "build.py").read_text("utf-8")
    world.write(
        "build.py", settings.replace("config = Config(", 'config = Config(languages=("fr", "ar"),')
    )
    assert world.run("build").returncode == 0
    said = world.run("why", "content/names.fr.yaml").stdout
    assert said.startswith("content/names.fr.yaml has the names that ")
    assert "files in `fr` may show" in said
    said = world.run("why", "content/pivots/chef-to-nurse.fr.md").stdout
    assert "is published at /fr/pivots/chef-to-nurse/" in said
