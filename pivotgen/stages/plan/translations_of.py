"""The other languages of a site, and its translations, from the ledger."""

from __future__ import annotations

from functools import partial

from pivotgen.engines.packing import unpack
from pivotgen.memory.lazy_parts import LazyParts
from pivotgen.memory.ledger import Ledger
from pivotgen.model.content import FOLDERS
from pivotgen.model.languages import PAGE
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.translation import Translation, TranslationProse
from pivotgen.stages.link.voices import Language, Translations


def translations_of(ledger: Ledger, shared: SharedInputs) -> Translations:
    """The other languages of the site, and every translation."""
    config = shared.config
    texts: dict[str, dict[str, Translation]] = {}
    for folder in FOLDERS:
        for _, facts in ledger.inputs.facts(folder, translations=True):
            text = unpack(Translation, facts)
            texts.setdefault(text.language, {})[text.source] = text
    faces: dict[str, dict[str, int]] = {code: {} for code in config.every_language[1:]}
    if faces:
        for name, state in ledger.faces.states().items():
            code, _, path = name.partition("/")
            faces.setdefault(code, {})[path] = state.number
    languages = tuple(
        Language(
            code,
            config.root(code),
            shared.names[code],
            faces[code],
            config.language,
            config.untranslated.get(code, PAGE),
            shared.voices[code].name_forms,
        )
        for code in config.every_language[1:]
    )
    paths = {text.path: text.path for of in texts.values() for text in of.values()}
    prose = LazyParts(ledger.inputs, "prose", paths, partial(unpack, TranslationProse))
    return Translations(languages, texts, prose)
