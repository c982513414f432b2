"""Render a page: its recipe, text and cards to its bytes, or to the problem of its layout."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, assert_never

from pivotgen.disk.places import Places
from pivotgen.engines.packing import unpack
from pivotgen.kinds import KINDS, FileKind, PageKind, TwinKind
from pivotgen.kinds._twin import twin_text
from pivotgen.kinds._view import with_source
from pivotgen.memory.rows import MissingRowError
from pivotgen.model.address import twin_address
from pivotgen.model.page import Peer, Peers, PlannedPage
from pivotgen.model.phrases import NO_PHRASES
from pivotgen.model.problem import Problem
from pivotgen.model.render_context import RenderContext
from pivotgen.model.tongue import Original, Tongue
from pivotgen.model.view import Chrome, Head
from pivotgen.stages.render.base_path import with_base_path
from pivotgen.stages.site_files import read_published
from pivotgen.stages.worker_memory import WorkerMemory


def render_page(
    page: PlannedPage,
    planned: tuple[Any, Peers],
    memory: WorkerMemory,
    context: RenderContext,
    places: Places,
) -> bytes | Problem:
    """The bytes of one page, from its recipe and the same page in other languages.

    The cards of `memory` must hold all that the recipe shows.
    """
    kind, recipe = KINDS[page.kind], planned[0]
    chrome = context.chromes[page.language]
    match kind:
        case PageKind():
            data = _page(kind, page, planned, memory, context)[0]
            is_html = True
        case TwinKind():
            return _twin(*_page(kind.of, page, planned, memory, context), chrome)
        case FileKind():
            if not kind.has_phrases:
                chrome = replace(chrome, phrases=NO_PHRASES)
            data = kind.content(recipe, memory.cards, chrome, partial(read_published, places))
            is_html = page.output.endswith(".html") and not kind.verbatim
        case _:
            assert_never(kind)
    if is_html and isinstance(data, bytes) and (base := chrome.base_path):
        return with_base_path(data, base.encode())
    return data


def _page(
    kind: PageKind[Any, Any, Any],
    page: PlannedPage,
    planned: tuple[Any, Peers],
    memory: WorkerMemory,
    context: RenderContext,
) -> tuple[bytes | Problem, Head]:
    (recipe, peers), chrome = planned, context.chromes[page.language]
    if kind.text and page.source and not page.text:
        raise MissingRowError(f"the text of {page.source} is not in the ledger")
    text = unpack(kind.text, page.text) if kind.text and page.text else None
    view = kind.compose(recipe, text, memory.cards, chrome)
    if known := _known_of_head(page, peers, context):
        view = replace(view, head=replace(view.head, **known))
    if page.source and (chrome.edit_url or chrome.report_url):
        view = replace(view, head=with_source(view.head, page.source, chrome))
    if chrome.markdown_twins and kind.has_twin:
        view = replace(view, head=replace(view.head, twin=twin_address(view.head.url)))
    # What nobody has translated is described where it is at home.
    graph = "" if peers.foreign else kind.structured_data(view, chrome)
    html = memory.layouts(context).render(kind.layout, view, chrome, graph)
    return html if isinstance(html, Problem) else html.encode(), view.head


def _known_of_head(page: PlannedPage, peers: Peers, context: RenderContext) -> dict[str, Any]:
    """What is known of the head besides what its kind knows, by field."""
    known: dict[str, Any] = {}
    if page.days:
        known["updated"] = date.fromisoformat(page.days)
    if peers.all:
        known["languages"] = tuple(_tongue(peer, page.language, context) for peer in peers.all)
    if peers.foreign:
        # The text is at home elsewhere, and search engines are told where.
        direction = context.tongues[peers.foreign].direction
        known["original"] = Original(peers.foreign, direction, peers.source)
        known["canonical"] = context.chromes[page.language].base_url + peers.source
    if context.chromes[page.language].preview:
        known["indexed"] = False
    return known


def _tongue(peer: Peer, language: str, context: RenderContext) -> Tongue:
    face = context.tongues[peer.language]
    return Tongue(
        code=peer.language,
        url=peer.address,
        name=face.name,
        direction=face.direction,
        current=peer.language == language,
        own=peer.own,
        offer=face.offer,
        decline=face.decline,
    )


def _twin(html: bytes | Problem, head: Head, chrome: Chrome) -> bytes | Problem:
    if isinstance(html, Problem):
        return html
    # Sites without twins import none of this.
    from pivotgen.engines.markdown_twin import markdown_twin

    text = markdown_twin(html.decode(), chrome.base_url + head.url, chrome.base_url)
    language = head.original.language if head.original else chrome.language
    return twin_text(head, language, text).encode()
