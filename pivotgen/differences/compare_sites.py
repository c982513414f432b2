"""Compare sites: which pages came, went or changed, and what changed within a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from difflib import SequenceMatcher
from hashlib import sha256

from pivotgen.differences.page_content import PageContent, page_content
from pivotgen.model.address import ASSETS, address_of, is_page_file, readable
from pivotgen.model.lazy_dataclass import dataclass

# Beyond so many elements a changed stretch is taken whole.
_MANY = 400


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """One of the two sites."""

    # The digest of each file by its path.
    files: Mapping[str, str]
    read: Callable[[str], bytes]


@dataclass(frozen=True, slots=True, order=True)
class Changed:
    """A value that was another one; "" where there was or is none."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDifference:
    """What changed within a page."""

    facts: tuple[Changed, ...] = ()
    questions: tuple[Changed, ...] = ()
    links_added: tuple[str, ...] = ()
    links_removed: tuple[str, ...] = ()
    data: tuple[Changed, ...] = ()
    # Stretches of text: as they were, and as they are.
    texts: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return any(
            (self.facts, self.questions, self.links_added, self.links_removed, self.data)
        ) or (bool(self.texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDifferences:
    """What a reader would notice between two sites; pages are named by their addresses."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    # Pages in which the very same changed, together.
    changed: tuple[tuple[PageDifference, tuple[str, ...]], ...] = ()
    # How many different changes of markup there are in pages that say the same as before, and in
    # which pages.
    layouts: int = 0
    same_words: tuple[str, ...] = ()
    # Files that are no pages: new, gone or other than they were.
    others: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.changed, self.same_words, self.others))


def compare_sites(old: BuiltSite, new: BuiltSite) -> SiteDifferences:
    """What a reader would notice when the new site took the place of the old one."""
    both = old.files.keys() & new.files.keys()
    other = sorted(path for path in both if old.files[path] != new.files[path])
    groups: defaultdict[PageDifference, list[str]] = defaultdict(list)
    layouts: set[str] = set()
    same: list[str] = []
    for path in filter(is_page_file, other):
        before, after = page_content(old.read(path)), page_content(new.read(path))
        if difference := compare_pages(before, after):
            groups[difference].append(_name(path))
        else:
            layouts.add(_markup_change(before.markup, after.markup))
            same.append(_name(path))
    moved = (old.files.keys() ^ new.files.keys()) | set(other)
    return SiteDifferences(
        added=_pages(new.files.keys() - both),
        removed=_pages(old.files.keys() - both),
        changed=tuple((difference, tuple(pages)) for difference, pages in groups.items()),
        layouts=len(layouts),
        same_words=tuple(same),
        others=tuple(
            sorted(
                path
                for path in moved
                if not is_page_file(path) and not f"/{path}".startswith(ASSETS)
            )
        ),
    )


def compare_pages(old: PageContent, new: PageContent) -> PageDifference:
    """What changed between two versions of a page."""
    facts = tuple(_changes(old.facts, new.facts))
    questions = tuple(_changes(old.questions, new.questions))
    # What is among the facts and questions is no stretch of text as well.
    known = " ".join(f"{row.name}: {row.old} {row.name}: {row.new}" for row in (*facts, *questions))
    before, after = set(old.links), set(new.links)
    return PageDifference(
        facts=facts,
        questions=questions,
        links_added=tuple(link for link in new.links if link not in before),
        links_removed=tuple(link for link in old.links if link not in after),
        data=tuple(_changes(old.data, new.data)),
        texts=tuple(_text_changes(old.texts, new.texts, known)),
    )


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Changed]:
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name, ""), new.get(name, "")
        if before != after:
            yield Changed(name, before, after)


def _text_changes(old: Sequence[str], new: Sequence[str], known: str) -> Iterator[tuple[str, str]]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        before = [text for text in old[a:b] if text not in known]
        after = [text for text in new[c:d] if text not in known]
        for number in range(max(len(before), len(after))):
            yield (
                before[number] if number < len(before) else "",
                after[number] if number < len(after) else "",
            )


def _markup_change(old: Sequence[str], new: Sequence[str]) -> str:
    """A digest of what changed in the markup, equal for pages in which the same changed."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(before), len(after)) > _MANY:
        parts = [(before, after)]
    else:
        codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        parts = [(before[a:b], after[c:d]) for tag, a, b, c, d in codes if tag != "equal"]
    # The same change in ten rows of a list is one change.
    return sha256(repr(list(dict.fromkeys(map(repr, parts)))).encode()).hexdigest()


def _pages(paths: set[str]) -> tuple[str, ...]:
    return tuple(sorted(_name(path) for path in paths if is_page_file(path)))


def _name(path: str) -> str:
    """The address of a page, as people read it."""
    return readable(address_of(path))
