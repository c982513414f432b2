"""Feeds and maps of a site whose names hold what XML and HTML give a meaning."""

from __future__ import annotations

import json
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from tests.world.edits import edit, first, page, with_keys
from tests.world.site import World

# Where it is not escaped, it is read as another address.
TYPED = "https://example.com/r&amp;d"
BASE = "https://example.com/r%26amp%3Bd"
NAME = "Careers & <Moves>"
EDITOR = 'The "R&D" <editors>'
TITLE = "From Chef to R&D <Nurse>: A > B"
DESCRIPTION = "Salt & <pepper> carry over."
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# More than a feed shows, and the day that each pivot was updated: not in the order of slugs.
PIVOTS, SHOWN = 53, 50
DAYS = [date(2026, 1, 1) + timedelta(days=number * 7 % PIVOTS) for number in range(PIVOTS)]


def slug(number: int) -> str:
    return f"chef-{number:02}-to-nurse"


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("dated"))
    edit(world, "build.py", 'name="AICareerPivot",', f"name={NAME!r},")
    edit(world, "build.py", 'base_url="https://aicareerpivot.com",', f"base_url={TYPED!r},")
    edit(world, "build.py", '"The AICareerPivot editors"', repr(EDITOR))
    for number, day in enumerate(DAYS):
        world.pivot(f"Chef {number:02}", "Nurse", with_keys(f"updated: {day}"))
    path = f"content/pivots/{slug(0)}.md"
    edit(world, path, "window:", "aliases: [/old/]\nwindow:")
    edit(world, path, '"From Chef 00 to Nurse: A View"', f'"{TITLE}"')
    edit(
        world,
        path,
        "What carries over from Chef 00 to Nurse, and what does not.",
        f'"{DESCRIPTION}"',
    )
    # The newest, so that the feeds show it.
    edit(world, path, f"updated: {DAYS[0]}", "updated: 2026-06-30")
    world.pivot("Pilot", "Nurse")
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


def newest() -> list[tuple[str, str]]:
    """The address and day of each pivot that the feeds show, in their order."""
    days = {slug(number): str(day) for number, day in enumerate(DAYS)} | {slug(0): "2026-06-30"}
    order = sorted(days, key=lambda name: days[name], reverse=True)
    return [(f"{BASE}/pivots/{name}/", days[name]) for name in order[:SHOWN]]


def text(node: ElementTree.Element, path: str) -> str:
    value = node.findtext(path)
    assert value is not None, path
    return value


def test_the_atom_feed_is_xml_that_says_what_was_written(dated: World) -> None:
    feed = ElementTree.fromstring(dated.read("feed.xml"))
    assert text(feed, f"{ATOM}title") == NAME
    assert text(feed, f"{ATOM}id") == f"{BASE}/"
    assert text(feed, f"{ATOM}author/{ATOM}name") == EDITOR
    assert [item.attrib for item in feed.findall(f"{ATOM}link")] == [
        {"href": f"{BASE}/"},
        {"rel": "self", "href": f"{BASE}/feed.xml"},
    ]
    entry = feed.findall(f"{ATOM}entry")[0]
    assert text(entry, f"{ATOM}title") == TITLE
    assert text(entry, f"{ATOM}summary") == DESCRIPTION
    assert text(entry, f"{ATOM}content") == "<ul><li>One point.</li></ul>"
    assert text(entry, f"{ATOM}id") == f"{BASE}/pivots/{slug(0)}/"
    assert entry.findall(f"{ATOM}link")[0].attrib == {"href": f"{BASE}/pivots/{slug(0)}/"}


def test_the_atom_feed_shows_the_newest_pivots_first_and_no_more_than_fifty(dated: World) -> None:
    feed = ElementTree.fromstring(dated.read("feed.xml"))
    entries = [
        (text(item, f"{ATOM}id"), text(item, f"{ATOM}updated").removesuffix("T00:00:00Z"))
        for item in feed.findall(f"{ATOM}entry")
    ]
    assert entries == newest()


def test_the_atom_feed_is_as_new_as_its_newest_pivot(dated: World) -> None:
    feed = ElementTree.fromstring(dated.read("feed.xml"))
    assert text(feed, f"{ATOM}updated") == "2026-06-30T00:00:00Z"


def test_the_json_feed_shows_the_same_pivots_with_the_same_days(dated: World) -> None:
    feed = json.loads(dated.read("feed.json"))
    assert (feed["title"], feed["home_page_url"]) == (NAME, f"{BASE}/")
    assert feed["feed_url"] == f"{BASE}/feed.json"
    assert feed["authors"] == [{"name": EDITOR, "url": "https://aicareerpivot.com/about/"}]
    items = [
        (item["url"], item["date_modified"].removesuffix("T00:00:00Z")) for item in feed["items"]
    ]
    assert items == newest()
    assert [item["id"] for item in feed["items"]] == [url for url, _ in items]
    newest_item = feed["items"][0]
    assert (newest_item["title"], newest_item["summary"]) == (TITLE, DESCRIPTION)
    assert newest_item["content_text"] == "- One point."


def test_a_pivot_without_a_day_is_in_no_feed(dated: World) -> None:
    assert "pilot-to-nurse" not in dated.read("feed.xml") + dated.read("feed.json")


def test_the_sitemap_is_xml_that_dates_what_has_a_day(dated: World) -> None:
    urls = ElementTree.fromstring(dated.read("sitemap.xml")).findall(f"{MAP}url")
    days = {text(item, f"{MAP}loc"): item.findtext(f"{MAP}lastmod") for item in urls}
    assert len(days) == len(urls)
    assert days[f"{BASE}/pivots/{slug(0)}/"] == "2026-06-30"
    assert days[f"{BASE}/pivots/{slug(1)}/"] == str(DAYS[1])
    assert days[f"{BASE}/pivots/pilot-to-nurse/"] is None
    assert days[f"{BASE}/to/nurse/"] is None
    assert f"{BASE}/skills/negotiation/" in days


def test_the_title_of_a_redirect_is_read_as_it_was_written(dated: World) -> None:
    old = page(dated, "old")
    assert first(old, "title").text() == TITLE
    assert first(old, "a").text() == TITLE
    canonical = first(old, "link[rel=canonical]").attributes["href"]
    assert canonical == f"{BASE}/pivots/{slug(0)}/"


def test_the_text_of_a_page_and_its_head_are_read_as_they_were_written(dated: World) -> None:
    tree = page(dated, f"pivots/{slug(0)}")
    assert first(tree, "h1").text() == TITLE
    assert first(tree, "title").text() == f"{TITLE} · {NAME}"
    for name in ("meta[name=description]", "meta[property='og:description']"):
        assert first(tree, name).attributes["content"] == DESCRIPTION
    assert first(tree, "meta[property='og:title']").attributes["content"] == TITLE


def test_the_list_for_agents_has_a_line_for_every_pivot(dated: World) -> None:
    whole = dated.read("llms.txt").split("\n")
    lines = [line for line in whole if line.startswith("- ") and "/pivots/" in line]
    assert len(lines) == PIVOTS + 1
    # They stand under the role that they lead to, each with its page.
    at = whole.index("## Paths into Nurse")
    assert whole[at + 2] == f"- [Paths into Nurse]({BASE}/to/nurse/)"
    assert whole[at + 3] == lines[0]
    title, description = TITLE.replace("<", r"\<"), DESCRIPTION.replace("<", r"\<")
    assert lines[0] == f"- [{title}]({BASE}/pivots/{slug(0)}/): {description}"
