"""The keys of a site's own on its pages: shown, escaped, checked in layouts, and never stale."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pivotgen import BuildOptions, BuildReport, CheckOptions, Config, Extra, build, check
from pivotgen.commands.workspace import Workspace
from pivotgen.engines.header.format import format_file
from pivotgen.model.header import PivotHeader
from pivotgen.model.problem import Problem
from pivotgen.model.site import Site
from pivotgen.model.workspace import Position
from tests.world.builds import CONFIG, clean_build
from tests.world.edits import configure, edit, with_keys
from tests.world.site import PIVOT, ROLE, ROOT, World

DOCS = ROOT / "docs"
GUIDE = (DOCS / "frontmatter.md").read_text("utf-8").partition("## Keys of the site's own")[2]
LAYOUTS = (DOCS / "layouts.md").read_text("utf-8").partition("## The site's own keys")[2]
DECLARED: dict[str, Any] = {"note": str, "years": int, "level": ("junior", "senior")}
NOTE = "<p>[{{ view.extra.note }}]</p>\n"


def declaring(extra: Mapping[str, Any] | None) -> Config:
    return replace(CONFIG, extra=extra)


def extra(*lines: str) -> str:
    return with_keys("extra:", *(f"  {line}" for line in lines))


def built(world: World, config: Config, options: BuildOptions | None = None) -> BuildReport:
    """A build that is right: its tree is the one of a clean build."""
    report = build(world.folder, config, options or BuildOptions())
    assert report.problems == ()
    assert world.tree() == clean_build(world.folder, config)[0]
    return report


def show(world: World, text: str, *layouts: str) -> None:
    for name in layouts or ("pivot", "role", "page"):
        world.write(f"layouts/{name}.html", text)


def page(world: World, path: str) -> str:
    return world.read(f"{path}/index.html")


def test_pages_of_pivots_roles_and_the_sites_own_show_their_keys_escaped(world: World) -> None:
    world.pivot("Chef", "Nurse", extra("note: <b>5 & more</b>"))
    world.pivot("Nurse", "Chef")
    world.write("content/roles/nurse.md", with_note(ROLE.format(name="Nurse"), "a role"))
    world.write("content/pages/about.md", with_note(ABOUT, "a page"))
    show(world, NOTE)
    built(world, declaring(DECLARED))
    assert page(world, "pivots/chef-to-nurse") == "<p>[&lt;b&gt;5 &amp; more&lt;/b&gt;]</p>"
    assert page(world, "pivots/nurse-to-chef") == "<p>[]</p>"
    assert page(world, "to/nurse") == page(world, "from/nurse") == "<p>[a role]</p>"
    # A role without a file of its own lacks every key.
    assert page(world, "to/chef") == "<p>[]</p>"
    assert page(world, "about") == "<p>[a page]</p>"


ABOUT = "---\ntitle: About\ndescription: Who we are.\n---\nText.\n"


def with_note(text: str, note: str) -> str:
    return text.replace("---\n", f"---\nextra: {{note: {note}}}\n", 1)


@pytest.mark.parametrize("config", [declaring(DECLARED), declaring(None)], ids=["declared", "free"])
def test_a_value_that_changes_makes_its_own_page_again_and_no_other(
    world: World, config: Config
) -> None:
    path = world.pivot("Chef", "Nurse", extra("note: one"))
    world.pivot("Baker", "Nurse")
    world.pivot("Nurse", "Chef")
    show(world, "<p>{{ view.extra.note|default('none') }}</p>", "pivot")
    built(world, config)
    for old, new in (("note: one", "note: two"), ("note: two", "years: 3")):
        edit(world, path, old, new)
        report = built(world, config)
        assert report.rendered == 1
        assert report.written == ("pivots/chef-to-nurse/index.html",)
        assert report.reasons == {f"the text of {path} changed": 1}
    edit(world, path, "extra:\n  years: 3\n", "")
    assert built(world, config).rendered == 1
    edit(world, path, "window:", "extra: {note: back}\nwindow:")
    assert built(world, config).rendered == 1
    assert page(world, "pivots/chef-to-nurse") == "<p>back</p>"


def test_why_names_the_text_of_the_file_and_the_graph_for_a_role(world: World) -> None:
    path = world.pivot("Chef", "Nurse", extra("note: one"))
    role = "content/roles/nurse.md"
    world.write(role, with_note(ROLE.format(name="Nurse"), "one"))
    world.run("build")
    edit(world, path, "note: one", "note: two")
    edit(world, role, "note: one", "note: two")
    assert f"- the text of {path} changed" in world.run("why", "/pivots/chef-to-nurse/").stdout
    assert "leaves it" in world.run("why", "/pivots/").stdout + world.run("why", "/").stdout
    for address in ("/to/nurse/", "/from/nurse/"):
        assert "- what the graph says of it changed" in world.run("why", address).stdout
    assert "leaves it" in world.run("why", "/to/chef/").stdout


def test_a_role_that_gets_and_loses_keys_and_its_file_is_made_again(world: World) -> None:
    world.pivot("Chef", "Nurse")
    show(world, NOTE, "role")
    config, path = declaring(DECLARED), "content/roles/nurse.md"
    built(world, config)
    for note in ("one", "two"):
        world.write(path, with_note(ROLE.format(name="Nurse"), note))
        assert set(built(world, config).written) >= {"to/nurse/index.html", "from/nurse/index.html"}
        assert page(world, "from/nurse") == f"<p>[{note}]</p>"
    (world.folder / path).unlink()
    built(world, config)
    assert page(world, "from/nurse") == "<p>[]</p>"


def test_another_declaration_reads_texts_and_layouts_anew(world: World) -> None:
    path = world.pivot("Chef", "Nurse", extra("years: 3"))
    show(world, "<p>{{ view.extra.years + 1 }}</p>", "pivot")
    built(world, declaring({"years": int}))
    assert page(world, "pivots/chef-to-nurse") == "<p>4</p>"
    # As a choice or as text it is no number any more.
    [problem] = build(world.folder, declaring({"years": str})).problems
    assert (problem.path, problem.code) == ("layouts/pivot.html", "layout")
    show(world, "<p>{{ view.extra.years ~ 1 }}</p>", "pivot")
    built(world, declaring({"years": str}))
    assert page(world, "pivots/chef-to-nurse") == "<p>31</p>"
    [problem] = build(world.folder, declaring({"years": ("1", "2")})).problems
    assert (problem.path, problem.code) == (path, "unknown-choice")
    first, second = build(world.folder, declaring({"age": int})).problems
    assert (first.path, first.code) == (path, "unknown-key")
    assert (second.path, second.code) == ("layouts/pivot.html", "layout")
    edit(world, path, "extra:\n  years: 3\n", "")
    [problem] = build(world.folder, declaring({"age": int})).problems
    assert (problem.path, problem.message.partition(" ")[0]) == (
        "layouts/pivot.html",
        "`view.extra.years`",
    )
    built(world, declaring({"years": str}))
    # A role without a file has what is declared now.
    show(world, "<p>{{ view.extra.years is none }}</p>", "role")
    built(world, declaring({"years": int}))
    assert page(world, "to/nurse") == "<p>True</p>"


def test_another_description_or_order_changes_no_page(world: World) -> None:
    world.pivot("Chef", "Nurse", extra("note: x"))
    built(world, declaring({"note": str}))
    report = built(world, declaring({"note": Extra(str, "What there is to say.")}))
    assert (report.parsed, report.rendered) == (0, 0)
    assert built(world, declaring(None)).written == ()


def test_workers_read_the_declared_keys(world: World) -> None:
    configure(world, 'extra={"level": ("junior", "senior"), "tags": list[str]}')
    show(world, "<p>{{ view.extra.level }}{{ view.extra.tags|join('+') }}</p>", "pivot")
    world.pivot("Chef", "Nurse", extra("level: senior", "tags: [a, b]"))
    world.pivot("Baker", "Nurse")
    assert world.run("build", "--workers", "2").stderr == ""
    assert page(world, "pivots/chef-to-nurse") == "<p>seniora+b</p>"
    tree = world.tree()
    assert world.run("build", "--workers", "1", "--clean").stderr == ""
    assert world.tree() == tree
    edit(world, "content/pivots/chef-to-nurse.md", "senior", "boss")
    assert "error[unknown-choice]" in world.run("build", "--workers", "2").stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ view.extra.yeras }}", "`view.extra.yeras` does not exist (no pivot page can be made)"),
        ("{{ view.extra['yeras'] }}", "`yeras` does not exist (no pivot page can be made)"),
        ("{{ view.extra.note.words }}", "`view.extra.note.words` does not exist"),
        ("{{ view.extra.years.text }}", "`view.extra.years.text` does not exist"),
        ("{% set e = view.extra %}{{ e.levle }}", "`e.levle` does not exist"),
        ("{% for t in view.extra.tags %}{{ t.url }}{% endfor %}", "`t.url` does not exist"),
        ("{{ view.extra.role_only }}", "`view.extra.role_only` does not exist"),
        ("{{ view.extra.years }}", "nothing is there to show; ask with `is not none` first"),
    ],
)
def test_what_a_layout_asks_of_declared_keys_is_checked(
    world: World, text: str, message: str
) -> None:
    world.pivot("Chef", "Nurse", extra("note: x"))
    show(world, f"<p>\n{text}</p>", "pivot")
    keys = DECLARED | {"tags": list[str], "role_only": Extra(str, on=("role",))}
    for report in (build(world.folder, declaring(keys)), check(world.folder, declaring(keys))):
        [problem] = [each for each in report.problems if each.code == "layout"]
        assert (problem.path, problem.line) == ("layouts/pivot.html", 2)
        assert problem.message.startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "{% if view.extra.years is not none %}{{ view.extra.years }}{% endif %}",
        "{% if view.extra.other is defined %}{{ view.extra.other }}{% endif %}",
        "{{ view.extra.other|default('-') }}",
        "{% for tag in view.extra.tags %}{{ tag|upper }}{% endfor %}",
        "{% for name in view.extra %}{{ name }}={{ view.extra[name]|string }};{% endfor %}",
        "{% if 'note' in view.extra %}{{ view.extra|length }}{% endif %}",
        "{% macro show(keys) %}{{ keys.note }}{% endmacro %}{{ once(show, view.extra) }}",
    ],
)
def test_what_a_layout_may_ask_of_declared_keys(world: World, text: str) -> None:
    world.pivot("Chef", "Nurse", extra("note: x"))
    show(world, f"<p>{text}</p>", "pivot")
    built(world, declaring(DECLARED | {"tags": list[str]}))


def test_a_free_key_that_a_page_lacks_is_told_with_the_page(world: World) -> None:
    world.pivot("Chef", "Nurse", extra("note: x"))
    world.pivot("Baker", "Nurse")
    show(world, NOTE, "pivot")
    [problem] = build(world.folder, CONFIG).problems
    assert "there is no `note` in the `extra` of this page" in problem.message
    assert problem.message.endswith("(while making /pivots/baker-to-nurse/)")
    show(
        world, "{% if view.extra.note is defined %}<p>{{ view.extra.note }}</p>{% endif %}", "pivot"
    )
    built(world, CONFIG)
    assert page(world, "pivots/chef-to-nurse") == "<p>x</p>"
    assert page(world, "pivots/baker-to-nurse") == ""


def test_free_keys_inside_others_are_shown(world: World) -> None:
    world.pivot("Chef", "Nurse", extra("people:", "  - name: Ana", "    years: 3", "items: [a]"))
    text = (
        "{% for one in view.extra.people %}{{ one.name }} {{ one.years + 1 }}{% endfor %}"
        "{{ view.extra.items|join }}"
    )
    show(world, text, "pivot")
    built(world, CONFIG)
    assert page(world, "pivots/chef-to-nurse") == "Ana 4a"


def test_a_page_of_many_pivots_has_no_own_keys(world: World) -> None:
    world.pivot("Chef", "Nurse")
    show(world, NOTE, "skill")
    [problem] = build(world.folder, declaring(DECLARED)).problems
    assert "`view.extra` does not exist (no skill page can be made)" in problem.message


def test_a_rule_of_the_site_sees_the_keys(world: World) -> None:
    world.pivot("Chef", "Nurse", extra("years: 30"))
    world.write("content/roles/nurse.md", with_note(ROLE.format(name="Nurse"), "r"))
    world.write("content/pages/about.md", with_note(ABOUT, "p"))
    seen = []

    def rule(site: Site) -> list[Problem]:
        seen.extend([prose.extra.years for prose in site.prose.values()])
        seen.extend([text.extra.note for text in site.texts()])
        return []

    config = replace(declaring(DECLARED), checks=(rule,))
    assert check(world.folder, config, CheckOptions(today=date(2026, 1, 1))).ok
    assert seen == [30, "r", "p"]


def test_the_other_commands_know_the_declared_keys(world: World) -> None:
    configure(world, 'extra={"level": Extra(("junior", "senior"), "How far.", True, ("pivot",))}')
    edit(world, "build.py", "import Call,", "import Extra, Call,")
    world.pivot("Chef", "Nurse", extra("level: senior  # as they say"))
    world.write("content/roles/nurse.md", ROLE.format(name="Nurse"))
    assert "| `extra.level` | in `extra` | How far. | `junior` or `senior` |" in (
        world.run("schema", "--markdown").stdout
    )
    pivot = json.loads(world.run("schema").stdout)
    assert pivot["properties"]["extra"]["required"] == ["level"]
    assert json.loads(world.run("schema", "role").stdout)["properties"]["extra"]["properties"] == {}
    assert world.run("new", "Baker", "Nurse").returncode == 0
    draft = (world.folder / "content/pivots/baker-to-nurse.md").read_text("utf-8")
    assert "extra:\n  level: junior  # TODO junior or senior\n" in draft
    assert world.run("build", "--drafts").returncode == 0
    assert world.run("rename-role", "Nurse", "Carer", "--yes").returncode == 0
    assert "level: senior  # as they say" in (
        (world.folder / "content/pivots/chef-to-nurse.md").read_text("utf-8")
    )
    assert world.run("rename-skill", "Negotiation", "Haggling", "--yes").returncode == 0
    assert world.run("build").returncode == 0


def test_a_draft_has_every_required_key_and_is_valid(world: World) -> None:
    settings = (
        'extra={"a": Extra(str, "About: this", True), "b": Extra(int, required=True), '
        '"c": Extra(float, "Of\\nlines", True), "d": Extra(bool, required=True), '
        '"e": Extra(date, required=True), "f": Extra(list[str], "Which", True), "g": str, '
        '"h": Extra(("x: y", "z"), required=True), "i": Extra(str, "r", True, ("role",))}'
    )
    configure(world, settings)
    edit(world, "build.py", "import Call,", "import Extra, Call,")
    edit(world, "build.py", "from pivotgen", "from datetime import date\n\nfrom pivotgen")
    assert world.run("new", "Baker", "Nurse").returncode == 0
    result = world.run("build", "--drafts")
    assert (result.returncode, result.stderr) == (0, "")
    draft = (world.folder / "content/pivots/baker-to-nurse.md").read_text("utf-8")
    assert re.findall(r"^  (?:  - )?(\w): ", draft.partition("extra:")[2], re.M) == [*"abcdeh"]
    assert '  a: "TODO About: this"\n' in draft
    # Each of them keeps the page from being published as it is.
    assert draft.partition("extra:")[2].partition("---")[0].count("TODO") == 7


def test_fmt_keeps_the_quotes_that_make_a_value_text() -> None:
    head = (
        "extra:\n  a: '7'\n  b: 7\n  c: \"true\"\n  d: ['2026-01-01', 'x']\n  e:\n    - \"1.5\"\n"
        "  z: last\n  y: 'a: b'  # why\n"
    )
    text = PIVOT.replace("---\n", f"---\n{head}", 1)
    new = format_file("a.md", text.encode(), PivotHeader)
    assert isinstance(new, bytes)
    kept = new.decode().partition("extra:")[2].partition("---")[0]
    assert kept == (
        "\n  a: '7'\n  b: 7\n  c: \"true\"\n  d:\n    - '2026-01-01'\n    - 'x'\n"
        "  e:\n    - \"1.5\"\n  z: last\n  y: 'a: b'  # why\n"
    )
    assert format_file("a.md", new, PivotHeader) == new


def test_an_editor_completes_the_declared_keys_and_their_choices(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    keys = DECLARED | {"level": Extra(("junior", "head: of it"), "How far.", required=True)}
    workspace = Workspace(declaring(keys), world.folder)
    head = (world.folder / path).read_text("utf-8").partition("window:")[0]
    line = head.count("\n") + 2

    def offered(text: str, column: int) -> list[tuple[str, str, str]]:
        workspace.set_text(path, f"{head}extra:\n{text}\nwindow: 3 months\n---\n")
        found = workspace.completions(Position(path, line, column))
        return [(each.kind, each.text, each.detail) for each in found]

    assert offered("  ", 3) == [
        ("key", "note: ", "optional"),
        ("key", "years: ", "optional"),
        ("key", "level: ", "needed"),
    ]
    assert offered("  level: ", 10) == [("choice", "junior", ""), ("choice", '"head: of it"', "")]
    assert offered('  level: "', 11) == [("choice", "junior", ""), ("choice", "head: of it", "")]
    hover = workspace.hover(Position(path, line, 4))
    assert hover
    assert hover.text == "`level`: How far.\n\nFor example: `junior`"
    # The names stay when the whole site was checked.
    workspace.check()
    assert len(offered("  ", 3)) == 3


def test_an_editor_tells_what_is_wrong_with_a_key_and_with_a_layout(world: World) -> None:
    path = world.pivot("Chef", "Nurse")
    workspace = Workspace(declaring(DECLARED), world.folder)
    workspace.set_text(path, extra("years: many").replace("{a}", "A").replace("{b}", "B"))
    assert [problem.message for problem in workspace.problems_of(path)] == [
        "`years` must be a whole number"
    ]
    workspace.set_text("layouts/pivot.html", "{{ view.extra.yeras }}")
    [problem] = workspace.problems_of("layouts/pivot.html")
    assert problem.message.startswith("`view.extra.yeras` does not exist")


def test_the_examples_of_the_guides_work(world: World) -> None:
    yaml, python = (
        re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.S)[0] for kind in ("yaml", "python")
    )
    [layout] = re.findall(r"```html\n(.*?)```", LAYOUTS, re.S)
    names: dict[str, Any] = {}
    exec(python, names)
    world.pivot("Chef", "Nurse", PIVOT.replace("window:", f"{yaml}window:"))
    show(world, layout, "pivot")
    built(world, names["config"])
    assert page(world, "pivots/chef-to-nurse") == (
        "<p>About the same, after two years.</p><p>3</p><li>spreadsheets</li><li>interviews</li>"
    )
    world.write("content/roles/nurse.md", ROLE.format(name="Nurse"))
    [problem] = build(world.folder, names["config"]).problems
    assert (problem.path, problem.message) == (
        "content/roles/nurse.md",
        "the key `extra` is missing",
    )
