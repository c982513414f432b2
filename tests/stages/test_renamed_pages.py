"""A page that was renamed or moved: all that follows from it is told at once, and fixed at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.world.edits import configure, edit, links, page, with_keys
from tests.world.site import ROLE, World

CHEF = "content/pivots/chef-to-nurse.md"
BAKER = "content/pivots/baker-to-nurse.md"
COOK = "content/pivots/cook-to-nurse.md"
ABOUT = "---\ntitle: About us\ndescription: Who we are.\n---\nWe write.\n"
LOST = "error[lost-address]: /pivots/chef-to-nurse/ has been published, and nothing answers"
MOVED = "error[dead-link]: /pivots/chef-to-nurse/ has moved to /pivots/cook-to-nurse/\n"


@pytest.fixture
def site(world: World) -> World:
    for a, b in (("Chef", "Nurse"), ("Baker", "Nurse"), ("Nurse", "Pilot")):
        world.pivot(a, b)
    return world


def lock(world: World) -> None:
    result = world.run("lock")
    assert result.returncode == 0, result.stderr


def move(world: World, old: str, new: str) -> None:
    target: Path = world.folder / new
    target.parent.mkdir(exist_ok=True)
    (world.folder / old).rename(target)


def fixed(world: World) -> None:
    """Fix the site in one go; then it builds."""
    result = world.run("check", "--fix", "--yes")
    assert result.returncode == 0, result.stderr
    result = world.run("build")
    assert result.returncode == 0, result.stderr


def text_of(world: World, path: str) -> str:
    return (world.folder / path).read_text("utf-8")


def test_a_lost_address_is_told_beside_the_links_that_are_dead(site: World) -> None:
    edit(site, BAKER, "Some text.", "See [a](chef-to-nurse.md) and [b](/pivots/chef-to-nurse/).")
    lock(site)
    move(site, CHEF, COOK)
    stderr = site.run("build").stderr
    assert LOST in stderr
    assert f"its words are at /pivots/cook-to-nurse/ now: add it to `aliases` of {COOK}" in stderr
    assert stderr.count(MOVED) == 2
    assert "hint: write `cook-to-nurse.md`" in stderr
    assert "hint: write `/pivots/cook-to-nurse/`" in stderr
    assert stderr.count(": error[") == 3
    fixed(site)
    assert "See [a](cook-to-nurse.md) and [b](/pivots/cook-to-nurse/)." in text_of(site, BAKER)
    assert links(page(site, "pivots/chef-to-nurse"), "a") == ["/pivots/cook-to-nurse/"]


@pytest.mark.parametrize(
    ("link", "after"),
    [
        ("[a](chef-to-nurse.md#your-built-in-advantages)", "cook-to-nurse.md#your-built-in"),
        ("[a](../pivots/chef-to-nurse.md)", "[a](cook-to-nurse.md)"),
        ("[a](</pivots/chef-to-nurse>)", "[a](</pivots/cook-to-nurse/>)"),
        ("[a][1] and `chef-to-nurse.md`\n\n[1]: chef-to-nurse.md", "[1]: cook-to-nurse.md"),
        ('[a](/pivots/chef-to-nurse/ "The chef")', '[a](/pivots/cook-to-nurse/ "The chef")'),
        ("[a](%63hef-to-nurse.md)", None),
    ],
)
def test_every_form_of_a_link_is_fixed_or_left_to_its_author(
    site: World, link: str, after: str | None
) -> None:
    edit(site, BAKER, "Some text.", f"Words, {link}")
    lock(site)
    move(site, CHEF, COOK)
    result = site.run("check", "--fix", "--yes")
    text = text_of(site, BAKER)
    if after is None:
        assert MOVED in result.stderr
        assert f"Words, {link}" in text
    else:
        assert result.returncode == 0, result.stderr
        assert after in text
        assert text.count("`chef-to-nurse.md`") == link.count("`chef-to-nurse.md`")


def test_links_in_a_header_are_fixed_too(site: World) -> None:
    text = text_of(site, BAKER)
    site.write(BAKER, re.sub("answer: .*", "answer: Less, see [it](chef-to-nurse.md).", text))
    lock(site)
    move(site, CHEF, COOK)
    fixed(site)
    assert "Less, see [it](cook-to-nurse.md)." in text_of(site, BAKER)


def test_a_page_of_the_sites_own_takes_all_its_links_along(site: World) -> None:
    site.write("content/pages/about.md", ABOUT)
    role = ROLE.replace("{name}", "Nurse")
    site.write("content/roles/nurse.md", f"{role}\nBy [us](../pages/about.md).\n")
    site.write("layouts/head.html", '<link rel="author" href="/about/">\n')
    lock(site)
    move(site, "content/pages/about.md", "content/pages/team/wir-über-uns.md")
    stderr = site.run("build").stderr
    assert stderr.count("/about/ has moved to /team/wir-über-uns/\n") == 2
    assert "error[lost-address]: /about/ has been published" in stderr
    fixed(site)
    assert "By [us](../pages/team/wir-über-uns.md)." in text_of(site, "content/roles/nurse.md")
    assert 'href="/team/wir-über-uns/"' in text_of(site, "layouts/head.html")


def test_a_link_of_the_settings_is_left_to_their_author(site: World) -> None:
    site.write("content/pages/about.md", ABOUT)
    configure(site, 'footer=[Link("About", "/about/#who")]')
    edit(site, "build.py", "Party, main", "Link, Party, main")
    edit(site, "content/pages/about.md", "We write.", "## Who\n\nWe write.")
    lock(site)
    before = text_of(site, "build.py")
    move(site, "content/pages/about.md", "content/pages/us.md")
    stderr = site.run("check", "--fix", "--yes").stderr
    assert "error[dead-link]: /about/ has moved to /us/\n" in stderr
    assert "hint: write `/us/`" in stderr
    assert text_of(site, "build.py") == before


def test_two_pages_that_link_to_each_other_move_together(site: World) -> None:
    edit(site, CHEF, "Some text.", "See [it](baker-to-nurse.md).")
    edit(site, BAKER, "Some text.", "See [it](chef-to-nurse.md).")
    lock(site)
    move(site, CHEF, COOK)
    move(site, BAKER, "content/pivots/miller-to-nurse.md")
    fixed(site)
    assert "See [it](miller-to-nurse.md)." in text_of(site, COOK)
    for old in ("chef-to-nurse", "baker-to-nurse"):
        assert (site.folder / f"public/pivots/{old}/index.html").is_file()


def test_words_that_stand_on_two_pages_decide_nothing(site: World) -> None:
    edit(site, BAKER, "Some text.", "See [it](chef-to-nurse.md).")
    lock(site)
    text = text_of(site, CHEF)
    move(site, CHEF, COOK)
    # A title is part of the words, so the copy is about the same move, which is an error too.
    site.write("content/pivots/copy-to-nurse.md", text)
    before = text_of(site, BAKER)
    stderr = site.run("check", "--fix", "--yes").stderr
    assert "error[same-move]" in stderr
    assert LOST in stderr
    assert "nothing on this site is called `chef-to-nurse.md`" in stderr
    assert text_of(site, BAKER) == before


def test_a_page_that_was_renamed_and_rewritten_is_told_with_the_nearest_address(
    site: World,
) -> None:
    edit(site, BAKER, "Some text.", "See [it](chef-to-nurse.md).")
    lock(site)
    edit(site, CHEF, "Some text.", "Fresh text.")
    move(site, CHEF, COOK)
    stderr = site.run("build").stderr
    assert LOST in stderr
    assert "hint: did you mean `cook-to-nurse.md`?" in stderr
    assert "add `/pivots/chef-to-nurse/: /pivots/cook-to-nurse/` to content/redir" in stderr


def test_a_draft_with_the_words_is_no_place_to_lead_to(site: World) -> None:
    edit(site, BAKER, "Some text.", "See [it](chef-to-nurse.md).")
    lock(site)
    edit(site, CHEF, "window:", "draft: true\nwindow:")
    move(site, CHEF, COOK)
    stderr = site.run("check").stderr
    assert LOST in stderr
    assert "has moved to" not in stderr


def test_no_address_counts_as_lost_while_a_page_cannot_be_read(site: World) -> None:
    edit(site, BAKER, "Some text.", "See [it](chef-to-nurse.md).")
    lock(site)
    move(site, CHEF, COOK)
    edit(site, "content/pivots/nurse-to-pilot.md", "window:", "windw:")
    stderr = site.run("build").stderr
    assert "error[unknown-key]" in stderr
    assert "lost-address" not in stderr
    # Where the words are is known all the same.
    assert MOVED in stderr


def test_no_address_counts_as_lost_while_two_files_want_one(site: World) -> None:
    lock(site)
    edit(site, BAKER, "window:", "slug: nurse-to-pilot\nwindow:")
    stderr = site.run("build").stderr
    assert "error[address-clash]" in stderr
    assert "lost-address" not in stderr


def test_faults_of_redirects_and_lost_addresses_are_told_together(site: World) -> None:
    lock(site)
    site.write("content/redirects.yaml", "/from/chef/: /nowhere/\n/a/: /b/\n/b/: /a/\n")
    (site.folder / CHEF).unlink()
    stderr = site.run("build").stderr
    assert "error[dead-redirect]: there is no page at /nowhere/" in stderr
    assert "error[redirect-loop]" in stderr
    assert LOST in stderr
    # Its own line says what is wrong.
    assert "lost-address]: /from/chef/" not in stderr


def test_a_file_of_redirects_that_cannot_be_read_answers_for_anything(site: World) -> None:
    lock(site)
    site.write("content/redirects.yaml", "/pivots/chef-to-nurse/ gone\n")
    (site.folder / CHEF).unlink()
    stderr = site.run("build").stderr
    assert "error[wrong-type]" in stderr
    assert "lost-address" not in stderr


def test_a_typed_redirect_counts_before_the_words(site: World) -> None:
    edit(site, BAKER, "Some text.", "See [it](chef-to-nurse.md).")
    lock(site)
    move(site, CHEF, COOK)
    site.write("content/redirects.yaml", "/pivots/chef-to-nurse/: /pivots/nurse-to-pilot/#skills\n")
    fixed(site)
    assert "See [it](nurse-to-pilot.md#skills)." in text_of(site, BAKER)


@pytest.mark.parametrize("described", [False, True])
def test_what_a_list_took_the_place_of_is_linked_by_the_address_of_the_list(
    site: World, described: bool
) -> None:
    if described:
        site.write("content/roles/nurse.md", ROLE.format(name="Nurse"))
    site.pivot("Chef", "Pilot")
    edit(site, BAKER, "Some text.", "See [it](chef-to-nurse.md).")
    lock(site)
    (site.folder / CHEF).unlink()
    site.write("content/redirects.yaml", "/pivots/chef-to-nurse/: /to/nurse/\n")
    fixed(site)
    assert "See [it](/to/nurse/)." in text_of(site, BAKER)


def test_an_alias_is_written_anew_as_the_file_that_lists_it(site: World) -> None:
    site.pivot("Clerk", "Nurse", with_keys("aliases: [/pivots/old-name/]"))
    edit(site, BAKER, "Some text.", "See [it](old-name.md) and [it](/pivots/old-name/#skills).")
    fixed(site)
    after = "See [it](clerk-to-nurse.md) and [it](/pivots/clerk-to-nurse/#skills)."
    assert after in text_of(site, BAKER)
