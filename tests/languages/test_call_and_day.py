"""The call to action and the day of a pivot's page in other languages than the site's own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pivotgen.model.config import Config
from pivotgen.model.pivot import Call
from tests.world.builds import build_here, tree
from tests.world.edits import edit
from tests.world.html import first
from tests.world.language_audit import audit
from tests.world.languages import LANGUAGES, fill
from tests.world.site import World

CALL = Call("Is it what you want?", "Ask what is not said of {to}.", "Take the test", "/about/")
CALLS = {"fr": Call("Est-ce pour vous ?", "Posez les questions qui comptent : {to}.", "Le test")}
WITH_CALLS: Config = replace(LANGUAGES, call=CALL, calls=CALLS)
UNTRANSLATED = "fr/pivots/pilot-to-nurse/index.html"


@pytest.fixture
def site(world: World) -> World:
    return fill(world)


def built(world: World, config: Config) -> World:
    assert build_here(world.folder, config, world.folder / "public").problems == []
    return world


def call(world: World, path: str) -> LexborNode:
    return first(LexborHTMLParser(world.read(path)), "aside.call")


def test_the_call_is_in_the_words_of_the_language_and_leads_to_its_page(site: World) -> None:
    built(site, WITH_CALLS)
    shown = call(site, "fr/pivots/chef-to-nurse/index.html")
    assert first(shown, "p").text() == "Posez les questions qui comptent : Infirmier."
    assert first(shown, "a").attributes["href"] == "/fr/about/"
    assert call(site, "pivots/chef-to-nurse/index.html").attributes["aria-label"] == CALL.heading


def test_a_language_without_words_for_the_call_has_none(site: World) -> None:
    built(site, WITH_CALLS)
    assert 'class="call"' not in site.read("ar/pivots/chef-to-nurse/index.html")


def test_a_call_may_lead_elsewhere_in_another_language(site: World) -> None:
    elsewhere = replace(CALLS["fr"], url="https://fr.example/")
    built(site, replace(WITH_CALLS, calls={"fr": elsewhere}))
    shown = call(site, "fr/pivots/chef-to-nurse/index.html")
    assert first(shown, "a").attributes["href"] == "https://fr.example/"


def test_the_call_is_in_the_language_of_the_page_where_its_text_is_not(site: World) -> None:
    built(site, WITH_CALLS)
    shown = call(site, UNTRANSLATED)
    assert shown.attributes["aria-label"] == CALLS["fr"].heading
    assert "lang" not in shown.attributes


def test_a_call_of_a_text_that_nobody_has_translated_is_in_one_language(site: World) -> None:
    source = "content/pivots/pilot-to-nurse.md"
    edit(site, source, "tldr:", "cta:\n  heading: Would you like the ward?\ntldr:")
    built(site, WITH_CALLS)
    shown = call(site, UNTRANSLATED)
    assert (shown.attributes["lang"], shown.attributes["dir"]) == ("en", "ltr")
    assert first(shown, "h2").text() == "Would you like the ward?"
    assert first(shown, "a").text().startswith("Take the test")
    assert first(shown, "a").attributes["href"] == "/fr/about/"
    assert audit(tree(site.folder / "public"), LANGUAGES.base_url, ("en", "fr", "ar")) == []


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"call": None}, "and there is no call"),
        ({"calls": {"fr": Call("Et vous ?")}}, "for `fr` needs a heading and a label"),
        ({"calls": {"fra": CALLS["fr"]}}, "`fra` in calls is .*; did you mean `fr`?"),
        (
            {"calls": {"fr": Call("Pour {role} ?", "", "Oui")}},
            "`{role}` in calls, `fr`, is unknown",
        ),
    ],
)
def test_words_of_a_call_that_could_not_be_shown_are_refused(
    settings: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        replace(WITH_CALLS, **settings)  # type: ignore[arg-type]


FRENCH = "content/pivots/chef-to-nurse.fr.md"
PAGE = "fr/pivots/chef-to-nurse/index.html"


def test_a_translation_has_its_own_day_and_not_that_of_its_source(site: World) -> None:
    edit(site, FRENCH, "updated: 2026-02-02\n", "")
    built(site, LANGUAGES)
    assert "<time" not in site.read(PAGE)
    assert "<time" in site.read("pivots/chef-to-nurse/index.html")
    site.setting('languages=("fr", "ar")')
    assert site.run("lock").returncode == 0
    lock = (site.folder / "pivots.lock").read_text("utf-8").splitlines()
    [line] = [line for line in lock if line.startswith("/fr/pivots/chef-to-nurse/ ")]
    told = "\n".join(lock).replace(line, line[:-10] + "2026-04-09") + "\n"
    site.write("pivots.lock", told)
    built(site, LANGUAGES)
    assert '<time datetime="2026-04-09">9 avril 2026</time>' in site.read(PAGE)
    assert "2026-04-09" in site.read("fr/feed.xml")
