"""The table of kinds: complete, and each kind true to what it says of its pages."""

from __future__ import annotations

from dataclasses import fields, make_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pivotgen import kinds
from pivotgen.engines.packing import pack, unpack
from pivotgen.kinds import KINDS, FileKind, PageKind, TwinKind
from pivotgen.memory.fingerprint import digest
from pivotgen.model.address import output_of
from pivotgen.model.facts import facts_of, not_a_fact
from pivotgen.model.header import Written
from pivotgen.model.hosts import HOSTS, PREVIEW
from pivotgen.model.page import PlanInputs, StyleSheet
from pivotgen.model.pivot import Mention, Pivot
from pivotgen.model.redirect import Redirect
from pivotgen.model.window import Window
from pivotgen.stages.plan.plan import plan
from tests.world.parsed import good_pivot, site_of
from tests.world.site import ROOT
from tests.world.texts import GOOD_PAGE, PAGE_PATH

MOVES = [("Chef", "Nurse"), ("Nurse", "Chef"), ("Chef", "Pilot"), ("Baker", "Nurse")]


@pytest.fixture(scope="module")
def inputs() -> PlanInputs:
    files: dict[str, str] = {}
    for origin, target in MOVES:
        files |= good_pivot(origin, target)
    files[PAGE_PATH] = GOOD_PAGE
    return PlanInputs(
        site=site_of(files),
        page_size=2,
        assets={"assets/style.0123456789.css": "assets/style.css"},
        static=["static/CNAME"],
        theme_style=StyleSheet("/assets/theme.0123456789.css", ":root {}"),
        redirects=[Redirect("/old/", "/to/nurse/"), Redirect("/gone/", None)],
        hosts=(*HOSTS, PREVIEW),
        base_url="https://example.com",
        twins=True,
    )


def test_every_file_of_the_folder_is_in_the_table() -> None:
    files = {file.stem for file in Path(kinds.__file__).parent.glob("[!_]*.py")}
    own = [kind for kind in KINDS.values() if not isinstance(kind, TwinKind)]
    assert {kind.name.replace("-", "_") for kind in own} == files
    assert all(name == kind.name for name, kind in KINDS.items())


def test_every_layout_of_a_kind_is_there_and_every_other_one_is_a_part() -> None:
    layouts = {file.name for file in (ROOT / "layouts").glob("*.html")}
    wanted = {kind.layout for kind in KINDS.values() if isinstance(kind, PageKind)}
    assert wanted <= layouts
    assert layouts - wanted == {"base.html", "head.html", "_finder.html", "_parts.html"}


# A site as small as this has none of these.
OF_OTHER_SITES = ("redirect", "search-words")


@pytest.mark.parametrize("name", [name for name in KINDS if name not in OF_OTHER_SITES])
def test_the_entries_of_a_kind_are_the_addresses_of_its_pages(
    inputs: PlanInputs, name: str
) -> None:
    pages = [page for page in plan(inputs) if page.kind == name]
    entries = [output_of(entry.address) for entry in KINDS[name].entries(inputs)]
    assert sorted(page.output for page in pages) == sorted(entries)
    assert pages


def test_no_two_pages_have_one_output(inputs: PlanInputs) -> None:
    outputs = [page.output for page in plan(inputs)]
    assert len(outputs) == len(set(outputs))


def test_recipes_come_back_from_the_ledger_as_they_went_in(inputs: PlanInputs) -> None:
    for page in plan(inputs):
        recipe = KINDS[page.kind].recipe
        assert unpack(recipe, pack(page.recipe)) == page.recipe


def test_pages_of_one_role_are_made_together_and_then_lists_by_their_first_card(
    inputs: PlanInputs,
) -> None:
    showing = [page for page in plan(inputs) if page.recipe.shows]
    roles = [(not page.near, page.near) for page in showing]
    assert roles == sorted(roles)
    firsts = [page.recipe.shows[0] for page in showing if not page.near]
    assert firsts == sorted(firsts)
    assert {page.near for page in showing} == {"", "baker", "chef", "nurse", "pilot"}


def test_a_sitemap_is_made_before_any_page_that_shows_cards(inputs: PlanInputs) -> None:
    pages = list(plan(inputs))
    first = next(number for number, page in enumerate(pages) if page.recipe.shows)
    assert "sitemap" in [page.kind for page in pages[:first]]


def test_the_files_that_search_engines_may_list_are_pages(inputs: PlanInputs) -> None:
    for kind in KINDS.values():
        listed = [entry for entry in kind.entries(inputs) if entry.listed]
        assert not (listed and isinstance(kind, FileKind)), kind.name


def of(kind: Any, **changes: object) -> Any:
    """A pivot, or one of a class like it, with some fields changed."""
    name = Written("Chef", 3, 7)
    mentions = (Mention("other.md", 9, 4),)
    given: dict[str, object] = {
        "path": "content/pivots/a.md",
        "slug": "a",
        "origin": name,
        "target": Written("Nurse", 4, 5),
        "window": Window(3, 9, "month"),
        "skills": (Written("Triage", 8, 5),),
        "published": None,
        "updated": None,
        "author": None,
        "image": None,
        "draft": False,
        "aliases": (),
        "mentions": mentions,
        "anchors": ("main",),
        "place": (1, 1),
    }
    return kind(**given | changes)


def facts_digest(value: object) -> bytes:
    return digest(pack(facts_of(value)))


@pytest.mark.parametrize(
    "changes",
    [
        {"slug": "b"},
        {"origin": Written("Cook", 3, 7)},
        {"window": Window(4, 9, "month")},
        {"skills": (Written("Calm", 8, 5),)},
        {"author": Written("ana", 5, 9)},
        {"draft": True},
        {"mentions": (Mention("another.md", 9, 4),)},
        {"mentions": (Mention("other.md", 9, 4, image=True),)},
        {"anchors": ("main", "more")},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_changed_fact_changes_the_digest(changes: dict[str, object]) -> None:
    assert facts_digest(of(Pivot, **changes)) != facts_digest(of(Pivot))


@pytest.mark.parametrize(
    "changes",
    [
        {"origin": Written("Chef", 30, 1)},
        {"mentions": (Mention("other.md", 90, 1),)},
        {"place": (2, 2)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_changed_place_does_not_change_the_digest(changes: dict[str, object]) -> None:
    assert facts_digest(of(Pivot, **changes)) == facts_digest(of(Pivot))


def test_a_new_field_is_a_fact_by_itself() -> None:
    more = make_dataclass("More", [("region", str)], bases=(Pivot,), frozen=True)
    assert len(fields(more)) == len(fields(Pivot)) + 1
    assert facts_digest(of(more, region="DE")) != facts_digest(of(more, region="AT"))
    apart = make_dataclass("Apart", [("line", int, not_a_fact())], bases=(Pivot,), frozen=True)
    assert facts_digest(of(apart, line=1)) == facts_digest(of(apart, line=2))


def test_a_place_inside_a_new_field_is_no_fact() -> None:
    more = make_dataclass("More", [("region", Written)], bases=(Pivot,), frozen=True)
    first = of(more, region=Written("DE", 1, 1))
    assert facts_digest(first) == facts_digest(replace(first, region=Written("DE", 5, 5)))
    assert facts_digest(first) != facts_digest(replace(first, region=Written("AT", 1, 1)))
