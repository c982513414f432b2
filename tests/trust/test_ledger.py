"""A ledger that somebody else made: nothing that it says is believed, and it may do no harm."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pivotgen.engines.packing import pack, unpack
from pivotgen.kinds.asset import AssetRecipe
from pivotgen.memory.fingerprint import digest
from pivotgen.memory.visits import open_visits
from pivotgen.model.answer import Answer
from pivotgen.model.pivot import Body
from pivotgen.pipeline import Options, build
from pivotgen.stages.worker_pool import worker_pool
from tests.world.builds import CONFIG, build_here, clean_build, tree
from tests.world.hostile import STRANGER, change_ledger, listing, unsealed
from tests.world.site import World

Change = Callable[[sqlite3.Connection], object]


@pytest.fixture
def site(tmp_path: Path) -> World:
    """A small site that was built, with a neighbour that no build may touch."""
    (tmp_path / "site").mkdir()
    (tmp_path / "victim.txt").write_text("mine")
    world = World(tmp_path / "site")
    world.pivot("Chef", "Nurse")
    world.pivot("Pilot", "Nurse")
    build_here(world.folder, CONFIG, world.folder / "public")
    return world


def around(site: World) -> dict[str, tuple[object, ...]]:
    """Everything beside what a build may write."""
    folder = site.folder
    return listing(folder.parent, [folder / "public", folder / ".pivotgen"])


def overwrite(path: str) -> Change:
    """A page of the plan that is never made yet, at another path."""

    def change(database: sqlite3.Connection) -> None:
        database.execute(
            "UPDATE pages SET output = ?, common = NULL, digest = NULL WHERE output = 'robots.txt'",
            (path,),
        )

    return change


def delete(path: str) -> Change:
    """A file that was ours and is no longer planned."""

    def change(database: sqlite3.Connection) -> None:
        database.execute(
            "INSERT INTO pages (root, output, plan, kind, source, recipe, digest) "
            "SELECT root, ?, 0, kind, source, recipe, digest FROM pages "
            "WHERE output = 'robots.txt'",
            (path,),
        )

    return change


def read(path: str) -> Change:
    """An asset whose bytes are those of another file, and which must be made again."""

    def change(database: sqlite3.Connection) -> None:
        recipe = unsealed(pack(AssetRecipe(path=path)))
        database.execute(
            "UPDATE pages SET recipe = ?, common = NULL, digest = NULL WHERE source LIKE '%.css'",
            (recipe,),
        )

    return change


def inject(database: sqlite3.Connection) -> None:
    """A script in the text of every pivot, whose sources did not change."""
    rows = database.execute("SELECT id, value FROM bodies").fetchall()
    for number, value in rows:
        changed = pack(replace(unpack(Body, value[16:]), html=EVIL))
        database.execute("UPDATE bodies SET value = ? WHERE id = ?", (unsealed(changed), number))
        database.execute("UPDATE sources SET body = ? WHERE id = ?", (digest(changed), number))


EVIL = "<script>alert(1)</script>"
OF_SOURCES = ("adds a script", "names numbers for paths")
ATTACKS: dict[str, Change] = {
    "overwrites a neighbour": overwrite("../../victim.txt"),
    "overwrites a source": overwrite("../content/pivots/chef-to-nurse.md"),
    "overwrites by a whole path": overwrite("/tmp/pivotgen-victim.txt"),
    "overwrites in a folder of its own": overwrite("a/../../../victim.txt"),
    "deletes a neighbour": delete("../../victim.txt"),
    "deletes a source": delete("../content/pivots/chef-to-nurse.md"),
    "deletes the settings": delete("./../build.py"),
    "reads the environment": read("/proc/self/environ"),
    "reads the settings": read("build.py"),
    "reads a neighbour": read("assets/../../victim.txt"),
    "adds a script": inject,
    "names another kind": lambda database: database.execute("UPDATE pages SET kind = 'pilot'"),
    "names no kind": lambda database: database.execute("UPDATE pages SET kind = NULL"),
    "names numbers for paths": lambda database: database.execute("UPDATE sources SET path = id"),
}


@pytest.mark.parametrize("options", [Options(), Options(clean=True)], ids=["build", "clean"])
@pytest.mark.parametrize("name", ATTACKS)
def test_what_another_key_sealed_is_made_anew_without_a_word(
    site: World, name: str, options: Options
) -> None:
    before, right = around(site), tree(site.folder / "public")
    change_ledger(site.folder / ".pivotgen", ATTACKS[name], key=STRANGER)
    report = build_here(site.folder, CONFIG, site.folder / "public", options)
    assert report.problems == []
    assert around(site) == before
    assert tree(site.folder / "public") == right == clean_build(site.folder, CONFIG)[0]


@pytest.mark.parametrize("options", [Options(), Options(clean=True)], ids=["build", "clean"])
@pytest.mark.parametrize("name", ATTACKS)
def test_what_was_changed_without_a_key_is_told_and_made_anew(
    site: World, name: str, options: Options
) -> None:
    before, right = around(site), tree(site.folder / "public")
    with sqlite3.connect(site.folder / ".pivotgen" / "ledger.sqlite") as database:
        ATTACKS[name](database)
    report = build_here(site.folder, CONFIG, site.folder / "public", options)
    # A clean build reads nothing of what earlier builds parsed.
    is_read = not (options.clean and name in OF_SOURCES)
    assert [problem.code for problem in report.problems] == ["ledger"] * is_read
    assert around(site) == before
    assert tree(site.folder / "public") == right


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("name", ATTACKS)
def test_not_even_the_right_key_lets_a_path_lead_out(site: World, name: str, workers: int) -> None:
    before, public = around(site), site.folder / "public"
    change_ledger(site.folder / ".pivotgen", ATTACKS[name])
    with worker_pool(workers) as pool:
        build(CONFIG, site.folder, public, pool)
    assert around(site) == before
    assert not any(b"PATH=" in data or data == b"mine" for data in tree(public).values())


def test_a_ledger_of_another_site_is_made_anew_without_a_word(site: World, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = World(tmp_path / "other")
    other.pivot("Baker", "Chef")
    config = replace(CONFIG, name="Other", base_url="https://other.example")
    build_here(other.folder, config, other.folder / "public")
    shutil.rmtree(site.folder / ".pivotgen")
    shutil.copytree(other.folder / ".pivotgen", site.folder / ".pivotgen")
    # Its ledger says that this is one of its files.
    site.write("public/pivots/baker-to-chef/index.html", "mine")
    right = tree(site.folder / "public")
    assert build_here(site.folder, CONFIG, site.folder / "public").problems == []
    assert tree(site.folder / "public") == right


def test_a_ledger_goes_on_where_the_site_moves_or_gets_another_name(
    site: World, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    site.folder.rename(moved)
    assert build_here(moved, CONFIG, moved / "public").parsed == 0
    renamed = replace(CONFIG, name="Renamed", base_url="https://renamed.example")
    assert build_here(moved, renamed, moved / "public").parsed == 0


@pytest.mark.parametrize("edit", ["text", "new", "settings"])
def test_an_older_ledger_of_the_same_site_does_no_harm(site: World, edit: str) -> None:
    memory, public = site.folder / ".pivotgen", site.folder / "public"
    shutil.copytree(memory, site.folder.parent / "older")
    config = CONFIG
    if edit == "text":
        path = site.folder / "content" / "pivots" / "chef-to-nurse.md"
        path.write_text(path.read_text().replace("Some text", "Another text"))
    elif edit == "new":
        site.pivot("Baker", "Chef")
    else:
        config = replace(CONFIG, name="Renamed")
    build_here(site.folder, config, public)
    shutil.rmtree(memory)
    shutil.copytree(site.folder.parent / "older", memory)
    assert build_here(site.folder, config, public).problems == []
    assert tree(public) == clean_build(site.folder, config)[0]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE bodies SET value = (SELECT value FROM bodies ORDER BY id DESC)",
        "UPDATE bodies SET value = (SELECT value FROM cards c WHERE c.id = bodies.id)",
        "UPDATE pages SET recipe = (SELECT recipe FROM pages ORDER BY id DESC)",
        "UPDATE memos SET value = (SELECT value FROM memos ORDER BY key DESC)",
        "UPDATE blocks SET seal = (SELECT seal FROM blocks ORDER BY name)",
    ],
)
def test_a_value_does_not_count_in_another_place(site: World, change: str) -> None:
    right = tree(site.folder / "public")
    with sqlite3.connect(site.folder / ".pivotgen" / "ledger.sqlite") as database:
        database.execute(change)
    layout = site.folder / "layouts" / "pivot.html"
    layout.write_text(layout.read_text().replace("{% block main %}", "{% block main %}<p>x</p>"))
    report = build_here(site.folder, CONFIG, site.folder / "public")
    assert [problem.code for problem in report.problems] == ["ledger"]
    assert tree(site.folder / "public").keys() == right.keys()
    assert tree(site.folder / "public") == clean_build(site.folder, CONFIG)[0]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER UPDATE ON roots BEGIN DELETE FROM pages; END",
        "CREATE VIEW v AS SELECT * FROM pages",
        "CREATE TABLE more (value BLOB)",
        "CREATE INDEX i ON pages (output)",
    ],
)
def test_a_ledger_with_other_tables_than_ours_is_made_anew(site: World, statement: str) -> None:
    right = tree(site.folder / "public")
    with sqlite3.connect(site.folder / ".pivotgen" / "ledger.sqlite") as database:
        database.execute(statement)
    report = build_here(site.folder, CONFIG, site.folder / "public")
    assert [problem.code for problem in report.problems] == ["ledger"]
    assert tree(site.folder / "public") == right
    assert build_here(site.folder, CONFIG, site.folder / "public").problems == []


@pytest.mark.parametrize(
    "name",
    ["ledger.sqlite", "ledger.sqlite-journal", "ledger.sqlite-wal", "ledger.sqlite-shm", "clock"],
)
@pytest.mark.parametrize("second_name", [False, True], ids=["link", "second name"])
def test_a_link_in_the_memory_is_not_followed(site: World, name: str, second_name: bool) -> None:
    target, file = site.folder.parent / "victim.txt", site.folder / ".pivotgen" / name
    with sqlite3.connect(target.with_name("victim.sqlite")) as database:
        database.execute("CREATE TABLE mine (value)")
    if name == "ledger.sqlite":
        target = target.with_name("victim.sqlite")
    file.unlink(missing_ok=True)
    if second_name:
        os.link(target, file)
    else:
        file.symlink_to(target)
    before = {path: (entry[0], entry[-1]) for path, entry in around(site).items()}
    assert build_here(site.folder, CONFIG, site.folder / "public").problems == []
    assert {path: (entry[0], entry[-1]) for path, entry in around(site).items()} == before
    assert tree(site.folder / "public") == clean_build(site.folder, CONFIG)[0]


def test_a_journal_that_names_another_one_is_not_played(site: World) -> None:
    """SQLite deletes the file that such a journal names."""
    victim, file = site.folder.parent / "victim.txt", site.folder / ".pivotgen" / "ledger.sqlite"
    name = os.fsencode(victim)
    pages = file.stat().st_size // 4096
    magic = bytes.fromhex("d9d505f920a163d7")
    header = magic + b"".join(n.to_bytes(4) for n in (0, 0, pages, 512, 4096))
    locked = (0x40000000 // 4096 + 1).to_bytes(4)
    total = sum(name) & 0xFFFFFFFF
    another = locked + name + len(name).to_bytes(4) + total.to_bytes(4) + magic
    site.write(".pivotgen/ledger.sqlite-journal", header.ljust(512, b"\0") + another)
    assert build_here(site.folder, CONFIG, site.folder / "public").problems == []
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("place", [".pivotgen", ".pivotgen/.pivotgen-unfinished"])
def test_a_folder_of_the_memory_that_is_a_link_gets_no_file(site: World, place: str) -> None:
    outside = site.folder.parent / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_text("mine")
    if place == ".pivotgen":
        shutil.rmtree(site.folder / ".pivotgen")
    (site.folder / place).symlink_to(outside)
    site.pivot("Baker", "Chef")
    report = build_here(site.folder, CONFIG, site.folder / "public")
    assert [path.name for path in outside.iterdir()] == ["mine.txt"]
    if place == ".pivotgen":
        assert [(problem.path, problem.code) for problem in report.problems] == [
            (".pivotgen", "cannot-write")
        ]
        # A check writes nothing, so it needs no memory.
        assert build_here(site.folder, CONFIG, None).problems == []
    else:
        assert report.problems == []
        assert tree(site.folder / "public") == clean_build(site.folder, CONFIG)[0]


def test_a_memory_of_another_user_is_not_used(site: World, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        os.chown(site.folder / ".pivotgen", 12345, -1)
    else:
        me = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    [problem] = build_here(site.folder, CONFIG, site.folder / "public").problems
    assert (problem.path, problem.code) == (".pivotgen", "cannot-write")
    assert "belongs to another user" in problem.message


def test_answers_of_other_sites_are_not_believed_either(site: World) -> None:
    outside = site.folder.parent / "answers.sqlite"
    with sqlite3.connect(outside) as database:
        database.execute("CREATE TABLE mine (value)")
    before = outside.read_bytes()
    (site.folder / ".pivotgen" / "visits.sqlite").symlink_to(outside)
    assert site.run("check", "--external").returncode == 0
    assert outside.read_bytes() == before


def test_an_answer_that_no_check_got_is_asked_for_again(tmp_path: Path) -> None:
    answer = Answer(200, "", "")
    with open_visits(tmp_path / ".pivotgen") as visits:
        for name in ("kept", "changed"):
            visits.store(f"https://{name}.example", answer, 9e9)
    with sqlite3.connect(tmp_path / ".pivotgen" / "visits.sqlite") as database:
        database.execute("UPDATE visits_2 SET status = 404 WHERE address LIKE '%changed%'")
        database.execute(
            "INSERT INTO visits_2 SELECT 'https://added.example', until, status, fault, moved, "
            "seal FROM visits_2 WHERE address LIKE '%kept%'"
        )
    with open_visits(tmp_path / ".pivotgen") as visits:
        assert visits.recall(0) == {"https://kept.example": answer}
