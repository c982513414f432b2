"""Phrases: the file of one language in layouts/phrases/, completed by those of the theme.

What CLDR knows of the language need not be in any file: months, dates, lists and spans of time. A
file that has such a phrase decides itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import yaml

from pivotgen.engines.encoding import encoding_problem
from pivotgen.engines.header.lost_text import lost_text
from pivotgen.engines.invisible import invisible_problem
from pivotgen.engines.layouts.phrase_errors import syntax_error, unquoted_brace
from pivotgen.engines.locales import Locales, locale_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.phrases import Phrases
from pivotgen.model.placeholders import odd_placeholder, placeholders
from pivotgen.model.problem import Level, Problem, any_errors
from pivotgen.model.source import PHRASES, Source
from pivotgen.model.unfit import code_point, unfit_in

# The language whose file names every phrase that a layout can use.
_COMPLETE = "en"
# A form of a name, such as {role.of}.
_NAME_FORM = re.compile(r"\{([a-z_]+)\.([a-z][a-z0-9_]*)\}")
# What stands for a name that may have forms.
_WITH_FORMS = ("role", "origin", "target", "skill")
# What names are in the code, which no form may be called.
_NO_FORMS = ("text", "url", "language", "direction", "forms")


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
    locale = locale_of(language)
    problems = [*_compare(own, texts, complete, locale), *_check_direction(own, texts)]
    if any_errors(problems):
        return None, sorted(problems)
    own_or_not = {**complete, **texts}
    phrases = {**locale.phrases, **{name: text.text for name, text in own_or_not.items()}}
    for name in complete.keys() & locale.phrases.keys() - texts.keys():
        # CLDR knows better than another language's file.
        phrases[name] = locale.phrases[name]
    return (
        Phrases(
            phrases.get("direction", "ltr"),
            phrases,
            locale.plurals,
            tuple(sorted(_name_forms(own_or_not))),
            locale.group,
            locale.grouped_from,
        ),
        problems,
    )


def _path(language: str) -> str:
    return f"{PHRASES}/{language}.yaml"


def _no_language(files: Mapping[str, Source], language: str) -> Problem:
    path = _path(language)
    languages = sorted(file.rpartition("/")[2].removesuffix(".yaml") for file in files)
    message = f"the site's language is `{language}`, and there are no phrases for it"
    there = ", ".join(languages) or "none"
    hint = f"copy {_path(_COMPLETE)} to {path} and translate it (there is: {there})"
    return Problem.of_file(path, "phrases", message, hint)


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


def _compare(
    path: str, texts: Mapping[str, _Text], complete: Mapping[str, _Text], locale: Locales
) -> Iterator[Problem]:
    """The phrases and forms that are missing or never used, and braces that nothing fills in."""
    optional = locale.phrases.keys()
    for name, used in complete.items():
        # Which forms there are is a matter of the language.
        if name not in texts and "." not in name and name not in optional:
            hint = f"add a line with `{name}`"
            yield _missing(path, name, used.text, hint)
    plurals = {name.partition(".")[0] for name in complete if "." in name} - optional
    for name in sorted(plurals):
        yield from _compare_forms(path, name, texts, complete, locale)
    known = _placeholders(complete)
    for name, text in texts.items():
        yield from _odd_braces(path, name, text, known)


def _compare_forms(
    path: str,
    name: str,
    texts: Mapping[str, _Text],
    complete: Mapping[str, _Text],
    locale: Locales,
) -> Iterator[Problem]:
    """The forms of one phrase that the language needs and lacks, or has and does not know."""
    if f"{name}.other" in locale.phrases:
        return
    own = {form.partition(".")[2]: text for form, text in texts.items() if _base(form) == name}
    other = own.get("other") or complete.get(f"{name}.other") or _Text("")
    for form in locale.forms:
        if form not in own and (own or form in ("one", "other")):
            hint = f"add a line with `{form}` under `{name}`"
            seen = other if own else complete.get(f"{name}.{form}", other)
            yield _missing(path, f"{name}.{form}", seen.text, hint)
    for form in own.keys() - {*locale.forms, "other"}:
        text = own[form]
        message = f"`{name}.{form}` is never seen: no number of this language has that form"
        hint = f"the forms of this language are {', '.join(f'`{each}`' for each in locale.forms)}"
        place = path, text.line, text.column
        yield Problem(*place, "phrases", message, hint, Level.WARNING)


def _missing(path: str, name: str, seen: str, hint: str) -> Problem:
    message = f"`{name}` is missing; readers see “{seen}”"
    return Problem.of_file(path, "phrases", message, hint, Level.WARNING)


def _odd_braces(
    path: str, name: str, text: _Text, every: Mapping[str, set[str]]
) -> Iterator[Problem]:
    """What the braces of a phrase are, where nothing fills them in; `every` is what they may be."""
    place = path, text.line, text.column
    forms = [pair for pair in _NAME_FORM.findall(text.text) if _may_be_form(*pair)]
    plain = text.text
    for key, form in forms:
        plain = plain.replace(f"{{{key}.{form}}}", f"{{{key}}}")
    if odd := odd_placeholder(plain):
        message = f"`{odd}` in `{name}` does more than stand for a text"
        hint = "write the name alone between the braces"
        yield Problem(*place, "phrases", message, hint)
        return
    if (known := every.get(_phrase(name))) is None:
        return
    if unknown := placeholders(plain) - known:
        message = f"`{{{min(unknown)}}}` stands for nothing in `{name}`"
        braces = ", ".join(f"{{{placeholder}}}" for placeholder in sorted(known))
        hint = f"use {braces or 'no braces'}"
        yield Problem(*place, "phrases", message, hint)


def _base(name: str) -> str:
    return name.partition(".")[0]


def _phrase(name: str) -> str:
    """What is the same of all forms of a phrase, and of no phrase without forms."""
    base, dot, _ = name.partition(".")
    return f"{base}{dot}"


def _placeholders(texts: Mapping[str, _Text]) -> dict[str, set[str]]:
    """What may stand between braces in each phrase, whichever of its forms says it."""
    known: dict[str, set[str]] = {}
    for name, text in texts.items():
        phrase = _phrase(name)
        # A form may be a number by itself, and each may say the number.
        filled = known.setdefault(phrase, {"count"} if "." in phrase else set())
        filled |= placeholders(_without_forms(text.text))
    return known


def _may_be_form(key: str, form: str) -> bool:
    """Whether a name has forms, and this may be one: no text and no link has such an attribute."""
    return key in _WITH_FORMS and form not in _NO_FORMS and not hasattr("", form)


def _without_forms(text: str) -> str:
    return _NAME_FORM.sub(r"{\1}", text)


def _name_forms(texts: Mapping[str, _Text]) -> set[tuple[str, str]]:
    """The forms of names that phrases ask for: the name in braces, and the form."""
    return {pair for text in texts.values() for pair in _NAME_FORM.findall(text.text)}


def _check_direction(path: str, texts: Mapping[str, _Text]) -> list[Problem]:
    direction = texts.get("direction", _Text("ltr"))
    if direction.text in ("ltr", "rtl"):
        return []
    message = f"direction is `ltr` or `rtl`, not `{direction.text}`"
    return [Problem(path, direction.line, direction.column, "phrases", message)]
