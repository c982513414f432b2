"""When a pivot was published and when it last changed, as readers, crawlers and feeds see it."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.world.edits import edit, first, page, with_keys
from tests.world.html import article_of
from tests.world.site import World

ATOM = "{http://www.w3.org/2005/Atom}"
FILE = "content/pivots/chef-to-nurse.md"
PAGE = "pivots/chef-to-nurse"
BOTH = ("published: 2025-04-01", "updated: 2026-02-03")


def built(world: World, *keys: str) -> World:
    world.pivot("Chef", "Nurse", with_keys(*keys))
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


@pytest.mark.parametrize(
    ("keys", "days", "line"),
    [
        (
            BOTH,
            ("2025-04-01", "2026-02-03"),
            "First published 1 April 2025. Last updated 3 February 2026",
        ),
        (BOTH[:1], ("2025-04-01", None), "First published 1 April 2025"),
        (BOTH[1:], (None, "2026-02-03"), "Last updated 3 February 2026"),
    ],
)
def test_a_page_says_the_days_that_somebody_wrote_and_no_other(
    world: World, keys: tuple[str, ...], days: tuple[str | None, str | None], line: str
) -> None:
    tree = page(built(world, *keys), PAGE)
    assert (
        first(tree, ".hero .meta").text() == f"{line} by The AICareerPivot editors · 1-minute read"
    )
    article = article_of(tree)
    assert (article.get("datePublished"), article.get("dateModified")) == days


def test_a_page_without_days_says_nothing_of_them(world: World) -> None:
    tree = page(built(world), PAGE)
    assert "published" not in first(tree, "main").text()
    assert not {"datePublished", "dateModified"} & article_of(tree).keys()


@pytest.mark.parametrize(
    ("keys", "atom", "parts"),
    [
        (BOTH, ("2025-04-01", "2026-02-03"), ("2025-04-01", "2026-02-03")),
        # Atom asks for a day of change.
        (BOTH[:1], ("2025-04-01", "2025-04-01"), ("2025-04-01", None)),
        (BOTH[1:], (None, "2026-02-03"), (None, "2026-02-03")),
    ],
)
def test_feeds_and_the_sitemap_say_both_days(
    world: World,
    keys: tuple[str, ...],
    atom: tuple[str | None, str],
    parts: tuple[str | None, str | None],
) -> None:
    built(world, *keys)
    entry = ElementTree.fromstring(world.read("feed.xml")).find(f"{ATOM}entry")
    assert entry is not None
    days = [entry.findtext(f"{ATOM}{name}") for name in ("published", "updated")]
    assert days == [day and f"{day}T00:00:00Z" for day in atom]
    [item] = json.loads(world.read("feed.json"))["items"]
    days = [item.get(f"date_{name}") for name in ("published", "modified")]
    assert days == [day and f"{day}T00:00:00Z" for day in parts]
    assert f"<lastmod>{atom[1]}</lastmod>" in world.read("sitemap.xml")


def test_feeds_are_in_the_order_of_the_last_change(world: World) -> None:
    world.pivot("Baker", "Nurse", with_keys("published: 2026-01-05"))
    world.pivot("Clerk", "Nurse", with_keys("published: 2024-01-01", "updated: 2026-01-09"))
    built(world, "updated: 2026-01-07")
    urls = [item["url"] for item in json.loads(world.read("feed.json"))["items"]]
    names = [url.split("/")[-2].partition("-")[0] for url in urls]
    assert names == ["clerk", "chef", "baker"]


def test_the_first_day_alone_makes_a_feed_and_its_change_reaches_it(world: World) -> None:
    built(world)
    assert not (world.folder / "public/feed.xml").exists()
    edit(world, FILE, "window:", "published: 2026-01-05\nwindow:")
    assert world.run("build").returncode == 0
    assert "<published>2026-01-05T" in world.read("feed.xml")
    edit(world, FILE, "published: 2026-01-05", "published: 2026-01-06")
    assert world.run("build").returncode == 0
    kept = world.tree()
    assert "<published>2026-01-06T" in world.read("feed.xml")
    assert world.run("build", "--clean").returncode == 0
    assert world.tree() == kept


def test_one_day_for_both_is_no_mistake(world: World) -> None:
    built(world, "published: 2026-02-03", "updated: 2026-02-03")


@pytest.mark.parametrize("updated", ["2026-02-02", "2025-12-31"])
def test_a_page_cannot_change_before_it_was_published(world: World, updated: str) -> None:
    world.pivot("Chef", "Nurse", with_keys("published: 2026-02-03", f"updated: {updated}"))
    result = world.run("build")
    assert result.returncode == 1
    assert f"{FILE}:6:12: error[bad-date]: `published` is 2026-02-03" in result.stderr
