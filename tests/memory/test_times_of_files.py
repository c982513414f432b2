"""When the times of a file prove that it holds what was recorded, and when they prove nothing."""

from __future__ import annotations

import os
import sqlite3
import time

import pytest

from pivotgen.memory.signature import settled
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


def test_what_could_change_again_unseen_is_not_trusted_by_the_next_build(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    assert world.run("build").returncode == 0
    # Whatever the clock says, a time that is still to come proves nothing.
    later = time.time_ns() + 3600 * SECOND
    for name in (path, "public/robots.txt"):
        os.utime(world.folder / name, ns=(later, later))
    assert ", 0 of them written." in world.run("build").stdout
    with sqlite3.connect(world.folder / ".pivotgen" / "ledger.sqlite") as ledger:
        query = "SELECT signature FROM sources WHERE path = ?"
        assert ledger.execute(query, (path,)).fetchall() == [(b"",)]
        query = "SELECT signature FROM pages WHERE output = 'robots.txt'"
        assert ledger.execute(query).fetchall() == [(b"",)]
        query = "SELECT count(*) FROM pages WHERE signature = x'' AND output = '404.html'"
        assert ledger.execute(query).fetchall() == [(0,)]
