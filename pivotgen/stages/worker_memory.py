"""Worker memory: what one process keeps from one batch to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pivotgen.engines.packing import unpack
from pivotgen.engines.settings import read_settings
from pivotgen.memory.card_cache import CardCache, Decoders
from pivotgen.memory.ledger import Ledger, Opening
from pivotgen.model.config import Config
from pivotgen.model.markdown import MarkdownSettings
from pivotgen.model.render_context import RenderContext, StagingArea
from pivotgen.model.stored_card import StoredCard
from pivotgen.model.view import Asked, Card, Chrome
from pivotgen.stages.staging_folders import StagingFolders

if TYPE_CHECKING:
    from pivotgen.engines.layouts.layouts import Layouts
    from pivotgen.engines.markdown.engine import Markdown


# How many windows are kept in words.
_WINDOWS = 256


class WorkerMemory:
    """The ledger with its cards, compiled layouts and known folders of the latest build."""

    def __init__(self) -> None:
        self._opening: Opening | None = None
        self._ledger: Ledger
        self._context: RenderContext | None = None
        self._layouts: Layouts
        # By language; that of the site is "".
        self._markdown: dict[str, Markdown] = {}
        self._staging: StagingArea | None = None
        self._folders: StagingFolders
        # The cards of the ledger that was opened last.
        self.cards: CardCache

    def open(self, ledger: Ledger, chromes: Mapping[str, Chrome]) -> Ledger:
        """The ledger to ask, for as long as it stays open where it is held.

        Each of its cards is in the words of its language.

        Every batch brings its own way to the same file, and the first of them is kept.
        """
        if self._opening != ledger.opening:
            self._opening = ledger.opening
            self._ledger = ledger
            # There are few windows, and many cards.
            spans = {
                language: lru_cache(_WINDOWS)(chrome.phrases.span)
                for language, chrome in chromes.items()
            }

            commas = {language: chrome.phrases.comma for language, chrome in chromes.items()}

            def card(packed: bytes) -> Card:
                stored = unpack(StoredCard, packed)
                return stored.shown(spans[stored.voice], commas[stored.voice])

            self.cards = CardCache(ledger.inputs, Decoders(card, partial(unpack, Asked)))
        return self._ledger

    def layouts(self, context: RenderContext) -> Layouts:
        """The layouts of a site, compiled."""
        if self._context is not context:
            # Each batch brings its own copy, which is most often the same.
            if self._context != context:
                self._layouts = _compiled(context)
            self._context = context
        return self._layouts

    def markdown(self, settings: MarkdownSettings, language: str = "") -> Markdown:
        """The Markdown of a site, as a language has it; that of the site itself without any.

        PluginError when a plugin of the site cannot be added.
        """
        known = self._markdown.get(language)
        if known is None or known.key != settings.key:
            spoken = replace(settings, language=language) if language else settings
            known = self._markdown[language] = _markdown(spoken)
        return known

    def folders(self, staging: StagingArea) -> StagingFolders:
        """The folders to write to. Each build has a staging area of its own."""
        if self._staging != staging:
            if self._staging:
                self._folders.waiting.close()
            self._folders = StagingFolders(staging)
            self._staging = staging
        return self._folders


def _compiled(context: RenderContext) -> Layouts:
    # Jinja is imported only where pages are made.
    from pivotgen.engines.layouts.layouts import Layouts

    filters = dict(context.filters)
    if context.filters_from and not filters:
        config = read_settings(Path(context.filters_from))
        filters = dict(config.filters) if isinstance(config, Config) else {}
    return Layouts(context.layouts, filters, context.code, context.filters_from)


def _markdown(settings: MarkdownSettings) -> Markdown:
    # markdown-it is imported only where something is parsed.
    from pivotgen.engines.markdown.engine import Markdown

    if settings.plugins_from and not settings.plugins:
        config = read_settings(Path(settings.plugins_from))
        plugins = config.markdown if isinstance(config, Config) else ()
        settings = replace(settings, plugins=plugins)
    return Markdown(settings)
