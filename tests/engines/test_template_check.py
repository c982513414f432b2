"""The template check: it finds what fails while a page is rendered, and refuses nothing else."""

from __future__ import annotations

import pytest

from pivotgen.engines.layouts.layouts import Layouts
from pivotgen.engines.layouts.phrases import read_phrases
from pivotgen.kinds import KINDS, page_kinds
from pivotgen.kinds.skill import SkillView
from pivotgen.model.pivot import Call
from pivotgen.model.problem import Problem
from pivotgen.model.source import Source
from pivotgen.model.view import Card, Chrome, Head, Link
from pivotgen.model.window import Months
from tests.world.site import ROOT

ENGLISH = "layouts/phrases/en.yaml"
PHRASES, _ = read_phrases([Source(ENGLISH, (ROOT / ENGLISH).read_bytes(), b"")], "en")
TEXTS = {file.name: file.read_text("utf-8") for file in (ROOT / "layouts").glob("*.html")}
VIEWS = {kind.layout: kind.view for kind in page_kinds(KINDS.values())}

LINK = Link("Chef", "/roles/chef/")
CARD = Card(
    url="/pivots/a/",
    title="A move",
    description="What carries over.",
    window="3 months",
    origin=LINK,
    target=LINK,
    skills=(LINK, LINK),
    months=Months(3, 3),
    point="A move",
    points=(),
)
HEAD = Head("/skills/a/", "https://e.org/skills/a/", "A skill", "All of it.", "website", (LINK,))
VIEW = SkillView(HEAD, "A skill", (CARD, CARD), 2, (LINK,), (LINK,))
EXTENDS = '{% extends "base.html" %}'
PARTS = '{% import "_parts.html" as parts %}'
OWN = '{% import "_own.html" as own %}'


def _layouts(own: dict[str, str]) -> Layouts:
    return Layouts({**TEXTS, **{f"{name}.html": text for name, text in own.items()}}, {})


def _problems(**own: str) -> list[Problem]:
    return _layouts(own).check(VIEWS, PHRASES)


def _rendered(**own: str) -> str | Problem:
    assert PHRASES
    assets = dict.fromkeys(("style.css", "icon.svg", "share.png"), "/a")
    call = Call("Start", "Now.", "Go", "/go")
    base_url = "https://e.org"
    site = Chrome("Pivots", base_url, "en", PHRASES, call, "O", "/o", "E", "/e", assets, False)
    return _layouts(own).render("skill.html", VIEW, site, "")


