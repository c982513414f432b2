"""Resolve: the links and images of a text to addresses, and the ones that lead nowhere."""

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

# How many names that share a word with a dead link are compared with it letter by letter.
_COMPARED = 40


class LinkTargets:
    """What links may lead to, and the address of each."""

    def __init__(
        self,
        files: Mapping[str, str],
        drafts: Collection[str],
        unread: Collection[str],
        urls: Collection[str],
        anchors: Callable[[str], Collection[str]],
    ) -> None:
        """`files` gives the address of each file of content/ and assets/, `anchors` the fragments
        of its page.

        `drafts` are content files that are not published; `unread` ones that have problems of
        their own, so that a link to one is not a second problem; `urls` further addresses.
        """
        self._files = files
        self._drafts = drafts
        self._unread = unread
        self._urls = urls
        self._anchors = anchors

    def addresses(
        self, path: str, mentions: Sequence[Mention]
    ) -> tuple[tuple[str, ...], list[Problem]]:
        """The address behind each mention of a file ("" for a dead one), in order."""
        found = [self._address(path, one) for one in mentions]
        return (
            tuple("" if isinstance(one, Problem) else one for one in found),
            [one for one in found if isinstance(one, Problem)],
        )

    def _address(self, path: str, mention: Mention) -> str | Problem:
        target, _, fragment = mention.target.partition("#")
        folder = posixpath.dirname(path)
        if target.startswith(ASSETS):
            # The name of the file in assets/; the published one has its digest in it.
            file = target.removeprefix("/")
            found = self._files.get(file, "")
        elif target.startswith("/"):
            url = target if target in self._urls or target in self._by_url else page_address(target)
            file = self._by_url.get(url, "")
            found = url if file or url in self._urls else ""
        else:
            file = posixpath.normpath(posixpath.join(folder, target)) if target else path
            if file in self._unread:
                return ""
            if file in self._drafts:
                return _problem(
                    path,
                    mention,
                    "draft-link",
                    f"{file} is a draft, so the link would lead nowhere",
                    "publish that page first, or take the link out",
                )
            found = self._files.get(file, "")
        if not found:
            code = "dead-image" if mention.image else "dead-link"
            message = f"nothing on this site is called `{mention.target}`"
            return _problem(path, mention, code, message, self._near(target, folder))
        if fragment and fragment not in (anchors := self._anchors(file)):
            message = f"{found} has no part called `#{fragment}`"
            near = _close(f"#{fragment}", [f"#{one}" for one in sorted(anchors)])
            return _problem(path, mention, "dead-fragment", message, near)
        return f"{found}#{fragment}" if fragment else found

    @cached_property
    def _by_url(self) -> dict[str, str]:
        """Content file behind each address; only links that start with a slash ask for it."""
        return {url: file for file, url in self._files.items()}

    def _near(self, typed: str, folder: str) -> str:
        if typed.startswith("/") and not typed.startswith(ASSETS):
            return _close(typed, self._likely(typed, self._url_words)) or "check the address"
        files = self._likely(posixpath.normpath(posixpath.join(folder, typed)), self._file_words)
        named = [
            f"/{file}" if typed[0] == "/" else posixpath.relpath(file, folder) for file in files
        ]
        return _close(typed, named) or "check the file's name"

    def _likely(self, typed: str, index: Mapping[str, Sequence[str]]) -> list[str]:
        """The names that share most words with `typed`: a long list is not compared whole."""
        shared = Counter(name for word in _words(typed) for name in index.get(word, ()))
        return sorted(shared, key=lambda name: (-shared[name], name))[:_COMPARED]

    @cached_property
    def _file_words(self) -> dict[str, list[str]]:
        return _index(self._files)

    @cached_property
    def _url_words(self) -> dict[str, list[str]]:
        return _index([*self._files.values(), *self._urls])


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name)) - {"content", "pivots", "md", "to"}


def _index(names: Iterable[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        for word in _words(name):
            found[word].append(name)
    return found


def _close(typed: str, candidates: Sequence[str]) -> str:
    close = get_close_matches(typed, candidates, 1, 0.5)
    return f"did you mean `{close[0]}`?" if close else ""


def _problem(path: str, mention: Mention, code: str, message: str, hint: str) -> Problem:
    return Problem(path, mention.line, mention.column, code, message, hint)
