"""`lock`: every address that was published keeps answering, and every day is true."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pivotgen.model.address import page_address
from tests.world.edits import edit
from tests.world.site import World

CHEF = "content/pivots/chef-to-nurse.md"
LASTMOD = re.compile(r"<loc>https://[^/]+(/[^<]*)</loc><lastmod>([^<]*)")


def lines(world: World) -> dict[str, list[str]]:
    """The hash and the day of each address in the lock."""
    rows = (world.folder / "pivots.lock").read_text("utf-8").splitlines()
    return {row.split()[0]: row.split()[1:] for row in rows if not row.startswith("#")}


def lock(world: World, *words: str, day: str = "") -> None:
    """Lock the site; `day` then stands in place of today in all lines."""
    result = world.run("lock", *words)
    assert result.returncode == 0, result.stderr
    if day:
        text = (world.folder / "pivots.lock").read_text("utf-8")
        world.write("pivots.lock", text.replace(str(date.today()), day))


def build(world: World) -> None:
    result = world.run("build")
    assert result.returncode == 0, result.stderr


def days(world: World) -> dict[str, str]:
    build(world)
    return dict(LASTMOD.findall(world.read("sitemap.xml")))


@pytest.fixture
def site(world: World) -> World:
    """Three pages, locked on a day of spring."""
    for a, b in (("Chef", "Nurse"), ("Nurse", "Pilot"), ("Baker", "Nurse")):
        world.pivot(a, b)
    lock(world, day="2026-04-01")
    return world


def test_every_page_gets_the_day_of_its_line_and_lists_do_too(site: World) -> None:
    assert set(days(site).values()) == {"2026-04-01"}
    assert "/to/nurse/" in days(site)
    assert '"dateModified":"2026-04-01"' in site.read("pivots/chef-to-nurse/index.html")
    assert '"dateModified":"2026-04-01"' in site.read("to/nurse/index.html")
    assert "2026-04-01" in site.read("feed.xml")


def test_without_a_lock_nothing_is_dated(world: World) -> None:
    world.pivot("Chef", "Nurse")
    assert days(world) == {}
    assert not (world.folder / "public" / "feed.xml").exists()


@pytest.mark.parametrize(
    "text",
    ["Some  text.\n\n\n", "Some\ntext.", "*Some* text.", "**Some text.**"],
)
def test_blanks_and_marks_move_no_day(site: World, text: str) -> None:
    edit(site, CHEF, "Some text.", text)
    assert days(site)["/pivots/chef-to-nurse/"] == "2026-04-01"


def test_a_layout_moves_no_day(site: World) -> None:
    edit(site, "layouts/pivot.html", "{% block main %}", "{% block main %}<p>New</p>")
    assert set(days(site).values()) == {"2026-04-01"}
    assert site.run("lock", "--check").returncode == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Some text.", "Other text."),
        ("Some text.", "[Some text.](https://example.org)"),
        ("Some text.", "Some text.\n\n    code = 1"),
        ("answer: Less", "answer: Much less"),
        ("window: 3–9 months", "window: 3–8 months"),
        ("  - Negotiation", "  - Negotiation\n  - Driving"),
    ],
)
def test_other_words_lose_their_day_until_they_are_locked(site: World, old: str, new: str) -> None:
    edit(site, CHEF, old, new)
    dated = days(site)
    assert "/pivots/chef-to-nurse/" not in dated
    assert dated["/pivots/nurse-to-pilot/"] == "2026-04-01"
    check = site.run("lock", "--check")
    assert check.returncode == 1
    assert "/pivots/chef-to-nurse/: its words are others than on 2026-04-01" in check.stdout
    lock(site)
    assert days(site)["/pivots/chef-to-nurse/"] == str(date.today())
    assert site.run("lock", "--check").returncode == 0


def test_a_minor_change_keeps_its_day(site: World) -> None:
    edit(site, CHEF, "Some text.", "Some text!")
    lock(site, "--minor")
    assert days(site)["/pivots/chef-to-nurse/"] == "2026-04-01"


def test_a_typed_day_counts_before_the_lock(site: World) -> None:
    edit(site, CHEF, "tldr:", "updated: 2026-02-03\ntldr:")
    assert days(site)["/pivots/chef-to-nurse/"] == "2026-02-03"
    assert "warning[older-date]" in site.run("check").stderr


def test_a_page_is_not_changed_before_it_is_published(site: World) -> None:
    edit(site, CHEF, "tldr:", "published: 2026-05-01\ntldr:")
    build(site)
    page = site.read("pivots/chef-to-nurse/index.html")
    assert '"datePublished":"2026-05-01"' in page
    assert "dateModified" not in page


def test_why_and_status_say_where_a_day_comes_from(site: World) -> None:
    build(site)
    assert "Its day, 2026-04-01, comes from pivots.lock." in site.run("why", "/to/nurse/").stdout
    assert "changed on 2026-04-01" in site.run("status").stdout
    edit(site, CHEF, "Some text.", "Other text.")
    why = site.run("why", "/pivots/chef-to-nurse/").stdout
    assert "a day in pivots.lock changed" in why
    assert "pivots.lock gives it no day" in why


# Every historic address answers.


def answer(world: World, address: str) -> str:
    """What a reader of an address gets in the end: "page", or "gone"."""
    for _ in range(2):
        file = world.folder / "public" / address.strip("/") / "index.html"
        if not file.is_file():
            gone = f"{address}: gone"
            redirects = (world.folder / "content/redirects.yaml").read_text("utf-8")
            of = re.sub(r"page/\d+/$", "", address)
            assert gone in redirects or f"{of}: gone" in redirects, address
            return "gone"
        leads = re.search(r'http-equiv="refresh" content="0; url=([^"#]*)', file.read_text("utf-8"))
        if not leads:
            return "page"
        address = page_address(leads[1])
    raise AssertionError(f"a redirect leads to a redirect, {address}")


def rename(world: World) -> None:
    (world.folder / CHEF).rename(world.folder / "content/pivots/cook-to-nurse.md")
    assert world.run("check", "--fix", "--yes").returncode == 0


def delete(world: World) -> None:
    (world.folder / CHEF).unlink()
    gone = ("/pivots/chef-to-nurse/", "/to/chef/", "/from/chef/")
    world.write("content/redirects.yaml", "".join(f"{old}: gone\n" for old in gone))


def merge(world: World) -> None:
    (world.folder / CHEF).unlink()
    rows = "/from/chef/: /from/baker/\n/pivots/chef-to-nurse/: /pivots/baker-to-nurse/\n"
    world.write("content/redirects.yaml", f"{rows}/to/chef/: /to/baker/\n")


def swap(world: World) -> None:
    a, b = (
        world.folder / f"content/pivots/{name}.md" for name in ("chef-to-nurse", "nurse-to-pilot")
    )
    first, second = a.read_bytes(), b.read_bytes()
    a.write_bytes(second)
    b.write_bytes(first)


def shrink(world: World) -> None:
    """All pages of lists but the first go, because a page holds more."""
    edit(world, "build.py", "page_size=1,", "page_size=9,")


def drop_skill(world: World) -> None:
    for file in (world.folder / "content/pivots").iterdir():
        path = file.relative_to(world.folder).as_posix()
        edit(world, path, "  - Negotiation\n", "  - Patience\n")
    world.write("content/redirects.yaml", "/skills/negotiation/: gone\n")


def rename_skill(world: World) -> None:
    assert world.run("rename-skill", "Negotiation", "Bargaining", "--yes").returncode == 0


def rename_role(world: World) -> None:
    assert world.run("rename-role", "Nurse", "Carer", "--yes").returncode == 0


def move_page(world: World) -> None:
    (world.folder / "content/pages/team").mkdir()
    old, new = (world.folder / f"content/pages/{name}.md" for name in ("about", "team/us"))
    text = old.read_text("utf-8").replace("(../pivots", "(../../pivots")
    old.unlink()
    new.write_text(text, "utf-8")
    assert world.run("check", "--fix", "--yes").returncode == 0


CHANGES: list[Callable[[World], None]] = [
    rename,
    delete,
    merge,
    swap,
    shrink,
    drop_skill,
    rename_skill,
    rename_role,
    move_page,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_historic_address_answers_after(
    world: World, change: Callable[[World], None]
) -> None:
    for a, b in (("Chef", "Nurse"), ("Nurse", "Pilot"), ("Baker", "Nurse")):
        world.pivot(a, b)
    head = "---\ntitle: About us\ndescription: Who we are.\n---\n"
    world.write("content/pages/about.md", f"{head}See [it](../pivots/baker-to-nurse.md).\n")
    world.setting("page_size=1")
    lock(world)
    history = set(lines(world))
    change(world)
    build(world)
    answers = {address: answer(world, address) for address in history}
    assert set(answers.values()) <= {"page", "gone"}
    lock(world)
    assert history <= set(lines(world))
    assert world.run("lock", "--check").returncode == 0


def test_all_lost_addresses_are_told_at_once_and_public_stays(site: World) -> None:
    build(site)
    before = site.tree()
    (site.folder / CHEF).unlink()
    result = site.run("build")
    assert result.returncode == 1
    for address in ("/pivots/chef-to-nurse/", "/to/chef/", "/from/chef/"):
        assert f"error[lost-address]: {address} has been published" in result.stderr
    assert site.tree() == before


def test_a_renamed_page_keeps_its_day(site: World) -> None:
    rename(site)
    lock(site)
    assert lines(site)["/pivots/cook-to-nurse/"][1] == "2026-04-01"


def test_two_pages_that_change_places_keep_their_days(site: World) -> None:
    edit(site, CHEF, "Some text.", "Fresh text.")
    lock(site)
    swap(site)
    lock(site)
    assert lines(site)["/pivots/nurse-to-pilot/"][1] == str(date.today())
    assert lines(site)["/pivots/chef-to-nurse/"][1] == "2026-04-01"


# With git.


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_two_branches_that_add_pages_merge_by_themselves(site: World) -> None:
    site.write(".gitignore", "public/\n.pivotgen/\n")
    git(site.folder, "init", "-b", "main")
    lock(site)
    assert (site.folder / ".gitattributes").read_text("utf-8") == "pivots.lock merge=union\n"
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-m", "start")
    for branch, role in (("one", "Clerk"), ("two", "Cutter")):
        git(site.folder, "checkout", "-b", branch, "main")
        site.pivot(role, "Nurse")
        lock(site)
        git(site.folder, "add", "-A")
        git(site.folder, "commit", "-m", branch)
    git(site.folder, "merge", "one", "-m", "both")
    dated = days(site)
    assert dated["/pivots/clerk-to-nurse/"] == dated["/pivots/cutter-to-nurse/"]
    lock(site)
    assert site.run("lock", "--check").returncode == 0


def test_a_shallow_clone_builds_the_bytes_of_a_full_one(site: World, tmp_path: Path) -> None:
    site.write(".gitignore", "public/\n.pivotgen/\n")
    git(site.folder, "init", "-b", "main")
    for number in range(2):
        edit(site, CHEF, "Some text.", f"Some text. Number {number}.")
        lock(site)
        git(site.folder, "add", "-A")
        git(site.folder, "commit", "-m", f"{number}")
        edit(site, CHEF, f"Some text. Number {number}.", "Some text.")
    git(site.folder, "checkout", ".")
    build(site)
    where = tmp_path / "clone"
    git(tmp_path, "clone", "--depth", "1", f"file://{site.folder}", str(where))
    clone = World.__new__(World)
    clone.folder = where
    build(clone)
    assert clone.tree() == site.tree()


def test_conflict_marks_are_taken_out_by_fix(site: World) -> None:
    text = (site.folder / "pivots.lock").read_text("utf-8")
    rows = text.splitlines(keepends=True)
    marks = ["<<<<<<< HEAD\n", rows[1], "=======\n", rows[2], ">>>>>>> her\n"]
    site.write("pivots.lock", "".join([rows[0], *marks, *rows[3:]]))
    assert site.run("check", "--fix", "--yes").returncode == 0
    assert (site.folder / "pivots.lock").read_text("utf-8") == text


def test_readable_addresses_and_odd_line_ends_are_read(site: World) -> None:
    edit(site, CHEF, "from: Chef", "from: 개발자")
    site.write("content/redirects.yaml", "/from/chef/: gone\n/to/chef/: gone\n")
    lock(site)
    assert "/from/개발자/" in lines(site)
    text = (site.folder / "pivots.lock").read_bytes()
    site.write("pivots.lock", text.replace(b"\n", b"\r\n"))
    assert site.run("lock", "--check").returncode == 0


def test_the_program_leaves_attributes_of_others_alone(site: World) -> None:
    (site.folder / ".git").mkdir()
    site.write(".gitattributes", "*.png binary")
    lock(site)
    expected = "*.png binary\npivots.lock merge=union\n"
    assert (site.folder / ".gitattributes").read_text("utf-8") == expected
    site.write(".gitattributes", "/pivots.lock -diff\n")
    lock(site)
    assert (site.folder / ".gitattributes").read_text("utf-8") == "/pivots.lock -diff\n"
