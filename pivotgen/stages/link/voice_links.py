"""Voice links: where the links of texts lead in another language than the site's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pivotgen.model.address import own_page_address, role_address
from pivotgen.model.picture import LinkTarget, ShareImage
from pivotgen.model.pivot import Mention
from pivotgen.model.problem import Problem
from pivotgen.model.role import RoleText
from pivotgen.model.site import Node, Site
from pivotgen.model.source import ROLES
from pivotgen.model.translation import Translation
from pivotgen.stages.link.link_targets import LinkTargets, Voice


def with_links(
    voice: Site, site: Site, texts: Sequence[RoleText], resolver: Callable[..., LinkTargets]
) -> tuple[Site, list[Problem]]:
    """The graph with its pictures and what is behind each link, and dead links of translations.

    A dead link of a text that nobody has translated is told where it is written. `texts` are those
    of roles in the site's own language; `resolver` gives the targets of links from the address of
    each file, the fragments of each, and how links are followed.
    """
    targets = _targets(voice, site, texts, resolver)
    problems: list[Problem] = []
    nodes = {}
    mentions = _Mentions(voice, site)
    for slug, node in voice.nodes.items():
        links = mentions.of_pivot(slug, node)
        addresses, dead = targets.addresses(node.path, links) if links else ((), [])
        nodes[slug] = replace(node, addresses=addresses) if addresses else node
        problems += dead if node.own else []
    others: dict[str, tuple[LinkTarget, ...]] = {}
    for text in voice.texts():
        others[text.path], dead = targets.addresses(text.path, text.mentions)
        problems += [] if text.path in voice.foreign else dead
    images = _images(site, voice.translations)
    return replace(voice, nodes=nodes, addresses=others, images=images), problems


class _Mentions:
    """The links of the texts of pivots in one language."""

    def __init__(self, voice: Site, site: Site) -> None:
        self._site = site
        self._by_path = {text.path: text for text in voice.translations.values()}

    def of_pivot(self, slug: str, node: Node) -> Sequence[Mention]:
        text = self._by_path.get(node.path)
        if text:
            return text.mentions
        # The source has as many placeholders as it has addresses.
        return self._site.pivots[slug].mentions if self._site.nodes[slug].addresses else ()


def _targets(
    voice: Site, site: Site, texts: Sequence[RoleText], resolver: Callable[..., LinkTargets]
) -> LinkTargets:
    root, translations = voice.root, voice.translations
    files: dict[str, str] = {}
    to_voice: dict[str, str] = {}
    for slug, node in voice.nodes.items():
        source = site.nodes[slug]
        files[source.path] = files[node.path] = node.address
        to_voice[source.address] = node.address
    for path, page in site.pages.items():
        files[path] = own_page_address(page.slug, root)
    of_roles = {
        slug: role_address("to" if slug in voice.into else "from", slug, root)
        for slug in voice.roles
    }
    files |= {f"{ROLES}/{slug}.md": address for slug, address in of_roles.items()}
    files |= {text.path: of_roles[text.slug] for text in texts if text.slug in of_roles}
    files |= {own.path: files[path] for path, own in translations.items() if path in files}
    slugs = {site.nodes[slug].path: slug for slug in voice.nodes}
    sources = {own.path: path for path, own in translations.items()}
    by_role = {text.path: text for text in texts}

    def anchors_of_source(path: str) -> Sequence[str] | None:
        if path in slugs:
            return site.pivots[slugs[path]].anchors
        if path in site.pages:
            return site.pages[path].anchors
        return by_role[path].anchors if path in by_role else None

    def anchors(path: str) -> Sequence[str] | None:
        path = sources.get(path, path)
        own = translations.get(path)
        return own.anchors if own else anchors_of_source(path)

    def part(path: str, fragment: str) -> str | None:
        path = sources.get(path, path)
        own = translations.get(path)
        if own is None or fragment in own.anchors:
            return None
        before = anchors_of_source(path) or ()
        if fragment not in before:
            return None
        # A translation has the sections and the questions of its source, in the same order.
        return own.anchors[before.index(fragment)] if len(before) == len(own.anchors) else ""

    spoken = Voice(lambda address: to_voice.get(address, f"{root}{address}"), part)
    return resolver(files, anchors, spoken)


def _images(site: Site, texts: Mapping[str, Translation]) -> Mapping[str, ShareImage]:
    """The pictures of shared pages; what they show is said in the language, or by the title."""
    images = dict(site.images)
    for path, image in site.images.items():
        if text := texts.get(path):
            images[text.path] = replace(image, alt=text.image_alt)
    return images
