"""`why`: says why a page would be rendered again or not, and what a file is published as."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pivotgen.engines.packing import unpack
from pivotgen.engines.redirects.read import typed_moves
from pivotgen.engines.settings import SETTINGS_FILE
from pivotgen.kinds import KINDS, PageKind, recipe_of
from pivotgen.kinds.redirect import RedirectRecipe
from pivotgen.model.address import address_of, outputs_at, readable
from pivotgen.model.config import Config
from pivotgen.model.content import FOLDERS, folder_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.lock import LOCK
from pivotgen.model.page import Recipe
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.sidecars import Copies
from pivotgen.model.source import STATIC, is_hidden, is_translation, language_of_names
from pivotgen.model.translation import Translation
from pivotgen.pipeline import Options, Outlook, build
from pivotgen.stages.site_files import source_path
from pivotgen.stages.worker_pool import worker_pool

_FOLDERS = ("content", "layouts", "assets", STATIC)
# How many pages are named in a list; the others are counted.
_NAMED = 10


@dataclass(frozen=True, slots=True)
class _File:
    """One planned file of the site."""

    id: int
    output: str
    kind: str
    language: str
    # The source that it is made from; "" when there is none of its own.
    source: str
    recipe: Recipe
    # What pivots.lock gives it.
    day: str | None
    # The endings of its compressed copies.
    copies: tuple[str, ...]

    @property
    def address(self) -> str:
        return readable(address_of(self.output))


def why(
    config: Config, site: Path, what: str, out: Path, drafts: bool
) -> tuple[list[str], list[Problem]]:
    """The lines to say about `what`, an address or a file, and the problems that stop a build.

    `out` is the folder that was built into. Nothing is written, and the next build does what it
    would have done anyway. ValueError says that there is no such page and no such file.
    """
    path = _path(config, site, what, out)
    lines: list[str] = []

    def ask(outlook: Outlook) -> None:
        lines.extend(_lines(outlook, site, out, path))

    with worker_pool() as pool:
        problems = build(config, site, out, pool, Options(drafts=drafts, ask=ask)).problems
    if any_errors(problems):
        own = [problem for problem in problems if problem.path == path]
        cause = f"{path} is not published: it has problems" if own else "A build stops at problems"
        return [f"{cause}, and public/ stays as it is until they are fixed."], own or problems
    return lines, []


def _path(config: Config, site: Path, what: str, out: Path) -> str:
    """`what` as a path from the site's folder or from `out`; "" is the front page."""
    parts = urlsplit(what)
    if parts.scheme in ("http", "https"):
        base = urlsplit(config.base_url)
        if parts.netloc != base.netloc or not f"{parts.path}/".startswith(f"{base.path}/"):
            raise ValueError(f"{what} is not an address of this site, {config.base_url}")
        return unquote(parts.path[len(base.path) :]).strip("/")
    # A file may be named from the current folder, as in any other command.
    file = Path(os.path.normpath(Path.cwd() / what))
    for root in (out, site):
        if file.is_file() and file.is_relative_to(root):
            return file.relative_to(root).as_posix()
    path = os.path.normpath(unquote(parts.path).strip("/"))
    if path.split("/")[0] == "..":
        raise ValueError(f"{what} is not inside this site")
    return "" if path in (".", out.name) else path.removeprefix(f"{out.name}/")


def _lines(outlook: Outlook, site: Path, out: Path, path: str) -> Iterator[str]:
    files = [
        _File(
            row.id,
            row.output,
            row.kind,
            row.language,
            row.source,
            recipe_of(row.kind, row.recipe)[0],
            row.days,
            _endings(row.copies),
        )
        for row in outlook.ledger.pages.rows(outlook.root, whole=True)
    ]
    by_output = {file.output: file for file in files}
    for name in outputs_at(path):
        if file := by_output.get(name):
            return _about_page(outlook, file)
        if address_of(name) in _gone_addresses(site):
            address = readable(address_of(name))
            line = f"{address} is gone for good, as {REDIRECTS} says; it has no page."
            return iter([line])
        if name in dict(outlook.ledger.pages.gone(outlook.root)):
            address = readable(address_of(name))
            line = f"{address} is no longer part of the site; the next build removes it."
            return iter([line])
        base, _, ending = name.rpartition(".")
        if (file := by_output.get(base)) and ending in file.copies:
            return _about_page(outlook, file)
        if (out / name).is_file():
            line = f"{out.name}/{name} is not ours: no build made it, and none will touch it."
            return iter([line])
    if source_path(site, path).is_file() and path.split("/")[0] in (*_FOLDERS, SETTINGS_FILE):
        return _about_source(outlook, site, files, path)
    sources = outlook.ledger.inputs.digests([f"{folder}/" for folder in _FOLDERS])
    known = [*(readable(address_of(name)) for name in by_output), *sources, SETTINGS_FILE]
    near = get_close_matches(path, known, 1, 0.5) or get_close_matches(f"/{path}/", known, 1, 0.5)
    hint = f"did you mean `{near[0]}`?" if near else "name an address, or a file of the site"
    raise ValueError(f"there is no page and no file `{path}`; {hint}")


