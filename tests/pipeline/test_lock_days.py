"""Days of the lock: only what shows a day is made again when it changes."""

from __future__ import annotations

from datetime import date

from pivotgen.commands.lock import lock_state, new_lines
from pivotgen.model.lock import LOCK, lock_text
from pivotgen.pipeline import Report
from tests.world.builds import CONFIG, build_here, clean_build
from tests.world.edits import edit
from tests.world.site import World

DAYS = "a day in pivots.lock changed"
CHEF = "content/pivots/chef-to-nurse.md"


def build(world: World) -> Report:
    """A build, whose bytes must be those of one that knows of none before."""
    report = build_here(world.folder, CONFIG, world.folder / "public")
    right, problems = clean_build(world.folder, CONFIG)
    assert (world.tree(), tuple(report.problems)) == (right, problems)
    return report


def begin(world: World) -> str:
    """A site of two pages with days in its lock."""
    for a, b in (("Chef", "Nurse"), ("Nurse", "Pilot")):
        world.pivot(a, b)
    lines = new_lines(lock_state(CONFIG, world.folder), date(2026, 4, 1))
    world.write(LOCK, lock_text(lines))
    build(world)
    return (world.folder / LOCK).read_text("utf-8")


def test_a_text_that_loses_its_day_is_made_again_with_what_lists_days(world: World) -> None:
    begin(world)
    edit(world, CHEF, "Some text.", "Other text.")
    report = build(world)
    assert sorted(report.written_files) == [
        "feed.json",
        "feed.xml",
        "pivots/chef-to-nurse/index.html",
        "sitemap.xml",
    ]
    assert report.rendered == report.reasons[DAYS]


def test_an_edited_line_makes_again_what_shows_its_day(world: World) -> None:
    text = begin(world)
    lines = text.splitlines(keepends=True)
    number = next(at for at, line in enumerate(lines) if line.startswith("/to/nurse/"))
    lines[number] = lines[number].replace("2026-04-01", "2026-04-02")
    world.write(LOCK, "".join(lines))
    assert sorted(build(world).written_files) == ["sitemap.xml", "to/nurse/index.html"]


def test_a_lock_that_goes_takes_all_days_with_it_and_one_that_comes_back_brings_them(
    world: World,
) -> None:
    text = begin(world)
    before = world.tree()
    (world.folder / LOCK).unlink()
    build(world)
    assert b"lastmod" not in world.tree()["sitemap.xml"]
    world.write(LOCK, text)
    build(world)
    assert world.tree() == before


def test_lines_in_another_order_or_twice_change_nothing(world: World) -> None:
    text = begin(world)
    world.write(LOCK, "".join(sorted([*text.splitlines(keepends=True)] * 2, reverse=True)))
    assert build(world).written_files == []


def test_feeds_stay_when_no_day_fits(world: World) -> None:
    begin(world)
    for path in (CHEF, "content/pivots/nurse-to-pilot.md"):
        edit(world, path, "Some text.", "Other text.")
    build(world)
    assert b"2026-04-01" in world.tree()["feed.xml"]
    assert b"<entry>" not in world.tree()["feed.xml"]
