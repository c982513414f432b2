"""The search over titles, questions, skills and pages."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.world.absent import lacking
from tests.world.finder import SCRIPT
from tests.world.site import PIVOT, ROOT, World
from tests.world.until import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SKIP = "a an the is it to from how do i"
ABOUT = "---\ntitle: How we write\ndescription: What we promise.\n---\nSome text.\n"


def looked_up(public: Path, *texts: str) -> list[list[list[str]]]:
    """Kind, text and address of what the scripts find in a built site for each text."""
    node = shutil.which("node")
    if not node:
        lacking("node", "on Debian: apt-get install nodejs")
    files = {
        f"/{file.relative_to(public).as_posix()}": file.read_text("utf-8")
        for file in (public / "find").rglob("*.json")
    }
    scripts = {"script": SCRIPT.as_uri(), "search": SCRIPT.with_name("search.js").as_uri()}
    result = subprocess.run(
        [node, str(ROOT / "tests" / "finder" / "look.mjs")],
        input=json.dumps({**scripts, "files": files, "texts": texts, "skip": SKIP}),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    found: list[list[list[str]]] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    ("typed", "kind", "url"),
    [
        ("workaround roadmap", "pivot", "/pivots/registered-nurse-to-product-manager/"),
        ("workarond raodmap", "pivot", "/pivots/registered-nurse-to-product-manager/"),
        ("triage", "skill", "/skills/triage/"),
        ("triag", "skill", "/skills/triage/"),
        ("ethical judgement", "skill", "/skills/ethical-judgment/"),
        ("privacy", "page", "/privacy/"),
        ("what this site knows", "page", "/privacy/"),
    ],
)
def test_what_the_real_site_says_is_the_first_result(
    public: Path, typed: str, kind: str, url: str
) -> None:
    [results] = looked_up(public, typed)
    assert (results[0][0], results[0][2]) == (kind, url)


def test_a_question_leads_to_its_place_on_the_page(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Is it hard?", "Do I need a licence?"))
    assert world.run("build").returncode == 0
    [results] = looked_up(world.folder / "public", "do i need a license")
    url = "/pivots/chef-to-nurse/#do-i-need-a-licence"
    assert results == [["question", "Do I need a licence?", url]]
    assert 'id="do-i-need-a-licence"' in world.read("pivots/chef-to-nurse/index.html")


def test_words_count_in_any_order_and_all_of_them_must_be_there(world: World) -> None:
    for name in ("Chef", "Pilot"):
        world.pivot(name, "Nurse")
    world.write("content/pages/how.md", ABOUT)
    assert world.run("build").returncode == 0
    public = world.folder / "public"
    titles = looked_up(public, "nurse chef", "nurse", "chef pilot", "write we", "", "…", "is the")
    urls = [sorted({url.partition("#")[0] for _, _, url in results}) for results in titles]
    both = ["/pivots/chef-to-nurse/", "/pivots/pilot-to-nurse/"]
    assert urls[:6] == [both[:1], both, [], ["/how/"], [], []]


def test_on_a_large_site_the_files_of_the_named_roles_are_searched(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"{first} {second}" for first in ("Lead", "Night") for second in "ABCDEFGHIJKLMNOP"]
    for number, name in enumerate(names):
        for other in names[number + 1 :]:
            world.pivot(name, other)
    assert len(list((world.folder / "content" / "pivots").iterdir())) == 496
    for name in ("Chef", "Pilot", "Baker", "Clerk", "Diver"):
        world.pivot(name, "Nurse", PIVOT.replace("A View", f"The {name} Stays"))
    assert world.run("build").returncode == 0
    public = world.folder / "public"
    first = json.loads((public / "find" / "search.json").read_text("utf-8"))
    assert (first["split"], first["pivots"]) == (True, [])
    results = looked_up(public, "nurse stays diver", "negotiation", "night p lead c")
    urls = [[url for _, _, url in found] for found in results]
    assert urls[0] == ["/pivots/diver-to-nurse/"]
    assert urls[1] == ["/skills/negotiation/"]
    assert urls[2][0] == "/pivots/lead-c-to-night-p/"


def test_an_edited_question_reaches_the_search_and_an_edited_body_does_not(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    assert world.run("build").returncode == 0
    before = (world.folder / "public" / "find" / "search.json").stat().st_mtime_ns
    text = (world.folder / path).read_text("utf-8")
    world.write(path, text.replace("Some text.", "Another text."))
    assert world.run("build").returncode == 0
    assert (world.folder / "public" / "find" / "search.json").stat().st_mtime_ns == before
    world.write(path, text.replace("Is it hard?", "Is it easy?"))
    assert world.run("build").returncode == 0
    assert "Is it easy?" in world.read("find/search.json")


def test_a_reader_searches_and_comes_back_to_the_results(browser: Browser, host: str) -> None:
    page = browser.new_page()
    page.goto(host + "/find/")
    page.fill("#finder-q", "workaround roadmap")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.finder-results a')")
    assert page.url == host + "/find/?q=workaround+roadmap"
    page.locator(".finder-results a").first.click()
    assert page.url == host + "/pivots/registered-nurse-to-product-manager/"
    page.go_back()
    until(page, "document.querySelector('.finder-results a')")
    assert page.input_value("#finder-q") == "workaround roadmap"
    page.fill("#finder-from", "nurse")
    page.fill("#finder-to", "ux designer")
    page.click(".finder button")
    until(page, "document.querySelector('.route')")
    assert page.locator(".finder-results a").count() == 0
    page.go_back()
    until(page, "document.querySelector('.finder-results a')")
    assert page.locator(".route").count() == 0
    page.goto(host + "/find/?q=xyzzy")
    until(page, "document.querySelector('.finder-results h2')")
    assert page.inner_text(".finder-results h2") == "Nothing here says “xyzzy”."
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_among_the_results(
    browser: Browser, axe: str, host: str, scheme: str
) -> None:
    page = browser.new_page(bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light")
    page.goto(host + "/find/?q=judgment")
    until(page, "document.querySelector('.finder-results a')")
    page.evaluate(axe)
    result = page.evaluate("axe.run()")
    assert [(breach["id"], breach["nodes"][0]["html"]) for breach in result["violations"]] == []
    page.close()
