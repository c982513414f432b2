"""`status --lang`: says how far the translations into one language are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from pivotgen.checks._marks import changes, marks_in
from pivotgen.checks._translations import pairs
from pivotgen.commands._graph import with_graph
from pivotgen.engines.layouts.phrases import read_phrases
from pivotgen.model.config import Config
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.site import Site
from pivotgen.model.source import PHRASES, Source, translation_path
from pivotgen.stages.shared.inputs import theme_phrases
from pivotgen.stages.site_files import files_below, read_source

# In the order of a report: what needs work comes first.
STATES = ("missing", "draft", "behind", "unknown", "translated")
# Changed parts that a line names.
_NAMED = 6


@dataclass(frozen=True, slots=True)
class TranslationState:
    """The state of one translation: one of `STATES`, and the reason in a sentence."""

    path: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """How far a language is."""

    files: tuple[TranslationState, ...]
    counts: Mapping[str, int]
    # The slugs of roles and skills without a name.
    names: tuple[str, ...]
    # Phrases that the site's file or the theme's has, of all.
    phrases: int
    all_phrases: int


def language_status(config: Config, site: Path, language: str) -> LanguageStatus | list[Problem]:
    """The state of all translations into a language, or what keeps the site from being read.

    ValueError for a language that the site does not have.
    """
    others = config.every_language[1:]
    if language not in others:
        there = ", ".join(others) or "none"
        raise ValueError(f"`{language}` is no other language of this site (there is: {there})")
    result, report = with_graph(config, site, partial(_status, language=language))
    if result is None:
        return [problem for problem in report.problems if any_errors([problem])]
    files, names = result
    lacking, total = _phrases(site, language)
    counts = {state: sum(row.state == state for row in files) for state in STATES}
    return LanguageStatus(files, counts, names, total - lacking, total)


def _phrases(site: Path, language: str) -> tuple[int, int]:
    """How many phrases a language lacks, and how many there are."""
    paths = sorted(path for path in files_below(site, PHRASES) if path.endswith(".yaml"))
    sources = [Source(path, read_source(site, path), b"") for path in paths]
    phrases, problems = read_phrases(sources, language, theme_phrases(language))
    lacking = sum("is missing" in problem.message for problem in problems)
    return lacking, len(phrases.phrases) if phrases else 0


def _status(graph: Site, language: str) -> tuple[tuple[TranslationState, ...], tuple[str, ...]]:
    voice = graph.voices[language]
    known = {state.path: state for state in _known(graph, language)}
    sources = [*(node.path for node in graph.nodes.values()), *(t.path for t in graph.texts())]
    for source in sources:
        path = translation_path(source, language)
        if path not in known:
            known[path] = TranslationState(path, "missing", f"nobody has translated {source}")
    order = sorted(known.values(), key=lambda state: (STATES.index(state.state), state.path))
    names = voice.names
    lacking = []
    if names:
        lacking = [slug for slug in voice.roles if slug not in names.roles]
        lacking += [slug for slug in voice.skills if slug not in names.skills]
    return tuple(order), tuple(lacking)


def _known(graph: Site, language: str) -> Iterator[TranslationState]:
    for pair in pairs(graph):
        translation = pair.translation
        if translation.language != language:
            continue
        written = pair.prose.translated
        if translation.draft:
            yield TranslationState(translation.path, "draft", "it says `draft: true`")
        elif written is None:
            why = "it does not say what it was translated from"
            yield TranslationState(translation.path, "unknown", why)
        elif behind := [words for _, words in changes(marks_in(written.text), pair.marks)]:
            more = f", and {len(behind) - _NAMED} more" if len(behind) > _NAMED else ""
            why = f"{', '.join(behind[:_NAMED])}{more}"
            yield TranslationState(translation.path, "behind", why)
        else:
            yield TranslationState(translation.path, "translated", "")
