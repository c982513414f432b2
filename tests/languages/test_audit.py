"""A whole site of three languages, audited from its files; and what the audit would see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("fault", PLANTED)
def test_the_audit_sees(site: Files, fault: str) -> None:
    assert audit(PLANTED[fault](site), BASE, CODES)
