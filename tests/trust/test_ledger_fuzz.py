"""Random changes of a ledger: none touches a file that is not the build's own, and where no key of
the user sealed them, the site comes out as if there had been no ledger.

`make proof` tries two thousand of them, and `make test` forty.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from pivotgen.engines.packing import pack, unpack
from pivotgen.memory.key import ledger_key
from pivotgen.model.problem import any_errors
from pivotgen.pipeline import Options
from tests.world.builds import CONFIG, Tree, build_here, clean_build, tree
from tests.world.hostile import STRANGER, Listing, listing, seal_ledger, unsealed
from tests.world.site import World
from tests.world.thorough import PROOF

SEEDS = range(2000 if PROOF else 40)
# A part of all seeds is one test, so that several processes can share them.
PARTS = 20

SECRET = "the business of nobody else"
OTHER = "https://other.example"
TABLES = (
    *("sources", "facts", "cards", "bodies", "prose", "memos", "parsed_as", "roots", "pages"),
    *("blocks", "origin", "engine", "whole"),
)
PATHS = (
    *("../../victim.txt", "/etc/hostname", "/proc/self/environ", "../build.py", "", ".", ".."),
    *("a/../../../victim.txt", "x" * 300, "robots.txt", "robots.txt/x", "pivots", "\0", "\ud800"),
    *("assets/../../victim.txt", "content/pivots/chef-to-nurse.md", "static/../build.py", "é\n"),
)
VALUES = (None, 0, -1, 1, 2**63 - 1, -(2**63), 1.5, b"", b"\0" * 16, b"x" * 40, "x", *PATHS[:9])


class Place(NamedTuple):
    """A folder with a built site, another one, and a file that is nobody's business."""

    folder: Path
    # What both sites are as their clean builds make them.
    right: Tree

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def memory(self) -> Path:
        return self.site / ".pivotgen"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("built")
    (folder / "victim.txt").write_text(SECRET)
    for name, roles in (("site", ("Chef", "Nurse", "Pilot")), ("other", ("Baker", "Nurse"))):
        (folder / name).mkdir()
        world = World(folder / name)
        for role in roles[1:]:
            world.pivot(roles[0], role)
        config = CONFIG if name == "site" else replace(CONFIG, name="Other", base_url=OTHER)
        build_here(folder / name, config, folder / name / "public")
    return Place(folder, clean_build(folder / "site", CONFIG)[0])


@pytest.mark.parametrize("part", range(PARTS))
def test_no_change_of_a_ledger_touches_what_is_not_the_builds_own(
    built: Place, tmp_path: Path, part: int
) -> None:
    for seed in SEEDS[part::PARTS]:
        folder = tmp_path / str(seed)
        shutil.copytree(built.folder, folder, symlinks=True)
        try_change(Place(folder, built.right), random.Random(seed), seed)
        shutil.rmtree(folder)


def try_change(place: Place, chance: random.Random, seed: int) -> None:
    """Change the ledger, build, and look at everything around and at the site."""
    change = chance.choice(CHANGES)
    is_ours = change(place, chance)
    public = place.site / "public"
    if chance.random() < 0.3:
        shutil.rmtree(public)
    elif chance.random() < 0.3:
        (public / "index.html").write_text("altered")
    before = around(place)
    report = build_here(place.site, CONFIG, public, Options(clean=chance.random() < 0.2))
    assert around(place) == before, (seed, change.__name__)
    assert not any(SECRET.encode() in data for data in tree(public).values()), seed
    if not is_ours:
        assert {problem.code for problem in report.problems} <= {"ledger"}, (seed, change.__name__)
        assert not any_errors(report.problems), (seed, change.__name__)
        assert tree(public) == place.right, (seed, change.__name__)


def around(place: Place) -> Listing:
    return listing(place.folder, [place.site / "public", place.memory])


def change_bytes(place: Place, chance: random.Random) -> bool:
    """Other bytes in the file, sealed by nobody."""
    file = place.memory / "ledger.sqlite"
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 8, 200))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.2:
        del data[chance.randrange(len(data)) :]
    file.write_bytes(data)
    return False


def change_rows(place: Place, chance: random.Random) -> bool:
    """Other rows, sealed by nobody."""
    with closing(sqlite3.connect(place.memory / "ledger.sqlite")) as database:
        spoil(database, chance)
        database.commit()
    return False


def seal_as_a_stranger(place: Place, chance: random.Random) -> bool:
    """Other rows, all of them sealed with a key that is not the user's."""
    seal_changed(place, chance, STRANGER)
    return False


def seal_as_the_user(place: Place, chance: random.Random) -> bool:
    """Other rows, all of them sealed with the very key of the user."""
    seal_changed(place, chance, ledger_key().key)
    return True


def seal_changed(place: Place, chance: random.Random, key: bytes) -> None:
    with closing(sqlite3.connect(place.memory / "ledger.sqlite")) as database:
        spoil(database, chance)
        # Some rows are such that not even the stranger's program can seal them.
        with suppress(TypeError, ValueError, OverflowError, AttributeError):
            seal_ledger(database, key)
        database.commit()


def restore_of_another_site(place: Place, chance: random.Random) -> bool:
    """The whole folder of memory from another site of the same user, perhaps changed too."""
    shutil.rmtree(place.memory)
    shutil.copytree(place.folder / "other" / ".pivotgen", place.memory)
    if chance.random() < 0.5:
        change_rows(place, chance)
    return False


