"""Read the names of roles and skills in the other languages of a site."""

from __future__ import annotations

from pivotgen.engines.packing import pack, unpack
from pivotgen.memory.fingerprint import digest_of
from pivotgen.model.problem import Problem
from pivotgen.model.source import NAMES_START, Source, language_of_names, names_path
from pivotgen.model.translation import Names
from pivotgen.stages.context import BuildContext


def names_of(build: BuildContext) -> tuple[dict[str, Names], list[Problem]]:
    """The names by language, remembered for as long as their files stay; and what is wrong."""
    names: dict[str, Names] = {}
    problems: list[Problem] = []
    config, inputs = build.config, build.ledger.inputs
    others = config.every_language[1:]
    for path in inputs.digests((NAMES_START,)):
        if (language := language_of_names(path)) and language not in others:
            problems.append(_unknown_language(path, language))
    for language in others:
        path = names_path(language)
        known = inputs.digest(path)
        names[language] = Names(language, path)
        # A file that cannot be read has an empty digest.
        if not known:
            continue
        key = digest_of([b"names", path.encode(), known])
        if packed := build.ledger.memos.recall(key):
            names[language] = unpack(Names, packed)
            continue
        # YAML is imported only when names have changed.
        from pivotgen.engines.names_file import read_names

        data = build.options.overlay.get(path) or (build.site / path).read_bytes()
        names[language], faults = read_names(Source(path, data, known), language)
        problems += faults
        if not faults:
            build.ledger.memos.remember(key, pack(names[language]))
    return names, problems


def _unknown_language(path: str, language: str) -> Problem:
    message = f"the site has no language `{language}`"
    hint = f'add it in build.py: languages=("{language}",); or delete the file'
    return Problem.of_file(path, "unknown-language", message, hint)
