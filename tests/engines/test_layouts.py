"""Layouts: whatever is wrong with one is told at its place, in words that help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pivotgen.commands.check import CheckOptions, check
from pivotgen.engines.layouts.layouts import Layouts
from pivotgen.engines.layouts.phrases import read_phrases
from pivotgen.kinds import KINDS, page_kinds
from pivotgen.model.problem import Problem
from pivotgen.model.source import Source
from pivotgen.pipeline import Options
from tests.world.builds import CONFIG, build_here
from tests.world.site import ROOT, World

ENGLISH = "layouts/phrases/en.yaml"
ENGLISH_PHRASES, _ = read_phrases([Source(ENGLISH, (ROOT / ENGLISH).read_bytes(), b"")], "en")


def _closed(**layouts: str) -> list[Problem]:
    texts = {file.name: file.read_text("utf-8") for file in (ROOT / "layouts").glob("*.html")}
    texts |= {f"{name}.html": text for name, text in layouts.items()}
    views = {kind.layout: kind.view for kind in page_kinds(KINDS.values())}
    return Layouts(texts, {}).check(views, ENGLISH_PHRASES)


def _made(world: World, layout: str) -> list[Problem]:
    world.pivot("Chef", "Nurse")
    world.write("layouts/skill.html", layout)
    problems = check(world.folder, CONFIG, CheckOptions(today=date(2026, 11, 24))).problems
    return [problem for problem in problems if problem.code == "layout"]


def test_the_layouts_of_the_site_ask_for_nothing_that_is_not_there() -> None:
    assert _closed() == []


@pytest.mark.parametrize(
    ("text", "line", "column", "said", "hint"),
    [
        ("\n{{ view.nmae }}", 2, 9, "`view.nmae`", "`name`? `view` of skill.html has `head`"),
        ("{{ site.phrsaes }}", 1, 9, "`site.phrsaes`", "did you mean `phrases`?"),
        ("{% for one in view.cards %}{{ one.tilte }}{% endfor %}", 1, 35, "`one.tilte`", "`title`"),
        ("{% for one in view.cards[:2] %}{{ one['urk'] }}{% endfor %}", 1, 40, "`urk`", "`url`"),
        ("{% set c = view.head %}{{ c.crumbs[0].txt }}", 1, 39, "`txt`", "`text`"),
        (
            "{% macro m(a) %}{{ a.tilte }}{% endmacro %}{{ m(view.cards[0]) }}",
            1,
            22,
            "`a.tilte`",
            "",
        ),
        ("{% if view.total and view.nope %}{% endif %}", 1, 27, "`view.nope`", "has"),
        ("{{ veiw.name }}", 1, 4, "there is no `veiw`", "did you mean `view`?"),
        ('{% extends "bass.html" %}', 1, 13, "no layout `bass.html`", "`base.html`"),
        ("{% include '_part.html' %}", 1, 13, "no layout `_part.html`", "`_parts.html`"),
        ('{% extends "skill.html" %}', 1, 13, "skill.html → skill.html", "extend no other"),
        ('{{ site.phrases["brnig"] }}', 1, 18, "no phrase `brnig`", "did you mean `bring`?"),
        ('{{ site.phrases["by"] }}', 1, 18, "`by` needs `editor`", 'phrases.say("by", editor=…)'),
        (
            '{% set w = site.phrases %}{{ w.say("by") }}',
            1,
            37,
            "`by` needs `editor`",
            "phrases.say(",
        ),
        ('{{ site.phrases.count("pivot", 2) }}', 1, 24, "no phrase `pivot.one`", "`pivots.one`"),
        (
            '{{ site.phrases.say("x" if view.total else "skip") }}',
            1,
            22,
            "no phrase `x`",
            "phrases/",
        ),
        (
            "{{ site.phrases.bring }}",
            1,
            17,
            "`site.phrases.bring`",
            'written site.phrases["bring"]',
        ),
        ("{{ lipsum() }}", 1, 4, "there is no `lipsum`", "a layout sees"),
        ("\n{{ view.name }", 2, 14, "unexpected `}`", ""),
        ("{% if view.name %}\n{% endfr %}", 2, 4, "unknown tag `endfr`", ""),
        ("{{ view.name view.total }}", 1, 1, "got `view`", ""),
        ("{{ view.name|random }}", 1, 14, "no filter named `random`", "build.py"),
        ("{{ view.name|uper }}", 1, 14, "no filter named `uper`", "did you mean `upper`?"),
    ],
)
def test_what_is_not_there_is_told_at_its_place(
    text: str, line: int, column: int, said: str, hint: str
) -> None:
    [problem] = _closed(skill=text)
    assert (problem.path, problem.line, problem.column) == ("layouts/skill.html", line, column)
    assert said in problem.message
    assert problem.message.endswith(" (no skill page can be made)")
    assert hint in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "{% if view.banner is defined %}{{ view.banner }}{% endif %}",
        "{{ view.banner|default('') }}",
        "{% for one in view.cards|sort(attribute='title') %}{{ one.whatever }}{% endfor %}",
        "{% for key, value in site.assets.items() %}{{ key.x }}{{ value.upper() }}{% endfor %}",
        "{% set x = view.name if view.total else view.head %}{{ x.title }}",
        "{% for one in view.cards %}{{ loop.index }}{{ one.origin.text.title() }}{% endfor %}",
        "{% with a = view.head %}{{ a.title }}{% endwith %}",
        "{% include ['nope.html', 'missing.html'] %}{% include 'no.html' ignore missing %}",
        '{{ site.phrases.say("by", **view) }}{{ site.phrases[view.name] }}',
        '{{ view.name.count("x") }}',
        "{% set n = namespace(n=0) %}{% for i in range(3) %}{% set n.n = i %}{% endfor %}{{ n.n }}",
    ],
)
def test_what_may_be_there_is_left_alone(text: str) -> None:
    assert _closed(skill=text) == []


@pytest.mark.parametrize("fault", ["{{ site.wrods }}", "{% if %}"])
def test_the_pages_that_cannot_be_made_are_named_by_their_kinds(fault: str) -> None:
    base = (ROOT / "layouts" / "base.html").read_text("utf-8")
    [problem] = _closed(base=base + fault)
    assert problem.message.endswith(" (no page can be made)")
    two = {"skill": "{% include '_own.html' %}", "missing": "{% include '_own.html' %}"}
    [problem] = _closed(_own=fault, **two)
    assert problem.message.endswith(" (no skill or 404 page can be made)")


def test_a_name_that_only_some_kinds_of_pages_have_is_told_once_for_the_others() -> None:
    base = (ROOT / "layouts" / "base.html").read_text("utf-8")
    [problem] = _closed(base=base + "{{ view.card }}")
    kinds = (kind.name for kind in page_kinds(KINDS.values()) if kind.name != "pivot")
    assert all(name in problem.message for name in kinds if name not in ("page", "missing"))
    assert problem.message.endswith(", own or 404 page can be made)")


def test_a_loop_of_two_layouts_is_told_as_what_it_is(world: World) -> None:
    [problem] = _closed(skill='{% extends "_a.html" %}', _a='\n{% extends "skill.html" %}')
    assert (problem.path, problem.line, problem.column) == ("layouts/_a.html", 2, 13)
    assert "skill.html → _a.html → skill.html" in problem.message
    world.write("layouts/_b.html", "{% include '_c.html' %}")
    world.write("layouts/_c.html", "\n{% include '_b.html' %}")
    [problem] = _made(world, "{% include '_b.html' %}")
    assert problem.path in ("layouts/_b.html", "layouts/_c.html")
    assert (
        "includes or calls itself without end (while making /skills/negotiation/)"
        in problem.message
    )


def test_functions_of_jinja_are_there(world: World) -> None:
    counts = (
        "{% set ns = namespace(n=0) %}{% for i in range(4) %}{% set ns.n = ns.n + i %}{% endfor %}"
    )
    layout = (world.folder / "layouts" / "skill.html").read_text("utf-8")
    start = "{% block main %}"
    world.write("layouts/skill.html", layout.replace(start, f"{start}{counts}Sum {{{{ ns.n }}}}"))
    world.pivot("Chef", "Nurse")
    assert world.run("build").returncode == 0
    assert "Sum 6" in world.read("skills/negotiation/index.html")


def test_a_phrase_that_the_file_loses_is_told_where_a_layout_asks_for_it(world: World) -> None:
    world.pivot("Chef", "Nurse")
    layout = (world.folder / "layouts/skill.html").read_text("utf-8")
    world.write("layouts/skill.html", layout.replace('["bring"]', '["bringing"]'))
    text = (world.folder / ENGLISH).read_text("utf-8")
    world.write(ENGLISH, f"{text}bringing: Roles that bring it\n")
    assert world.run("build").returncode == 0
    world.write(ENGLISH, text)
    [problem] = check(world.folder, CONFIG, CheckOptions(today=date(2026, 11, 24))).problems
    line = layout[: layout.index('["bring"]')].count("\n") + 1
    assert (problem.path, problem.line) == ("layouts/skill.html", line)
    assert "there is no phrase `bringing`" in problem.message


def test_a_macro_of_another_layout_is_told_in_its_own_file() -> None:
    parts = "{% macro chips(links) %}\n"
    parts += "{% for link in links %}{{ link.ulr }}{% endfor %}{% endmacro %}"
    page = "{{ own.chips(view.origins) }}{{ once(own.chips, view.targets) }}"
    page = '{% import "_own.html" as own %}' + page
    [problem] = _closed(skill=page, _own=parts)
    assert (problem.path, problem.line) == ("layouts/_own.html", 2)
    assert "`link.ulr` does not exist" in problem.message


def test_a_phrase_that_is_not_there_is_told_with_the_page_that_asked(world: World) -> None:
    [problem] = _made(world, '{% set w = "sk" %}\n{{ site.phrases.say(w ~ "ipp") }}')
    assert (problem.path, problem.line) == ("layouts/skill.html", 2)
    assert problem.message == (
        "there is no phrase `skipp`; did you mean `skip`? (while making /skills/negotiation/)"
    )


def test_a_phrase_without_its_names_says_which(world: World) -> None:
    [problem] = _made(world, '{{ site.phrases.say("paths_into") }}')
    assert "the phrase `paths_into` needs `role`" in problem.message


def test_a_fault_in_an_included_layout_is_told_in_that_layout(world: World) -> None:
    world.write("layouts/_sum.html", "\n\n{{ 1 / (view.total - 1) }}")
    [problem] = _made(world, "{% include '_sum.html' %}")
    assert (problem.path, problem.line) == ("layouts/_sum.html", 3)
    assert "ZeroDivisionError" in problem.message
    assert "(while making /skills/negotiation/)" in problem.message


def test_an_include_without_end_is_told(world: World) -> None:
    world.write("layouts/_loop.html", "{% include '_loop.html' %}")
    [problem] = _made(world, "{% include '_loop.html' %}")
    assert problem.path == "layouts/_loop.html"
    assert "includes or calls itself without end" in problem.message


def test_a_broken_layout_names_its_file_and_line(world: World) -> None:
    world.pivot("Chef", "Nurse")
    world.write("layouts/skill.html", "a\n{{ view.nmae }}\n")
    result = world.run("build")
    assert "layouts/skill.html:2:9: error[layout]" in result.stderr
    assert result.returncode == 1


@pytest.mark.parametrize("form", ["one", "other"])
def test_a_phrase_with_a_count_may_need_the_count_alone(form: str) -> None:
    english = ENGLISH_PHRASES
    assert english
    layouts = Layouts({"skill.html": '{{ site.phrases.count("beds", view.total) }}'}, {})
    views = {kind.layout: kind.view for kind in page_kinds(KINDS.values())}

    def problems(**changed: str) -> list[Problem]:
        forms = {"beds.one": "{count} bed", "beds.other": "{count} beds", **changed}
        phrases = replace(english, phrases={**english.phrases, **forms})
        found = layouts.check({"skill.html": views["skill.html"]}, phrases)
        return [problem for problem in found if "phrase" in problem.message]

    assert problems() == []
    [problem] = problems(**{f"beds.{form}": "{count} of {ward}"})
    assert problem.message.startswith(f"the phrase `beds.{form}` needs `ward`")
    assert problem.hint == 'write phrases.count("beds", …, ward=…)'
    assert (problem.line, problem.column) == (1, 24)


def test_what_is_remembered_of_layouts_is_that_of_their_texts_and_filters(world: World) -> None:
    world.pivot("Chef", "Nurse")

    def page(text: str, mark: str = "") -> str:
        world.write("layouts/skill.html", text)
        filters = {"mark": lambda _: mark} if mark else {}
        config = replace(CONFIG, filters=filters)
        report = build_here(world.folder, config, world.folder / "public", Options(clean=True))
        assert [problem.message for problem in report.problems] == []
        return world.read("skills/negotiation/index.html")

    assert page("one") == "one"
    assert page("two") == "two"
    # Jinja's compiler itself applies a filter to a text that is written out.
    assert page("{{ 'text'|mark }}", "three") == "three"
    assert page("{{ 'text'|mark }}", "four") == "four"
    assert page("one") == "one"
    [problem] = _made(world, "{{ 'text'|mark }}")
    assert "no filter named `mark`" in problem.message.lower()
