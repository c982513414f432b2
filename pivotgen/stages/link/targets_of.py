"""The targets of links in each language of a site."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from pivotgen.model.address import address_of, own_page_address, role_address
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.role import RoleText
from pivotgen.model.site import Site
from pivotgen.model.source import ROLES
from pivotgen.stages.link.link_targets import LinkTargets, Parts, Voice
from pivotgen.stages.link.old_addresses import OldAddresses, Unpublished
from pivotgen.stages.link.parsed_content import ParsedContent
from pivotgen.stages.link.pivot_index import PivotIndex
from pivotgen.stages.link.shown_pictures import ShownPictures

# The addresses of all that is published of a graph, whose links are still unknown.
Published = Callable[[Site], Collection[str]]


@dataclass(frozen=True, slots=True)
class Around:
    """What links of all languages have in common."""

    content: ParsedContent
    index: PivotIndex
    site: Site
    published: Published
    old: OldAddresses


def targets_in_own_language(around: Around) -> LinkTargets:
    index, site = around.index, around.site
    facts, pages = around.content.facts, site.pages
    own = {path: own_page_address(page.slug) for path, page in pages.items()}
    texts = {role.text.path: role.text for role in site.roles.values() if role.text}

    def anchors(path: str) -> Sequence[str] | None:
        if path in pages:
            return pages[path].anchors
        if path in texts:
            return texts[path].anchors
        return facts[path].anchors if path in index.urls else None

    files = index.urls | _role_urls(index, texts.values()) | own
    return targets_in(around, files, anchors)


def targets_in(
    around: Around,
    files: Mapping[str, str],
    anchors: Callable[[str], Sequence[str] | None],
    voice: Voice | None = None,
) -> LinkTargets:
    """The targets of links in one language; `files` has the addresses of content files there."""
    content, index, site, old = around.content, around.index, around.site, around.old
    assets = {path: address_of(output) for output, path in content.assets.items()}
    return LinkTargets(
        files={**files, **assets},
        pictures=ShownPictures(content.pictures, content.image_hosts),
        unpublished=Unpublished(
            content.unread,
            index.drafts,
            partial(old.moves, site),
            old.read,
        ),
        others=lambda: around.published(site),
        parts=Parts(anchors, voice),
    )


def _role_urls(index: PivotIndex, texts: Iterable[RoleText]) -> dict[str, str]:
    """The address of each role's page, by the path of the role's file, which need not exist."""
    urls = {
        role: role_address("to" if role in index.targets else "from", role)
        for role in sorted(index.targets | index.origins)
    }
    files = {f"{ROLES}/{role}.md": url for role, url in urls.items()}
    return files | {text.path: urls[text.slug] for text in texts}
