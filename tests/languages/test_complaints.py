"""Twelve complaints that people have about sites of several languages, each with its answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from pivotgen.commands.check import CheckOptions, check
from pivotgen.commands.translate import begin, done
from pivotgen.model.edit import Change
from pivotgen.model.problem import Problem
from tests.world.builds import build_here
from tests.world.languages import LANGUAGES, fill
from tests.world.site import DATED_PIVOT, World

SOURCE = "content/pivots/chef-to-nurse.md"
FRENCH = "content/pivots/chef-to-nurse.fr.md"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return fill(World(tmp_path))


def build(world: World, **settings: object) -> list[Problem]:
    config = replace(LANGUAGES, **settings)  # type: ignore[arg-type]
    return build_here(world.folder, config, world.folder / "public").problems


def page(world: World, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(world.read(path))


def found(world: World, code: str) -> list[Problem]:
    report = check(world.folder, LANGUAGES, CheckOptions())
    return [problem for problem in report.problems if problem.code == code]


def edit(world: World, path: str, change: Callable[[str], str]) -> None:
    world.write(path, change((world.folder / path).read_text()))


def note(world: World, *keys: str) -> None:
    change = done(world.folder, FRENCH, keys)
    assert isinstance(change, Change)
    assert change.new
    world.write(FRENCH, change.new)


def test_1_old_translations_stay_unseen(world: World) -> None:
    note(world)
    assert found(world, "translation-behind") == [
        problem for problem in found(world, "translation-behind") if problem.path != FRENCH
    ]
    edit(world, SOURCE, lambda text: text.replace("Less than **it** looks.", "More than it looks."))
    edit(world, SOURCE, lambda text: text.replace("Some text.", "Some other text."))
    told = [each.message for each in found(world, "translation-behind") if each.path == FRENCH]
    assert told == [
        f"the answer of question 1 changed in {SOURCE} since this was translated",
        f"section 2 changed in {SOURCE} since this was translated",
    ]


def test_2_a_sweep_over_typos_marks_pages_fresh(world: World) -> None:
    note(world)
    edit(world, SOURCE, lambda text: text.replace("Some text.", "Other text."))
    # Whatever else is edited in the translation, it says what it was made from.
    edit(world, FRENCH, lambda text: text.replace("Du texte.", "Du beau texte."))
    [behind] = [each for each in found(world, "translation-behind") if each.path == FRENCH]
    assert behind.message.startswith("section 2 changed")
    note(world, "title")
    assert [each for each in found(world, "translation-behind") if each.path == FRENCH]
    note(world, "sections")
    assert not [each for each in found(world, "translation-behind") if each.path == FRENCH]


def test_3_outdated_pages_are_removed_or_mixed_with_another_language(world: World) -> None:
    note(world)
    edit(world, SOURCE, lambda text: text.replace("Some text.", "Other text."))
    assert build(world) == []
    text = world.read("fr/pivots/chef-to-nurse/index.html")
    assert "Du texte." in text
    assert "Other text." not in text


def test_4_what_nobody_has_translated_is_not_there(world: World) -> None:
    assert build(world) == []
    there = world.tree()
    assert {path for path in there if path.startswith("pivots/")} == {
        path.removeprefix("fr/") for path in there if path.startswith("fr/pivots/")
    }
    note = page(world, "fr/pivots/pilot-to-nurse/index.html").css_first(".untranslated")
    assert note
    assert "pas encore traduite" in note.text()


def test_5_the_same_keys_are_repeated_in_each_language(world: World) -> None:
    edit(world, FRENCH, lambda text: text.replace("tldr:", "window: 3–9 mois\ntldr:", 1))
    [problem] = build(world)
    assert (problem.code, problem.line) == ("inherited-key", 5)
    [change] = problem.edits
    assert (change.line, change.end_line, change.text) == (5, 6, "")
    edit(world, FRENCH, lambda text: text.replace("window: 3–9 mois\n", ""))
    edit(world, SOURCE, lambda text: text.replace("3–9 months", "2–4 months"))
    assert build(world) == []
    assert "2–4\xa0mois" in world.read("fr/pivots/chef-to-nurse/index.html")


def test_6_links_lead_back_to_the_first_language(world: World) -> None:
    link = (
        "\nVoyez [la suite](nurse-to-pilot.md), [nous](../pages/about.md) et [ici](/to/nurse/).\n"
    )
    edit(world, FRENCH, lambda text: f"{text}{link}")
    untranslated = "content/pivots/pilot-to-nurse.md"
    edit(world, untranslated, lambda text: f"{text}\nSee [that](nurse-to-pilot.md).\n")
    assert build(world) == []
    links = [
        each.attributes["href"]
        for each in page(world, "fr/pivots/chef-to-nurse/index.html").css(".prose a")
    ]
    assert links == ["/fr/pivots/nurse-to-pilot/", "/fr/about/", "/fr/to/nurse/"]
    other = page(world, "fr/pivots/pilot-to-nurse/index.html").css_first(".prose a")
    assert other
    assert other.attributes["href"] == "/fr/pivots/nurse-to-pilot/"


def test_7_links_to_a_part_die_with_its_heading(world: World) -> None:
    there = "nurse-to-pilot.md#your-built-in-advantages"
    edit(world, FRENCH, lambda text: f"{text}\nVoyez [cela]({there}).\n")
    edit(world, "content/pivots/pilot-to-nurse.md", lambda text: f"{text}\n[That]({there}).\n")
    assert build(world) == []
    for name in ("chef-to-nurse", "pilot-to-nurse"):
        link = page(world, f"fr/pivots/{name}/index.html").css_first(".prose a")
        assert link
        assert link.attributes["href"] == "/fr/pivots/nurse-to-pilot/#vos-atouts"
    edit(world, FRENCH, lambda text: text.replace("#your-built-in-advantages", "#nowhere"))
    [problem] = build(world)
    assert (problem.path, problem.code) == (FRENCH, "dead-fragment")


def test_8_the_switch_of_languages_leads_to_the_front_page(world: World) -> None:
    assert build(world) == []
    for path in ("to/nurse/", "roles/", "about/", "pivots/pilot-to-nurse/", "skills/negotiation/"):
        links = page(world, f"{path}index.html").css(".languages a")
        assert [link.attributes["href"] for link in links] == [
            f"/{path}",
            f"/fr/{path}",
            f"/ar/{path}",
        ]


def test_9_hreflang_leads_to_nothing_or_leaves_the_page_itself_out(world: World) -> None:
    assert build(world) == []
    links = page(world, "fr/pivots/nurse-to-pilot/index.html").css("link[hreflang]")
    base = LANGUAGES.base_url
    # Nobody has translated it into Arabic.
    assert {link.attributes["hreflang"]: link.attributes["href"] for link in links} == {
        "en": f"{base}/pivots/nurse-to-pilot/",
        "fr": f"{base}/fr/pivots/nurse-to-pilot/",
        "x-default": f"{base}/pivots/nurse-to-pilot/",
    }


def test_10_texts_in_another_language_are_marked_wrongly(world: World) -> None:
    assert build(world) == []
    tree = page(world, "ar/pivots/nurse-to-pilot/index.html")
    for selector in ("h1", ".deck", ".tldr ul", "div.prose", ".faq > div"):
        node = tree.css_first(selector)
        assert node, selector
        assert (node.attributes.get("lang"), node.attributes.get("dir")) == ("en", "ltr"), selector
    heading = tree.css_first("#questions")
    assert heading
    assert "lang" not in heading.attributes


def test_11_days_spans_and_plurals_are_english(world: World) -> None:
    world.pivot("Clerk", "Nurse", DATED_PIVOT.replace("3–9 months", "2 years"))
    assert build(world) == []
    french = world.read("fr/pivots/chef-to-nurse/index.html")
    assert "2 février 2026" in french
    assert "3–9\xa0mois" in french
    arabic = world.read("ar/to/nurse/index.html")
    assert "3 مسارات" in arabic
    assert "سنتان" in arabic
    english = re.compile(r"\d\s(?:months?|years?|weeks?|career pivots?)\b")
    for path, data in world.tree().items():
        if path.startswith(("fr/", "ar/")) and path.endswith(".html"):
            assert not english.search(data.decode()), path


def test_12_names_of_roles_and_skills_are_translated_on_each_page(world: World) -> None:
    assert build(world) == []
    assert "Négociation" in world.read("fr/pivots/pilot-to-nurse/index.html")
    names = "content/names.fr.yaml"
    edit(world, names, lambda text: text.replace("Négociation", "Art de négocier"))
    before = {path for path, data in world.tree().items() if "Négociation".encode() in data}
    report = build_here(world.folder, LANGUAGES, world.folder / "public")
    assert report.problems == []
    # Those that show it are made anew, and no others.
    after = {path for path, data in world.tree().items() if "Art de négocier".encode() in data}
    assert set(report.written_files) == before == after
    assert "fr/about/index.html" not in after
    assert "Art de négocier" in world.read("fr/skills/negotiation/index.html")


def test_a_translation_begins_with_the_source_beside_each_todo(world: World) -> None:
    path = "content/pivots/pilot-to-nurse.md"
    change = begin(LANGUAGES, world.folder, path, "fr")
    assert isinstance(change, Change)
    assert change.new
    text = change.new.decode()
    for line in (
        'title: "TODO From Pilot to Nurse: A View"',
        "draft: true  # delete this line to publish the translation",
        '  - "TODO One *point*."',
        "## TODO Your built-in advantages",
        "TODO Some text.",
    ):
        assert line in text
    world.write(change.path, text)
    assert build(world) == []
    assert "From Pilot" in world.read("fr/pivots/pilot-to-nurse/index.html")
    world.write(change.path, text.replace("TODO ", "").replace("draft: true  # ", "# "))
    assert build(world) == []
    assert not [each for each in found(world, "translation-behind") if each.path == change.path]
