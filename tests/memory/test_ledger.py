"""The ledger, the memory of earlier builds: damaged, restored, or gone."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from pivotgen.pipeline import build
from pivotgen.stages.worker_pool import worker_pool
from tests.world.builds import CONFIG, build_here, tree
from tests.world.site import World


@pytest.mark.parametrize("damage", ["text", "cut", "foreign", "future"])
def test_a_bad_ledger_is_replaced_and_the_site_is_right(filled: World, damage: str) -> None:
    filled.run("build")
    right = filled.tree()
    file = filled.folder / ".pivotgen" / "ledger.sqlite"
    if damage == "text":
        file.write_text("not a database, and long enough to be looked at" * 50)
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:5000])
    else:
        with sqlite3.connect(file) as database:
            database.execute("DROP TABLE pages")
            database.execute("PRAGMA user_version = 99" if damage == "future" else "VACUUM")
    filled.write("public/index.html", "altered")
    result = filled.run("build")
    assert result.returncode == 0
    assert result.stderr.count("warning[ledger]") == 1
    assert "Traceback" not in result.stderr
    assert filled.tree() == right
    assert filled.run("build").stderr == ""


def test_bytes_flipped_in_the_ledger_are_told_or_harmless(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.pivot("Nurse", "Chef")
    public = world.folder / "public"
    build_here(world.folder, CONFIG, public)
    right, file = tree(public), world.folder / ".pivotgen" / "ledger.sqlite"
    good, told = file.read_bytes(), 0
    for seed in range(60):
        chance = random.Random(seed)
        data = bytearray(good)
        for _ in range(chance.choice((1, 8, 200))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        problems = build_here(world.folder, CONFIG, public).problems
        assert [problem.code for problem in problems] in ([], ["ledger"]), seed
        assert tree(public) == right, seed
        told += len(problems)
    assert told > 0


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE pages SET output = 'elsewhere.html' WHERE output = 'index.html'",
        "INSERT INTO pages (root, output, plan, kind, source, recipe, digest) SELECT root, "
        "'mine.txt', 0, kind, source, recipe, digest FROM pages WHERE output = 'index.html'",
        "UPDATE pages SET kind = 'pilot' WHERE kind = 'pivot'",
        "UPDATE memos SET value = NULL",
    ],
)
def test_a_value_damaged_in_the_ledger_is_told(filled: World, damage: str) -> None:
    public = filled.folder / "public"
    build_here(filled.folder, CONFIG, public)
    filled.write("public/mine.txt", "mine")
    right = tree(public)
    with sqlite3.connect(filled.folder / ".pivotgen" / "ledger.sqlite") as database:
        database.execute(damage)
    assert [problem.code for problem in build_here(filled.folder, CONFIG, public).problems] == [
        "ledger"
    ]
    assert tree(public) == right


@pytest.mark.parametrize("start_method", ["fork", "forkserver"])
def test_damage_that_a_worker_meets_is_told(filled: World, start_method: str) -> None:
    public, memory = filled.folder / "public", filled.folder / ".pivotgen"
    build_here(filled.folder, CONFIG, public)
    right = tree(public)
    shutil.rmtree(public)
    with sqlite3.connect(memory / "ledger.sqlite") as database:
        database.execute("UPDATE bodies SET value = x'00'")
    with worker_pool(2, start_method) as pool:
        report = build(CONFIG, filled.folder, public, pool)
    assert [problem.code for problem in report.problems] == ["ledger"]
    assert tree(public) == right


def copied(world: World, into: Path, *names: str) -> Path:
    """A fresh checkout, with new times, and what was restored beside it."""
    for name in ("content", "layouts", "assets", *names):
        shutil.copytree(world.folder / name, into / name, copy_function=shutil.copyfile)
    return into


def test_a_site_restored_with_its_memory_makes_nothing(filled: World, tmp_path: Path) -> None:
    build_here(filled.folder, CONFIG, filled.folder / "public")
    site = copied(filled, tmp_path / "fresh", "public", ".pivotgen")
    report = build_here(site, CONFIG, site / "public")
    assert (report.rendered, report.parsed, report.written) == (0, 0, 0)
    assert tree(site / "public") == filled.tree()


def test_memory_restored_without_the_site_makes_the_whole_site(
    filled: World, tmp_path: Path
) -> None:
    build_here(filled.folder, CONFIG, filled.folder / "public")
    site = copied(filled, tmp_path / "fresh", ".pivotgen")
    assert build_here(site, CONFIG, site / "public").parsed == 0
    assert tree(site / "public") == filled.tree()
