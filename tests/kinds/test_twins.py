"""Twins: each page once more as Markdown, which says what the page says."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from pivotgen.engines import markdown_twin as engine
from pivotgen.kinds import KINDS, page_kinds
from tests.world.builds import CONFIG, build_here, clean_build, tree
from tests.world.edits import edit
from tests.world.site import PIVOT, ROLE, ROOT, World

TWINS = replace(CONFIG, markdown_twins=True)
BASE = CONFIG.base_url
TWIN = "pivots/chef-to-nurse/index.md"
LEFT_OUT = (
    "nav, form, svg, script, template, noscript, [hidden], [aria-hidden=true], [data-twin=none]"
)
READER = MarkdownIt("gfm-like", {"linkify": False})
BODY = """\
## Signs that mean something: * _ # \\[x](y) `a` \\<b> &amp; 1. 2) ~~no~~

A \\*star\\*, a \\_line\\_, `code with * and  two blanks`, 3 \\< 4, \\[not a link](x),
\\# no heading, [a page](nurse-to-pilot.md) and [its skills](nurse-to-pilot.md#skills).

1\\. is no list, and neither is

\\- this.

| Left | Right |
| --- | ---: |
| a \\| b | *2* |

1. First, with **weight**.
   - A point inside.
2. Second.

> Somebody said so.

