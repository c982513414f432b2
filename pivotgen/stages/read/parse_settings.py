"""Parse settings: as what the texts of a site are read, and whether that has changed."""

from __future__ import annotations

from pivotgen.engines.packing import pack
from pivotgen.engines.settings import code_of
from pivotgen.memory.fingerprint import digest_of
from pivotgen.model.extra import identity
from pivotgen.model.markdown import MarkdownSettings
from pivotgen.model.parsed import ParseOptions
from pivotgen.stages.context import BuildContext


def markdown_settings(build: BuildContext) -> MarkdownSettings:
    """The Markdown of this build, for workers too."""
    config = build.config
    code = code_of(config.markdown, build.site)
    return MarkdownSettings(
        key=digest_of([config.language.encode(), *code]),
        language=config.language,
        plugins=config.markdown,
        plugins_from=str(build.site) if config.markdown else "",
    )


def parse_options(build: BuildContext) -> ParseOptions:
    """What else parsing depends on in this build."""
    # Rules look at more of a text than its page shows.
    return ParseOptions(prose=bool(build.options.rules), extra=build.config.declared_keys)


def invalidate_other_texts(build: BuildContext) -> None:
    """Have all texts parsed again if they were parsed as another Markdown or with other keys."""
    inputs, declared = build.ledger.inputs, identity(build.config.declared_keys)
    key = digest_of([markdown_settings(build).key, pack(declared)])
    if inputs.parsed_as() != key:
        inputs.invalidate_texts(key)
