"""`rename-role` and `rename-skill`: a name in every source, with what leads to its old pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pivotgen.edits.apply import apply_edits
from pivotgen.engines.header import frontmatter
from pivotgen.engines.packing import unpack
from pivotgen.engines.redirects import add_moves
from pivotgen.model.address import page_address, role_address, skill_address
from pivotgen.model.edit import Change, Edit, replace_text
from pivotgen.model.header import Written
from pivotgen.model.names import slug_of, spelling_of
from pivotgen.model.pivot import Mention, Pivot
from pivotgen.model.problem import Problem
from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.role import RoleText
from pivotgen.model.source import PIVOTS, ROLES, Source
from pivotgen.stages.parse.parse import parse
from pivotgen.stages.read.find_changes import changes_since, load


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a renaming would change, or the problems that have to be mended before."""

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    # Files whose text still says the old name: only their authors can rewrite it.
    still: tuple[str, ...] = ()
    # The role's file under its new name; "" when there is none.
    file: str = ""


def renamed(
    site: Path, kind: str, old: str, new: str, overlay: Mapping[str, bytes] | None = None
) -> Renaming:
    """Rename one role or skill (`kind`: "role", "skill"); nothing is written here.

    Texts of `overlay`, by path, are taken in place of the files.

    ValueError says in plain words why it cannot be: no such name, or the new one is taken.
    """
    sources = _content(site, overlay or {})
    data = {one.path: one.data for one in sources}
    parsed = parse([one for one in sources if one.path.endswith(".md")])
    if problems := sorted(found for one in parsed for found in one.problems):
        return Renaming(problems=tuple(problems))
    new = " ".join(new.split())
    pivots = [unpack(Pivot, one.facts) for one in parsed if one.path.startswith(PIVOTS)]
    texts = [unpack(RoleText, one.facts) for one in parsed if one.path.startswith(ROLES)]
    described = texts if kind == "role" else []
    _refuse_clash(kind, old, new, _names(kind, pivots, described), described)
    before, after = slug_of(old), slug_of(new)
    edits: list[Edit] = []
    for written, path in _uses(kind, pivots):
        if slug_of(written.text) == before:
            edits += _respelled(path, written, new)
    own = next((text for text in described if text.slug == before), None)
    file = f"{ROLES}/{after}.md" if own else ""
    if own:
        edits += _respelled(own.path, own.name, new)
        edits += _alias(own, data[own.path], new)
    if before != after:
        mentions = {pivot.path: pivot.mentions for pivot in pivots}
        mentions |= {text.path: text.mentions for text in texts}
        edits += _links(kind, before, after, mentions, data)
    changed = {
        path: apply_edits(data[path], [edit for edit in edits if edit.path == path])
        for path in sorted({edit.path for edit in edits})
    }
    changes = [Change(path, data[path], text) for path, text in changed.items()]
    if own and own.path != file:
        changes = [change for change in changes if change.path != own.path]
        changes += [Change(own.path, data[own.path], None)]
        changes += [Change(file, None, changed[own.path])]
    # A page that is not published has no address that anybody could have kept.
    if before != after and _is_published(kind, before, pivots):
        given = data.get(REDIRECTS)
        changes.append(Change(REDIRECTS, given, add_moves(given, _moves(kind, before, after))))
    return Renaming(tuple(changes), still=_still(old, pivots, changed, data), file=file)


def _content(site: Path, overlay: Mapping[str, bytes]) -> list[Source]:
    suspects = changes_since(site, (), 0, overlay).suspects
    loaded = (load(site, one.path, overlay) for one in suspects if one.path.startswith("content/"))
    return [one for one in loaded if isinstance(one, Source)]


def _uses(kind: str, pivots: Iterable[Pivot]) -> Iterator[tuple[Written, str]]:
    for pivot in pivots:
        names = (pivot.origin, pivot.target) if kind == "role" else pivot.skills
        yield from ((written, pivot.path) for written in names)


def _names(kind: str, pivots: Sequence[Pivot], texts: Sequence[RoleText]) -> list[str]:
    """Every name of the kind, those that are only described included."""
    used = [written.text for written, _ in _uses(kind, pivots)]
    return sorted({*used, *(text.name.text for text in texts)})