WRONG = [
    # Blocks.
    (
        EXTENDS + "{% block main %}{{ view.nmae }}{% endblock %}",
        "`view.nmae` does not exist",
        "did you mean `name`?",
    ),
    (
        EXTENDS + "{% block kind %}{{ super() }}{{ view.nmae }}{% endblock %}",
        "`view.nmae` does not exist",
        "`name`",
    ),
    (
        "{% block own %}{{ super() }}{% endblock %}",
        "no layout above has a block `own`",
        "leave `super()` out",
    ),
    (
        "{% block own required %}{% endblock %}",
        "no layout below has the block `own`, which is required here",
        "write it in `skill.html`",
    ),
    # Macros.
    (
        PARTS + "{{ parts.chisp(view.origins) }}",
        "`parts.chisp` does not exist",
        "did you mean `chips`? `parts` has `tongue`, `move`",
    ),
    (
        '{% from "_parts.html" import chps as show %}{{ show(view.origins) }}',
        "there is no `chps` in `_parts.html`",
        "did you mean `chips`?",
    ),
    (
        PARTS + "{{ parts.chips(view.origins, 3) }}",
        "`parts.chips` takes 1 argument, and 2 are given",
        "it is `chips(links)`",
    ),
    (
        PARTS + "{{ once(parts.explore, site.phrases, site.home, 3) }}",
        "`parts.explore` takes 2 arguments, and 3 are given",
        "it is `explore(phrases, home)`",
    ),
    (
        PARTS + "{{ parts.pager(view.pages, words=site.phrases) }}",
        "`parts.pager` has no argument `words`",
        "it is `pager(pages, phrases)`",
    ),
    (
        "{% macro m() %}x{% endmacro %}{{ m(1) }}",
        "`m` takes no arguments, and 1 is given",
        "it is `m()`",
    ),
    (
        "{% macro m(a, b=1) %}{{ a }}{{ b }}{% endmacro %}{{ m(1, 2, 3) }}",
        "`m` takes 2 arguments, and 3 are given",
        "it is `m(a, b)`",
    ),
    (
        PARTS + "{% call parts.chips(view.origins) %}x{% endcall %}",
        "`parts.chips` shows nothing of what stands in a `call` block",
        "write `{{ caller() }}` in the macro",
    ),
    (
        PARTS + "{{ parts.chips(view.orgins) }}",
        "`view.orgins` does not exist",
        "did you mean `origins`?",
    ),
    (
        "{% macro m(a) %}{{ a }}{{ view.nmae }}{% endmacro %}{{ m(1) }}",
        "`view.nmae` does not exist",
        "`name`",
    ),
    (
        "{% macro m(a, b=view.head) %}{{ a }}{{ b.titel }}{% endmacro %}{{ m(1) }}",
        "`b.titel` does not exist",
        "`title`",
    ),
    (
        "{% macro each(cards) %}{% for card in cards %}{{ caller(card) }}{% endfor %}{% endmacro %}"
        "{% call(card) each(view.cards) %}{{ card.tilte }}{% endcall %}",
        "`card.tilte` does not exist",
        "`title`",
    ),
    ("{% call cycler(view.nmae) %}{% endcall %}", "`view.nmae` does not exist", "`name`"),
    # Loops, branches and other statements.
    (
        "{% for card in view.cards %}{{ loop.indx }}{% endfor %}",
        "`loop.indx` does not exist",
        "did you mean `index`?",
    ),
    (
        "{% for card in view.cards %}{{ loop.nextitem.tilte }}{% endfor %}",
        "`loop.nextitem.tilte` does not exist",
        "`title`",
    ),
    (
        "{% for card in view.cards %}{% for skill in card.skills %}{{ skill.txet }}"
        "{% endfor %}{% endfor %}",
        "`skill.txet` does not exist",
        "`text`",
    ),
    ("{% for card in view.cards if card.tilte %}{% endfor %}", "`card.tilte` does not exist", ""),
    (
        "{% for letter in view.name %}{{ letter.upr }}{% endfor %}",
        "`letter.upr` does not exist",
        "`letter` is text",
    ),
    (
        "{% if view.total > 9 %}{% elif view.totl %}{% endif %}",
        "`view.totl` does not exist",
        "`total`",
    ),
    (
        "{% if view.total > 9 %}{% set x = view.head %}{% elif view.total %}{% set x = view.head %}"
        "{% else %}{% set x = view.head %}{% endif %}{{ x.titel }}",
        "`x.titel` does not exist",
        "`title`",
    ),
    ("{% with x = view.head %}{{ x.titel }}{% endwith %}", "`x.titel` does not exist", "`title`"),
    ("{% set x %}{{ view.nmae }}{% endset %}", "`view.nmae` does not exist", "`name`"),
    ("{% filter upper %}{{ view.nmae }}{% endfilter %}", "`view.nmae` does not exist", "`name`"),
    (
        "{% set x, cards = view.head, view.cards %}{{ cards[0].tilte }}",
        "`tilte` does not exist",
        "`cards[0]` has",
    ),
    # Expressions.
    ("{{ view.nmae if view.total else 1 }}", "`view.nmae` does not exist", "`name`"),
    ("{{ (view.head or view.head).titel }}", "`titel` does not exist", "`title`"),
    ("{{ view.name|replace('a', view.nmae) }}", "`view.nmae` does not exist", "`name`"),
    ("{{ view.name|indent(width=view.totl) }}", "`view.totl` does not exist", "`total`"),
    ("{{ range(*[view.totl]) }}", "`view.totl` does not exist", "`total`"),
    ("{% include view.nmae %}", "`view.nmae` does not exist", "`name`"),
    ("{{ view.cards.title }}", "`view.cards.title` does not exist", "go through it with `for`"),
    ("{{ view.cards.length }}", "`view.cards.length` does not exist", "write `view.cards|length`"),
    ("{{ view.name.text }}", "`view.name.text` does not exist", "`view.name` is text"),
    ("{{ view.total['x'] }}", "`x` does not exist", "`view.total` is a number"),
    # Names, filters and tests that are not there.
    (
        "{% for cards in view.cards %}{{ card.title }}{% endfor %}",
        "there is no `card` here",
        "did you mean `cards`?",
    ),
    (
        "{% macro m(crads) %}{{ cards }}{% endmacro %}{{ m(1) }}{% for cards in [] %}{% endfor %}",
        "there is no `cards` here",
        "did you mean `crads`?",
    ),
    (
        "{% for c in view.cards %}{% block own %}{{ c.title }}{% endblock %}{% endfor %}",
        "there is no `c` here",
        "a layout sees",
    ),
    ("{% if view.total %}{{ view.name|uper }}{% endif %}", "no filter named `uper`", "`upper`"),
    ("{% if view.total is evn %}{% endif %}", "no test named `evn`", "did you mean `even`?"),
    # Filters that take the name of an attribute.
    (
        "{{ view.cards|map(attribute='tilte')|join }}",
        "`tilte` does not exist",
        "did you mean `title`? `view.cards[…]` has",
    ),
    ("{{ view.cards|selectattr('tilte')|list }}", "`tilte` does not exist", "`title`"),
    ("{{ view.cards|sort(attribute='window,origin.txt') }}", "`txt` does not exist", "`text`"),
    ("{{ view.cards|join(', ', 'tilte') }}", "`tilte` does not exist", "`title`"),
]


