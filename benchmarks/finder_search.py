"""The search files of a generated site, made without building the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

from benchmarks.corpus import Text
from pivotgen.kinds import search, search_words
from pivotgen.memory.card_cache import CardCache
from pivotgen.model.address import pivot_address
from pivotgen.model.names import slug_of
from pivotgen.model.page import PlanInputs
from pivotgen.model.site import Site
from pivotgen.model.view import Asked, Link

T = TypeVar("T")


class _Texts:
    """Stands where a build has its card cache."""

    def __init__(self, texts: Mapping[int, Asked]) -> None:
        self._texts = texts
        self._made: Any = None

    def asked(self, numbers: Iterable[int]) -> tuple[Asked, ...]:
        return tuple(self._texts[number] for number in numbers)

    def made_of_all(self, combine: Callable[..., T], *arguments: object) -> T:
        if self._made is None:
            self._made = combine(self._texts.values(), *arguments)
        made: T = self._made
        return made


def search_files(site: Site, texts: Iterable[Text]) -> tuple[dict[str, bytes], str]:
    """The files of the search by their output; and a text of two words to look for.

    The nodes of the site are numbered as the texts are.
    """
    asked = {number: _asked(text) for number, text in enumerate(texts)}
    cards = cast(CardCache, _Texts(asked))
    inputs = PlanInputs(site=site, page_size=60, assets={})
    files = {}
    # Neither kind says phrases or reads a file.
    chrome, read = cast(Any, None), cast(Any, None)
    for kind in (search.KIND, search_words.KIND):
        for page in kind.pages(inputs):
            files[page.output] = kind.content(cast(Any, page.recipe), cards, chrome, read)
    middle = asked[len(asked) // 2].questions[0].text
    longest = sorted(re.findall(r"\w+", middle), key=len)[-2:]
    return files, " ".join(longest)


def _asked(text: Text) -> Asked:
    """The same as parsing makes of the file, without its ids."""
    title = text.file.split('title: "')[1].split('"\n')[0]
    questions = re.findall(r"- question: (.*)", text.file)
    url = pivot_address(text.slug)
    links = tuple(Link(question, f"{url}#q{nth}") for nth, question in enumerate(questions))
    return Asked(url, title, links, slug_of(text.target), draft=False)
