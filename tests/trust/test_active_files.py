"""Files in which a browser would run something are published only where the settings say so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pivotgen.model.problem import Problem
from tests.world.builds import CONFIG, build_here
from tests.world.site import World

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>\n'


@pytest.mark.parametrize("folder", ["assets", "static", "static/deep"])
@pytest.mark.parametrize(
    "part",
    [
        "<script>alert(1)</script>",
        "<SCRIPT href='x.js'/>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'>alert(1)</s:script>",
        '<path onload="alert(1)"/>',
        "<path\nonclick = 'alert(1)'/>",
        '<a href="javascript:alert(1)"><path/></a>',
        '<a href="&#106;ava&#x73;cript:alert(1)"><path/></a>',
        '<a href="java\nscript:alert(1)"><path/></a>',
        '<use href="data:image/svg+xml;base64,PHN2Zz4="/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        '<!DOCTYPE svg [<!ENTITY x "alert(1)">]>',
        '<?xml-stylesheet href="x.xsl" type="text/xsl"?>',
    ],
)
def test_a_drawing_in_which_something_may_run_is_an_error(
    world: World, folder: str, part: str
) -> None:
    world.write(f"{folder}/ward.svg", SVG.format(part))
    (problem,) = _problems(world)
    assert (problem.code, problem.path) == ("active-file", f"{folder}/ward.svg")
    assert not (world.folder / "public").exists()


def test_the_place_is_that_of_the_first_part_that_may_run(world: World) -> None:
    world.write("static/ward.svg", SVG.format("\n  <g>&eacute;<path onclick='x()'/></g>"))
    (problem,) = _problems(world)
    assert (problem.line, problem.column) == (2, 20)


def test_a_drawing_that_nobody_can_read_is_an_error(world: World) -> None:
    world.write("static/ward.svg", SVG.format("<script>x</script>").encode("utf-16"))
    assert [problem.code for problem in _problems(world)] == ["active-file"]


@pytest.mark.parametrize(
    "name", ["a.html", "b.HTM", "c.xhtml", "d.svgz", "e.shtml", "f.xsl", "deep/g.html"]
)
def test_a_page_beside_the_layouts_is_an_error(world: World, name: str) -> None:
    world.write(f"static/{name}", "<p>Hello</p>\n")
    assert [problem.code for problem in _problems(world)] == ["active-file"]


@pytest.mark.parametrize(
    "text",
    [
        SVG.format("<title>Reasons to go on</title><style>path { fill: red }</style><path/>"),
        SVG.format('<linearGradient id="a"/><path fill="url(#a)"/><use href="#a"/>'),
        SVG.format("<desc>Scripture, objects, bases: button = one</desc>"),
    ],
)
def test_a_drawing_without_scripts_is_published(world: World, text: str) -> None:
    world.write("static/ward.svg", text)
    assert _problems(world) == []
    assert world.read("ward.svg") == text


def test_a_file_that_the_settings_name_is_published(world: World) -> None:
    world.write("static/rounds.html", "<p>Rounds</p>\n")
    assert _problems(world, "static/rounds.html") == []
    assert world.read("rounds.html") == "<p>Rounds</p>\n"


def test_the_next_build_tells_it_again_and_one_without_the_name_too(world: World) -> None:
    world.write("static/rounds.html", "<p>Rounds</p>\n")
    assert _problems(world) == _problems(world) != []
    assert _problems(world, "static/rounds.html") == []
    assert _problems(world) != []


def test_a_name_of_no_file_is_an_error(world: World) -> None:
    (problem,) = _problems(world, "static/gone.html")
    assert (problem.path, problem.code) == ("build.py", "active-file")


def _problems(world: World, *allowed: str) -> list[Problem]:
    world.pivot("Chef", "Nurse")
    config = replace(CONFIG, active_files=allowed)
    return build_here(world.folder, config, world.folder / "public").problems