# An expression in each place that one can stand in.
PLACES = [
    "{{ 1 if view.totl == 2 else 3 }}",
    "{{ 1 if view.total else view.totl }}",
    "{{ view.cards[view.totl].title }}",
    "{{ view.cards[view.totl]|default('') }}",
    "{{ view.totl.title|default('') }}",
    "{{ view.totl.title is defined }}",
    "{{ view.cards[:view.totl] }}",
    "{{ view.total < view.totl }}",
    "{{ 1 < view.total < view.totl }}",
    "{{ view.total in view.totl }}",
    "{{ view.name ~ view.totl }}",
    "{{ view.total + view.totl }}",
    "{{ -view.totl }}",
    "{{ not view.totl }}",
    "{{ view.total and view.totl }}",
    "{{ [view.totl] }}",
    "{{ (1, view.totl) }}",
    "{{ {'a': view.totl} }}",
    "{{ range(view.totl)|list }}",
    "{{ dict(a=view.totl) }}",
    "{{ dict(**{'a': view.totl}) }}",
    "{{ view.name|replace(*[view.totl]) }}",
    "{{ view.name|indent(**{'width': view.totl}) }}",
    "{% if view.total is divisibleby(view.totl) %}{% endif %}",
    "{% if view.total is divisibleby(*[view.totl]) %}{% endif %}",
]


@pytest.mark.parametrize("text", PLACES)
def test_a_mistake_is_found_wherever_an_expression_may_stand(text: str) -> None:
    [problem] = _problems(skill=text)
    assert problem.message == "`view.totl` does not exist (no skill page can be made)"
    assert (problem.line, problem.column) == (1, text.index("totl") + 1)


@pytest.mark.parametrize(("text", "message", "hint"), WRONG)
def test_what_fails_while_rendering_is_found_before(text: str, message: str, hint: str) -> None:
    [problem] = _problems(skill=text)
    assert problem.message == f"{message} (no skill page can be made)"
    assert hint in problem.hint
    assert isinstance(_rendered(skill=text), Problem)


