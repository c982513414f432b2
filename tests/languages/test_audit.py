"""A whole site of three languages, audited from its files; and what the audit would see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pivotgen.model.view import Link
from tests.world.builds import build_here, tree
from tests.world.language_audit import audit
from tests.world.languages import LANGUAGES, fill
from tests.world.site import DATED_PIVOT, World

BASE = LANGUAGES.base_url
CODES = ("en", "fr", "ar")
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Files:
    world = fill(World(tmp_path_factory.mktemp("languages")))
    return built(world)


def built(world: World, **settings: object) -> Files:
    config = replace(LANGUAGES, **settings)  # type: ignore[arg-type]
    report = build_here(world.folder, config, world.folder / "public")
    assert not report.problems
    return tree(world.folder / "public")


def test_nothing_is_wrong_with_a_site_of_three_languages(site: Files) -> None:
    assert audit(site, BASE, CODES) == []
    assert {"fr/index.html", "ar/404.html", "fr/feed.xml", "ar/llms.txt"} <= site.keys()


def test_nothing_is_wrong_where_untranslated_texts_are_left_out(tmp_path: Path) -> None:
    world = fill(World(tmp_path))
    for number in range(5):
        world.pivot(f"Clerk {number}", "Nurse", DATED_PIVOT)
    files = built(world, untranslated={"ar": "none", "fr": "none"})
    assert audit(files, BASE, CODES) == []
    assert "ar/pivots/nurse-to-pilot/index.html" not in files
    assert "fr/pivots/nurse-to-pilot/index.html" in files


def test_nothing_is_wrong_with_long_lists_of_which_half_is_translated(tmp_path: Path) -> None:
    world = fill(World(tmp_path))
    for number in range(9):
        world.pivot(f"Clerk {number}", "Nurse", DATED_PIVOT)
    files = built(world)
    assert audit(files, BASE, CODES) == []
    assert (
        b'rel="canonical" href="https://aicareerpivot.com/to/nurse/page/2/"'
        in (files["fr/to/nurse/page/2/index.html"])
    )


FIELD = "---\nname: Nurse\nfield: Health and care\ndescription: What a Nurse does.\n---\nText.\n"
UNNAMED = {
    "fr": {"Nurse", "Negotiation", "Health and care"},
    "ar": {"Nurse", "Pilot", "Triage", "Health and care"},
}


@pytest.fixture(scope="module")
def partly_named(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """A site with a few names that nobody has translated, and links that have no label."""
    world = fill(World(tmp_path_factory.mktemp("names")))
    two_skills = DATED_PIVOT.replace("  - Negotiation\n", "  - Negotiation\n  - Triage\n")
    long_title = two_skills.replace("A View", "What the One Has and the Other Is")
    for number in range(4):
        world.pivot(f"Clerk {number}", "Nurse", long_title)
        world.pivot(f"Clerk {number}", "Pilot", two_skills)
    world.pivot("Nurse", "Chef", two_skills)
    world.write("content/roles/nurse.md", FIELD)
    world.write(
        "content/names.fr.yaml",
        "roles:\n  chef: Cuisinier\n  pilot: Pilote\nskills:\n  triage: Tri\n",
    )
    world.write("content/names.ar.yaml", "roles:\n  chef: طاهٍ\nskills:\n  negotiation: التفاوض\n")
    footer = Link("What we think of it and why", "/roles/")
    return built(world, footer=(footer,), markdown_twins=True)


def test_every_name_that_nobody_has_translated_is_marked(partly_named: Files) -> None:
    assert audit(partly_named, BASE, CODES, UNNAMED) == []


def test_no_name_is_marked_in_the_own_language_of_the_site(partly_named: Files) -> None:
    own = [
        path for path in partly_named if path.endswith(".html") and path[:3] not in ("fr/", "ar/")
    ]
    assert own
    for path in own:
        body = partly_named[path].partition(b"<footer")[0].partition(b"<body")[2]
        assert b" lang=" not in body, path


def swapped(path: str, old: str, new: str) -> Callable[[Files], Files]:
    def plant(files: Files) -> Files:
        text = files[path].decode()
        assert old in text, (path, old)
        return {**files, path: text.replace(old, new, 1).encode()}

    return plant


HOME = '<link rel="alternate" hreflang="fr" href="https://aicareerpivot.com/fr/">\n'
FRENCH = "fr/pivots/chef-to-nurse/index.html"
FOREIGN = "ar/pivots/nurse-to-pilot/index.html"
PLANTED = {
    "an alternate that does not name the page back": swapped("index.html", HOME, ""),
    "a page that does not name itself": swapped("fr/index.html", HOME, ""),
    "an alternate of no page": swapped("index.html", 'aicareerpivot.com/ar/"', 'a.example/ar/"'),
    "a canonical of no page": swapped(FRENCH, 'canonical" href="', 'canonical" href="x'),
    "a page in another language than its address": swapped(FRENCH, 'lang="fr"', 'lang="en"'),
    "a page that is read the wrong way": swapped("ar/index.html", 'dir="rtl"', 'dir="ltr"'),
    "a text that is not marked": swapped(FOREIGN, '<p class="deck" lang="en"', '<p class="deck"'),
    "a text that is read the wrong way": swapped(FOREIGN, 'lang="en" dir="ltr"', 'lang="en"'),
    "a link out of the language": swapped(FRENCH, 'href="/fr/to/nurse/"', 'href="/to/nurse/"'),
    "a sitemap without a page": swapped(
        "sitemap.xml", "<url><loc>https://aicareerpivot.com/fr/roles/</loc></url>", ""
    ),
    "a sitemap with a page that is at home elsewhere": swapped(
        "sitemap.xml", "/ar/pivots/chef-to-nurse/", "/ar/pivots/nurse-to-pilot/"
    ),
    "a feed with an entry of another language": swapped(
        "fr/feed.xml", "/fr/pivots/chef-to-nurse/", "/pivots/chef-to-nurse/"
    ),
    "a search that leads out of its language": swapped(
        "fr/find/search.json", '"/pivots/chef-to-nurse/"', '"/fr/pivots/chef-to-nurse/"'
    ),
    "a finder with names of another language": swapped("ar/find/moves.json", "ممرض", "Nurse"),
    "data in another language": swapped(FRENCH, '"inLanguage":"fr"', '"inLanguage":"en"'),
    "an alternate on a page that is at home elsewhere": swapped(
        FOREIGN, "</head>", '<link rel="alternate" hreflang="ar" href="/x/"></head>'
    ),
}


MARKED = ' lang="en" dir="ltr"'
UNMARKED = {
    "a link": ("fr/skills/index.html", f"{MARKED}>Negotiation<", ">Negotiation<"),
    "a link that is read the wrong way": (
        "ar/roles/index.html",
        f"{MARKED}>Nurse<",
        ' lang="en">Nurse<',
    ),
    "a heading": ("fr/skills/negotiation/index.html", f'"hero"{MARKED}>', '"hero">'),
    "a crumb": (
        "fr/skills/negotiation/index.html",
        f'aria-current="page"{MARKED}>Negotiation',
        'aria-current="page">Negotiation',
    ),
    "a chip": ("fr/skills/triage/index.html", f"{MARKED}>Nurse<", ">Nurse<"),
    "a skill in the cell of a table": (
        "fr/to/pilot/index.html",
        f"<span{MARKED}>Negotiation",
        "<span>Negotiation",
    ),
    "a role of the small map": ("fr/to/nurse/index.html", f"{MARKED}>Nurse<", ">Nurse<"),
    "a role in two moves": ("ar/from/chef/index.html", f"<strong{MARKED}>", "<strong>"),
    "a role of the map": ("fr/find/map/index.html", ' lang="en">Nurse</text>', ">Nurse</text>"),
    "a field of work": ("fr/index.html", f"{MARKED}>Health and care<", ">Health and care<"),
    "a role at the head of a pivot": (
        "fr/pivots/nurse-to-pilot/index.html",
        f"{MARKED}>Nurse<",
        ">Nurse<",
    ),
    "a title with the names of roles": (
        "ar/pivots/clerk-0-to-nurse/index.html",
        f"<h1{MARKED}>",
        "<h1>",
    ),
    "a place to go from a page that is missing": ("ar/404.html", f"{MARKED}>Nurse<", ">Nurse<"),
    "a link of the settings": ("fr/index.html", f"{MARKED}>What we", ">What we"),
}


@pytest.mark.parametrize("place", UNMARKED)
def test_the_audit_sees_a_name_of_another_language_that_is_not_marked(
    partly_named: Files, place: str
) -> None:
    assert audit(swapped(*UNMARKED[place])(partly_named), BASE, CODES, UNNAMED)


@pytest.mark.parametrize("fault", PLANTED)
def test_the_audit_sees(site: Files, fault: str) -> None:
    assert audit(PLANTED[fault](site), BASE, CODES)