def mix_with_another_site(place: Place, chance: random.Random) -> bool:
    """Some tables of another site's ledger in the place of ours."""
    other = place.folder / "other" / ".pivotgen" / "ledger.sqlite"
    with closing(sqlite3.connect(place.memory / "ledger.sqlite")) as database:
        database.execute("ATTACH ? AS other", (str(other),))
        for table in chance.sample(TABLES, chance.randint(1, 6)):
            database.execute(f"DELETE FROM {table}")
            database.execute(f"INSERT INTO {table} SELECT * FROM other.{table}")
        database.commit()
    return False


CHANGES: tuple[Callable[[Place, random.Random], bool], ...] = (
    change_bytes,
    change_rows,
    change_rows,
    seal_as_a_stranger,
    seal_as_the_user,
    seal_as_the_user,
    restore_of_another_site,
    mix_with_another_site,
)


def spoil(database: sqlite3.Connection, chance: random.Random) -> None:
    """A few random changes of rows; what SQLite refuses stays as it was."""
    database.create_function("random", 0, lambda: chance.getrandbits(62))
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        # A value that was changed before may be none that can be packed again.
        with suppress(sqlite3.Error, TypeError, ValueError, OverflowError):
            chance.choice(SPOILERS)(database, chance)


def set_value(database: sqlite3.Connection, chance: random.Random) -> None:
    table = chance.choice(TABLES)
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    which = "" if chance.random() < 0.2 else "ORDER BY random() LIMIT 1"
    database.execute(
        f"UPDATE {table} SET {chance.choice(columns)} = ? WHERE rowid IN "
        f"(SELECT rowid FROM {table} {which})",
        (chance.choice(VALUES),),
    )


def set_path(database: sqlite3.Connection, chance: random.Random) -> None:
    table, column = chance.choice((("pages", "output"), ("pages", "source"), ("sources", "path")))
    database.execute(
        f"UPDATE {table} SET {column} = ?, {chance.choice(('id = id', 'digest = NULL'))} "
        f"WHERE id = (SELECT id FROM {table} ORDER BY random() LIMIT 1)",
        (chance.choice(PATHS),),
    )


def add_a_file_that_is_gone(database: sqlite3.Connection, chance: random.Random) -> None:
    database.execute(
        "INSERT INTO pages (root, output, plan, kind, source, recipe, digest) "
        "SELECT root, ?, plan - 1, kind, source, recipe, digest FROM pages LIMIT 1",
        (chance.choice(PATHS),),
    )


def forget_that_it_was_made(database: sqlite3.Connection, chance: random.Random) -> None:
    column = chance.choice(("common", "digest", "signature", "text"))
    database.execute(f"UPDATE pages SET {column} = NULL WHERE random() % 3 = 0")


def pack_another_recipe(database: sqlite3.Connection, chance: random.Random) -> None:
    """What an asset or another page is made from, with paths in it that lead elsewhere."""
    rows = "SELECT id, recipe FROM pages WHERE kind = ? ORDER BY random() LIMIT 1"
    kind = chance.choice(("asset", "pivot", "role", "robots", "sitemap"))
    if row := database.execute(rows, (kind,)).fetchone():
        changed = pack(another(unpack(object, row[1][16:]), chance))
        database.execute(
            "UPDATE pages SET recipe = ?, common = NULL WHERE id = ?", (unsealed(changed), row[0])
        )


def pack_other_facts(database: sqlite3.Connection, chance: random.Random) -> None:
    """Other facts, cards or texts of a source, and a plan that is made anew from them."""
    table = chance.choice(("facts", "cards", "bodies"))
    if row := database.execute(
        f"SELECT id, value FROM {table} ORDER BY random() LIMIT 1"
    ).fetchone():
        changed = pack(another(unpack(object, row[1][16:]), chance))
        database.execute(f"UPDATE {table} SET value = ? WHERE id = ?", (unsealed(changed), row[0]))
        database.execute("UPDATE roots SET planned_from = x''")


def another(value: object, chance: random.Random) -> object:
    """A plain value with some of its parts changed."""
    if isinstance(value, dict):
        return {key: another(part, chance) for key, part in value.items()}
    if isinstance(value, list):
        return [another(part, chance) for part in value]
    if chance.random() < 0.8:
        return value
    if isinstance(value, str):
        return chance.choice([path for path in PATHS if path != "\ud800"])
    if isinstance(value, int):
        return chance.choice((0, -1, 7, 2**40, value + 1))
    return chance.choice((None, "x", 3, b"x", []))


def swap_rows(database: sqlite3.Connection, chance: random.Random) -> None:
    table = chance.choice(("facts", "cards", "bodies", "memos"))
    database.execute(
        f"UPDATE {table} SET value = (SELECT value FROM {table} ORDER BY random() LIMIT 1)"
    )


def delete_rows(database: sqlite3.Connection, chance: random.Random) -> None:
    database.execute(f"DELETE FROM {chance.choice(TABLES)} WHERE random() % 3 = 0")


SPOILERS = (
    set_value,
    set_path,
    add_a_file_that_is_gone,
    forget_that_it_was_made,
    pack_another_recipe,
    pack_other_facts,
    swap_rows,
    delete_rows,
)