@pytest.mark.parametrize(
    "text",
    [
        # A name with another type in each branch.
        "{% if view.total %}{% set x = view.name %}{% else %}{% set x = view.head %}{% endif %}"
        "{{ x.upper() }}",
        "{% if view.total > 9 %}{% set x = view.head %}{% elif view.total %}{% set x = view.name %}"
        "{% else %}{% set x = view.head %}{% endif %}{{ x.upper() }}",
        "{% set x = 1 %}{% if view.total %}{% set x = view.name %}{% endif %}{{ x.upper() }}",
        "{% set x = view.head %}{% if x %}{% set x = view.name %}{% endif %}{{ x.upper() }}",
        "{% set x = view.head %}{% set x %}text{% endset %}{{ x.upper() }}",
        "{% set x = view.head %}{% for x in view.origins %}{{ x.text }}{% endfor %}{{ x.title }}",
        # Values that are asked for first.
        "{% if view.cards[0].banner is defined %}{{ view.cards[0].banner }}{% endif %}",
        "{{ view.cards[0].banner|default('') }}{{ view['banner']|d('') }}",
        "{{ view.cards|map(attribute='banner', default='')|join }}",
        "{{ view.cards|selectattr('banner', 'defined')|list }}",
        # What is only known while a page is rendered may be the default, or the name.
        "{{ view.cards|map(attribute='banner', **{'default': ''})|join }}",
        "{{ view.cards|groupby('banner', *['']) }}",
        "{{ view.cards|map(*['title'])|join }}{{ view.cards|map(**{'attribute': 'title'})|join }}",
        "{{ view.card.title if view.card is defined else view.name }}",
        "{% macro show(x) %}{% if x is string %}{{ x.upper() }}{% else %}{{ x.text }}{% endif %}"
        "{% endmacro %}{{ show(view.name) }}{{ show(view.origins[0]) }}",
        "{% if wide is defined %}{{ wide }}{% endif %}",
        "{% if 'own' is filter and 'own' is test %}{{ view.name|own is own }}{% endif %}",
        # Macros and what they are given.
        "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, b=3) }}",
        "{% macro m(a, b='') %}{{ a }}{% if b %}{{ b.text }}{% endif %}{% endmacro %}{{ m(1) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ view.name }}{% endcall %}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(*['x']) }}{{ m(**{'a': 1}) }}",
        "{% macro m(a, b=view.name) %}{{ b.crumbs|length }}{% endmacro %}{{ m(*[1, view.head]) }}",
        "{% macro m(a, b=view.name) %}{{ b.crumbs|length }}{% endmacro %}"
        "{{ m(1, **{'b': view.head}) }}",
        "{% macro m() %}{{ x.title }}{% endmacro %}{% set x = view.head %}{{ m() }}",
        PARTS + "{% set parts = view.name %}{{ parts.upper() }}",
        "{% from '_parts.html' import chips as show %}{{ show(view.origins) }}",
        # Loops.
        "{% for x in view.cards recursive %}{% if loop.depth == 1 %}{{ loop(x.skills) }}"
        "{% else %}{{ x.text }}{% endif %}{% endfor %}",
        "{% for x in view.cards %}{{ loop.index }}{{ loop.cycle(1, 2) }}{{ loop.length }}"
        "{% if not loop.last %}{{ loop.nextitem.title }}{% endif %}{% endfor %}",
        "{% for x in view.name %}{{ x.upper() }}{% endfor %}{{ view.cards.index(view.cards[0]) }}",
        "{% for a, b in [(1, 2)] %}{{ a }}{{ b }}{% endfor %}{{ view.cards[1:][0].title }}",
        # Blocks.
        EXTENDS + "{% block main %}{{ super() }}{{ self.kind() }}{{ head.title }}{% endblock %}",
        EXTENDS + "{% set x = 1 %}{% block main %}{{ x }}{{ self.own() }}{% endblock %}"
        "{% block own %}{{ x }}{% endblock %}",
        EXTENDS + "{% set head = view.name %}{% block main %}{{ head.title }}{% endblock %}",
        EXTENDS + "{% block main %}{% block own %}{{ view.name }}{% endblock %}{% endblock %}",
        "{% if view.total > 9 %}{% extends 'base.html' %}{% endif %}{% block own %}{% endblock %}",
        "{% extends 'base.html' if view.total else 'x.html' %}{% block own %}{% endblock %}",
        # Other layouts.
        "{% include '_parts.html' ignore missing %}{% include 'x.html' ignore missing %}",
        "{% include '_parts.html' without context %}",
        "{% import '_parts.html' as parts with context %}{{ parts.chips(view.origins) }}",
    ],
)
def test_a_layout_that_can_be_rendered_is_not_refused(text: str) -> None:
    assert _problems(skill=text) == []
    assert isinstance(_rendered(skill=text), str)


def test_a_block_that_is_shown_nowhere_is_found() -> None:
    [problem] = _problems(skill=EXTENDS + "\n{% block mian %}x{% endblock %}")
    assert (problem.path, problem.line, problem.column) == ("layouts/skill.html", 2, 10)
    assert problem.message == "no layout above has a block `mian` (no skill page can be made)"
    assert problem.hint == "did you mean `main`? `base.html` has `kind`, `crumbs`, `main`"


def test_a_block_that_a_layout_between_no_longer_shows_is_left_alone() -> None:
    between = EXTENDS + "{% block main %}{% block own %}{% endblock %}{% endblock %}"
    leaf = '{% extends "_list.html" %}{% block main %}{{ view.name }}{% endblock %}'
    own = "{% block own %}{{ view.nmae }}{% endblock %}"
    assert _problems(skill=leaf + own, _list=between) == []
    [problem] = _problems(skill='{% extends "_list.html" %}' + own, _list=between)
    assert problem.message.startswith("`view.nmae` does not exist")


def test_a_block_that_every_page_fills_may_ask_for_anything() -> None:
    base = TEXTS["base.html"].replace("{% block main %}", "{% block main %}{{ view.banner }}")
    assert _problems(base=base) == []
    [problem] = _problems(base=base, skill=EXTENDS)
    assert problem.path == "layouts/base.html"
    assert problem.message == "`view.banner` does not exist (no skill page can be made)"


