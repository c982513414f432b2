"""`why` says what the next build would do and why, and changes nothing of it."""

from __future__ import annotations

import pytest

from pivotgen.commands.why import why
from tests.world.builds import CONFIG, build_here, tree
from tests.world.site import PIVOT, World

PATH = "content/pivots/chef-to-nurse.md"


@pytest.fixture
def built(world: World) -> World:
    old = "aliases: [/old/]\nwindow:"
    world.pivot("Chef", "Nurse", PIVOT.replace("window:", old))
    world.pivot("Pilot", "Nurse")
    build_here(world.folder, CONFIG, world.folder / "public")
    return world


def said(world: World, what: str, *, drafts: bool = False) -> str:
    lines, problems = why(CONFIG, world.folder, what, world.folder / "public", drafts)
    return "\n".join([*lines, *(problem.message for problem in problems)])


def edit(world: World, path: str, old: str, new: str) -> None:
    text = (world.folder / path).read_text("utf-8")
    assert old in text
    world.write(path, text.replace(old, new, 1))


@pytest.mark.parametrize(
    "form",
    [
        "/pivots/chef-to-nurse/",
        "pivots/chef-to-nurse",
        "/pivots/chef-to-nurse/?from=mail#skills",
        "https://aicareerpivot.com/pivots/chef-to-nurse/",
        "public/pivots/chef-to-nurse/index.html",
    ],
)
def test_a_page_is_known_by_every_form_of_its_address(built: World, form: str) -> None:
    answer = said(built, form)
    assert f"/pivots/chef-to-nurse/ is published: pivot, from {PATH}." in answer
    assert "The next build leaves it: nothing that it is made from has changed." in answer
    assert "It was last made because: it was never made." in answer


def test_other_files_of_the_site_are_known(built: World) -> None:
    assert "/ is published: explorer." in said(built, "/")
    assert "/to/nurse/ is published: role." in said(built, "/to/nurse/")
    assert "/sitemap.xml is published: sitemap." in said(built, "sitemap.xml")
    assert "/old/ is published: redirect to /pivots/chef-to-nurse/." in said(built, "/old/")


def test_an_address_that_is_gone_is_known_and_so_is_the_file_that_says_it(built: World) -> None:
    built.write("content/redirects.yaml", "/cooks/: gone\n/nurses/: /to/nurse/\n")
    for form in ("/cooks/", "cooks", "public/cooks/index.html"):
        assert said(built, form).startswith("/cooks/ is gone for good")
    answer = said(built, "content/redirects.yaml")
    assert "published as 1 redirect of pages: /nurses/." in answer
    assert "It says what is gone for good: /cooks/." in answer


def test_each_named_input_that_changed_is_a_reason(built: World) -> None:
    edit(built, PATH, "Some text.", "Some other text.")
    edit(built, PATH, "A View", "Another View")
    edit(built, "layouts/pivot.html", "</", "<!-- new --></")
    page = said(built, "/pivots/chef-to-nurse/")
    assert f"- the text of {PATH} changed" in page
    assert f"- the card of {PATH} changed" in page
    assert "- layouts/pivot.html changed" in page
    hub = said(built, "/to/nurse/")
    assert hub.count("\n- ") == 1
    assert f"- the card of {PATH} changed" in hub
    (built.folder / "public" / "robots.txt").unlink()
    assert "- it is missing" in said(built, "robots.txt")


def test_what_it_says_is_what_the_next_build_does_and_nothing_is_changed(built: World) -> None:
    edit(built, PATH, "Some text.", "Some other text.")
    files = {name: said(built, name) for name in tree(built.folder / "public")}
    told = {name for name, answer in files.items() if "makes it again" in answer}
    before = tree(built.folder)
    before.pop(".pivotgen/clock")
    said(built, "/")
    after = tree(built.folder)
    after.pop(".pivotgen/clock")
    assert after == before
    report = build_here(built.folder, CONFIG, built.folder / "public")
    assert (report.rendered, report.parsed) == (len(told), 1)
    assert told == {"pivots/chef-to-nurse/index.html"}


