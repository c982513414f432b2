"""The quick code of layouts: it makes what the careful code makes, or leaves the page to that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from pivotgen.engines.layouts.layouts import Layouts
from pivotgen.model.own_keys import OwnKeys
from pivotgen.model.phrases import Phrases
from pivotgen.model.problem import Problem
from pivotgen.model.view import Chrome, Head, Link, View

HEAD = Head("/a/", "https://a.example/a/", "A <b> & 'c'", "D", "article", (Link("Home", "/"),))


@dataclass(frozen=True)
class Shown:
    head: Head = HEAD
    text: str = 'a <i> & "b"'
    number: int = 3
    nothing: None = None
    links: tuple[Link, ...] = (Link("One", "/1/"), Link("Two & a half", "/2/"))
    extra: OwnKeys = field(default_factory=lambda: OwnKeys({"pay": "<9>", "class": "x"}))
    table: dict[str, Any] = field(default_factory=lambda: {"key": "in <it>", "items": "own"})


@dataclass(frozen=True)
class Site:
    name: str = "S"
    phrases: Phrases = Phrases("ltr", {"hello": "Hello, {who}", "way.one": "1", "way.other": "n"})


MACROS = (
    "{% macro m(a, b='x') %}<p>{{ a }}{{ b }}</p>{% endmacro %}"
    "{% macro wrap() %}[{{ caller() }}]{% endmacro %}"
)
# What the quick code can make by itself.
QUICK = [
    "{{ view.text }}{{ view.head.title }}{{ view.number }}",
    "{{ view.text|safe }}{{ view.text|upper }}{{ view.text|e }}",
    "{% for link in view.links %}{{ loop.index }}{{ link.text }}{% endfor %}",
    "{{ site.phrases['hello'] }}{{ site.phrases.say('hello', who=view.text) }}",
    "{{ site.phrases.count('way', view.number) }}",
    f"{MACROS}{{{{ m(view.text) }}}}{{{{ once(m, view.text, '&') }}}}",
    f"{MACROS}{{% call wrap() %}}{{{{ view.text }}}}{{% endcall %}}",
    f"{MACROS}{{{{ m(*('1', '2')) }}}}{{{{ m(**{{'a': '<'}}) }}}}",
    "{{ 'abc'.upper() }}{{ (3.5).is_integer() }}",
    "{{ view.extra.pay }}{{ view.extra['pay'] }}{{ view.extra.class }}",
    "{{ view.gone is defined }}{{ view.gone|default('none') }}{{ view.table['no'] is defined }}",
    "{{ view.head.gone is undefined }}{{ view.table.key|default('none') }}",
    "{% set made %}<b>{{ view.text }}</b>{% endset %}{{ made }}{{ made|length }}",
    "{{ view.links|map(attribute='text')|join(', ') }}{{ view.text ~ '<' }}",
    "{% set ns = namespace(n=1) %}{% set ns.n = ns.n + view.number %}{{ ns.n }}",
    "{% filter upper %}{{ view.text }}{% endfilter %}{{ '{}'.format('<') }}",
    "{{ view.table['key'] }}{% for x in range(3) %}{{ x }}{% endfor %}",
]
# What only the careful code can make.
CAREFUL = [
    "{{ view.table.key }}",
    "{{ view['text'] }}{{ view['head'].title }}",
    "{{ view.table.key.upper() }}",
    "{% if view.table.gone is defined %}no{% else %}{{ view.table.key }}{% endif %}",
]
WRONG = [
    "{{ view.gone }}",
    "{{ view.head.gone.more }}",
    "{{ nobody.name }}",
    "{{ view.nothing }}",
    "{{ view.nothing.name }}",
    "{{ view.number() }}",
    "{{ view.extra.gone }}",
    "{{ site.phrases['gone'] }}",
    "{{ site.phrases.say('hello') }}",
    "{{ nobody() }}",
    "{{ (1 / 0) }}",
]


def carefully(text: str) -> str | Problem:
    layouts = Layouts({"a.html": text}, {})
    layouts._left_to_careful.add("a.html")
    return rendered(layouts)


def rendered(layouts: Layouts) -> str | Problem:
    return layouts.render("a.html", cast(View, Shown()), cast(Chrome, Site()), "")


@pytest.mark.parametrize("text", QUICK)
def test_quick_code_makes_what_careful_code_makes(text: str) -> None:
    layouts = Layouts({"a.html": text}, {})
    made = rendered(layouts)
    assert isinstance(made, str), made
    assert made == carefully(text)
    assert not layouts._left_to_careful


@pytest.mark.parametrize("text", CAREFUL)
def test_what_quick_code_cannot_make_is_made_all_the_same_each_time(text: str) -> None:
    layouts = Layouts({"a.html": text}, {})
    made = [rendered(layouts), rendered(layouts)]
    assert isinstance(made[0], str), made
    assert made == [carefully(text)] * 2
    assert layouts._left_to_careful == {"a.html"}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_told_in_the_words_of_the_careful_code(text: str) -> None:
    problem = rendered(Layouts({"a.html": f"\n{text}"}, {}))
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line) == ("layouts/a.html", 2)
    assert problem == carefully(f"\n{text}")


def test_both_codes_escape_what_no_filter_called_safe() -> None:
    made = rendered(Layouts({"a.html": QUICK[0]}, {}))
    assert made == "a &lt;i&gt; &amp; &#34;b&#34;A &lt;b&gt; &amp; &#39;c&#39;3"


def test_code_for_other_processes_is_the_quick_one() -> None:
    code = Layouts({"a.html": "{{ view.text }}"}, {})
    rendered(code)
    assert code.code.keys() == {"a.html"}
    again = Layouts({"a.html": "{{ view.text }}"}, {}, code.code)
    assert rendered(again) == rendered(code)