def test_an_imported_layout_sees_the_page_only_with_its_context() -> None:
    own = "\n{% macro name() %}{{ view.name }}{% endmacro %}"
    [problem] = _problems(skill=OWN + "{{ own.name() }}", _own=own)
    assert (problem.path, problem.line, problem.column) == ("layouts/_own.html", 2, 22)
    assert problem.message == "there is no `view` here (no skill page can be made)"
    assert problem.hint == "hand `view` over as an argument, or bring this layout in `with context`"
    assert isinstance(_rendered(skill=OWN + "{{ own.name() }}", _own=own), Problem)
    seen = OWN.replace(" %}", " with context %}")
    assert _problems(skill=seen + "{{ own.name() }}", _own=own) == []
    [problem] = _problems(skill=seen + "{{ own.name() }}", _own=own.replace("name }", "nmae }"))
    assert problem.message.startswith("`view.nmae` does not exist")


def test_what_a_layout_asks_for_first_may_stand_in_one_that_it_includes() -> None:
    for asking in (
        "{% if view.card is defined %}{% include '_own.html' %}{% endif %}",
        "{% if view.card is undefined %}{% elif view.total %}{% include '_own.html' %}{% endif %}",
    ):
        assert _problems(skill=asking, _own="{{ view.card.title }}") == []
    asking = "{% if view.card is defined %}{% endif %}{% include '_own.html' %}"
    [problem] = _problems(skill=asking, _own="{{ view.card.title }}")
    assert problem.path == "layouts/_own.html"


def test_two_mistakes_of_one_name_in_one_line_have_a_place_each() -> None:
    text = "{% for card in view.cards if card.nope %}{% else %}{{ view.nope }}{% endfor %}"
    assert [problem.column for problem in _problems(skill=text)] == [35, 60]


def test_a_block_sees_the_names_of_a_loop_only_when_it_is_scoped() -> None:
    text = "{% for c in view.cards %}{% block own scoped %}{{ c.title }}{% endblock %}{% endfor %}"
    assert _problems(skill=text) == []
    [problem] = _problems(skill=text.replace("c.title", "c.tilte"))
    assert problem.message.startswith("`c.tilte` does not exist")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 'a'[1] or 'b' }}", "str object has no element 1"),
        ("{{ view" + ".head" * 999 + " }}", "an expression of this layout is nested too deeply"),
    ],
)
def test_what_the_compiler_stumbles_over_is_a_problem(text: str, message: str) -> None:
    [problem] = _problems(skill=text)
    assert (problem.path, problem.line) == ("layouts/skill.html", 1)
    assert problem.message == f"{message} (no skill page can be made)"


def test_a_filter_of_the_site_with_a_name_of_jinja_is_left_alone() -> None:
    texts = {"skill.html": "{{ view.cards|map(attribute='x') }}"}
    own = Layouts(texts, {"map": lambda cards, attribute: attribute})
    assert own.check({"skill.html": SkillView}, PHRASES) == []


@pytest.mark.parametrize(
    ("text", "layouts", "assets"),
    [
        ("{% include view.name %}", True, True),
        ("{% if view.total %}{% elif 1 %}{% include '_own.html' %}{% endif %}", False, False),
        ("{% include ['_own.html', view.name] %}", True, True),
        ("{{ site.assets['a'] }}{{ site['assets']['b'] }}", False, False),
        ("{{ site['assets'][view.name] }}", False, True),
        ("{% set s = site %}{{ s['as' ~ 'sets'] }}", False, True),
        ("{{ site|attr('assets') }}", False, True),
        ("{{ site.assets|length }}", False, True),
    ],
)
def test_a_closure_holds_all_that_a_layout_can_reach(
    text: str, layouts: bool, assets: bool
) -> None:
    texts = {"skill.html": text, "_own.html": "{{ site.assets['o'] }}", "x.html": "{{ site|list }}"}
    own = Layouts(texts, {})
    assert own.check({"skill.html": SkillView}, PHRASES) == []
    closure = own.closures()["skill.html"]
    assert ("x.html" in closure.layouts) == layouts
    assert (closure.assets is None) == assets
    if closure.assets is not None:
        named = {name for name in "abo" if f"'{name}'" in text}
        assert set(closure.assets) == named | ({"o"} if "_own.html" in closure.layouts else set())
