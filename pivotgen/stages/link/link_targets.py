"""Link targets: the address that each link or image of a text leads to, and the dead ones."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

from pivotgen.model.address import ASSETS, page_address
from pivotgen.model.pivot import Mention
from pivotgen.model.problem import Problem
from pivotgen.model.source import PIVOTS, ROLES

# How many names are compared with a dead link letter by letter.
_COMPARED = 40


class LinkTargets:
    """Everything that a link may lead to, with its address."""

    def __init__(
        self,
        files: Mapping[str, str],
        drafts: Collection[str],
        unread: Collection[str],
        urls: Collection[str],
        anchors: Callable[[str], Collection[str]],
    ) -> None:
        """`files` has the address of each file of content/ and assets/, by path.

        `drafts` are content files that are not published. `unread` are content files with
        problems of their own: a link to one of them is not reported as a second problem. `urls`
        are further addresses. `anchors` gives the fragments of the page of a content file.
        """
        self._files = files
        self._drafts = drafts
        self._unread = unread
        self._urls = urls
        self._anchors = anchors

    def addresses(
        self, path: str, mentions: Sequence[Mention]
    ) -> tuple[tuple[str, ...], list[Problem]]:
        """The address of each mention in the file `path`, in order, and the problems.

        The address of a dead link is "".
        """
        results = [self._address(path, mention) for mention in mentions]
        return (
            tuple("" if isinstance(result, Problem) else result for result in results),
            [result for result in results if isinstance(result, Problem)],
        )

    def _address(self, path: str, mention: Mention) -> str | Problem:
        target, _, fragment = mention.target.partition("#")
        folder = posixpath.dirname(path)
        if target.startswith(ASSETS):
            # A link names the file in assets/; the published file has a digest in its name.
            file = target.removeprefix("/")
            address = self._files.get(file, "")
        elif target.startswith("/"):
            url = target if target in self._urls or target in self._by_url else page_address(target)
            file = self._by_url.get(url, "")
            address = url if file or url in self._urls else ""
        else:
            file = posixpath.normpath(posixpath.join(folder, target)) if target else path
            if file in self._unread:
                return ""
            if file in self._drafts:
                message = f"{file} is a draft, so the link would lead nowhere"
                hint = "publish that page first, or take the link out"
                return _problem(path, mention, "draft-link", message, hint)
            address = self._files.get(file, "")
        if not address and file.startswith(f"{ROLES}/") and self._any_pivot_unread:
            # The role may have a page because of a pivot that cannot be read.
            return ""
        if not address:
            code = "dead-image" if mention.image else "dead-link"
            message = f"nothing on this site is called `{mention.target}`"
            return _problem(path, mention, code, message, self._hint(target, folder))
        if fragment and fragment not in (anchors := self._anchors(file)):
            message = f"{address} has no part called `#{fragment}`"
            hint = _did_you_mean(f"#{fragment}", [f"#{anchor}" for anchor in sorted(anchors)])
            return _problem(path, mention, "dead-fragment", message, hint)
        return f"{address}#{fragment}" if fragment else address

    @cached_property
    def _any_pivot_unread(self) -> bool:
        return any(path.startswith(f"{PIVOTS}/") for path in self._unread)

    @cached_property
    def _by_url(self) -> dict[str, str]:
        """The file behind each address; it is made only for links that start with a slash."""
        return {url: file for file, url in self._files.items()}

    def _hint(self, typed: str, folder: str) -> str:
        """What may have been meant by a target that does not exist."""
        if typed.startswith("/") and not typed.startswith(ASSETS):
            urls = self._likely(typed, self._urls_by_word)
            return _did_you_mean(typed, urls) or "check the address"
        files = self._likely(posixpath.normpath(posixpath.join(folder, typed)), self._files_by_word)
        targets = [
            f"/{file}" if typed[0] == "/" else posixpath.relpath(file, folder) for file in files
        ]
        return _did_you_mean(typed, targets) or "check the file's name"

    def _likely(self, typed: str, by_word: Mapping[str, Sequence[str]]) -> list[str]:
        """The names that share most words with `typed`, because comparing all would be slow."""
        shared = Counter(name for word in _words(typed) for name in by_word.get(word, ()))
        return sorted(shared, key=lambda name: (-shared[name], name))[:_COMPARED]

    @cached_property
    def _files_by_word(self) -> dict[str, list[str]]:
        return _by_word(self._files)

    @cached_property
    def _urls_by_word(self) -> dict[str, list[str]]:
        return _by_word([*self._files.values(), *self._urls])


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name)) - {"content", "pivots", "md", "to"}


def _by_word(names: Iterable[str]) -> dict[str, list[str]]:
    index: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for word in _words(name):
            index[word].append(name)
    return index


def _did_you_mean(typed: str, candidates: Sequence[str]) -> str:
    close = get_close_matches(typed, candidates, 1, 0.5)
    return f"did you mean `{close[0]}`?" if close else ""


def _problem(path: str, mention: Mention, code: str, message: str, hint: str) -> Problem:
    return Problem(path, mention.line, mention.column, code, message, hint)