def _endings(packed: bytes | None) -> tuple[str, ...]:
    return tuple(copy.ending for copy in unpack(Copies, packed).files) if packed else ()


def _about_page(outlook: Outlook, file: _File) -> Iterator[str]:
    """Why the next build renders one file of the site again, or why not."""
    made_from = f", from {file.source}" if file.source else ""
    leads = f" to {readable(file.recipe.url)}" if isinstance(file.recipe, RedirectRecipe) else ""
    yield f"{file.address} is published: {file.kind}{leads}{made_from}."
    if reasons := dict(outlook.comparison.stale).get(file.id):
        yield "The next build makes it again:"
        yield from (f"- {reason}" for reason in reasons)
    else:
        shared = ", ".join(outlook.comparison.names[file.kind, file.language])
        yield "The next build leaves it: nothing that it is made from has changed."
        yield f"It is made from {_count(len(file.recipe.shows), 'card')}; and {shared or 'itself'}."
    yield from _day(outlook, file)
    if file.copies:
        yield f"It has compressed copies: {', '.join(file.copies)}."
    if packed := outlook.ledger.pages.reasons(outlook.root, file.output):
        yield f"It was last made because: {'; '.join(unpack(tuple[str, ...], packed))}."


def _day(outlook: Outlook, file: _File) -> Iterator[str]:
    """Where the day of a page comes from, where it says any."""
    if updated := getattr(file.recipe, "updated", None):
        yield f"Its day, {updated}, is `updated` in {file.source}."
    elif file.day and isinstance(KINDS[file.kind], PageKind):
        yield f"Its day, {file.day}, comes from {LOCK}."
    elif isinstance(KINDS[file.kind], PageKind) and outlook.ledger.inputs.digest(LOCK):
        yield f"{LOCK} gives it no day: it has no line with the words of now, or no later day."


def _about_source(outlook: Outlook, site: Path, files: Sequence[_File], path: str) -> Iterator[str]:
    """Where one source of the site is published, or why it is not."""
    if is_hidden(path):
        yield f"{path} is not published: names with a dot in front or a ~ at the end are left out."
        return
    if path.startswith("content/"):
        yield from _about_content(outlook, site, files, path)
        return
    own = [file.address for file in files if file.source == path]
    names = outlook.comparison.names.items()
    kinds = dict.fromkeys(kind for (kind, _), inputs in names if path in inputs)
    count = Counter(file.kind for file in files)
    used = [f"{kind} ({_count(count[kind], 'file')})" for kind in kinds if count[kind]]
    if own:
        yield f"{path} is published at {', '.join(own)}."
    elif path.startswith("layouts/") or path == SETTINGS_FILE:
        yield f"{path} is not published itself."
    yield f"Part of: {', '.join(used)}." if used else "It is part of no page."


def _about_content(
    outlook: Outlook, site: Path, files: Sequence[_File], path: str
) -> Iterator[str]:
    if path == REDIRECTS:
        pages = [file for file in files if isinstance(file.recipe, RedirectRecipe)]
        own = [file.address for file in pages if not file.recipe.shows]
        yield f"{path} is published as {_count(len(own), 'redirect')} of pages: {_some(own)}."
        if gone := [readable(address) for address in _gone_addresses(site)]:
            yield f"It says what is gone for good: {_some(gone)}."
        return
    if language := language_of_names(path):
        pages = [file for file in files if file.language == language]
        yield f"{path} has the names that {_count(len(pages), 'file')} in `{language}` may show."
        return
    if not path.endswith(".md"):
        yield f"{path} is not published: only files that end in .md are read here."
        return
    own = [file.address for file in files if file.source == path]
    if own:
        yield f"{path} is published at {', '.join(own)}."
    else:
        yield f"{path} is not published: {_absence(outlook, path)}."
    card = outlook.ledger.inputs.number(path)
    shown = [file for file in files if card in file.recipe.shows and file.source != path]
    if redirects := [file.address for file in shown if file.kind == "redirect"]:
        yield f"Redirects lead to it from {_some(redirects)}."
    if cards := [file.address for file in shown if file.kind != "redirect"]:
        yield f"Its card is shown by {_count(len(cards), 'file')}: {_some(cards)}."


def _gone_addresses(site: Path) -> list[str]:
    """The addresses that content/redirects.yaml says are gone for good."""
    file = source_path(site, REDIRECTS)
    moves = typed_moves(file.read_bytes()) if file.is_file() else {}
    return [old for old, new in moves.items() if new is None]


def _absence(outlook: Outlook, path: str) -> str:
    """Why a content file without a problem has no page."""
    facts = outlook.ledger.inputs.part("facts", (path,)).get(path)
    if facts is None:
        return "it was not there when the folder was read"
    if is_translation(path):
        return _absence_of_translation(unpack(Translation, facts))
    text = unpack(FOLDERS[folder_of(path)].facts, facts)
    if text.draft:
        return "it is a draft, which `--drafts` alone shows"
    return "no published pivot names this role"


def _absence_of_translation(text: Translation) -> str:
    if text.draft:
        return "it is a draft, which `--drafts` alone shows"
    return f"{text.source} is not published"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED]) or 'none'}{more}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
