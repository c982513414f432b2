"""The site that a build makes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from selectolax.lexbor import LexborHTMLParser

from tests.world.html import first
from tests.world.site import ROOT


def pages(public: Path) -> dict[str, LexborHTMLParser]:
    return {
        "/" + file.relative_to(public).as_posix().removesuffix("index.html"): LexborHTMLParser(
            file.read_text("utf-8")
        )
        for file in sorted(public.rglob("*.html"))
    }


def at_home(public: Path) -> dict[str, LexborHTMLParser]:
    """The pages without those that nobody has translated, which are at home at their source."""
    return {url: tree for url, tree in pages(public).items() if not tree.css(".untranslated")}


def test_every_link_and_fragment_resolves(public: Path) -> None:
    trees = pages(public)
    ids = {url: {n.attributes["id"] for n in tree.css("[id]")} for url, tree in trees.items()}
    for url, tree in trees.items():
        for node in tree.css("a[href], link[rel=stylesheet]"):
            target, fragment = urldefrag(node.attributes["href"] or "")
            if "://" in target or target.startswith("mailto:"):
                continue
            # A script answers a question to the finder.
            target = target.partition("?")[0] or url
            assert target in trees or (public / target.lstrip("/")).is_file(), (url, target)
            assert not fragment or unquote(fragment) in ids[target], (url, target, fragment)


def test_only_what_has_a_digest_in_its_name_is_to_be_kept_for_ever(public: Path) -> None:
    rules = (public / "_headers").read_text("utf-8")
    assert rules.startswith("/*\n  Content-Security-Policy: ")
    everywhere, kept = rules.split("\n/assets/*\n")
    assert "Cache-Control" not in everywhere
    first_rule, *others = re.split(r"^/", kept, flags=re.MULTILINE)
    assert first_rule == "  Cache-Control: public, max-age=31536000, immutable\n"
    assert "Cache-Control" not in "".join(others)
    for file in (public / "assets").rglob("*"):
        assert file.is_dir() or re.search(r"\.[0-9a-f]{10}(\.\w+)?$", file.name), file


def test_titles_and_descriptions_are_unique_and_ids_are_not_repeated(public: Path) -> None:
    titles: Counter[str] = Counter()
    descriptions: Counter[str | None] = Counter()
    home = at_home(public)
    for url, tree in pages(public).items():
        if url in home:
            titles[first(tree, "title").text()] += 1
            descriptions[first(tree, "meta[name=description]").attributes["content"]] += 1
        ids = Counter(node.attributes["id"] for node in tree.css("[id]"))
        assert max(ids.values()) == 1, (url, ids.most_common(1))
        assert len(tree.css("h1")) == 1, url
    assert titles.most_common(1)[0][1] == 1
    assert descriptions.most_common(1)[0][1] == 1


def test_structured_questions_equal_the_visible_ones(public: Path) -> None:
    for url, tree in pages(public).items():
        if not url.startswith("/pivots/"):
            continue
        graph = json.loads(first(tree, "script").text())["@graph"]
        [faq] = [node for node in graph if node["@type"] == "FAQPage"]
        visible = " ".join(first(tree, "main").text(separator="").split())
        for question in faq["mainEntity"]:
            assert question["name"] in visible
            assert question["acceptedAnswer"]["text"] in visible


def test_a_first_view_weighs_less_than_twenty_kilobytes(public: Path) -> None:
    import gzip

    style = gzip.compress(next((public / "assets").glob("style.*.css")).read_bytes())
    scripts = {file.name: len(gzip.compress(file.read_bytes())) for file in public.rglob("*.js")}
    for file in public.rglob("*.html"):
        html = file.read_bytes()
        named = sum(size for name, size in scripts.items() if name.encode() in html)
        # The explorer asks for a move as well, which takes the script of the finder.
        most = 23_000 if b'class="finder"' in html else 20_000
        assert len(gzip.compress(html)) + len(style) + named < most, file


def test_crumbs_are_the_same_to_readers_and_in_structured_data(public: Path) -> None:
    seen = 0
    for url, tree in at_home(public).items():
        data = tree.css_first('script[type="application/ld+json"]')
        shown = [node.text() for node in tree.css(".crumbs li")]
        told = [
            [item["name"] for item in node["itemListElement"]]
            for node in (json.loads(data.text())["@graph"] if data else [])
            if node["@type"] == "BreadcrumbList"
        ]
        assert told == ([shown] if shown else []), url
        seen += bool(shown)
    assert seen > 150


def test_a_role_is_told_in_the_same_words_on_every_page_but_its_own(public: Path) -> None:
    told: dict[str, set[str]] = {}
    described: Counter[str] = Counter()
    for tree in pages(public).values():
        data = tree.css_first('script[type="application/ld+json"]')
        for node in json.loads(data.text())["@graph"] if data else []:
            if node["@type"] == "Occupation":
                told.setdefault(node["@id"], set()).add(node["name"])
                described[node["@id"]] += "skills" in node or "description" in node
    assert len(told) >= 24
    assert all(len(names) == 1 for names in told.values())
    home = at_home(public)
    own = {name for name in told if urlsplit(name).path in home}
    assert len(own) >= 24
    assert {described[name] for name in own} == {1}
    assert {described[name] for name in told} <= {0, 1}


def test_every_pivot_is_three_clicks_from_home_and_has_two_links_from_other_pivots(
    public: Path,
) -> None:
    trees = pages(public)
    links = {
        url: {urldefrag(node.attributes["href"] or "")[0] for node in tree.css("a[href]")}
        for url, tree in trees.items()
    }
    clicks, distance = {"/"}, {"/": 0}
    for step in range(1, 4):
        clicks = {to for url in clicks for to in links[url] if to in trees} - set(distance)
        distance |= dict.fromkeys(clicks, step)
    pivots = [url for url in trees if url.startswith("/pivots/")]
    assert len(pivots) >= 48
    assert set(pivots) <= set(distance)
    for url in pivots:
        assert sum(url in links[other] for other in pivots if other != url) >= 2, url


def test_every_role_and_skill_has_its_hub_and_every_role_is_described(public: Path) -> None:
    trees = pages(public)
    pivots = [tree for url, tree in trees.items() if url.startswith("/pivots/")]
    roles = {n.attributes["href"] for tree in pivots for n in tree.css("h1 a, .path a")}
    skills = {n.attributes["href"] for tree in pivots for n in tree.css(".carried a")}
    assert roles <= set(trees)
    assert skills <= set(trees)
    names = {(url or "").split("/")[2] for url in roles}
    assert len(names) >= 24
    assert all((ROOT / "content" / "roles" / f"{name}.md").is_file() for name in names)
    into = sum("-to-product-manager/" in url for url in trees)
    assert into >= 8


def test_most_pairs_of_roles_have_a_route_of_three_moves() -> None:
    files = (ROOT / "content" / "pivots").glob("*.md")
    moves = [tuple(file.stem.split("-to-")) for file in files if "." not in file.stem]
    roles = {role for move in moves for role in move}
    routes = {(a, b) for a, b in moves}
    for _ in range(2):
        routes |= {(a, d) for a, b in routes for c, d in moves if b == c and a != d}
    assert len(routes) > len(roles) * (len(roles) - 1) / 2


def test_the_pages_hold_no_rule_breach() -> None:
    command = [sys.executable, "build.py", "check", "--strict"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert result.returncode == 0, result.stderr


def test_every_link_to_another_pivot_says_why_it_is_there(public: Path) -> None:
    skills = {
        url: {node.text() for node in tree.css(".carried a")} for url, tree in pages(public).items()
    }
    seen = 0
    for url, tree in pages(public).items():
        if url.startswith("/pivots/"):
            for card in tree.css(".rows li"):
                reason = first(card, ".meta").text().partition(" · ")[2]
                assert reason, (url, card.text())
                if named := reason.partition("shared: ")[2]:
                    other = first(card, "a").attributes["href"] or ""
                    assert set(named.split(", ")) <= skills[url] & skills[other]
                    seen += 1
    assert seen > 100
