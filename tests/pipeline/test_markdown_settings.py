"""The Markdown of a site: its language, its own plugins, and what a change of them makes stale."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pivotgen.model.config import Config
from pivotgen.pipeline import Options, Report
from tests.world.builds import CONFIG, build_here, clean_build
from tests.world.site import PIVOT, ROLE, SETTINGS, World

PAGE = "pivots/chef-to-nurse/index.html"
KEYS = """
def keys(parser):
    def key(state, silent):
        end = state.src.find("++", state.pos + 2)
        if not state.src.startswith("++", state.pos) or end < 0:
            return False
        if not silent:
            state.push("kbd_open", "kbd", 1)
            state.push("text", "", 0).content = state.src[state.pos + 2 : end].upper()
            state.push("kbd_close", "kbd", -1)
        state.pos = end + 2
        return True

    parser.inline.add_terminator_char("+")
    parser.inline.ruler.push("key", key)
"""


def keys_of(program: str) -> Callable[[Any], None]:
    names: dict[str, Any] = {}
    exec(program, names)
    plugin: Callable[[Any], None] = names["keys"]
    return plugin


def built(world: World, config: Config) -> Report:
    return build_here(world.folder, config, world.folder / "public")


def settings_with(world: World, program: str) -> None:
    text = (world.folder / "build.py").read_text("utf-8")
    text = re.sub("Config\\(\n(    markdown=.*\n)?", "Config(\n    markdown=(keys,),\n", text)
    head, _, rest = text.partition("config = ")
    head = head.partition("\ndef keys")[0]
    world.write("build.py", f"{head}{program}\n\nconfig = {rest}")


def test_a_plugin_is_used_in_every_text_that_is_markdown(world: World) -> None:
    text = PIVOT.replace("Some text.", "Press ++a++.").replace("One *point*.", "Or ++b++ here.")
    world.pivot("Chef", "Nurse", text.replace("Less than **it**", "++c++"))
    world.write("content/roles/nurse.md", ROLE.format(name="Nurse") + "Then ++d++.\n")
    assert built(world, replace(CONFIG, markdown=(keys_of(KEYS),))).problems == []
    page = world.read(PAGE) + world.read("to/nurse/index.html")
    assert re.findall("<kbd>(.)</kbd>", page) == ["B", "A", "C", "D"]


@pytest.mark.parametrize("method", [("--workers", "1"), ("--workers", "2")])
def test_workers_use_the_plugins_of_build_py(world: World, method: tuple[str, str]) -> None:
    settings_with(world, KEYS)
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "Press ++a++."))
    world.pivot("Baker", "Nurse")
    assert world.run("build", *method).stderr == ""
    assert "<kbd>A</kbd>" in world.read(PAGE)


def test_a_changed_plugin_makes_exactly_the_pages_it_changes_stale(world: World) -> None:
    settings_with(world, KEYS)
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "Press ++a++."))
    world.run("build")
    settings_with(world, KEYS.replace(".upper()", '.upper() + "!"'))
    assert world.run("build").returncode == 0
    assert "<kbd>A!</kbd>" in world.read(PAGE)
    tree = world.tree()
    world.run("build", "--clean")
    assert world.tree() == tree
    world.write("build.py", SETTINGS)
    assert world.run("build").returncode == 0
    assert "++a++" in world.read(PAGE)


def test_a_build_after_another_language_is_as_one_from_nothing(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", 'They say "no".'))
    built(world, CONFIG)
    assert "They say “no”." in world.read(PAGE)
    spanish = replace(CONFIG, language="es")
    report = built(world, spanish)
    assert report.parsed == 1
    assert "They say «no»." in world.read(PAGE)
    assert world.tree() == clean_build(world.folder, spanish)[0]
    assert built(world, spanish).parsed == 0


def test_a_build_asked_why_changes_nothing_of_what_is_known(world: World) -> None:
    world.pivot("Chef", "Nurse")
    built(world, CONFIG)
    spanish = replace(CONFIG, language="es")
    asked = Options(ask=lambda outlook: None)
    build_here(world.folder, spanish, world.folder / "public", asked)
    assert built(world, CONFIG).parsed == 0


def broken_at_once(parser: Any) -> None:
    raise KeyError("no such rule")


def broken_later(parser: Any) -> None:
    def rule(state: Any) -> None:
        if "Some text" in state.src:
            raise KeyError("no such token")

    parser.core.ruler.push("broken", rule)


def broken_in_the_end(parser: Any) -> None:
    def rule(*_: Any) -> str:
        raise KeyError("no such attribute")

    parser.add_render_rule("paragraph_open", rule)


@pytest.mark.parametrize(
    ("plugin", "path"),
    [
        (broken_at_once, "build.py"),
        (broken_later, "content/pivots/chef-to-nurse.md"),
        (broken_in_the_end, "content/pivots/chef-to-nurse.md"),
    ],
)
def test_a_plugin_that_fails_is_told_and_the_built_site_stays(
    world: World, plugin: Callable[[Any], None], path: str
) -> None:
    world.pivot("Chef", "Nurse")
    built(world, CONFIG)
    before = world.tree()
    for _ in range(2):
        [problem] = built(world, replace(CONFIG, markdown=(plugin,))).problems
        assert (problem.path, problem.code) == (path, "config")
        assert "the site's own Markdown plugin fails: KeyError: 'no such" in problem.message
        assert problem.hint.startswith("see test_markdown_settings.py, line ")
    assert world.tree() == before
    assert built(world, CONFIG).problems == []


@pytest.mark.parametrize("markdown", [broken_at_once, ("table",)])
def test_what_is_no_row_of_plugins_is_told(markdown: Any) -> None:
    with pytest.raises(ValueError, match="markdown must be a row of functions"):
        replace(CONFIG, markdown=markdown)
