"""The search over titles, questions, skills and pages."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import pytest

from pivotgen.kinds._search_words import postings, words_in
from tests.world.absent import lacking
from tests.world.accessibility import Axe
from tests.world.finder import SCRIPT
from tests.world.site import PIVOT, ROOT, World
from tests.world.until import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SKIP = "a an the is it to from how do i"
ABOUT = "---\ntitle: How we write\ndescription: What we promise.\n---\nSome text.\n"


class Answer(TypedDict):
    """Kind, text and address of each result; and the addresses of the files."""

    results: list[list[str]]
    files: list[str]


def looked_up(public: Path, *texts: str) -> list[list[list[str]]]:
    """Kind, text and address of what the scripts find in a built site for each text."""
    return [answer["results"] for answer in answers(public, *texts)]


def answers(public: Path, *texts: str) -> list[Answer]:
    """The results of each search, and the files that it loaded."""
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
    found: list[Answer] = json.loads(result.stdout)
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


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A built site with 501 pivots between letters and into a nurse, and one draft."""
    world = World(tmp_path_factory.mktemp("large"))
    names = [f"{first} {second}" for first in ("Lead", "Night") for second in "ABCDEFGHIJKLMNOP"]
    for number, name in enumerate(names):
        for other in names[number + 1 :]:
            world.pivot(name, other)
    assert len(list((world.folder / "content" / "pivots").iterdir())) == 496
    for name in ("Chef", "Pilot", "Baker", "Clerk", "Diver"):
        text = PIVOT.replace("A View", f"The {name} Stays")
        world.pivot(name, "Nurse", text.replace("Is it hard?", f"Is the café of a {name} odd?"))
    world.pivot(
        "Lead A", "Nurse", PIVOT.replace("A View", "Zebra").replace("---", "---\ndraft: true", 1)
    )
    world.write("content/pages/how.md", ABOUT)
    assert world.run("build").returncode == 0
    return world


@pytest.mark.parametrize(
    ("typed", "urls"),
    [
        ("nurse stays diver", ["/pivots/diver-to-nurse/"]),
        ("stasy divre", ["/pivots/diver-to-nurse/"]),
        ("cafe odd pilot", ["/pivots/pilot-to-nurse/#is-the-caf%C3%A9-of-a-pilot-odd"]),
        ("negotiation", ["/skills/negotiation/"]),
        ("how we write", ["/how/"]),
        ("night p lead c", ["/pivots/lead-c-to-night-p/"]),
        ("zebra", []),
        ("chef pilot", []),
        ("…", []),
    ],
)
def test_a_large_site_is_searched_by_any_word(large: World, typed: str, urls: list[str]) -> None:
    [results] = looked_up(large.folder / "public", typed)
    assert [url for _, _, url in results][: max(1, len(urls))] == urls


def test_a_search_of_a_large_site_loads_few_of_its_files(large: World) -> None:
    public = large.folder / "public"
    first = json.loads((public / "find" / "search.json").read_text("utf-8"))
    assert (first["pivots"], first["skills"], first["pages"]) == ([], [], [])
    rare, common = answers(public, "stays diver", "view")
    assert len(rare["results"]) == 1
    assert len(rare["files"]) <= 4
    assert len(common["results"]) == 20
    assert len(common["files"]) <= 8


def test_a_word_that_very_many_pivots_have_is_told_of_the_first(large: World) -> None:
    lists = postings(((number, "common" if number % 2 else "rare odd") for number in range(9)), 3)
    assert lists == {"common": [1, 3, 5, 7], "rare": [0, 2, 4, 6], "odd": [0, 2, 4, 6]}


def test_an_edited_question_of_a_large_site_reaches_what_says_it(large: World) -> None:
    path = large.folder / "content" / "pivots" / "diver-to-nurse.md"
    text = path.read_text("utf-8")
    before = large.tree()
    for old, new in (("Some text.", "Another text."), ("odd?", "even?")):
        edited = path.read_text("utf-8").replace(old, new)
        assert edited != path.read_text("utf-8")
        path.write_text(edited, "utf-8")
        assert large.run("build").returncode == 0
        after = large.tree()
        changed = {name for name, data in after.items() if before.get(name) != data}
        parts = sorted(name for name in changed if name.startswith("find/"))
        pages = sorted(changed - set(parts))
        before = after
        if new == "Another text.":
            assert (pages, parts) == (["pivots/diver-to-nurse/index.html"], [])
    assert pages == ["pivots/diver-to-nurse/index.html", "to/nurse/questions/index.html"]
    assert len([name for name in parts if name.startswith("find/search/")]) == 1
    assert 1 <= len([name for name in parts if name.startswith("find/words/")]) <= 2
    path.write_text(text, "utf-8")
    assert large.run("build").returncode == 0


def test_words_are_the_same_in_both_languages_of_the_program() -> None:
    texts = [
        "Café-Bar's C++ & C#",
        "Straße_naïve İstanbul",
        "ΣΊΣΥΦΟΣ",
        "हिन्दी 日本語ｶﾞ",
        "½ ²x ﬁne",
        "a\u0301b",
    ]
    node = shutil.which("node")
    if not node:
        lacking("node", "on Debian: apt-get install nodejs")
    code = f"import {{ fold }} from {json.dumps(SCRIPT.as_uri())};"
    code += f"const words = {json.dumps(texts)}.map((text) => fold(text).split(' '));"
    code += "console.log(JSON.stringify(words));"
    command = [node, "--input-type=module", "--eval", code]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert [words_in(text) for text in texts] == [set(words) for words in json.loads(result.stdout)]


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
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host + "/find/", wait_until="networkidle")
    assert not any("search" in url for url in asked)
    page.fill("#finder-q", "workaround roadmap")
    # Whoever is quicker than the script is answered by the address.
    until(
        page, "performance.getEntriesByType('resource').some(one => /search.json/.test(one.name))"
    )
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.finder-results a')")
    assert page.url == host + "/find/?q=workaround+roadmap"
    assert page.locator(".finder-examples").count() == 0
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
    browser: Browser, axe: Axe, host: str, scheme: str
) -> None:
    page = browser.new_page(bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light")
    page.goto(host + "/find/?q=judgment")
    until(page, "document.querySelector('.finder-results a')")
    assert axe.breaches(page) == []
    page.close()
