"""A kind: all that the rest of the house may ask of one kind of page or file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from pivotgen.memory.card_cache import CardCache
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs, Recipe
from pivotgen.model.view import Chrome, View

R = TypeVar("R", bound=Recipe)
T = TypeVar("T")
V = TypeVar("V", bound=View)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind(Generic[R]):
    # Stands in the ledger and in messages, such as "pivot".
    name: str
    recipe: type[R]
    # Every file of the kind, in the order of the sitemap; cheap, because no recipe is made.
    entries: Callable[[PlanInputs], Iterator[Entry]]
    # The same files, each with its recipe, in the order that `stages/plan/plan.py` asks for.
    pages: Callable[[PlanInputs], Iterator[Page]]
    # Whether its files show what pivots are looked up by, beside their cards.
    shows_asked: bool = False
    # Whether somebody chose the addresses of its files, so that they may clash with others.
    chosen: bool = False
    # Whether there are its files in each language of the site.
    spoken: bool = False

    @property
    def needs_site(self) -> bool:
        """Whether more than recipes and cards is read for its files: the site's own files, or what
        all pivots are looked up by. Only the machine with the site has that."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind(_Kind[R], Generic[R, T, V]):
    """A kind whose pages are made by the layout of its name, such as "pivot.html"."""

    # What its layout sees.
    view: type[V]
    # What parsing keeps of a content file for its own page; None where pages have no such file.
    text: type[T] | None
    # The view of a page, from its recipe, its own text if it has one, and the cards it shows.
    compose: Callable[[R, T | None, CardCache, Chrome], V]
    # The schema.org graph of a page as JSON, or "" for none.
    structured_data: Callable[[V, Chrome], str]
    # Whether its pages have twins in Markdown, on sites that ask for them.
    has_twin: bool = False
    spoken: bool = True

    @property
    def layout(self) -> str:
        """The name of its layout."""
        return f"{self.name}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind(_Kind[R]):
    """A kind whose files are made without a layout."""

    # The bytes of a file. The last argument reads a file of the site's folder by its path.
    content: Callable[[R, CardCache, Chrome, Callable[[str], bytes]], bytes]
    # Whether files are copied byte by byte, so that neither settings nor pivotgen matter to them.
    verbatim: bool = False
    # Whether its files are made from what all pivots are looked up by.
    reads_asked: bool = False
    # Whether its files say phrases; those of other kinds get none.
    has_phrases: bool = False
    # Whether its files say days, and are made from `listed` and `feed_days` of the inputs alone. So
    # they can be planned again without the graph when only days have changed.
    says_days: bool = False

    @property
    def needs_site(self) -> bool:
        return self.verbatim or self.reads_asked


AnyPageKind = PageKind[Any, Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinKind(_Kind[Any]):
    """A kind whose files are pages of another kind once more, as Markdown."""

    of: AnyPageKind


AnyKind = AnyPageKind | FileKind[Any] | TwinKind


def page_kinds(kinds: Iterable[AnyKind]) -> Iterator[AnyPageKind]:
    """Those kinds that have a layout."""
    return (kind for kind in kinds if isinstance(kind, PageKind))
