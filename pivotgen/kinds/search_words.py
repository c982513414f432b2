"""Which parts of the search have a word: /find/words/, on a site with many pivots.

A file holds all words with some first letters, so that those that are spelt nearly like what a
reader types are in one file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from pivotgen.kinds._kind import FileKind
from pivotgen.kinds._letters import gaps_in_letters
from pivotgen.kinds._search_words import (
    WordFiles,
    other_entries,
    postings,
    stride_for,
    word_files,
)
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import in_language, output_of, search_words_address
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.page import Entry, Page, PlanInputs
from pivotgen.model.view import Asked, Chrome

# Pivots that are told of one word. A word that more of them have says little.
_MOST = 500

# Numbers by word.
_Lists = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class PivotsShown:
    """Which pivots are published in a language."""

    # The code of the language, or "" for the site's own.
    language: str
    drafts: bool
    # Whether those that nobody has translated are.
    untranslated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWordsRecipe:
    """One file of words; those of pivots are found when it is made."""

    number: int
    words: WordFiles
    pivots: PivotsShown
    # The words of skills and pages, each with their numbers.
    others: tuple[tuple[str, str], ...]
    shows: tuple[int, ...] = ()


def _entries(inputs: PlanInputs) -> Iterator[Entry]:
    if words := word_files(inputs.site):
        for number in range(words.files):
            yield Entry(
                in_language(search_words_address(number), inputs.site.root), "a file of the site"
            )


def _pages(inputs: PlanInputs) -> Iterator[Page]:
    site = inputs.site
    if words := word_files(site):
        skills, pages = other_entries(site)
        lists = postings(enumerate(link.text for link in (*skills, *pages)), _MOST)
        others = _by_file(lists, words)
        pivots = _shown(inputs)
        for number in range(words.files):
            of_file = others[number]
            rows = tuple((word, _as_letters(of_file[word])) for word in sorted(of_file))
            recipe = SearchWordsRecipe(number=number, words=words, pivots=pivots, others=rows)
            address = in_language(search_words_address(number), site.root)
            yield Page(output_of(address), KIND.name, recipe)


def _shown(inputs: PlanInputs) -> PivotsShown:
    site, whole = inputs.site, inputs.whole or inputs.site
    drafts = any(node.draft for node in site.nodes.values())
    untranslated = len(site.nodes) == len(whole.nodes)
    return PivotsShown(site.language if site.root else "", drafts, untranslated)


def _by_file(lists: _Lists, words: WordFiles) -> list[_Lists]:
    files: list[_Lists] = [{} for _ in range(words.files)]
    for word, numbers in lists.items():
        files[words.number(word)][word] = numbers
    return files


def _as_letters(numbers: list[int]) -> str:
    """Numbers as letters; a plus says that there are others."""
    if len(numbers) > _MOST:
        return f"+{gaps_in_letters(numbers[:_MOST])}"
    return gaps_in_letters(numbers)


def _content(
    recipe: SearchWordsRecipe, cards: CardCache, chrome: Chrome, read: Callable[[str], bytes]
) -> bytes:
    shown = recipe.pivots
    all_lists = cards.made_of_all(shown.language, _words_of_pivots, recipe.words, shown)
    lists = all_lists[recipe.number]
    pivots = {word: _as_letters(lists[word]) for word in sorted(lists)}
    content = {"pivots": pivots, "others": dict(recipe.others)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _words_of_pivots(asked: Iterable[Asked], words: WordFiles, shown: PivotsShown) -> list[_Lists]:
    """By file, the words of titles and questions, each with the numbers of the pivots.

    They are in the order of search.py: by role and then by address; each role begins at the next
    multiple of the stride.
    """
    return _by_file(postings(_numbered(asked, shown), _MOST), words)


def _numbered(asked: Iterable[Asked], shown: PivotsShown) -> Iterator[tuple[int, str]]:
    pivots = sorted(
        (pivot.target, pivot.url, _text(pivot))
        for pivot in asked
        if (shown.drafts or not pivot.draft) and (shown.untranslated or not pivot.language)
    )
    roles = [[text for _, _, text in role] for _, role in groupby(pivots, key=lambda row: row[0])]
    stride = stride_for(len(role) for role in roles)
    for role, texts in enumerate(roles):
        yield from enumerate(texts, role * stride)


def _text(pivot: Asked) -> str:
    return " ".join([pivot.title, *map(attrgetter("text"), pivot.questions)])


KIND = FileKind(
    name="search-words",
    recipe=SearchWordsRecipe,
    entries=_entries,
    pages=_pages,
    reads_asked=True,
    content=_content,
    spoken=True,
)
