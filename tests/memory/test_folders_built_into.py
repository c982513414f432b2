"""One ledger for all folders that a site is built into: no folder loses what is known of it."""

from __future__ import annotations

import shutil
import sqlite3

from tests.world.edits import edit
from tests.world.site import World

ADDRESS = "/pivots/chef-to-nurse/"


def test_why_names_what_changed_although_another_folder_was_built_since(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.run("build")
    edit(world, "layouts/pivot.html", "{% block main %}", "{% block main %}<!-- new -->")
    assert world.run("build", "--out", str(world.folder / "other")).returncode == 0
    reasons = world.run("why", ADDRESS).stdout
    assert "- layouts/pivot.html changed" in reasons
    assert "what it shares with others changed" not in reasons


def test_each_folder_is_compared_with_its_own_last_build(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    other = world.folder / "other"
    for out in (world.folder / "public", other):
        assert world.run("build", "--out", str(out)).returncode == 0
    edit(world, path, "Some text.", "Other text.")
    world.run("build", "--out", str(other))
    assert "Some text." in world.read("pivots/chef-to-nurse/index.html")
    assert ", 1 of them written." in world.run("build").stdout
    assert world.tree() == world.tree("other")


def test_a_folder_that_is_gone_is_forgotten_and_the_others_are_not(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.run("build", "--out", str(world.folder / "other"))
    world.run("build")
    shutil.rmtree(world.folder / "other")
    assert ", 0 of them written." in world.run("build").stdout
    output = world.run("why", "--out", str(world.folder / "other"), ADDRESS).stdout
    assert "The next build makes it again:\n- it was never made" in output


def test_what_no_later_build_can_use_is_forgotten(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    world.run("build")

    def rows() -> dict[str, int]:
        names = ("sources", "facts", "cards", "bodies", "memos", "pages", "roots")
        with sqlite3.connect(world.folder / ".pivotgen" / "ledger.sqlite") as ledger:
            count = "SELECT count(*) FROM"
            return {name: ledger.execute(f"{count} {name}").fetchone()[0] for name in names}

    before = rows()
    for name in ("Waiter", "Clerk", "Baker"):
        other = world.pivot(name, "Nurse")
        edit(world, path, "  - Negotiation", f"  - Negotiation\n  - Advice of a {name}")
        edit(world, "layouts/base.html", "<!doctype html>", f"{{# {name} #}}<!doctype html>")
        assert world.run("build").returncode == 0
        edit(world, path, f"\n  - Advice of a {name}", "")
        (world.folder / other).unlink()
    assert world.run("build").returncode == 0
    assert rows() == before