def test_a_site_that_was_never_built_is_explained_and_stays_unbuilt(world: World) -> None:
    world.pivot("Chef", "Nurse")
    assert "- it was never made" in said(world, "/")
    assert not (world.folder / ".pivotgen").exists()
    assert not (world.folder / "public").exists()


def test_a_pivot_says_where_it_is_published_and_who_shows_its_card(built: World) -> None:
    answer = said(built, PATH)
    assert f"{PATH} is published at /pivots/chef-to-nurse/." in answer
    assert "Redirects lead to it from /old/." in answer
    cards = answer.rpartition(": ")[2].rstrip(".").split(", ")
    assert {"/", "/from/chef/", "/to/nurse/", "/pivots/pilot-to-nurse/"} <= set(cards)


def test_a_draft_and_a_role_that_no_pivot_names_say_why_they_have_no_page(built: World) -> None:
    built.pivot("Chef", "Pilot", PIVOT.replace("window:", "draft: true\nwindow:"))
    built.write("content/roles/judge.md", "---\nname: Judge\ndescription: Judges.\n---\nText.\n")
    path = "content/pivots/chef-to-pilot.md"
    assert f"{path} is not published: it is a draft" in said(built, path)
    assert f"{path} is published at /pivots/chef-to-pilot/" in said(built, path, drafts=True)
    answer = said(built, "content/roles/judge.md")
    assert "is not published: no published pivot names this role" in answer


def test_a_file_that_is_not_read_says_so(built: World) -> None:
    built.write("content/pivots/.hidden.md", "x")
    built.write("content/pivots/notes.txt", "x")
    assert "names with a dot in front" in said(built, "content/pivots/.hidden.md")
    assert "only files that end in .md" in said(built, "content/pivots/notes.txt")


def test_a_file_with_problems_says_them(built: World) -> None:
    built.write("content/misplaced.md", PIVOT)
    answer = said(built, "content/misplaced.md")
    assert "content/misplaced.md is not published: it has problems" in answer
    assert "this file is neither a pivot nor a role" in answer
    assert "A build stops at problems" in said(built, "/")


def test_what_pages_share_names_the_kinds_of_pages_it_is_part_of(built: World) -> None:
    assert "Part of: role (6 files)." in said(built, "layouts/role.html")
    phrases = said(built, "layouts/phrases/en.yaml")
    for kind in ("explorer (1 file)", "pivot (2 files)", "questions (1 file)", "role (6 files)"):
        assert kind in phrases
    assert "robots (1 file)" in said(built, "build.py")
    script = said(built, "assets/explorer.js")
    assert "assets/explorer.js is published at /assets/explorer." in script
    assert "Part of: explorer (1 file)." in script


def test_what_is_not_ours_and_what_will_go_are_told(built: World) -> None:
    built.write("public/mine.txt", "mine")
    assert "public/mine.txt is not ours" in said(built, "mine.txt")
    (built.folder / "content" / "pivots" / "pilot-to-nurse.md").unlink()
    assert "the next build removes it" in said(built, "/pivots/pilot-to-nurse/")


def test_what_is_unknown_is_told_with_the_nearest_name(built: World) -> None:
    result = built.run("why", "/pivots/chef-to-nurs/")
    assert result.returncode == 2
    assert "did you mean `/pivots/chef-to-nurse/`?" in result.stderr
    result = built.run("why", "https://example.org/")
    assert result.returncode == 2
    assert "is not an address of this site" in result.stderr
    assert built.run("why", "/").stdout.startswith("/ is published: explorer.\n")


def test_a_ledger_that_cannot_be_read_is_told_and_left_alone(built: World) -> None:
    built.write(".pivotgen/ledger.sqlite", b"not a database" * 500)
    before = (built.folder / ".pivotgen" / "ledger.sqlite").read_bytes()
    assert "the memory of earlier builds cannot be read" in said(built, "/")
    assert (built.folder / ".pivotgen" / "ledger.sqlite").read_bytes() == before
