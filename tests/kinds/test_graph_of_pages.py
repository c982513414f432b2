"""Structured data: the graph of each kind of page says what the page says, at the right address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.world.edits import configure, first, with_keys
from tests.world.site import World

BASE = "https://aicareerpivot.com"
TITLE = "From Chef to Nurse: A View"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("site"))
    configure(world, "page_size=2")
    two = with_keys("updated: 2026-01-02").replace("  - Negotiation\n", "  - Tact\n  - Triage\n")
    world.pivot("Chef", "Nurse", two)
    for name in ("Pilot", "Miner"):
        world.pivot(name, "Nurse")
    result = world.run("build")
    assert result.returncode == 0, result.stderr
    return world


def graph(world: World, output: str) -> dict[str, list[dict[str, Any]]]:
    """The nodes of a page's graph, by their type."""
    text = first(LexborHTMLParser(world.read(output)), 'script[type="application/ld+json"]').text()
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    nodes: dict[str, list[dict[str, Any]]] = {}
    for node in document["@graph"]:
        nodes.setdefault(node["@type"], []).append(node)
    return nodes


def test_every_node_that_is_referred_to_by_a_page_has_an_address_of_this_site(site: World) -> None:
    for output in ("index.html", "to/nurse/index.html", "pivots/chef-to-nurse/index.html"):
        nodes = [node for group in graph(site, output).values() for node in group]
        names = [node["@id"] for node in nodes if "@id" in node]
        assert len(set(names)) == len(names)
        assert all(name.startswith(f"{BASE}/") for name in names)


def test_a_pivot_is_an_article_about_two_occupations(site: World) -> None:
    nodes = graph(site, "pivots/chef-to-nurse/index.html")
    page = f"{BASE}/pivots/chef-to-nurse/"
    [article] = nodes["Article"]
    assert (article["headline"], article["url"]) == (TITLE, page)
    assert article["dateModified"] == "2026-01-02"
    assert article["author"]["name"] == "The AICareerPivot editors"
    origin, target = nodes["Occupation"]
    assert (origin["name"], target["name"]) == ("Chef", "Nurse")
    assert article["about"] == [{"@id": origin["@id"]}, {"@id": target["@id"]}]
    # A role is told with its skills on its own page alone.
    assert set(origin) == set(target) == {"@type", "@id", "name"}
    [faq] = nodes["FAQPage"]
    [question] = faq["mainEntity"]
    assert question["@id"] == f"{page}#is-it-hard"
    assert question["acceptedAnswer"]["text"] == "Less than it looks."


def test_a_pivot_without_a_day_gives_none(site: World) -> None:
    [article] = graph(site, "pivots/pilot-to-nurse/index.html")["Article"]
    assert "dateModified" not in article


def test_crumbs_lead_from_the_front_page_to_the_page_itself(site: World) -> None:
    [crumbs] = graph(site, "pivots/chef-to-nurse/index.html")["BreadcrumbList"]
    listed = [(item["position"], item["name"], item["item"]) for item in crumbs["itemListElement"]]
    assert listed == [
        (1, "Career pivots", f"{BASE}/"),
        (2, "Paths into Nurse", f"{BASE}/to/nurse/"),
        (3, "From Chef", f"{BASE}/pivots/chef-to-nurse/"),
    ]
    [crumbs] = graph(site, "skills/tact/index.html")["BreadcrumbList"]
    assert [item["name"] for item in crumbs["itemListElement"]] == [
        "Career pivots",
        "Skills",
        "Tact",
    ]
    assert "BreadcrumbList" not in graph(site, "index.html")


@pytest.mark.parametrize("base", ["to/nurse/"])
def test_a_list_names_the_pivots_of_its_own_page_in_their_order(site: World, base: str) -> None:
    names = (("chef", "miner"), ("pilot",))
    for number, shown in enumerate(names, 1):
        folder = base if number == 1 else f"{base}page/{number}/"
        nodes = graph(site, f"{folder}index.html")
        [page], [listed] = nodes["CollectionPage"], nodes["ItemList"]
        assert page["url"] == f"{BASE}/{folder}"
        assert page["mainEntity"] == {"@id": listed["@id"]}
        assert [(item["position"], item["url"]) for item in listed["itemListElement"]] == [
            (at, f"{BASE}/pivots/{name}-to-nurse/") for at, name in enumerate(shown, 1)
        ]


def test_a_role_is_the_same_occupation_on_both_of_its_lists_and_on_pivots(site: World) -> None:
    name = f"{BASE}/to/nurse/#role"
    for output in ("to/nurse/index.html", "to/nurse/page/2/index.html", "from/nurse/index.html"):
        [role] = graph(site, output)["Occupation"]
        assert (role["@id"], role["name"]) == (name, "Nurse")
    assert graph(site, "pivots/chef-to-nurse/index.html")["Occupation"][1]["@id"] == name


def test_what_a_role_is_stands_on_the_first_page_of_the_paths_into_it(site: World) -> None:
    [role] = graph(site, "to/nurse/index.html")["Occupation"]
    assert role["skills"] == "Negotiation, Tact, Triage"
    for output in ("to/nurse/page/2/index.html", "from/nurse/index.html"):
        assert set(graph(site, output)["Occupation"][0]) == {"@type", "@id", "name"}


def test_a_questions_page_lists_links_and_repeats_no_answer(site: World) -> None:
    nodes = graph(site, "to/nurse/questions/index.html")
    assert "FAQPage" not in nodes
    [listed] = nodes["ItemList"]
    assert [(item["name"], item["url"]) for item in listed["itemListElement"]] == [
        ("Is it hard?", f"{BASE}/pivots/{name}-to-nurse/#is-it-hard") for name in ("chef", "miner")
    ]


def test_the_organisation_has_the_sign_of_the_site(site: World) -> None:
    [organisation] = graph(site, "index.html")["Organization"]
    path = organisation["logo"]["url"].removeprefix(f"{BASE}/")
    assert path in site.tree()


def test_the_explorer_lists_every_pivot_of_a_small_site(site: World) -> None:
    [listed] = graph(site, "index.html")["ItemList"]
    assert len(listed["itemListElement"]) == 3


def test_the_page_for_a_missing_address_has_no_graph(site: World) -> None:
    assert "ld+json" not in site.read("404.html")
