"""Syntax trees of layouts: what is quicker here than in Jinja gives what Jinja gives."""

from __future__ import annotations

import pytest
from jinja2 import meta, nodes

from pivotgen.engines.layouts.compiler import Compiler
from pivotgen.engines.layouts.syntax_tree import copy_of, nodes_of, references
from tests.world.site import ROOT

TEXTS = {
    "empty.html": "",
    "names.html": (
        "{% from 'a.html' import b as c, d with context %}{% import e as f %}"
        "{% set g, h = view.i, j %}{{ g ~ (k if l is defined else m|default(n)) }}"
        "{% for o in p recursive %}{{ loop(o.q) }}{% else %}{{ r[s:t] }}{% endfor %}"
        "{% macro u(v, w=x) %}{{ caller() }}{{ varargs }}{% endmacro %}"
        "{% call(y) u(*z, **site) %}{{ y }}{% endcall %}{{ range(2) }}"
    ),
    "blocks.html": (
        "{% extends 'a.html' if view.a else 'b.html' %}{% block c scoped %}{{ super() }}"
        "{% block d required %}{% endblock %}{% include ['e.html', 'f.html'] ignore missing %}"
        "{% endblock %}{% set g %}{{ 'a' ~ 'b' }}{% endset %}{{ {'h': [1, (i, 2)]} }}"
    ),
    **{file.name: file.read_text("utf-8") for file in (ROOT / "layouts").glob("*.html")},
}
COMPILER = Compiler({})
LAYOUTS = COMPILER.environment


@pytest.mark.parametrize("name", TEXTS)
def test_the_nodes_of_a_tree_are_those_that_jinja_finds(name: str) -> None:
    tree = LAYOUTS.parse(TEXTS[name])
    ours, theirs = nodes_of(tree), [tree, *tree.find_all(nodes.Node)]
    assert [id(node) for node in ours] == [id(node) for node in theirs]
    assert references(tree) == list(meta.find_referenced_templates(tree))


@pytest.mark.parametrize("name", TEXTS)
def test_a_copy_is_compiled_as_the_tree_would_be_and_leaves_it_as_it_was(name: str) -> None:
    tree = LAYOUTS.parse(TEXTS[name])
    copy = copy_of(tree)
    assert copy == tree
    assert not {id(node) for node in nodes_of(copy)} & {id(node) for node in nodes_of(tree)}
    assert LAYOUTS.compile(copy, name, name) == LAYOUTS.compile(TEXTS[name], name, name)
    assert tree == LAYOUTS.parse(TEXTS[name])


@pytest.mark.parametrize("name", TEXTS)
def test_compiling_tells_the_names_that_a_layout_expects(name: str) -> None:
    expected = meta.find_undeclared_variables(LAYOUTS.parse(TEXTS[name]))
    assert COMPILER.compiled(name, TEXTS[name]).expected == expected