```python
x = "*"  # [no](link)
```
"""


@pytest.fixture
def site(world: World) -> World:
    """Two pivots, of which one says what is hard to say in Markdown, and a role."""
    world.pivot("Chef", "Nurse", PIVOT.replace("## Your built-in advantages\n\nSome text.\n", BODY))
    world.pivot("Nurse", "Pilot")
    world.write("content/roles/nurse.md", ROLE.format(name="Nurse"))
    world.setting("markdown_twins=True")
    assert world.run("build").returncode == 0
    return world


def said(html: str, wanted: str = "body") -> list[str]:
    """The words of a text, without what is left out of twins."""
    page = LexborHTMLParser(html)
    for node in page.css(LEFT_OUT):
        node.decompose()
    (part,) = page.css(wanted)
    text = re.sub(r"\s+", " ", part.text(separator=" "))
    # Blanks between elements say nothing.
    return re.findall(r"\w+|[^\w\s]", text)


def parts(text: str) -> tuple[dict[str, str], str]:
    """What a twin says of itself, and its Markdown."""
    _, head, markdown = text.split("---\n", 2)
    return yaml.safe_load(head), markdown


def links(html: str, wanted: str = "body") -> list[str]:
    page = LexborHTMLParser(html)
    for node in page.css(LEFT_OUT):
        node.decompose()
    return [str(link.attributes["href"]) for link in page.css(f"{wanted} a[href]")]


def same(page: str, twin: str, address: str) -> None:
    """The page and its twin say the same and link to the same."""
    html = READER.render(parts(twin)[1])
    assert said(html) == said(page, "main")
    whole = [
        link if "://" in link else address + link if link[0] == "#" else BASE + link
        for link in links(page, "main")
    ]
    assert links(html) == whole


def test_a_twin_says_what_its_page_says_sign_by_sign(site: World) -> None:
    for output in ("pivots/chef-to-nurse/", "to/nurse/", "from/nurse/", "skills/", "roles/", ""):
        same(site.read(f"{output}index.html"), site.read(f"{output}index.md"), f"{BASE}/{output}")


def test_every_twin_of_the_real_site_says_what_its_page_says(tmp_path: Path) -> None:
    settings = (ROOT / "build.py").read_text("utf-8")
    assert "qr_codes=True" in settings
    world = World(tmp_path)
    for name in ("content", "static"):
        for file in (ROOT / name).rglob("*"):
            if file.is_file():
                world.write(str(file.relative_to(ROOT)), file.read_bytes())
    world.write("build.py", settings.replace("qr_codes=True", "markdown_twins=True"))
    assert world.run("build").returncode == 0
    public = world.folder / "public"
    twins = sorted(public.rglob("index.md"))
    assert len(twins) > 180
    for twin in twins:
        page, address = twin.with_suffix(".html"), twin.parent.relative_to(public).as_posix()
        home = f"{BASE}/" if address == "." else f"{BASE}/{address}/"
        same(page.read_text("utf-8"), twin.read_text("utf-8"), home)


def test_a_twin_says_of_itself_what_the_head_of_its_page_says(site: World) -> None:
    assert parts(site.read(TWIN))[0] == {
        "title": "From Chef to Nurse: A View",
        "description": "What carries over from Chef to Nurse, and what does not.",
        "url": f"{BASE}/pivots/chef-to-nurse/",
        "language": "en",
    }


def test_code_stays_as_it_is(site: World) -> None:
    markdown = parts(site.read(TWIN))[1]
    assert '```\nx = "*"  # [no](link)\n```' in markdown
    assert "`code with * and two blanks`" in markdown


def test_pages_lead_to_their_twins_and_those_without_to_none(site: World) -> None:
    with_twins = {kind.name for kind in page_kinds(KINDS.values()) if kind.has_twin}
    assert with_twins >= {"pivot", "role", "page", "skill", "questions"}
    for name, data in site.tree().items():
        if name.endswith("index.html") and b'http-equiv="refresh"' not in data:
            twin = name.removesuffix("html") + "md"
            named = f'<link rel="alternate" type="text/markdown" href="/{twin}">' in data.decode()
            assert named == (twin in site.tree()) == (not name.startswith("find/"))
    assert "text/markdown" not in site.read("404.html")


def test_llms_txt_leads_to_twins_alone_and_each_is_there(site: World) -> None:
    found = re.findall(rf"\]\({re.escape(BASE)}/([^)]*)\)", site.read("llms.txt"))
    assert TWIN in found
    assert [link for link in found if link not in site.tree()] == []
    assert {link.rsplit("/", 1)[-1] for link in found} == {"index.md"}


def test_twins_have_addresses_below_the_base_path(site: World) -> None:
    text = (site.folder / "build.py").read_text("utf-8")
    site.write("build.py", text.replace(f'base_url="{BASE}"', 'base_url="https://a.example/repo"'))
    assert site.run("build").returncode == 0
    assert "](https://a.example/repo/from/chef/)" in site.read(TWIN)
    assert 'type="text/markdown" href="/repo/pivots/chef-to-nurse/index.md"' in site.read(
        "pivots/chef-to-nurse/index.html"
    )


def test_search_engines_list_no_twin(site: World) -> None:
    lines = site.read("_headers").split("\n")
    assert lines[lines.index("/*index.md") + 1] == "  X-Robots-Tag: noindex"
    assert "index.md" not in site.read("sitemap.xml")


def test_an_edit_remakes_a_page_with_its_twin_and_no_more(site: World) -> None:
    public = site.folder / "public"
    build_here(site.folder, TWINS, public)
    before = tree(public)
    edit(site, "content/pivots/chef-to-nurse.md", "Somebody said so.", "Nobody said so.")
    report = build_here(site.folder, TWINS, public)
    after = tree(public)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {TWIN, "pivots/chef-to-nurse/index.html"}
    assert report.rendered == len(changed)
    assert after == clean_build(site.folder, TWINS)[0]


def test_another_layout_remakes_twins_and_without_the_setting_they_go(site: World) -> None:
    public = site.folder / "public"
    edit(site, "layouts/pivot.html", '<p class="deck"', '<p>Mind this.</p><p class="deck"')
    build_here(site.folder, TWINS, public)
    assert "Mind this." in site.read(TWIN)
    assert tree(public) == clean_build(site.folder, TWINS)[0]
    build_here(site.folder, CONFIG, public)
    assert tree(public) == clean_build(site.folder, CONFIG)[0]
    assert not [name for name in site.tree() if name.endswith(".md")]


def test_a_day_of_the_lock_stands_in_the_twin_as_on_the_page(site: World) -> None:
    assert site.run("lock").returncode == 0
    edit(site, "content/pivots/chef-to-nurse.md", "Somebody said so.", "Nobody said so.")
    assert site.run("lock").returncode == 0
    assert site.run("build").returncode == 0
    day = parts(site.read(TWIN))[0]["updated"]
    assert f'datetime="{day}"' in site.read("pivots/chef-to-nurse/index.html")


def test_the_place_of_a_twin_belongs_to_it(site: World) -> None:
    site.write("content/redirects.yaml", f"/{TWIN}: /\n")
    stderr = site.run("build").stderr
    assert "error[address-clash]" in stderr
    assert "the Markdown twin of content/pivots/chef-to-nurse.md" in stderr


def test_a_missing_package_is_told_in_the_settings(
    site: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    (problem,) = build_here(site.folder, TWINS, site.folder / "public").problems
    assert (problem.path, problem.code) == ("build.py", "config")
    line = (site.folder / "build.py").read_text("utf-8").split("\n")[problem.line - 1]
    assert "markdown_twins" in line
    assert "pivotgen[twins]" in problem.hint


def test_a_build_without_twins_imports_no_library_for_them(world: World) -> None:
    world.pivot("Chef", "Nurse")
    script = (
        "import sys; from pivotgen import build, Config; from pathlib import Path\n"
        "build(Path('.'), Config(name='A', base_url='https://a.example'))\n"
        "assert not {'bs4', 'markdownify'} & sys.modules.keys()"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=world.folder, check=False)
    assert done.returncode == 0
