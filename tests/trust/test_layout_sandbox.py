"""Layouts run in Jinja's sandbox: none reaches Python, and each attempt is told at its line."""

from __future__ import annotations

import pytest

from pivotgen.pipeline import Report
from tests.world.builds import CONFIG, build_here
from tests.world.site import World


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ cycler.__init__.__globals__ }}", "`__globals__`"),
        ("{{ once.__wrapped__ }}", "`__wrapped__`"),
        ("{{ site.phrases.say.__func__ }}", "`__func__`"),
        ('{{ cycler["__init__"] }}', "`__init__`"),
        ('{{ site["__cla" ~ "ss__"] }}', "`__class__`"),
        ('{{ cycler|attr("__init__") }}', "`__init__`"),
        ('{{ [cycler]|map(attribute="__init__")|join }}', "`__init__`"),
        ('{{ "{0.__class__}".format(1) }}', "`__class__`"),
        ('{{ ("{0.__class__}"|safe).format(1) }}', "`__class__`"),
        ('{{ "{x.__class__}".format_map({"x": 1}) }}', "`__class__`"),
        ("{{ cycler.mro() }}", "`mro`"),
        ("{% macro m() %}{% endmacro %}{{ m._func.gi_frame }}", "`_func`"),
    ],
)
def test_a_layout_that_asks_for_the_inside_of_python_is_an_error(
    world: World, text: str, said: str
) -> None:
    assert said in _fault(world, text)


@pytest.mark.parametrize("change", ["append(1)", "extend([1])", "clear()", "sort()"])
def test_a_layout_cannot_change_a_list(world: World, change: str) -> None:
    name = change.partition("(")[0]
    assert f"`{name}` of a list" in _fault(world, f"{{% set x = [2] %}}{{{{ x.{change} }}}}")


def test_a_layout_cannot_change_a_mapping(world: World) -> None:
    assert "`update` of a dict" in _fault(world, '{{ site.assets.update({"icon.svg": "x"}) }}')


def test_a_layout_cannot_count_without_end(world: World) -> None:
    assert "Range too big" in _fault(world, "{{ range(99999999)|list|length }}")


def test_what_the_sandbox_allows_works_as_ever(world: World) -> None:
    text = '{% set n = namespace(i=0) %}{% set n.i = 3 %}{{ "{} {:03}".format("é", n.i) }}'
    assert "é 003" in _page(world, f"{text}{{{{ cycler('a', 'b').next() }}}}").decode()


def _fault(world: World, text: str) -> str:
    report = _built(world, text)
    (problem,) = [problem for problem in report.problems if problem.code == "layout"]
    assert (problem.path, problem.line) == ("layouts/skill.html", 2)
    return problem.message


def _page(world: World, text: str) -> bytes:
    report = _built(world, text)
    assert not report.problems
    return next((world.folder / "public").glob("skills/*/index.html")).read_bytes()


def _built(world: World, text: str) -> Report:
    world.pivot("Chef", "Nurse")
    world.write("layouts/skill.html", f"<p>\n{text}\n")
    return build_here(world.folder, CONFIG, world.folder / "public")