def _refuse_clash(
    kind: str, old: str, new: str, names: Sequence[str], texts: Sequence[RoleText]
) -> None:
    if slug_of(old) not in map(slug_of, names):
        near = get_close_matches(old, names, 1, 0.5)
        hint = f"did you mean `{near[0]}`?" if near else "look for it on the explorer"
        raise ValueError(f"there is no {kind} `{old}`; {hint}")
    if not slug_of(new):
        raise ValueError(f"`{new}` has no letter that could be part of an address")
    if new in names and slug_of(new) == slug_of(old):
        raise ValueError(f"the {kind} is called `{new}` already")
    taken = {name: name for name in names}
    taken |= {alias.text: text.name.text for text in texts for alias in text.aliases}
    for name, owner in taken.items():
        if spelling_of(name) == spelling_of(new) and slug_of(owner) != slug_of(old):
            other = "" if name == owner else f", another name of `{owner}`"
            raise ValueError(f"there is a {kind} `{name}` already{other}; choose another name")


def _respelled(path: str, written: Written, text: str) -> tuple[Edit, ...]:
    if edits := replace_text(path, written, text):
        return edits
    place = f"{path}:{written.line}:{written.column}"
    raise ValueError(f"{place} cannot be rewritten safely; write the name plainly there first")


def _alias(text: RoleText, data: bytes, new: str) -> Iterator[Edit]:
    """Keep the old name as one that writers are corrected from."""
    for alias in text.aliases:
        if spelling_of(alias.text) == spelling_of(new):
            # The two names change places.
            yield from _respelled(text.path, alias, text.name.text)
            return
    if spelling_of(text.name.text) == spelling_of(new):
        return
    document = frontmatter.split(text.path, data)
    if not isinstance(document, Problem):
        yield frontmatter.add_to_list(text.path, document, "aliases", text.name.text)


def _links(
    kind: str,
    before: str,
    after: str,
    mentions: Mapping[str, Sequence[Mention]],
    data: Mapping[str, bytes],
) -> Iterator[Edit]:
    """Links to the old pages, by the file of a role or by address."""
    moves = _moves(kind, before, after)
    for path, ones in mentions.items():
        folder = posixpath.dirname(path)
        for target in sorted({one.target.partition("#")[0] for one in ones}):
            file = posixpath.normpath(posixpath.join(folder, target))
            address = page_address(f"/{target.strip('/')}")
            if kind == "role" and file == f"{ROLES}/{before}.md":
                new = f"{target.removesuffix(f'{before}.md')}{after}.md"
            elif target.startswith("/") and address in moves:
                new = moves[address]
            else:
                continue
            yield from _retargeted(path, data[path], target, new)


def _retargeted(path: str, data: bytes, target: str, new: str) -> Iterator[Edit]:
    """Every place where Markdown leads to `target`: in a link, or where a link is defined."""
    link = re.compile(rf"(?:\]\(|\]:)\s*<?({re.escape(target)})(?=[)>#\s])")
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    for line, words in enumerate(text.split("\n"), 1):
        for match in link.finditer(f"{words}\n"):
            yield Edit(path, line, match.start(1) + 1, line, match.end(1) + 1, new)


def _moves(kind: str, before: str, after: str) -> dict[str, str]:
    """The old addresses of a role's or a skill's pages, each with the new one."""
    if kind == "skill":
        return {skill_address(before): skill_address(after)}
    return {
        role_address("to", before): role_address("to", after),
        role_address("from", before): role_address("from", after),
    }


def _is_published(kind: str, slug: str, pivots: Iterable[Pivot]) -> bool:
    published = [pivot for pivot in pivots if not pivot.draft]
    return any(slug_of(written.text) == slug for written, _ in _uses(kind, published))


def _still(
    old: str,
    pivots: Sequence[Pivot],
    changed: Mapping[str, bytes],
    data: Mapping[str, bytes],
) -> tuple[str, ...]:
    # A file's name or an address is no text.
    said = re.compile(rf"(?<![\w/-]){re.escape(old)}(?![\w-]|\.md)", re.I)
    return tuple(
        pivot.path
        for pivot in pivots
        if said.search(changed.get(pivot.path, data[pivot.path]).decode("utf-8-sig"))
    )
