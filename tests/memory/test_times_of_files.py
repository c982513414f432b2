"""When the times of a file prove that it holds what was recorded, and when they prove nothing."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from pivotgen.memory.signature import settled
from pivotgen.model.render_context import StagingArea
from pivotgen.stages.write import publish as publish_module
from pivotgen.stages.write import write as write_module
from pivotgen.stages.write.staging import StagedFile
from tests.world.builds import CONFIG, build_here
from tests.world.edits import edit
from tests.world.site import World

SECOND = 1_000_000_000
# A moment that is not on a whole second.
THEN = 1_700_000_000 * SECOND + 123_456_789
# Longer than the ticks of any kernel, and shorter than two whole seconds.
LATER = 500_000_000


def file(written: int, changed: int) -> os.stat_result:
    """What a file system says of a file written and changed at these times."""
    whole = (0o100644, 1, 1, 1, 0, 0, 0, 0, written // SECOND, changed // SECOND)
    return os.stat_result(whole, {"st_mtime_ns": written, "st_ctime_ns": changed})


@pytest.mark.parametrize(
    ("written", "changed", "now", "proved"),
    [
        (THEN, THEN, THEN + LATER, True),
        (THEN, THEN, THEN, False),
        (THEN, THEN, THEN + 1_000_000, False),
        # A file may be given an old time of writing, but not an old time of change.
        (THEN - LATER, THEN, THEN, False),
        (THEN - 3600 * SECOND, THEN, THEN + 1_000_000, False),
        (THEN - 3600 * SECOND, THEN, THEN + LATER, True),
        # Or a time that is still to come.
        (THEN + 3600 * SECOND, THEN, THEN + LATER, False),
    ],
)
def test_a_file_that_was_just_written_or_changed_is_not_proved(
    written: int, changed: int, now: int, proved: bool
) -> None:
    assert settled(file(written, changed), now) is proved


@pytest.mark.parametrize(("after", "proved"), [(LATER, False), (SECOND, False), (3 * SECOND, True)])
def test_times_of_whole_seconds_prove_only_what_is_two_seconds_old(
    after: int, proved: bool
) -> None:
    whole = THEN // SECOND * SECOND
    assert settled(file(whole, whole), whole + after) is proved


def test_one_time_below_the_second_shows_that_the_file_system_keeps_such_times() -> None:
    whole = THEN // SECOND * SECOND
    assert settled(file(whole, THEN), THEN + LATER)
    assert settled(file(whole - SECOND, THEN), THEN + LATER)


def put_off(file: Path) -> None:
    """Give a file a time that is still to come, which proves nothing, whatever the clock says."""
    later = time.time_ns() + 3600 * SECOND
    os.utime(file, ns=(later, later))


def is_trusted(world: World, table: str, column: str, name: str) -> bool:
    """Whether the next build takes the file for unchanged without reading it."""
    query = f"SELECT signature FROM {table} WHERE {column} = ?"
    with sqlite3.connect(world.folder / ".pivotgen" / "ledger.sqlite") as ledger:
        [(signature,)] = ledger.execute(query, (name,)).fetchall()
    return bool(signature)


def test_what_could_change_again_unseen_is_not_trusted_by_the_next_build(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    assert world.run("build").returncode == 0
    for name in (path, "public/robots.txt"):
        put_off(world.folder / name)
    assert ", 0 of them written." in world.run("build").stdout
    assert not is_trusted(world, "sources", "path", path)
    assert not is_trusted(world, "pages", "output", "robots.txt")
    assert is_trusted(world, "pages", "output", "404.html")


def test_a_new_source_that_could_change_again_unseen_is_not_trusted(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    other = world.pivot("Pilot", "Nurse")
    put_off(world.folder / path)
    time.sleep(LATER / SECOND)
    world.run("build")
    assert not is_trusted(world, "sources", "path", path)
    assert is_trusted(world, "sources", "path", other)


def test_a_file_that_was_made_again_and_was_right_is_trusted_only_by_its_times(
    world: World,
) -> None:
    world.pivot("Chef", "Nurse")
    world.run("build")
    put_off(world.folder / "public" / "404.html")
    time.sleep(LATER / SECOND)
    # Every page is made again from this layout, and comes out as it was.
    edit(world, "layouts/base.html", "<!doctype html>", "{# Of 1991. #}<!doctype html>")
    assert ", 0 of them written." in world.run("build").stdout
    assert not is_trusted(world, "pages", "output", "404.html")
    assert is_trusted(world, "pages", "output", "index.html")


def test_a_file_that_somebody_writes_over_while_it_is_published_is_not_taken_for_ours(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.pivot("Chef", "Nurse")
    into = world.folder / "public"

    def publish(
        staged: Iterable[StagedFile], staging: StagingArea, is_planned: Callable[[str], bool]
    ) -> list[str]:
        removed = publish_module.publish(staged, staging, is_planned)
        (into / "robots.txt").write_text("somebody else's")
        # Long enough that its times alone would prove it unchanged from now on.
        time.sleep(LATER / SECOND)
        return removed

    with monkeypatch.context() as patch:
        patch.setattr(write_module, "publish", publish)
        build_here(world.folder, CONFIG, into)
    assert world.read("robots.txt") == "somebody else's"
    build_here(world.folder, CONFIG, into)
    assert "Sitemap:" in world.read("robots.txt")
