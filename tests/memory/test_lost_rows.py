"""Rows that are missing from the ledger: what they were about is made again."""

from __future__ import annotations

import sqlite3

import pytest

from tests.world.edits import with_keys
from tests.world.site import World


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("built"))
    world.pivot("Chef", "Nurse", with_keys("updated: 2026-01-01"))
    world.pivot("Pilot", "Nurse")
    assert world.run("build").returncode == 0
    return world


@pytest.mark.parametrize("output", ["index.html", "pivots/chef-to-nurse/index.html", "robots.txt"])
def test_a_lost_row_of_the_plan_is_told_and_the_file_is_made(built: World, output: str) -> None:
    right = built.tree()
    with sqlite3.connect(built.folder / ".pivotgen" / "ledger.sqlite") as ledger:
        assert ledger.execute("DELETE FROM pages WHERE output = ?", (output,)).rowcount == 1
    (built.folder / "public" / output).unlink()
    result = built.run("build")
    assert result.returncode == 0
    assert result.stderr.count("warning[ledger]") == 1
    assert built.tree() == right
    assert built.run("build").stderr == ""


@pytest.mark.parametrize(
    "table", ["sources", "memos", "roots", "engine", "facts", "cards", "bodies", "prose"]
)
def test_a_table_without_rows_leaves_no_page_wrong(built: World, table: str) -> None:
    assert built.run("check").returncode == 0
    right = built.tree()
    with sqlite3.connect(built.folder / ".pivotgen" / "ledger.sqlite") as ledger:
        assert ledger.execute(f"DELETE FROM {table}").rowcount > 0
        # The plan is made again, so that everything is asked for.
        ledger.execute("UPDATE roots SET planned_from = NULL")
    built.write("public/pivots/chef-to-nurse/index.html", "altered")
    result = built.run("build")
    assert result.returncode == 0, result.stderr
    assert built.tree() == right
    assert built.run("check").returncode == 0
