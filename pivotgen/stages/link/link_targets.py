"""Link targets: the address that each link or image of a text leads to, and the dead ones."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from urllib.parse import unquote

from pivotgen.model.address import (
    ASSETS,
    NO_FEED,
    is_feed,
    page_address,
    readable,
    split_address,
    typed_address,
    with_rest,
)
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.nearest import Nearest
from pivotgen.model.picture import LinkTarget, Picture, ShareImage
from pivotgen.model.pivot import Mention, NamedImage
from pivotgen.model.problem import Problem
from pivotgen.model.source import ROLES
from pivotgen.stages.link.old_addresses import Unpublished
from pivotgen.stages.link.shown_pictures import ShownPictures, fault_of_share


@dataclass(frozen=True, slots=True)
class Voice:
    """How links are followed in another language than the site's own."""

    # The address of a page in this language, from that in the site's own.
    address: Callable[[str], str]
    # What a fragment of the source is called in the text of this language, by the path of a file:
    # the part in the same place, or "" where nobody knows. None where the fragment is no such one.
    part: Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a fragment may name."""

    # The fragments of the page of a file; None when only the layout knows them.
    anchors: Callable[[str], Collection[str] | None]
    voice: Voice | None = None


class LinkTargets:
    """Everything that a link may lead to, with its address."""

    def __init__(
        self,
        files: Mapping[str, str],
        pictures: ShownPictures,
        unpublished: Unpublished,
        others: Callable[[], Collection[str]],
        parts: Parts,
    ) -> None:
        """`files` has the address of each file of content/ and assets/, by path.

        `others` gives the addresses of all that
        the site publishes; it is called once, and only when `files` are not enough. `parts` knows
        the fragments of the page of a file.
        """
        self._files = {_composed(path): address for path, address in files.items()}
        self._pictures = pictures
        self._unpublished = unpublished
        self._ask_others = others
        self._anchors = parts.anchors
        self._voice = parts.voice
        # The fragments of each page that has a dead link to one of them.
        self._nearest_parts: dict[str, Nearest] = {}

    def addresses(
        self, path: str, mentions: Sequence[Mention]
    ) -> tuple[tuple[LinkTarget, ...], list[Problem]]:
        """Where each mention in the file `path` leads, in order, and the problems."""
        outside = self._pictures.outside
        results = [outside(path, each) or self.address(path, each) for each in mentions]
        return (
            tuple("" if isinstance(result, Problem) else result for result in results),
            [result for result in results if isinstance(result, Problem)],
        )

    def address(self, path: str, mention: Mention) -> LinkTarget | Problem:
        """Where a mention in the file `path` leads, or what is wrong with it."""
        if mention.target.startswith("/"):
            return self._by_address(path, mention)
        target, mark, fragment = mention.target.partition("#")
        folder = posixpath.dirname(path)
        file = path
        if target:
            file = _composed(posixpath.normpath(posixpath.join(folder, unquote(target))))
        if file in self._unpublished.paths:
            return ""
        if file in self._unpublished.drafts:
            message = f"{file} is a draft, so the link would lead nowhere"
            hint = "publish that page first, or take the link out"
            return _problem(path, mention, "draft-link", message, hint)
        if not (address := self._files.get(file, "")):
            is_open = self._unpublished.any_pivot and file.startswith(f"{ROLES}/")
            return "" if is_open else self._dead(path, mention, target)
        return self._part(path, mention, file, with_rest(address, f"{mark}{fragment}"))

    def share_images(
        self, named: Mapping[str, NamedImage]
    ) -> tuple[dict[str, ShareImage], list[Problem]]:
        """The pictures for shared pages that files name, by the paths of the files."""
        results = {path: self._share_image(path, image) for path, image in named.items()}
        return (
            {path: result for path, result in results.items() if isinstance(result, ShareImage)},
            [result for result in results.values() if isinstance(result, Problem)],
        )

    def _share_image(self, path: str, named: NamedImage) -> ShareImage | Problem | None:
        target = self.address(path, named.mention)
        fault = fault_of_share(split_address(named.mention.target)[0])
        if isinstance(target, Problem) and not (fault and target.code == "bad-image"):
            return target
        if target and fault:
            return _problem(path, named.mention, "bad-image", *fault)
        return ShareImage(*target, named.alt) if isinstance(target, Picture) else None

    def _by_address(self, path: str, mention: Mention) -> LinkTarget | Problem:
        """What a link that starts with a slash leads to: an address of the site, or an asset."""
        target, rest = split_address(mention.target)
        if target.startswith(ASSETS):
            # A link names the file in assets/; the published file has a digest in its name.
            file = _composed(unquote(target[1:]))
            address = self._files.get(file, "")
        else:
            both = [typed_address(target), page_address(target)]
            if self._voice:
                both = [*map(self._voice.address, both), *both]
            address = next((url for url in both if url in self._by_url or url in self._others), "")
            file = self._by_url.get(address, "")
        if not address:
            is_open = self._unpublished.may_publish(page_address(target))
            return "" if is_open else self._dead(path, mention, target)
        return self._part(path, mention, file, with_rest(address, rest))

    def _dead(self, path: str, mention: Mention, target: str) -> Problem:
        code = "dead-image" if mention.image else "dead-link"
        folder = posixpath.dirname(path)
        place = mention.line, mention.column
        if not mention.image and (
            advice := self._unpublished.advice(path, place, mention.target, self._by_url)
        ):
            return Problem(path, *place, code, advice.message, advice.hint, edits=advice.edits)
        message = f"nothing on this site is called `{mention.target}`"
        hint = self._hint(target, folder)
        return _problem(path, mention, code, message, hint)

    def _part(self, path: str, mention: Mention, file: str, address: str) -> LinkTarget | Problem:
        """The target, or the problem when the page of the file has no such part.

        An image must be a picture.
        """
        if mention.image:
            return self._pictures.shown(path, mention, file, address)
        fragment = unquote(mention.target.partition("#")[2])
        if fragment and self._voice:
            part = self._voice.part(file, fragment)
            if part is not None:
                return with_rest(address.partition("#")[0], f"#{part}")
        anchors = self._anchors(file) if fragment else None
        if anchors is None or fragment in anchors:
            return address
        page = readable(address.partition("#")[0])
        message = f"{page} has no part called `#{fragment}`"
        if file not in self._nearest_parts:
            self._nearest_parts[file] = Nearest(f"#{anchor}" for anchor in anchors)
        hint = _did_you_mean(self._nearest_parts[file].to(f"#{fragment}"))
        return _problem(path, mention, "dead-fragment", message, hint)

    @cached_property
    def _by_url(self) -> dict[str, str]:
        """The file behind each address; it is made only for links that start with a slash."""
        return {url: file for file, url in self._files.items()}

    @cached_property
    def _others(self) -> Collection[str]:
        return self._ask_others()

    def _hint(self, typed: str, folder: str) -> str:
        """What may have been meant by a target that does not exist."""
        if is_feed(typed):
            return NO_FEED
        if typed.startswith("/") and not typed.startswith(ASSETS):
            return _did_you_mean(self._urls.to(typed)) or "check the address"
        files = self._names.likely(posixpath.normpath(posixpath.join(folder, typed)))
        targets = [
            f"/{file}" if typed[0] == "/" else posixpath.relpath(file, folder) for file in files
        ]
        close = get_close_matches(typed, targets, 1, 0.5)
        return _did_you_mean(close) or "check the file's name"

    @cached_property
    def _names(self) -> Nearest:
        return Nearest(self._files)

    @cached_property
    def _urls(self) -> Nearest:
        return Nearest(map(readable, {*self._files.values(), *self._others}))


def _composed(path: str) -> str:
    """The path in NFC, as it is typed; some systems write the names of files in another form."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _did_you_mean(close: Sequence[str]) -> str:
    return f"did you mean `{close[0]}`?" if close else ""


def _problem(path: str, mention: Mention, code: str, message: str, hint: str) -> Problem:
    return Problem(path, mention.line, mention.column, code, message, hint)
