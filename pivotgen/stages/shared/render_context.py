"""Render context: what pages share, in the form in which a worker is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pivotgen.engines.packing import pack
from pivotgen.memory.fingerprint import digest
from pivotgen.model.address import (
    ASSETS,
    ROLES_INDEX,
    SKILLS_INDEX,
    address_of,
    split_address,
    typed_address,
    with_rest,
)
from pivotgen.model.config import Party
from pivotgen.model.render_context import RenderContext
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.view import Chrome, Link
from pivotgen.stages.shared.inputs import layout_texts

_NOBODY = Party("", "")


def render_context(shared: SharedInputs, *, feeds: bool) -> RenderContext:
    """Texts instead of digests; `feeds` says whether the site has feeds."""
    config = shared.config
    assets = {
        path.removeprefix("assets/"): address_of(output) for output, path in shared.assets.items()
    }
    organisation, editor = config.organisation or _NOBODY, config.editor or _NOBODY
    navigation = config.navigation
    if navigation is None:
        titles = ("roles", ROLES_INDEX), ("skills_index", SKILLS_INDEX)
        navigation = tuple(Link(shared.phrases[name], address) for name, address in titles)
    chrome = Chrome(
        name=config.name,
        base_url=config.base_url,
        language=config.language,
        phrases=shared.phrases,
        call=config.call,
        organisation=organisation.name,
        organisation_url=organisation.url,
        editor=editor.name,
        editor_url=editor.url,
        assets=assets,
        feeds=feeds,
        navigation=_published_links(navigation, assets),
        organisation_logo=_published(config.theme.logo, assets) or assets.get("icon.svg", ""),
        footer=_published_links(config.footer, assets),
        theme_style=shared.theme_style.address if shared.theme_style else "",
        logo=_published(config.theme.logo, assets),
        image=_published(config.image, assets),
        share_image=shared.share_image,
        edit_url=config.edit_url,
        report_url=config.report_url,
        qr_codes=config.qr_codes,
        markdown_twins=config.markdown_twins,
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


def _published_links(links: Iterable[Link], assets: Mapping[str, str]) -> tuple[Link, ...]:
    return tuple(Link(link.text, _published(link.url, assets)) for link in links)


def _published(url: str, assets: Mapping[str, str]) -> str:
    """An address of this site as a page writes it; one of another site as it is.

    That of an asset has a digest in its name.
    """
    if not url.startswith("/"):
        return url
    path, rest = split_address(url)
    if path.startswith(ASSETS) and (published := assets.get(path.removeprefix(ASSETS))):
        return with_rest(published, rest)
    return with_rest(typed_address(path), rest)
