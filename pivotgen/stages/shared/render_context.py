"""Render context: what pages share, in the form in which a worker is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from pivotgen.engines.packing import pack
from pivotgen.memory.fingerprint import digest
from pivotgen.model.address import (
    ASSETS,
    ROLES_INDEX,
    SKILLS_INDEX,
    address_of,
    in_language,
    split_address,
    typed_address,
    with_rest,
)
from pivotgen.model.config import Config, Party
from pivotgen.model.pivot import Call
from pivotgen.model.render_context import RenderContext
from pivotgen.model.shared_inputs import SharedInputs
from pivotgen.model.view import Chrome, Link
from pivotgen.stages.shared.inputs import layout_texts
from pivotgen.stages.shared.tongues import tongues_of

_NOBODY = Party("", "")


def render_context(shared: SharedInputs, feeds: Collection[str]) -> RenderContext:
    """Texts instead of digests; `feeds` are the languages that have feeds."""
    config = shared.config
    chromes = {
        language: _chrome(shared, language, has_feeds=language in feeds)
        for language in config.every_language
    }
    chromes[""] = chromes[config.language]
    layouts = layout_texts(shared.site, shared.files)
    tongues = tongues_of(shared)
    return RenderContext(
        key=digest(pack((chromes, tongues, layouts, shared.settings))),
        chromes=chromes,
        tongues=tongues,
        layouts=layouts,
        code=shared.code,
        filters=tuple(sorted(config.filters.items())),
        filters_from=str(shared.site) if config.filters else "",
    )


def _chrome(shared: SharedInputs, language: str, *, has_feeds: bool) -> Chrome:
    """What every page of one language shares."""
    config, phrases, root = shared.config, shared.voices[language], shared.config.root(language)
    assets = {
        path.removeprefix("assets/"): address_of(output) for output, path in shared.assets.items()
    }
    organisation, editor = config.organisation or _NOBODY, config.editor or _NOBODY
    # The language of words that nobody has translated.
    source, labels = config.language if root else "", config.labels.get(language, {})
    navigation, ours = config.navigation or (), config.navigation is None
    if ours:
        titles = ("roles", ROLES_INDEX), ("skills_index", SKILLS_INDEX)
        navigation = tuple(Link(phrases[name], address) for name, address in titles)

    def links(of_settings: Iterable[Link], words_in: str) -> tuple[Link, ...]:
        worded = (_worded(link, labels, words_in) for link in of_settings)
        return tuple(_in_language(link, root) for link in _published_links(worded, assets))

    return Chrome(
        name=config.name,
        base_url=config.base_url,
        language=language,
        phrases=phrases,
        call=_call(config.calls.get(language) if root else config.call, config.call, root),
        source_call=_call(config.call, config.call, root),
        organisation=organisation.name,
        organisation_url=organisation.url,
        editor=labels.get(editor.url, editor.name),
        editor_url=_at_home(editor.url, config, root),
        assets=assets,
        feeds=has_feeds,
        navigation=links(navigation, "" if ours else source),
        organisation_logo=_published(config.theme.logo, assets) or assets.get("icon.svg", ""),
        footer=links(config.footer, source),
        theme_style=shared.theme_style.address if shared.theme_style else "",
        logo=_published(config.theme.logo, assets),
        image=_published(config.image, assets),
        share_image=shared.share_image,
        edit_url=config.edit_url,
        report_url=config.report_url,
        qr_codes=config.qr_codes,
        markdown_twins=config.markdown_twins,
        preview=shared.preview,
        root=root,
        source_language=config.language,
        region=config.region_in(language),
    )


def _call(call: Call | None, own: Call | None, root: str) -> Call | None:
    """A call to action with the address of the site's own, as another language has it."""
    if call is None or own is None:
        return None
    url = _in_language(Link(call.label, call.url or own.url), root).url
    return replace(call, url=url)


def _worded(link: Link, labels: Mapping[str, str], words_in: str) -> Link:
    """A link with its label in the language of the page, or else with its own words.

    `words_in` is the language of these, where it is another one.
    """
    label = labels.get(link.url, "")
    return Link(label or link.text, link.url, "" if label else words_in)


def _at_home(url: str, config: Config, root: str) -> str:
    """An address of this site that the settings give as a whole, as another language has it."""
    base = f"{config.base_url.rstrip('/')}/"
    if not root or not url.startswith(base) or not url.endswith("/"):
        return url
    return f"{base[:-1]}{in_language(url[len(base) - 1 :], root)}"


def _in_language(link: Link, root: str) -> Link:
    """A link of the settings as another language has it: pages are there too, files are not."""
    is_page = link.url.startswith("/") and split_address(link.url)[0].endswith("/")
    return replace(link, url=in_language(link.url, root)) if root and is_page else link


def _published_links(links: Iterable[Link], assets: Mapping[str, str]) -> tuple[Link, ...]:
    return tuple(replace(link, url=_published(link.url, assets)) for link in links)


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
