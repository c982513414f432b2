"""Kinds: what a site consists of. Each kind of page or file is one file of this folder.

`KINDS` is the one table of them. The planner, the renderer, the template check, the sitemap and the
tests read it, so a new kind is its file, a line here, and its layout if it has one. No kind imports
another kind or this table; what several kinds share is in the files with an underscore.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, cast

from pivotgen.engines.packing import pack, unpack
from pivotgen.kinds import (
    apache,
    asset,
    atom,
    caddy,
    cloudfront,
    explorer,
    find,
    headers,
    json_feed,
    llms,
    map_drawing,
    missing,
    moves,
    nginx,
    no_jekyll,
    page,
    pivot,
    preview_moves,
    questions,
    redirect,
    redirect_rules,
    robots,
    role,
    role_map,
    roles,
    search,
    search_words,
    sitemap,
    skill,
    skills,
    static,
    theme_style,
    vercel,
)
from pivotgen.kinds._kind import AnyKind, FileKind, PageKind, TwinKind, page_kinds
from pivotgen.kinds._own_keys import view_types
from pivotgen.kinds._twin import twin_kind
from pivotgen.model.extra import DeclaredKeys
from pivotgen.model.page import Page, Peers

__all__ = [
    "KINDS",
    "AnyKind",
    "FileKind",
    "PageKind",
    "TwinKind",
    "layout_views",
    "packed_recipe",
    "page_kinds",
    "recipe_of",
]

# In the order in which the sitemap lists their pages.
_ALL: tuple[AnyKind, ...] = (
    explorer.KIND,
    find.KIND,
    role_map.KIND,
    pivot.KIND,
    roles.KIND,
    role.KIND,
    questions.KIND,
    skills.KIND,
    skill.KIND,
    page.KIND,
    missing.KIND,
    asset.KIND,
    theme_style.KIND,
    redirect.KIND,
    sitemap.KIND,
    atom.KIND,
    json_feed.KIND,
    llms.KIND,
    robots.KIND,
    headers.KIND,
    moves.KIND,
    map_drawing.KIND,
    search.KIND,
    search_words.KIND,
    redirect_rules.KIND,
    no_jekyll.KIND,
    nginx.KIND,
    caddy.KIND,
    apache.KIND,
    cloudfront.KIND,
    vercel.KIND,
    preview_moves.KIND,
    static.KIND,
)

_TWINS = tuple(twin_kind(kind) for kind in page_kinds(_ALL) if kind.has_twin)

KINDS: Mapping[str, AnyKind] = {kind.name: kind for kind in (*_ALL, *_TWINS)}


def packed_recipe(page: Page) -> bytes:
    """The recipe of a page as the ledger holds it, with the same page in other languages."""
    return pack((page.recipe, page.peers))


def recipe_of(kind: str, packed: bytes) -> tuple[Any, Peers]:
    """The recipe of a page of some kind, and the same page in other languages."""
    stored: tuple[Any, Peers] = unpack(_stored(cast(Hashable, KINDS[kind].recipe)), packed)
    return stored


@cache
def _stored(recipe: Hashable) -> Any:
    return tuple[recipe, Peers]  # type: ignore[valid-type]


def layout_views(declared: DeclaredKeys) -> dict[str, type[Any]]:
    """The type of view that each layout of a page sees, with the keys that a site has declared."""
    return view_types(page_kinds(KINDS.values()), declared)
