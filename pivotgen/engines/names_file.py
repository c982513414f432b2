"""Names file: reads content/names.<language>.yaml, the names of a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import yaml

from pivotgen.engines.encoding import encoding_problem
from pivotgen.engines.invisible import invisible_problem
from pivotgen.engines.layouts.phrase_errors import syntax_error
from pivotgen.model.header import Written
from pivotgen.model.limits import LONGEST
from pivotgen.model.names import is_slug, slug_of
from pivotgen.model.problem import Problem
from pivotgen.model.source import Source
from pivotgen.model.translation import NamedThing, Names

# The parts of the file, and the key of the plain name beside forms.
_PARTS = ("roles", "skills", "fields")
_NAME = "name"


def read_names(source: Source, language: str) -> tuple[Names, list[Problem]]:
    """The names in a file, and what is wrong with it; names without a problem are there anyway."""
    path = source.path
    nothing = Names(language, path)
    if problem := encoding_problem(path, source.data):
        return nothing, [problem]
    text = source.data.decode("utf-8-sig")
    if invisible := invisible_problem(path, text, text.count("\n") + 1):
        return nothing, [replace(invisible, code="names")]
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return nothing, [replace(syntax_error(path, error), code="names")]
    if node is None:
        return nothing, []
    problems: list[Problem] = []
    parts: dict[str, dict[str, NamedThing]] = {part: {} for part in _PARTS}
    for key, value in _pairs(path, node, problems):
        if key.value not in _PARTS:
            message = f"`{key.value}` is none of `roles`, `skills` and `fields`"
            problems.append(_problem(path, key, message, "put the names under one of these"))
            continue
        for slug, name in _pairs(path, value, problems):
            _add(path, slug, name, parts[key.value], problems)
    return Names(language, path, **parts), problems


def _pairs(
    path: str, node: yaml.Node, problems: list[Problem]
) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """The keys of a mapping with their values, each key once."""
    if not isinstance(node, yaml.MappingNode):
        hint = "write a word, a colon and what belongs to it"
        problems.append(_problem(path, node, "here should be names with their values", hint))
        return
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.append(_problem(path, key, "a key must be a word", ""))
        elif key.value in seen:
            message, hint = f"`{key.value}` is given twice", "keep one of the two"
            problems.append(_problem(path, key, message, hint))
        else:
            seen.add(key.value)
            yield key, value


def _add(
    path: str,
    slug: yaml.ScalarNode,
    value: yaml.Node,
    names: dict[str, NamedThing],
    problems: list[Problem],
) -> None:
    if not is_slug(slug.value):
        near = slug_of(slug.value)
        hint = f"write `{near}`" if near else "write the last part of its address"
        message = f"`{slug.value}` cannot be the name of anything here"
        problems.append(_problem(path, slug, message, hint))
        return
    if isinstance(value, yaml.ScalarNode):
        if text := _text(path, value, problems):
            names[slug.value] = NamedThing(text)
        return
    forms = {key.value: (key, form) for key, form in _pairs(path, value, problems)}
    if _NAME not in forms:
        hint = f"add `{_NAME}:` beside its forms"
        problems.append(_problem(path, value, f"`{slug.value}` has no name here", hint))
        return
    texts = {key: _text(path, form, problems) for key, (_, form) in forms.items()}
    if all(texts.values()):
        plain = {key: text.text for key, text in texts.items() if text and key != _NAME}
        name = texts[_NAME]
        assert name
        names[slug.value] = NamedThing(name, plain)


def _text(path: str, node: yaml.Node, problems: list[Problem]) -> Written | None:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        problems.append(_problem(path, node, "here should be a name", "write it behind the colon"))
        return None
    text = " ".join(node.value.split())
    if len(text) > LONGEST["name"]:
        problems.append(_problem(path, node, "this is too long for a name", "name it in few words"))
        return None
    if not slug_of(text):
        message = f"`{text}` has no letter and no digit"
        problems.append(_problem(path, node, message, "give it a name in words"))
        return None
    start, end = node.start_mark, node.end_mark
    is_same = start.line == end.line and end.column - start.column == len(text) + 2 * bool(
        node.style
    )
    return Written(text, start.line + 1, start.column + 1, end.column + 1 if is_same else 0)


def _problem(path: str, node: yaml.Node, message: str, hint: str) -> Problem:
    place = node.start_mark.line + 1, node.start_mark.column + 1
    return Problem(path, *place, "names", message, hint)
