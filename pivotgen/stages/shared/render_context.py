"""Render context: what pages share, in the form in which a worker is told."""

from __future__ import annotations

from pivotgen.engines.packing import pack
from pivotgen.memory.fingerprint import digest
from pivotgen.model.address import address_of
from pivotgen.model.render_context import RenderContext
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.view import Chrome
from pivotgen.stages.shared.inputs import layout_texts


def render_context(shared: SharedInputs, *, feeds: bool) -> RenderContext:
    """Texts instead of digests; `feeds` says whether the site has feeds."""
    config = shared.config
    chrome = Chrome(
        name=config.name,
        base_url=config.base_url,
        language=config.language,
        phrases=shared.phrases,
        call=config.call,
        organisation=config.organisation.name,
        organisation_url=config.organisation.url,
        editor=config.editor.name,
        editor_url=config.editor.url,
        assets={
            path.removeprefix("assets/"): address_of(output)
            for output, path in shared.assets.items()
        },
        feeds=feeds,
        footer=config.footer,
        preview=shared.preview,
    )
    layouts = layout_texts(shared.site, shared.files)
    return RenderContext(
        key=digest(pack((chrome, layouts, shared.settings))),
        chrome=chrome,
        layouts=layouts,
        code=shared.code,
        filters=tuple(sorted(config.filters.items())),
        filters_from=str(shared.site) if config.filters else "",
    )
