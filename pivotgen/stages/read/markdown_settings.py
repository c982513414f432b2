"""Markdown settings: in which Markdown the texts of a site are, and whether that has changed."""

from __future__ import annotations

from pivotgen.engines.settings import code_of
from pivotgen.memory.fingerprint import digest_of
from pivotgen.model.markdown import MarkdownSettings
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


def invalidate_other_markdown(build: BuildContext) -> None:
    """Have all texts parsed again if they were parsed as another Markdown."""
    inputs, key = build.ledger.inputs, markdown_settings(build).key
    if inputs.markdown() != key:
        inputs.invalidate_texts(key)
