"""Phrases: the file of one language in layouts/phrases/, completed by those of the theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import yaml

from pivotgen.engines.encoding import encoding_problem
from pivotgen.engines.header.lost_text import lost_text
from pivotgen.engines.invisible import invisible_problem
from pivotgen.engines.layouts.phrase_errors import syntax_error, unquoted_brace
from pivotgen.model.config import odd_placeholder, placeholders
from pivotgen.model.phrases import Phrases
from pivotgen.model.problem import Level, Problem, any_errors
from pivotgen.model.source import PHRASES, Source
from pivotgen.model.unfit import code_point, unfit_in

# The language whose file names every phrase that a layout can use.
_COMPLETE = "en"


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a phrase and its place; line and column count from 1."""

    text: str
    line: int = 1
    column: int = 1


def read_phrases(
    sources: Sequence[Source], language: str, theme: Sequence[Source] = ()
) -> tuple[Phrases | None, list[Problem]]:
    """The phrases of `language`, or the errors in them; and a warning for each that is missing.

    `sources` are all files of layouts/phrases/. A phrase that the file of the language lacks is
    taken from the file of that language in `theme`, or else from the English file of the site or of
    the theme. So a new version of pivotgen with more phrases never stops a build.
    """
    files = {source.path: source for source in sources}
    own, english = _path(language), _path(_COMPLETE)
    if own not in files:
        return None, [_no_language(files, language)]
    theirs = {source.path: source for source in theme}
    # Where a phrase is looked for, one file after another.
    chain = [(files, own), (theirs, own), (files, english), (theirs, english)]
    read = [_read(where[path]) for where, path in chain if path in where]
    problems = sorted({problem for _, problems in read for problem in problems})
    if problems:
        return None, problems
    (texts, _), *others = read
    complete = {name: text for more, _ in reversed(others) for name, text in more.items()} or texts
    problems = _compare(own, texts, complete) + _check_direction(own, texts)
    if any_errors(problems):
        return None, problems
    phrases = {name: text.text for name, text in {**complete, **texts}.items()}
    return Phrases(phrases.get("direction", "ltr"), phrases), problems


def _path(language: str) -> str:
    return f"{PHRASES}/{language}.yaml"


def _no_language(files: Mapping[str, Source], language: str) -> Problem:
    path = _path(language)
    languages = sorted(file.rpartition("/")[2].removesuffix(".yaml") for file in files)
    message = f"the site's language is `{language}`, and there are no phrases for it"
    there = ", ".join(languages) or "none"
    hint = f"copy {_path(_COMPLETE)} to {path} and translate it (there is: {there})"
    return Problem(path, 1, 1, "phrases", message, hint)


def _read(source: Source) -> tuple[dict[str, _Text], list[Problem]]:
    """Every phrase of a file by its name, or what is wrong with the file.

    A phrase that goes with a count has a name for each of its forms, such as "pivots.one".
    """
    if problem := encoding_problem(source.path, source.data):
        return {}, [problem]
    text = source.data.decode("utf-8-sig")
    if invisible := invisible_problem(source.path, text, text.count("\n") + 1):
        return {}, [replace(invisible, code="phrases")]
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        return {}, [syntax_error(source.path, error)]
    if not isinstance(node, yaml.MappingNode):
        return {}, [_not_a_phrase(source.path, node)]
    if problems := lost_text(source.path, text, node):
        return {}, problems
    return _texts(source.path, node)


def _texts(path: str, file: yaml.MappingNode) -> tuple[dict[str, _Text], list[Problem]]:
    """Every phrase in the mapping that a file is, by its name, and what is no phrase."""
    texts: dict[str, _Text] = {}
    problems = []
    for key, value in file.value:
        forms = value.value if isinstance(value, yaml.MappingNode) else [(None, value)]
        if isinstance(value, yaml.MappingNode) and value.flow_style and _has_no_text(value):
            problems.append(unquoted_brace(path, value))
            continue
        for form, phrase in forms:
            # Only texts are read, however deep the rest goes.
            parts = (key, phrase, form or key)
            if others := [part for part in parts if not isinstance(part, yaml.ScalarNode)]:
                problems.append(_not_a_phrase(path, others[0]))
                continue
            name = f"{key.value}.{form.value}" if form else str(key.value)
            mark = phrase.start_mark
            if character := unfit_in(f"{name}{phrase.value}"):
                message = f"there is an invisible character ({code_point(character)}) here"
                place = path, mark.line + 1, mark.column + 1
                hint = "take its code out"
                problems.append(Problem(*place, "phrases", message, hint))
            texts[name] = _Text(phrase.value, mark.line + 1, mark.column + 1)
    return texts, problems


def _has_no_text(forms: yaml.MappingNode) -> bool:
    return any(phrase.value == "" and not phrase.style for _, phrase in forms.value)


def _not_a_phrase(path: str, node: yaml.Node | None) -> Problem:
    place = (node.start_mark.line + 1, node.start_mark.column + 1) if node else (1, 1)
    message = "this is not a name, a colon and a text"
    hint = "a phrase is one text, or one text for each of its forms"
    return Problem(path, *place, "phrases", message, hint)


def _compare(path: str, texts: Mapping[str, _Text], complete: Mapping[str, _Text]) -> list[Problem]:
    """The phrases that are missing, and those with braces that nothing fills in."""
    problems = []
    for name, used in complete.items():
        if name not in texts:
            message = f"`{name}` is missing; readers see “{used.text}”"
            hint = f"add a line with `{name.partition('.')[0]}`"
            problems.append(Problem(path, 1, 1, "phrases", message, hint, Level.WARNING))
    for name, text in texts.items():
        if odd := odd_placeholder(text.text):
            message = f"`{odd}` in `{name}` does more than stand for a text"
            hint = "write the name alone between the braces"
            problems.append(Problem(path, text.line, text.column, "phrases", message, hint))
            continue
        known = placeholders(complete[name].text) if name in complete else set()
        unknown = placeholders(text.text) - known
        if name in complete and unknown:
            message = f"`{{{min(unknown)}}}` stands for nothing in `{name}`"
            braces = ", ".join(f"{{{placeholder}}}" for placeholder in sorted(known))
            hint = f"use {braces or 'no braces'}"
            problems.append(Problem(path, text.line, text.column, "phrases", message, hint))
    return problems


def _check_direction(path: str, texts: Mapping[str, _Text]) -> list[Problem]:
    direction = texts.get("direction", _Text("ltr"))
    if direction.text in ("ltr", "rtl"):
        return []
    message = f"direction is `ltr` or `rtl`, not `{direction.text}`"
    return [Problem(path, direction.line, direction.column, "phrases", message)]
