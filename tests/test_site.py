"""The site that a build makes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import fields
from pathlib import Path
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser

from pivotgen.model.view import Card
from tests.conftest import PIVOT, ROOT, World


def pages(public: Path) -> dict[str, LexborHTMLParser]:
    return {
        "/" + file.relative_to(public).as_posix().removesuffix("index.html"): LexborHTMLParser(
            file.read_text("utf-8")
        )
        for file in sorted(public.rglob("*.html"))
    }


def test_every_link_and_fragment_resolves(public: Path) -> None:
    trees = pages(public)
    ids = {url: {n.attributes["id"] for n in tree.css("[id]")} for url, tree in trees.items()}
    for url, tree in trees.items():
        for node in tree.css("a[href], link[rel=stylesheet]"):
            target, fragment = urldefrag(node.attributes["href"] or "")
            if "://" in target or target.startswith("mailto:"):
                continue
            target = target or url
            assert target in trees or (public / target.lstrip("/")).is_file(), (url, target)
            assert not fragment or fragment in ids[target], (url, target, fragment)


def test_only_what_has_a_digest_in_its_name_is_to_be_kept_for_ever(public: Path) -> None:
    rules = (public / "_headers").read_text("utf-8")
    assert rules.startswith("/*\n  Content-Security-Policy: ")
    everywhere, kept = rules.split("\n/assets/*\n")
    assert "Cache-Control" not in everywhere
    assert kept == "  Cache-Control: public, max-age=31536000, immutable\n"
    for file in (public / "assets").rglob("*"):
        assert file.is_dir() or re.search(r"\.[0-9a-f]{10}(\.\w+)?$", file.name), file


def test_titles_and_descriptions_are_unique_and_ids_are_not_repeated(public: Path) -> None:
    titles: Counter[str] = Counter()
    descriptions: Counter[str | None] = Counter()
    for url, tree in pages(public).items():
        titles[tree.css_first("title").text()] += 1
        descriptions[tree.css_first("meta[name=description]").attributes["content"]] += 1
        ids = Counter(node.attributes["id"] for node in tree.css("[id]"))
        assert max(ids.values()) == 1, (url, ids.most_common(1))
        assert len(tree.css("h1")) == 1, url
    assert titles.most_common(1)[0][1] == 1
    assert descriptions.most_common(1)[0][1] == 1


def test_structured_questions_equal_the_visible_ones(public: Path) -> None:
    for url, tree in pages(public).items():
        if not url.startswith("/pivots/"):
            continue
        graph = json.loads(tree.css_first("script").text())["@graph"]
        [faq] = [node for node in graph if node["@type"] == "FAQPage"]
        visible = " ".join(tree.css_first("main").text(separator="").split())
        for question in faq["mainEntity"]:
            assert question["name"] in visible
            assert question["acceptedAnswer"]["text"] in visible


def test_a_first_view_weighs_less_than_twenty_kilobytes(public: Path) -> None:
    import gzip

    style = gzip.compress(next((public / "assets").glob("style.*.css")).read_bytes())
    for file in (public / "pivots").rglob("*.html"):
        assert len(gzip.compress(file.read_bytes())) + len(style) < 20_000, file


def test_two_builds_are_identical_whatever_folder_hash_seed_zone_locale_and_file_order(
    world: World,
) -> None:
    for a, b in (("Chef", "Nurse"), ("Nurse", "Chef"), ("Baker", "Nurse")):
        world.pivot(a, b)
    (world.folder / "elsewhere").mkdir()
    moved = World(world.folder / "elsewhere")
    for path in sorted(world.folder.glob("content/pivots/*.md"), reverse=True):
        moved.write(path.relative_to(world.folder).as_posix(), path.read_bytes())
    for site, seed, zone, locale in (
        (world, "1", "UTC", "C"),
        (moved, "2", "Asia/Tokyo", "tr_TR.UTF-8"),
    ):
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pivotgen",
                "--site",
                site.folder,
                "build",
            ],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
            cwd=ROOT,
            check=True,
            capture_output=True,
            timeout=60,
        )
    assert world.tree() == moved.tree()
    assert len(world.tree()) > 10


def test_a_removed_pivot_leaves_and_a_strangers_file_stays(world: World) -> None:
    gone = world.pivot("Chef", "Nurse")
    world.pivot("Baker", "Nurse")
    world.run("build")
    world.write("public/verification.txt", "theirs")
    (world.folder / gone).unlink()
    assert world.run("build").returncode == 0
    tree = world.tree()
    assert "pivots/chef-to-nurse/index.html" not in tree
    assert tree["verification.txt"] == b"theirs"


def test_a_second_build_writes_nothing(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.run("build")
    assert ", 0 of them written." in world.run("build").stdout


def test_a_failing_build_leaves_the_last_good_site(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    world.run("build")
    before = world.tree()
    world.write(path, "broken")
    assert world.run("build").returncode == 1
    assert world.tree() == before


def test_a_broken_layout_names_its_file_and_line(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("layouts/skill.html", "a\n{{ view.nmae }}\n")
    said = world.run("build")
    assert "layouts/skill.html:2:9: error[layout]" in said.stderr
    assert said.returncode == 1


def test_drafts_stay_out_unless_asked_for(world: World) -> None:
    world.pivot("Baker", "Nurse")
    world.pivot("Chef", "Nurse", PIVOT.replace("from:", "draft: true\nfrom:"))
    world.run("build")
    assert "pivots/chef-to-nurse/index.html" not in world.tree()
    world.run("build", "--drafts")
    assert "noindex" in world.read("pivots/chef-to-nurse/index.html")


def test_text_cannot_end_the_structured_data(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Is it hard?", "</script><i>?"))
    world.run("build")
    tree = LexborHTMLParser(world.read("pivots/chef-to-nurse/index.html"))
    assert json.loads(tree.css_first("script").text())
    assert not tree.css("main i")


def test_every_pivot_gets_two_links_from_pivots_where_its_role_has_three(world: World) -> None:
    names = ("Chef", "Baker", "Clerk", "Guide", "Miner", "Pilot")
    for name in names:
        world.pivot(name, "Nurse")
    world.run("build")
    inbound: Counter[str] = Counter()
    for name in names:
        tree = LexborHTMLParser(world.read(f"pivots/{name.lower()}-to-nurse/index.html"))
        inbound.update({n.attributes["href"] or "" for n in tree.css(".cards a")})
    counts = {count for url, count in inbound.items() if url.startswith("/pivots/")}
    assert counts == {4}


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
    roles = {n.attributes["href"] for tree in pivots for n in tree.css(".path a")}
    skills = {n.attributes["href"] for tree in pivots for n in tree.css("#skills ~ .chips a")}
    assert roles <= set(trees)
    assert skills <= set(trees)
    names = {(url or "").split("/")[2] for url in roles}
    assert len(names) >= 24
    assert all((ROOT / "content" / "roles" / f"{name}.md").is_file() for name in names)
    into = sum("-to-product-manager/" in url for url in trees)
    assert into >= 8


def test_most_pairs_of_roles_have_a_route_of_three_moves() -> None:
    moves = [tuple(file.stem.split("-to-")) for file in (ROOT / "content" / "pivots").glob("*.md")]
    roles = {role for move in moves for role in move}
    routes = {(a, b) for a, b in moves}
    for _ in range(2):
        routes |= {(a, d) for a, b in routes for c, d in moves if b == c and a != d}
    assert len(routes) > len(roles) * (len(roles) - 1) / 2


def test_the_pages_hold_no_rule_breach() -> None:
    command = [sys.executable, "build.py", "check", "--strict"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert result.returncode == 0, result.stderr


def test_a_card_holds_what_neighbours_may_know_and_nothing_of_the_body() -> None:
    names = [field.name for field in fields(Card)]
    assert names == ["url", "title", "description", "window", "origin", "target", "skills"]


def test_editing_a_body_changes_that_page_alone(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    for name in ("Baker", "Clerk", "Guide"):
        world.pivot(name, "Nurse")
    world.run("build")
    before = world.tree()
    world.write(path, (world.folder / path).read_text().replace("Some text.", "Other text."))
    world.run("build")
    changed = {name for name, data in world.tree().items() if before.get(name) != data}
    assert changed == {"pivots/chef-to-nurse/index.html"}


def test_a_site_in_another_language_says_so_from_the_skip_link_on(world: World) -> None:
    world.pivot("Chef", "Nurse")
    text = (world.folder / "build.py").read_text()
    world.write("build.py", text.replace("config = Config(", 'config = Config(language="es",'))
    assert world.run("build").returncode == 0
    page = LexborHTMLParser(world.read("pivots/chef-to-nurse/index.html"))
    assert page.css_first("html").attributes["lang"] == "es"
    assert page.css_first("a.skip").text() == "Saltar al contenido"
    assert "Paths" not in page.css_first("main").text()


def test_a_language_is_read_in_its_own_direction(world: World) -> None:
    world.pivot("Chef", "Nurse")
    english = (ROOT / "layouts" / "phrases" / "en.yaml").read_text()
    world.write("layouts/phrases/ar.yaml", english.replace("direction: ltr", "direction: rtl"))
    text = (world.folder / "build.py").read_text()
    world.write("build.py", text.replace("config = Config(", 'config = Config(language="ar",'))
    assert world.run("build").returncode == 0
    assert '<html lang="ar" dir="rtl">' in world.read("index.html")


def test_words_that_are_missing_or_name_nothing_are_told(world: World) -> None:
    world.pivot("Chef", "Nurse")
    text = (world.folder / "build.py").read_text()
    world.write("build.py", text.replace("config = Config(", 'config = Config(language="es",'))
    words = (world.folder / "layouts" / "phrases" / "es.yaml").read_text()
    broken = words.replace("skip: Saltar al contenido\n", "").replace("Desde {role}", "Desde {rol}")
    world.write("layouts/phrases/es.yaml", broken)
    said = world.run("build")
    assert "layouts/phrases/es.yaml:1:1: error[phrases]: `skip` is missing" in said.stderr
    assert "error[phrases]: `{rol}` stands for nothing in `from_role`" in said.stderr
    world.write("build.py", text.replace("config = Config(", 'config = Config(language="pl",'))
    assert "copy layouts/phrases/en.yaml to layouts/phrases/pl.yaml" in world.run("build").stderr
    assert not (world.folder / "public").exists()


def test_every_link_to_another_pivot_says_why_it_is_there(public: Path) -> None:
    skills = {
        url: {node.text() for node in tree.css("#skills ~ .chips a")}
        for url, tree in pages(public).items()
    }
    seen = 0
    for url, tree in pages(public).items():
        if url.startswith("/pivots/"):
            for card in tree.css(".card"):
                reason = card.css_first(".meta").text().partition(" · ")[2]
                assert reason, (url, card.text())
                if named := reason.partition("also needs: ")[2]:
                    other = card.css_first("a").attributes["href"] or ""
                    both = {skill.lower() for skill in skills[url] & skills[other]}
                    assert set(named.split(", ")) <= both
                    seen += 1
    assert seen > 100
