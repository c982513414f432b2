"""Words: a file of layouts/phrases/ to the phrases of one language."""

from __future__ import annotations

from collections.abc import Sequence

import yaml
from yaml.reader import ReaderError

from pivotgen.engines.encoding import encoding_problem
from pivotgen.model.config import placeholders
from pivotgen.model.phrases import Phrases
from pivotgen.model.problem import Problem
from pivotgen.model.source import Source

# The language that names every phrase a layout may use.
_PATTERN = "en"


def read_phrases(sources: Sequence[Source], language: str) -> tuple[Phrases | None, list[Problem]]:
    """The words of `language` among all files of words, or what is wrong with them."""
    files = {source.path: source for source in sources}
    path = f"layouts/phrases/{language}.yaml"
    if path not in files:
        there = ", ".join(sorted(one.rsplit("/", 1)[1][:-5] for one in files)) or "none"
        message = f"the site's language is `{language}`, and there are no words for it"
        hint = f"copy layouts/phrases/en.yaml to {path} and translate it (there is: {there})"
        return None, [Problem(path, 1, 1, "phrases", message, hint)]
    pattern_path = f"layouts/phrases/{_PATTERN}.yaml"
    found, problems = _read(files[path])
    pattern, faults = _read(files[pattern_path]) if pattern_path in files else (found, [])
    problems += faults if pattern_path != path else []
    if problems:
        return None, problems
    for name in pattern:
        if name not in found:
            message, hint = f"`{name}` is missing", f"English says: {pattern[name][0]}"
            problems.append(Problem(path, 1, 1, "phrases", message, hint))
    for name, (text, line, column) in found.items():
        if name in pattern and placeholders(text) - placeholders(pattern[name][0]):
            given = min(placeholders(text) - placeholders(pattern[name][0]))
            known = ", ".join(f"{{{one}}}" for one in sorted(placeholders(pattern[name][0])))
            message = f"`{{{given}}}` stands for nothing in `{name}`"
            hint = f"use {known or 'no braces'}"
            problems.append(Problem(path, line, column, "phrases", message, hint))
    direction, line, column = found.get("direction", ("ltr", 1, 1))
    if direction not in ("ltr", "rtl"):
        message = f"direction is `ltr` or `rtl`, not `{direction}`"
        problems.append(Problem(path, line, column, "phrases", message))
    if problems:
        return None, problems
    return Phrases(direction, {name: text for name, (text, _, _) in found.items()}), []


def _read(source: Source) -> tuple[dict[str, tuple[str, int, int]], list[Problem]]:
    """Every phrase with its place; a phrase with forms is one entry per form."""
    if problem := encoding_problem(source.path, source.data):
        return {}, [problem]
    text = source.data.decode("utf-8-sig")
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except ReaderError as error:
        # It counts bytes and does not know lines.
        before = text.encode()[: error.position].decode("utf-8", "replace")
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"there is an invisible character (U+{error.character:04X}) here"
        hint = "delete it; it often comes along when text is pasted"
        return {}, [Problem(source.path, *place, "phrases", message, hint)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = error.problem or "this is not YAML"
        hint = "write a name, a colon and a text on each line; put a text with signs in quotes"
        return {}, [Problem(source.path, *place, "phrases", message, hint)]
    if not isinstance(node, yaml.MappingNode):
        return {}, [_odd(source.path, node)]
    found: dict[str, tuple[str, int, int]] = {}
    problems = []
    for key, value in node.value:
        forms = value.value if isinstance(value, yaml.MappingNode) else [(None, value)]
        for form, phrase in forms:
            parts = (key, phrase, form or key)
            if odd := [one for one in parts if not isinstance(one, yaml.ScalarNode)]:
                problems.append(_odd(source.path, odd[0]))
                continue
            name = f"{key.value}.{form.value}" if form else str(key.value)
            mark = phrase.start_mark
            found[name] = (phrase.value, mark.line + 1, mark.column + 1)
    return found, problems


def _odd(path: str, node: yaml.Node | None) -> Problem:
    """Nothing but texts is read, so however deep the rest goes, nobody follows it."""
    place = (node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)
    message = "this is not a name, a colon and a text"
    hint = "a phrase is one text, or one text for each of its forms"
    return Problem(path, *place, "phrases", message, hint)
