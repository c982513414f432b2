"""Links and redirects may lead to everything that the site publishes, and to nothing else."""

from __future__ import annotations

import re

import pytest

from tests.world.edits import configure, edit, first, links, page
from tests.world.site import DATED_PIVOT, ROLE, World

PATH = "content/pivots/chef-to-nurse.md"
EXISTING = [
    *(
        "/",
        "/#pivots",
        "/skills/negotiation/",
        "/to/chef/",
        "/from/chef/",
        "/from/nurse",
        "/roles/",
        "/skills/negotiation/page/2/",
    ),
    *("/feed.xml", "/feed.json", "/llms.txt", "/sitemap.xml", "/robots.txt", "/404.html"),
    *("/about/", "/about/#who", "/files/form.pdf", "/files/form.pdf?v=2&w=%26#page=3"),
]
ABSENT = {
    "/skills/negotiatoin/": "/skills/negotiation/",
    "/to/nuse/": "/to/nurse/",
    "/feeds.xml": "/feed.xml",
    "/skills/negotiation/page/3/": "/skills/negotiation/page/2/",
    "/files/from.pdf": "/files/form.pdf",
    "/_headers": "",
}


@pytest.fixture
def site(world: World) -> World:
    configure(world, "page_size=1")
    world.pivot("Chef", "Nurse", DATED_PIVOT)
    world.pivot("Nurse", "Baker")
    world.write("static/files/form.pdf", b"%PDF")
    about = "---\ntitle: About\ndescription: Who we are.\n---\n## Who\n\nWe.\n"
    world.write("content/pages/about.md", about)
    return world


def test_a_text_may_link_to_every_page_and_file_of_the_site(site: World) -> None:
    edit(site, PATH, "Some text.", " ".join(f"[x]({target})" for target in EXISTING))
    result = site.run("build")
    assert result.returncode == 0, result.stderr
    targets = links(page(site, "pivots/chef-to-nurse"), "div.prose p > a")
    assert targets == [target.replace("/from/nurse", "/from/nurse/") for target in EXISTING]


@pytest.mark.parametrize("target", ABSENT)
def test_a_link_to_what_is_not_published_is_dead_and_names_what_is_like_it(
    site: World, target: str
) -> None:
    edit(site, PATH, "Some text.", f"[x]({target})")
    result = site.run("build")
    assert f"error[dead-link]: nothing on this site is called `{target}`" in result.stderr
    assert (f"did you mean `{ABSENT[target]}`?" in result.stderr) == bool(ABSENT[target])


def test_a_feed_that_no_dated_pivot_fills_cannot_be_linked(site: World) -> None:
    edit(site, PATH, "updated: 2026-01-01\n", "")
    edit(site, PATH, "Some text.", "[x](/feed.xml)")
    stderr = site.run("build").stderr
    assert "nothing on this site is called `/feed.xml`" in stderr
    assert "hint: a site has a feed as soon as a pivot has `published` or `updated`" in stderr


@pytest.mark.parametrize("feed", ["/feed.xml", "/feed.json"])
def test_whoever_names_a_feed_in_vain_is_told_what_it_needs(site: World, feed: str) -> None:
    edit(site, PATH, "updated: 2026-01-01\n", "")
    configure(site, f'footer=(Link("Feed", "{feed}"),)')
    stderr = site.run("build").stderr
    assert f"nothing on this site has the address `{feed}`" in stderr
    assert "hint: a site has a feed as soon as" in stderr
    edit(site, "build.py", f'footer=(Link("Feed", "{feed}"),)', "footer=()")
    site.write("content/redirects.yaml", f"/rss/: {feed}\n")
    stderr = site.run("build").stderr
    assert f"error[dead-redirect]: there is no feed at {feed}\n" in stderr
    assert "hint: a site has a feed as soon as" in stderr


def test_a_link_dies_and_lives_with_the_file_that_it_leads_to(site: World) -> None:
    edit(site, PATH, "Some text.", "[x](/files/form.pdf) [y](/to/baker/)")
    assert site.run("build").returncode == 0
    (site.folder / "static/files/form.pdf").rename(site.folder / "static/files/old.pdf")
    assert "`/files/form.pdf`" in site.run("build").stderr
    site.write("static/files/form.pdf", b"%PDF")
    (site.folder / "content/pivots/nurse-to-baker.md").unlink()
    result = site.run("build")
    assert "`/to/baker/`" in result.stderr
    assert "`/files/form.pdf`" not in result.stderr


