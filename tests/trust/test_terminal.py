"""What others wrote is shown on a terminal as what it is, and does nothing there."""

from __future__ import annotations

import ast
import json
import os
from pathlib import Path

import pytest

from pivotgen.model.problem import Level, Problem
from pivotgen.model.visible import visible, visible_column, visible_json, visible_name
from pivotgen.problems.excerpt import excerpt
from pivotgen.problems.overlay import EDITOR_URL, overlay_json
from tests.trust.hostile import ACTS, CONTROL, acts_in, write_hostile
from tests.world.site import PIVOT, ROOT, World
from tests.world.terminal import on_terminal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("\x9b\x85\x7f", "\\x9b\\x85\\x7f"),
        ("a\u202eb\u2069", "a\\u202eb\\u2069"),
        ("a\rb\r\nc\td", "a\\x0db\r\nc\td"),
        ("\udcff", "\\udcff"),
        ("\U000e0041", "\\U000e0041"),
        ("a\n  ::group::b", "a\n  \\x3a:group::b"),
        ("a ::group::b", "a ::group::b"),
        ("a ##[group]", "a \\x23#[group]"),
        ("###vso[a]", "#\\x23#vso[a]"),
        ("## [a](b) é “c” 👩‍🚀 می‌خواهم", "## [a](b) é “c” 👩‍🚀 می‌خواهم"),
    ],
)
def test_what_could_act_is_shown_as_its_code_and_nothing_else_changes(
    text: str, shown: str
) -> None:
    assert visible(text) == shown
    assert visible(shown) == shown


def test_a_name_of_a_file_is_on_one_line() -> None:
    assert visible_name("a\nb\r.md") == "a\\nb\\r.md"


def test_json_keeps_its_meaning() -> None:
    value = [*ACTS, "\U000e0041", "\ud800", "a##[b]"]
    text = visible_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(text) == value
    assert not CONTROL.search(text)
    assert "##[" not in text


@pytest.mark.parametrize("line", ["\x1b[0mab", "::a::b", "\t\u202e##[x]b", "x" * 500 + "\x1bb"])
def test_the_caret_stands_under_the_place(line: str) -> None:
    column = line.index("b") + 1
    assert visible(line)[visible_column(line, column) - 1] == "b"
    shown = excerpt(Problem("a.md", 1, column, "x", "y"), line.encode()).split("\n")
    assert shown[1][shown[2].index("^")] == "b"
    assert len(shown[1]) < 400


COMMANDS = [
    ("check",),
    ("check", "--diff"),
    ("check", "--all", "--strict"),
    ("check", "--format", "json"),
    ("check", "--format", "gitlab"),
    ("check", "--format", "sarif"),
    ("check", "--format", "github"),
    ("build",),
    ("build", "--json"),
    ("fmt", "--diff"),
    ("fmt", "--check"),
    ("gaps",),
    ("status",),
    ("status", "--json"),
    ("reading",),
    ("why", "/\x1b[31m/"),
    ("help", "\x1b[31m"),
    ("eject", "\u202e.html"),
    ("rename-role", "A\x1b1", "\x9bB", "--yes"),
    ("new", "A\x1b1", "\u202eB"),
    ("\x1b]0;a\x07",),
]


@pytest.mark.parametrize("words", COMMANDS, ids=[ascii(" ".join(words)) for words in COMMANDS])
def test_a_terminal_gets_no_control_character_but_our_colours(
    world: World, words: tuple[str, ...]
) -> None:
    write_hostile(world)
    _, output = on_terminal(world, *words)
    assert output
    assert acts_in(output) == []
    assert "Traceback" not in output


@pytest.mark.parametrize(
    "words", [("check", "--fix"), ("fmt",), ("rename-skill", "Negotiation", "Bargaining")]
)
def test_what_is_changed_and_listed_is_shown_as_what_it_is(
    world: World, words: tuple[str, ...]
) -> None:
    world.pivot(
        "Chef", "Nurse", PIVOT.replace("tldr:", "tl_dr:").replace("Some", "\x1b]0;a\x07\u202eSome")
    )
    world.pivot("Baker", "Nurse")
    for arguments in (words, (*words, "--yes") if words[0] != "fmt" else (*words, "--diff")):
        assert acts_in(on_terminal(world, *arguments)[1]) == []


SETTINGS = {
    "an exception": 'raise RuntimeError("\\x1b]0;a\\x07\\u202e")',
    "what it prints": 'print("\\x1b]0;a\\x07", "\\u202e")',
    "a warning": 'import warnings; warnings.warn("\\x1b]0;a\\x07")',
    "a log": 'import logging; logging.error("\\x1b]0;a\\x07\\x9b")',
    "another end": 'import sys; sys.exit("\\x1b]0;a\\x07\\x9b")',
    "a name": 'config = Config(name="a\\x1b", base_url="https://a.org")',
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_sites_own_code_has_no_other_way_to_the_terminal(world: World, name: str) -> None:
    world.pivot("Chef", "Nurse")
    settings = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py", f"{settings}\n{SETTINGS[name]}\n")
    _, output = on_terminal(world, "build")
    assert "\\x1b" in output or name == "a name"
    assert acts_in(output) == []


def test_the_overlay_of_the_preview_shows_what_it_is(tmp_path: Path) -> None:
    problem = Problem("a\x1b.md", 1, 3, "x", "\u202e", "\x9b", Level.ERROR)
    data = overlay_json([problem], tmp_path, EDITOR_URL, lambda path: b"\x1b[31m\xe2\x80\xae")
    [entry] = json.loads(data)["problems"]
    texts = [entry["place"], entry["message"], entry["hint"], *(line for _, line in entry["frame"])]
    assert not CONTROL.search("".join(texts))
    assert entry["frame"][0][1][entry["caret"] - 1 :] == "31m\\u202e"


def test_an_editor_is_told_what_it_is() -> None:
    problem = Problem("a.md", 1, 1, "x", "\u202e", "\x9b", Level.ERROR)
    from pivotgen.engines.editor.protocol import to_diagnostic

    assert to_diagnostic(problem, ["a"], len).message == "\\u202e\n\\x9b"


def test_the_command_line_has_no_other_way_out() -> None:
    ways = []
    for file in sorted((ROOT / "pivotgen" / "cli").glob("*.py")):
        if file.name == "_terminal.py":
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            text = ast.unparse(node) if isinstance(node, ast.Attribute | ast.Name) else ""
            if text in ("print", "click.echo", "click.secho", "click.style", "os.write") or (
                text.startswith(("sys.stdout.", "sys.stderr.", "sys.__std"))
                and not text.endswith("isatty")
            ):
                ways.append(f"{file.name}:{getattr(node, 'lineno', 0)} {text}")
    assert ways == []


def test_commands_and_engines_print_nothing() -> None:
    printing = []
    for file in sorted((ROOT / "pivotgen").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
                printing.append(f"{file}:{node.lineno}")
    assert printing == []


def test_every_stream_is_guarded_also_where_it_is_no_terminal(world: World) -> None:
    world.pivot("Chef", "Nurse", PIVOT.replace("Some text.", "[a](\x1b.md) \x9b"))
    result = world.run("check")
    assert "\\x1b.md" in result.stderr
    assert not CONTROL.search(result.stdout + result.stderr)
    assert os.path.isdir(world.folder)
