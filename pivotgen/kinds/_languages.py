"""The same page in all languages of a site."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pivotgen.model.page import NO_PEERS, Peer, Peers, PlanInputs
from pivotgen.model.site import Site


def peers_of(
    inputs: PlanInputs, address: Callable[[Site], str | None], own: Callable[[Site], bool]
) -> Peers:
    """The same page in all languages.

    `address` is that of the page in a graph, None where it has no such page; `own` says whether its
    text is in the language of the graph. Since each page of the group asks the same of the same
    graphs, all of them name each other.
    """
    sites = tuple(inputs.sites)
    if len(sites) == 1:
        return NO_PEERS
    peers = [
        Peer(site.language, url, own(site)) for site in sites if (url := address(site)) is not None
    ]
    source = peers[0]
    is_own = any(peer.own for peer in peers if peer.language == inputs.site.language)
    if is_own:
        return Peers(tuple(peers))
    return Peers(tuple(peers), source.language, source.address)


def pivot_peers(inputs: PlanInputs, slug: str) -> Peers:
    """The page of a pivot in all languages."""

    def address(site: Site) -> str | None:
        return site.nodes[slug].address if slug in site.nodes else None

    return peers_of(inputs, address, lambda site: site.nodes[slug].own)


def everywhere(site: Site) -> bool:
    """For pages that consist of names and phrases, which are in every language."""
    return True


def is_own_list(site: Site, slugs: Sequence[str]) -> bool:
    """Whether a page of a list counts as one in its language: half of its pivots are."""
    if not site.root:
        # Every pivot is in the site's own language.
        return True
    own = sum(site.nodes[slug].own for slug in slugs)
    return own * 2 >= len(slugs)