def test_a_page_of_a_file_with_problems_of_its_own_is_no_dead_link(site: World) -> None:
    edit(site, PATH, "Some text.", "[x](/to/baker/) [y](/pivots/nurse-to-baker/) [z](/nowhere/)")
    edit(site, "content/pivots/nurse-to-baker.md", "to: Baker\n", "")
    result = site.run("build")
    assert "missing-key" in result.stderr
    dead = [line for line in result.stderr.splitlines() if "error[dead-link]" in line]
    assert dead == [f"{PATH}:18:50: error[dead-link]: nothing on this site is called `/nowhere/`"]


def test_the_parts_of_a_roles_text_are_known(site: World) -> None:
    site.write("content/roles/nurse.md", ROLE.replace("{name}", "Nurse") + "\n## Nights\n\nX.\n")
    edit(site, PATH, "Some text.", "[x](/to/nurse/#nights) [y](../roles/nurse.md#nights)")
    assert site.run("build").returncode == 0
    edit(site, "content/roles/nurse.md", "## Nights", "## Days")
    assert site.run("build").stderr.count("/to/nurse/ has no part called `#nights`") == 2


REDIRECTS = [
    "/",
    "/about/#who",
    "/to/nurse/#any",
    "/feed.xml",
    "/files/form.pdf",
    "/skills/negotiation/page/2",
    "/?q=a",
]


@pytest.mark.parametrize("new", REDIRECTS)
def test_a_redirect_may_lead_to_every_page_and_file(site: World, new: str) -> None:
    site.write("content/redirects.yaml", f"/blog/: {new}\n")
    result = site.run("build")
    assert result.returncode == 0, result.stderr
    leads = new.replace("/page/2", "/page/2/")
    assert links(page(site, "blog"), "a") == [leads]
    refresh = first(page(site, "blog"), "meta[http-equiv=refresh]").attributes["content"]
    assert refresh == f"0; url={leads}"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/blog/: /feeds.xml", "did you mean `/feed.xml`?"),
        ("/blog/: /%2e%2e/x/", "is not an address of this site"),
        ("/%2e%2e/x/: /", "is not an address of this site"),
        ("/: /about/", "`/` is not an address of this site"),
        ("/blog/#a: /about/", "is not an address of this site"),
        ("/blog/: /blog/#a", "/blog/ leads to itself"),
    ],
)
def test_a_redirect_from_or_to_what_cannot_be_is_an_error(
    site: World, line: str, said: str
) -> None:
    site.write("content/redirects.yaml", f"{line}\n")
    result = site.run("build")
    assert result.returncode == 1
    assert said in result.stderr


def test_a_link_to_an_address_that_is_gone_says_so_and_where_what_has_moved_is_now(
    site: World,
) -> None:
    site.write(
        "content/redirects.yaml",
        "/blog/: gone\n/news/: /pivots/cook-to-nurse/\n/pivots/cook-to-nurse/: /about/#who\n",
    )
    edit(site, PATH, "Some text.", "[a](/blog) [b](/news/) [c](cook-to-nurse.md)")
    stderr = site.run("build").stderr
    for message in (
        "/blog/ is gone\n",
        "/news/ has moved to /about/#who\n",
        "/pivots/cook-to-nurse/ has moved to /about/#who\n",
    ):
        assert f"error[dead-link]: {message}" in stderr


def test_a_link_to_the_old_address_of_a_page_names_the_new_one(site: World) -> None:
    edit(site, PATH, "window:", "aliases: [/cooks/]\nwindow:")
    edit(site, PATH, "Some text.", "[a](/cooks/)")
    site.setting('footer=(Link("x", "/blog/"),)')
    site.write("content/redirects.yaml", "/blog/: gone\n/chefs/: /cooks/#skills\n")
    stderr = site.run("build").stderr
    assert "error[dead-link]: /cooks/ has moved to /pivots/chef-to-nurse/\n" in stderr
    assert "hint: write `/pivots/chef-to-nurse/`" in stderr
    assert re.search(r"build.py:\d+:\d+: error\[dead-link\]: /blog/ is gone\n", stderr)


def test_an_address_that_is_gone_has_no_page_and_a_chain_leads_to_the_last(site: World) -> None:
    edit(site, PATH, "window:", "aliases: [/cooks/]\nwindow:")
    site.write("content/redirects.yaml", "/blog/: gone\n/news/: /chefs/\n/chefs/: /cooks/#skills\n")
    result = site.run("build")
    assert result.returncode == 0, result.stderr
    assert not (site.folder / "public/blog").exists()
    for old in ("news", "chefs"):
        assert links(page(site, old), "a") == ["/pivots/chef-to-nurse/#skills"]
