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
    from pivotgen.engines.own_code import UnpackedCode
    from pivotgen.memory.parcel import Parcel
    from pivotgen.model.deploying import ObjectStore
    from pivotgen.model.targets import S3, Azure


# How many windows are kept in words.
_WINDOWS = 256


class WorkerMemory:
    """The ledger with its cards, compiled layouts and known folders of the latest build."""

    def __init__(self) -> None:
        self._opening: Opening | str | None = None
        self._goods: Ledger | Parcel
        self._context: RenderContext | None = None
        self._layouts: Layouts | None = None
        # By language; that of the site is "".
        self._markdown: dict[str, Markdown] = {}
        self._staging: StagingArea | None = None
        self._folders: StagingFolders
        self._stores: dict[S3 | Azure, ObjectStore] = {}
        # The cards of the ledger that was opened last.
        self.cards: CardCache
        self._code: UnpackedCode | None = None

    def open(self, goods: Ledger | Parcel, chromes: Mapping[str, Chrome]) -> Ledger | Parcel:
        """What to ask for pages: the ledger, for as long as it stays open where it is held; or a
        parcel, which brings cards of its own.

        Each of its cards is in the words of its language.

        Every batch brings its own way to the same file, and the first of them is kept.
        """
        if self._opening != goods.opening:
            self._opening = goods.opening
            self._goods = goods
            # There are few windows, and many cards.
            spans = {
                language: lru_cache(_WINDOWS)(chrome.phrases.span)
                for language, chrome in chromes.items()
            }

            commas = {language: chrome.phrases.comma for language, chrome in chromes.items()}

            def card(packed: bytes) -> Card:
                stored = unpack(StoredCard, packed)
                return stored.shown(spans[stored.voice], commas[stored.voice])

            self.cards = CardCache(goods.cards, Decoders(card, partial(unpack, Asked)))
        elif isinstance(goods.opening, str):
            # A parcel.
            self._goods = goods
            self.cards.supply(goods.cards)
        return self._goods

    def context(self, context: RenderContext) -> RenderContext:
        """The context of a batch: the very one of the batches before, where it is the same.

        Each batch brings its own copy. Layouts remember what they made of phrases, and to find it
        by a copy would compare all phrases with theirs each time.
        """
        if self._context is None or self._context != context:
            self._context = context
            self._layouts = None
        return self._context

    def layouts(self, context: RenderContext) -> Layouts:
        """The layouts of a site, compiled."""
        own = self.context(context)
        if self._layouts is None:
            self._layouts = _compiled(own)
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

    @property
    def code(self) -> UnpackedCode:
        """The site's own functions, where its folder is not to be seen."""
        if self._code is None:
            # Only workers of a cluster import this.
            from pivotgen.engines.own_code import UnpackedCode

            self._code = UnpackedCode()
        return self._code

    def folders(self, staging: StagingArea) -> StagingFolders:
        """The folders to write to. Each build has a staging area of its own."""
        if self._staging != staging:
            if self._staging:
                self._folders.waiting.close()
            self._folders = StagingFolders(staging)
            self._staging = staging
        return self._folders

    def store(self, target: S3 | Azure) -> ObjectStore:
        """The place that a target is. DeployError when a library or a key is not there."""
        # Most builds import nothing of stores.
        from pivotgen.engines.stores.open_objects import open_objects

        if target not in self._stores:
            self._stores[target] = open_objects(target)
        return self._stores[target]


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
