"""`rename-role` and `rename-skill`: replace a name in all sources and redirect its old pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from pivotgen.commands._rename_checks import new_errors, refuse_join
from pivotgen.commands._rename_links import link_edits, moved_addresses
from pivotgen.commands._rename_names import names_edits
from pivotgen.disk.places import Places
from pivotgen.edits.apply import apply_edits
from pivotgen.engines.header import frontmatter
from pivotgen.engines.packing import unpack
from pivotgen.engines.redirects.add import add_moves
from pivotgen.model.config import Config
from pivotgen.model.edit import Change, Edit, replace_text
from pivotgen.model.header import Written
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.names import is_file_name, slug_of, spelling_of, spellings_of
from pivotgen.model.own_page import OwnPage
from pivotgen.model.parsed import ParseOptions
from pivotgen.model.pivot import Pivot
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.role import RoleText
from pivotgen.model.source import (
    NO_OVERLAY,
    PAGES,
    PIVOTS,
    ROLES,
    Overlay,
    Source,
    is_translation,
    translation_path,
)
from pivotgen.model.translation import Translation
from pivotgen.stages.parse.parse import parse
from pivotgen.stages.read.find_changes import changes_since, load
from pivotgen.stages.read.walk import Walk


@dataclass(frozen=True, slots=True)
class Renaming:
    """The changes of a renaming, or the problems that have to be corrected first."""

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    # Files whose text still has the old name: only their authors can rewrite a sentence.
    still: tuple[str, ...] = ()
    # The path of the role's file under its new name; "" when there is none.
    file: str = ""
    # Whether the problems would only come with the new name.
    is_breaking: bool = False


@dataclass(frozen=True, slots=True)
class RenameRequest:
    """What is renamed (`kind` is "role" or "skill"), and how."""

    kind: str
    old: str
    new: str
    # Whether the new name may be that of another role or skill, which is the same thing.
    join: bool = False

    @property
    def before(self) -> str:
        return slug_of(self.old)

    @property
    def after(self) -> str:
        return slug_of(self.new)

    @property
    def is_moved(self) -> bool:
        """Whether the pages get another address."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class _Content:
    """The sources of a site."""

    # The bytes of each source, by path.
    data: Mapping[str, bytes]
    pivots: Sequence[Pivot]
    texts: Sequence[RoleText]
    pages: Sequence[OwnPage]
    translations: Sequence[Translation] = ()


def plan_renaming(
    config: Config, site: Path, request: RenameRequest, overlay: Overlay = NO_OVERLAY
) -> Renaming:
    """The changes that rename one role or skill; writes nothing.

    ValueError says in plain words why it is not possible: there is no such name, or the new one is
    taken. Otherwise there are problems where the site would not build with the new name.
    """
    sources = _sources(Places(site, config.outside), overlay)
    texts = [source for source in sources if source.path.endswith(".md")]
    parsed = parse(texts, options=ParseOptions(extra=config.declared_keys))
    if problems := sorted(problem for result in parsed for problem in result.problems):
        return Renaming(problems=tuple(problems))
    own = [result for result in parsed if not is_translation(result.path)]
    content = _Content(
        {source.path: source.data for source in sources},
        [unpack(Pivot, result.facts) for result in own if result.path.startswith(PIVOTS)],
        [unpack(RoleText, result.facts) for result in own if result.path.startswith(ROLES)],
        [unpack(OwnPage, result.facts) for result in own if result.path.startswith(PAGES)],
        [unpack(Translation, result.facts) for result in parsed if is_translation(result.path)],
    )
    names = replace(request, new=" ".join(request.new.split()))
    described = content.texts if names.kind == "role" else []
    names = _checked(names, content.pivots, described)
    described_by = next((text for text in described if text.slug == names.before), None)
    renaming = _renaming(names, content, described_by)
    after = {**overlay, **{change.path: change.new for change in renaming.changes}}
    if problems := new_errors(config, site, overlay, after):
        return Renaming(problems=tuple(problems), is_breaking=True)
    return renaming


def _renaming(names: RenameRequest, content: _Content, own: RoleText | None) -> Renaming:
    """The changes of a renaming that is possible; `own` describes the role that is renamed."""
    file = _file_of(own, names.new) if own else ""
    changed = _changed(content, [*_edits(names, content, own, file)])
    changes = [Change(path, content.data[path], text) for path, text in changed.items()]
    if own and own.path != file:
        moved = {own.path: file, **_moved_translations(content, own, file)}
        changes = [change for change in changes if change.path not in moved]
        for before, after in moved.items():
            data = content.data[before]
            changes += [Change(before, data, None), Change(after, None, changed.get(before, data))]
    # Without a published page there is no old address that anybody could have used.
    if names.is_moved and _is_published(names, content.pivots):
        given = content.data.get(REDIRECTS)
        moves = moved_addresses(names.kind, names.before, names.after)
        changes.append(Change(REDIRECTS, given, add_moves(given, moves)))
    return Renaming(tuple(changes), still=_still(names.old, content, changed), file=file)


def _moved_translations(content: _Content, own: RoleText, file: str) -> dict[str, str]:
    """Where the translations of a role's file go when that moves."""
    return {
        text.path: translation_path(file, text.language)
        for text in content.translations
        if text.source == own.path
    }


def _file_of(own: RoleText, new: str) -> str:
    """The path of a role's file under its new name; a name that somebody chose stays if it fits."""
    stem = posixpath.basename(own.path).removesuffix(".md")
    is_chosen = stem != own.slug and is_file_name(stem, new)
    return own.path if is_chosen else f"{ROLES}/{slug_of(new)}.md"


