"""A language that is taken out again: each of its addresses leads to a page that is there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pivotgen.model.config import Config
from pivotgen.model.problem import Problem
from tests.world.builds import build_here
from tests.world.edits import edit
from tests.world.languages import LANGUAGES, fill
from tests.world.site import World

FRENCH = "content/pivots/chef-to-nurse.fr.md"
OWN_SLUG = "/fr/pivots/de-cuisinier-a-infirmier/"
OLDER = "/fr/pivots/cuisinier/"
WITHOUT_FRENCH: Config = replace(LANGUAGES, languages=("ar",))


@pytest.fixture
def locked(world: World) -> World:
    """A locked site whose French pivot has a slug of its own and had another before."""
    fill(world)
    edit(world, FRENCH, "tldr:", f"slug: de-cuisinier-a-infirmier\naliases: ['{OLDER}']\ntldr:")
    world.setting('languages=("fr", "ar")')
    result = world.run("lock")
    assert result.returncode == 0, result.stderr
    assert {OWN_SLUG, OLDER, "/fr/", "/fr/roles/", "/fr/pivots/nurse-to-pilot/"} <= recorded(world)
    return world


def recorded(world: World) -> set[str]:
    rows = (world.folder / "pivots.lock").read_text("utf-8").splitlines()
    return {row.split()[0] for row in rows if not row.startswith("#")}


def remove_files(world: World) -> None:
    for file in [*world.folder.glob("content/*/*.fr.md"), *world.folder.glob("content/*.fr.yaml")]:
        file.unlink()


def build(world: World, config: Config = WITHOUT_FRENCH) -> list[Problem]:
    return list(build_here(world.folder, config, world.folder / "public").problems)


def leads_to(world: World, address: str) -> str:
    page = world.folder / "public" / address.strip("/") / "index.html"
    found = re.search(
        r'<meta http-equiv="refresh" content="0; url=([^"]*)"', page.read_text("utf-8")
    )
    assert found, f"{address} is a page"
    return found[1].removeprefix(LANGUAGES.base_url)


def test_pages_lead_to_the_same_in_the_own_language_of_the_site(locked: World) -> None:
    remove_files(locked)
    assert build(locked) == []
    for address in ("/", "/roles/", "/pivots/nurse-to-pilot/", "/to/nurse/", "/about/"):
        assert leads_to(locked, f"/fr{address}") == address


def test_pages_with_addresses_of_their_own_lead_to_the_front_page(locked: World) -> None:
    remove_files(locked)
    assert build(locked) == []
    assert leads_to(locked, OWN_SLUG) == leads_to(locked, OLDER) == "/"


def test_what_they_translated_is_offered_while_their_files_are_there(locked: World) -> None:
    (locked.folder / "content/names.fr.yaml").unlink()
    problems = build(locked)
    assert {each.code for each in problems} == {"unknown-language", "lost-address"}
    lost = {each.message.split()[0]: each for each in problems if each.code == "lost-address"}
    assert set(lost) == {OWN_SLUG, OLDER}
    line = f"{OWN_SLUG}: /pivots/chef-to-nurse/"
    assert lost[OWN_SLUG].hint == (
        f"it translated /pivots/chef-to-nurse/: add `{line}` to content/redirects.yaml"
    )
    settings = (locked.folder / "build.py").read_text("utf-8")
    locked.write("build.py", settings.replace('languages=("fr", "ar")', 'languages=("ar",)'))
    locked.run("check", "--fix", "--yes")
    assert line in (locked.folder / "content/redirects.yaml").read_text("utf-8")
    remove_files(locked)
    assert build(locked) == []
    assert leads_to(locked, OWN_SLUG) == leads_to(locked, OLDER) == "/pivots/chef-to-nurse/"


def test_pages_follow_their_source_when_it_moves_or_is_gone_later(locked: World) -> None:
    remove_files(locked)
    edit(locked, "content/pivots/nurse-to-pilot.md", "from:", "slug: to-the-sky\nfrom:")
    (locked.folder / "content/pages/about.md").unlink()
    moves = "/pivots/nurse-to-pilot/: /pivots/to-the-sky/\n/about/: gone\n"
    locked.write("content/redirects.yaml", moves + "/ar/about/: gone\n")
    problems = build(locked)
    # What the other language has lost is still to be told.
    assert {each.message.split()[0] for each in problems} <= {"/ar/pivots/nurse-to-pilot/"}
    assert problems == []
    assert leads_to(locked, "/fr/pivots/nurse-to-pilot/") == "/pivots/to-the-sky/"
    assert not (locked.folder / "public/fr/about").exists()


def test_a_lost_page_of_a_language_that_stays_is_told(locked: World) -> None:
    (locked.folder / FRENCH).unlink()
    problems = build(locked, LANGUAGES)
    assert {each.message.split()[0] for each in problems} == {OWN_SLUG, OLDER}
    assert {each.code for each in problems} == {"lost-address"}
