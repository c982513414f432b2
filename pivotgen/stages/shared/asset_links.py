"""Asset links: what style sheets and scripts name of the site, by the names that are published.

A file of assets/ has a digest in its published name, which no style sheet can know. So the
addresses in style sheets are written anew; the digest of a style sheet covers the names of all that
it names. Scripts stay as they are: an import of a file that will have another name is an error.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from urllib.parse import quote, unquote

from pivotgen.engines.packing import pack, unpack
from pivotgen.memory.fingerprint import digest_of
from pivotgen.model.address import (
    ASSETS,
    DIGEST_DIGITS,
    address_of,
    asset_address,
    output_of,
    static_address,
    typed_address,
)
from pivotgen.model.asset import AssetLink, Reference, Replacement
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem
from pivotgen.model.source import STATIC, Digest
from pivotgen.stages.context import BuildContext
from pivotgen.stages.site_files import read_source

# By style sheet, what it names of the site.
Links = dict[str, tuple[AssetLink, ...]]
_STYLE_SHEETS, _SCRIPTS = ".css", (".js", ".mjs")
# An address of another site, or one that brings its own content.
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PublishedAssets:
    """The files of assets/ as they are published."""

    # The path under public/ of each file of assets/.
    outputs: Mapping[str, str]
    # What is written anew in each style sheet that names others.
    replacements: Mapping[str, tuple[Replacement, ...]]


def published_assets(
    build: BuildContext, files: Mapping[str, Digest]
) -> tuple[PublishedAssets, list[Problem]]:
    """How the files of assets/ are published. What names no file there stays as it is written.

    `files` are the digests of all files of assets/ and static/ by path, and perhaps of others.
    """
    links, problems = _links(build, files)
    names = _Names(files, links)
    outputs = {path: names.output(path) for path in files if path.startswith("assets/")}
    replacements = {
        path: tuple(_replacement(outputs, path, link) for link in of_file)
        for path, of_file in links.items()
    }
    return PublishedAssets(outputs, replacements), problems


class _Names:
    """The published names of assets; that of a style sheet follows from those that it names."""

    def __init__(self, files: Mapping[str, Digest], links: Links) -> None:
        self._files = files
        self._links = links
        self._outputs: dict[str, str] = {}

    def output(self, path: str) -> str:
        if path not in self._outputs:
            known = self._files[path]
            if links := self._links.get(path):
                targets = [link.target for link in links if link.target.startswith("assets/")]
                known = digest_of([known, *(self.output(target).encode() for target in targets)])
            self._outputs[path] = output_of(asset_address(path, known.hex()[:DIGEST_DIGITS]))
        return self._outputs[path]


def _replacement(outputs: Mapping[str, str], path: str, link: AssetLink) -> Replacement:
    """The address of a file as the published style sheet has it: counted from its own folder."""
    output = outputs.get(link.target)
    target = address_of(output) if output else static_address(link.target)
    address = posixpath.relpath(target, posixpath.dirname(typed_address(f"/{path}")))
    return Replacement(link.start, link.end, f"{address}{link.suffix}")


def _links(build: BuildContext, files: Mapping[str, Digest]) -> tuple[Links, list[Problem]]:
    """What style sheets name, remembered for as long as they and the names of all files stay."""
    paths = [path for path in files if path.startswith(("assets/", f"{STATIC}/"))]
    sheets = [path for path in paths if path.endswith(_STYLE_SHEETS)]
    scripts = [path for path in paths if path.endswith(_SCRIPTS)]
    texts = [part for path in (*sheets, *scripts) for part in (path.encode(), files[path])]
    key = digest_of([b"asset links", *texts, *(path.encode() for path in paths)])
    if known := build.ledger.memos.recall(key):
        return unpack(Links, known), []
    # Imported only when such a file has changed.
    from pivotgen.engines.assets.script import script_references
    from pivotgen.engines.assets.style_sheet import style_sheet_references

    links, problems = Links(), list[Problem]()
    for path in sheets:
        references = style_sheet_references(read_source(build.site, path))
        links[path], faults = _of_style_sheet(path, references, files)
        problems += faults
    for path in scripts:
        problems += _of_script(path, *script_references(read_source(build.site, path)), files)
    links = {path: of_file for path, of_file in links.items() if of_file}
    in_circles = {path: link for path in links if (link := _back(path, links))}
    for path, link in in_circles.items():
        problems.append(_circle(path, read_source(build.site, path)[: link.start]))
        del links[path]
    if not problems:
        build.ledger.memos.remember(key, pack(links))
    return links, problems


def _of_style_sheet(
    path: str, references: Sequence[Reference], files: Mapping[str, Digest]
) -> tuple[tuple[AssetLink, ...], list[Problem]]:
    links, problems = [], []
    for reference in references:
        place = path, reference.line, reference.column
        if reference.fault:
            problems.append(Problem(*place, "dead-asset", reference.fault))
            continue
        if (target := _target(path, reference.url)) is None:
            continue
        plain = re.split(r"[?#]", reference.url, maxsplit=1)[0]
        suffix = reference.url[len(plain) :]
        is_known = target in files
        if path.startswith(f"{STATIC}/"):
            if is_known and target.startswith("assets/"):
                problems.append(_renamed(place, reference.url, "this style sheet", "assets/"))
        elif is_known:
            # What could end the address or the rule does not stay as it is.
            suffix = quote(suffix, safe="#?&=/:;,.+*%@!~-_")
            links.append(AssetLink(reference.start, reference.end, target, suffix))
        else:
            problems.append(_dead(place, reference.url, target, files))
    return tuple(links), problems


def _of_script(
    path: str,
    imports: Sequence[Reference],
    texts: Sequence[Reference],
    files: Mapping[str, Digest],
) -> Iterator[Problem]:
    for reference in imports:
        # A bare name is not an address; an import map says what it is.
        if not reference.url.startswith(("/", "./", "../")):
            continue
        target = _target(path, reference.url)
        place = path, reference.line, reference.column
        if target and target in files and target.startswith("assets/"):
            yield _renamed(place, reference.url, "this script and what it imports", f"{STATIC}/")
        elif target and target not in files and path.startswith("assets/"):
            yield _dead(place, reference.url, target, files)
    for reference in texts:
        target = _target(path, reference.url) if reference.url.startswith(ASSETS) else None
        if target in files:
            place = path, reference.line, reference.column
            yield _renamed(place, reference.url, "that file", f"{STATIC}/")


def _target(path: str, url: str) -> str | None:
    """The file of the site that an address in `path` names; None for an address that names none."""
    plain = re.split(r"[?#]", url.strip(), maxsplit=1)[0]
    if not plain or _ELSEWHERE.match(plain):
        return None
    own = f"/{path}" if path.startswith("assets/") else static_address(path)
    address = posixpath.normpath(posixpath.join(posixpath.dirname(own), unquote(plain)))
    address = f"/{address.lstrip('/')}"
    return address[1:] if address.startswith(ASSETS) else f"{STATIC}{address}"


def _renamed(place: tuple[str, int, int], url: str, what: str, where: str) -> Problem:
    message = f"`{url}` gets another name when the site is published, because it is in assets/"
    hint = f"move {what} to {where}"
    if where == f"{STATIC}/":
        hint = f"{hint}, where files keep their names; or give the address in the layout"
    return Problem(*place, "dead-asset", message, hint)


def _dead(
    place: tuple[str, int, int], url: str, target: str, files: Mapping[str, Digest]
) -> Problem:
    names = [path for path in files if path.startswith(("assets/", f"{STATIC}/"))]
    near = get_close_matches(target, names, 1, 0.6)
    hint = f"did you mean {near[0]}?" if near else "add the file, or take the address out"
    return Problem(*place, "dead-asset", f"`{url}` is not there: there is no file {target}", hint)


def _circle(path: str, before: bytes) -> Problem:
    """`before` is what precedes the address in the file."""
    last = before.rpartition(b"\n")[2].decode("utf-8-sig", "replace")
    place = path, before.count(b"\n") + 1, len(last) + 1
    message = "this leads back to the style sheet that it is in"
    hint = "import in one direction only: the published name of each comes from those it imports"
    return Problem(*place, "dead-asset", message, hint)


def _back(path: str, links: Links) -> AssetLink | None:
    """The first link of a file that leads back to it, perhaps by way of others."""
    leads_back = (
        link
        for link in links[path]
        if link.target == path or path in _reachable(link.target, links)
    )
    return next(leads_back, None)


def _reachable(path: str, links: Links) -> set[str]:
    """All files that a file names, and those that these name."""
    reached = set[str]()
    waiting = [path]
    while waiting:
        for link in links.get(waiting.pop(), ()):
            if link.target not in reached:
                reached.add(link.target)
                waiting.append(link.target)
    return reached