def _sources(places: Places, overlay: Overlay) -> list[Source]:
    suspects = changes_since(Walk(places), (), 0, overlay).suspects
    content = (suspect.path for suspect in suspects if suspect.path.startswith("content/"))
    loaded = (load(places.site, path, overlay) for path in content)
    return [source for source in loaded if isinstance(source, Source)]


def _checked(
    names: RenameRequest, pivots: Sequence[Pivot], described: Sequence[RoleText]
) -> RenameRequest:
    """The request with both names as the site spells them; ValueError if it cannot be done."""
    kind, old, new = names.kind, names.old, names.new
    used = {written.text for written, _ in _uses(kind, pivots)}
    known = sorted(used | {text.name.text for text in described})
    if not names.before or names.before not in map(slug_of, known):
        near = get_close_matches(old, known, 1, 0.5)
        hint = f"did you mean `{near[0]}`?" if near else "look for it on the explorer"
        raise ValueError(f"there is no {kind} `{old}`; {hint}")
    if not names.after:
        raise ValueError(f"`{new}` has no letter that could be part of an address")
    if new in known and not names.is_moved:
        raise ValueError(f"the {kind} is called `{new}` already")
    taken = {name: name for name in known}
    taken |= {alias.text: text.name.text for text in described for alias in text.aliases}
    for name, owner in taken.items():
        is_same = not set(spellings_of(name)).isdisjoint(spellings_of(new))
        if not is_same or slug_of(owner) == names.before:
            continue
        if names.join:
            refuse_join(kind, (old, owner), pivots, described)
            return replace(names, new=owner)
        other = "" if name == owner else f", another name of `{owner}`"
        hint = "choose another name, or join the two with --join if they are one"
        raise ValueError(f"there is a {kind} `{name}` already{other}; {hint}")
    if names.join:
        raise ValueError(f"there is no {kind} `{new}` to join `{old}` with; leave out --join")
    return names


def _uses(kind: str, pivots: Iterable[Pivot]) -> Iterator[tuple[Written, str]]:
    """Every use of a name of one kind, with its file."""
    for pivot in pivots:
        written = (pivot.origin, pivot.target) if kind == "role" else pivot.skills
        yield from ((name, pivot.path) for name in written)


def _edits(
    names: RenameRequest, content: _Content, own: RoleText | None, file: str
) -> Iterator[Edit]:
    """All edits of a renaming; `own` describes the role that is renamed, and moves to `file`."""
    for written, path in _uses(names.kind, content.pivots):
        if slug_of(written.text) == names.before:
            yield from _respelled(path, written, names.new)
    if names.join:
        yield from _alias_of_joined(names, content)
    if own:
        yield from _respelled(own.path, own.name, names.new)
        yield from _alias(own, content.data[own.path], names.new)
    if names.is_moved:
        mentions = {pivot.path: pivot.mentions for pivot in content.pivots}
        mentions |= {text.path: text.mentions for text in content.texts}
        mentions |= {page.path: page.mentions for page in content.pages}
        mentions |= {text.path: text.mentions for text in content.translations}
        yield from names_edits(names.kind, (names.before, names.after), content.data)
        files = {}
        if names.kind == "role":
            # A link may name the file of a role even where there is no such file.
            files[f"{ROLES}/{names.before}.md"] = f"{ROLES}/{names.after}.md"
        if own:
            files[own.path] = file
        moves = moved_addresses(names.kind, names.before, names.after)
        yield from link_edits(moves, files, mentions, content.data)


def _respelled(path: str, written: Written, text: str) -> tuple[Edit, ...]:
    if edits := replace_text(path, written, text):
        return edits
    place = f"{path}:{written.line}:{written.column}"
    raise ValueError(f"{place} cannot be rewritten safely; write the name plainly there first")


def _alias(text: RoleText, data: bytes, new: str) -> Iterator[Edit]:
    """Make the old name an alias of the role, so that writers who use it are corrected."""
    for alias in text.aliases:
        if spelling_of(alias.text) == spelling_of(new):
            # The new name was an alias: the two names change places.
            yield from _respelled(text.path, alias, text.name.text)
            return
    if spelling_of(text.name.text) == spelling_of(new):
        return
    document = frontmatter.split(text.path, data)
    if not isinstance(document, Problem):
        yield frontmatter.add_to_list(text.path, document, "aliases", text.name.text)


def _alias_of_joined(names: RenameRequest, content: _Content) -> Iterator[Edit]:
    """Make the old name an alias of the role that it is joined with, where that has a file."""
    texts = content.texts if names.kind == "role" else ()
    for text in texts:
        known = {spelling_of(name.text) for name in (text.name, *text.aliases)}
        if text.slug != names.after or spelling_of(names.old) in known:
            continue
        document = frontmatter.split(text.path, content.data[text.path])
        if not isinstance(document, Problem):
            yield frontmatter.add_to_list(text.path, document, "aliases", names.old)


def _changed(content: _Content, edits: Sequence[Edit]) -> dict[str, bytes]:
    """The new bytes of every file with an edit, by path."""
    return {
        path: apply_edits(content.data[path], [edit for edit in edits if edit.path == path])
        for path in sorted({edit.path for edit in edits})
    }


def _is_published(names: RenameRequest, pivots: Iterable[Pivot]) -> bool:
    published = [pivot for pivot in pivots if not pivot.draft]
    return any(slug_of(name.text) == names.before for name, _ in _uses(names.kind, published))


def _still(old: str, content: _Content, changed: Mapping[str, bytes]) -> tuple[str, ...]:
    """The pivots whose text has the old name; the name of a file or an address does not count."""
    name = re.compile(rf"(?<![\w/-]){re.escape(old)}(?![\w-]|\.md)", re.I)
    return tuple(
        pivot.path
        for pivot in content.pivots
        if name.search(changed.get(pivot.path, content.data[pivot.path]).decode("utf-8-sig"))
    )
