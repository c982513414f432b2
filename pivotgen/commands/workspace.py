"""The desk: what an editor may ask of a site whose files it has open, saved or not."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pivotgen.commands.check import Unsaved, check
from pivotgen.commands.rename import Renaming, plan_renaming
from pivotgen.engines.editor.cursor import Cursor, cursor, siblings
from pivotgen.engines.editor.keys import keys
from pivotgen.engines.packing import unpack
from pivotgen.memory.fingerprint import digest
from pivotgen.memory.ledger import open_ledger
from pivotgen.model.config import Config
from pivotgen.model.edit import quoted
from pivotgen.model.names import slug_of
from pivotgen.model.pivot import Pivot
from pivotgen.model.problem import Problem
from pivotgen.model.role import RoleText
from pivotgen.model.source import PHRASES, PIVOTS, ROLES, Source
from pivotgen.model.view import StoredCard
from pivotgen.model.workspace import Catalogue, Hover, Spot, Suggestion, lines_of
from pivotgen.stages.parse.parse import parse

# Cards in one question to the ledger.
_BATCH = 500
# What is named under which keys of a pivot.
_NAMES: dict[tuple[str, ...], str] = {("from",): "role", ("to",): "role", ("skills",): "skill"}


class Desk:
    """A site with the texts that lie open over its files."""

    def __init__(self, config: Config, site: Path) -> None:
        self.site = site
        self._config = config
        # Beside the ledger of builds, which must not hold what nobody has saved.
        self._memory = site / ".pivotgen" / "editor"
        self._open: dict[str, str] = {}
        self._names = Catalogue()

    def lay(self, path: str, text: str | None) -> None:
        """Put the text of an open file over the file, or with None take it away."""
        if text is None:
            self._open.pop(path, None)
        else:
            self._open[path] = text

    def text(self, path: str) -> str:
        """A file as the editor has it, or as it is on disk; "" when there is none."""
        if path in self._open:
            return self._open[path]
        try:
            return (self.site / path).read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            return ""

    def look(self, path: str) -> list[Problem]:
        """The problems that one open file has by itself; it takes no longer than a keystroke."""
        if path not in self._open:
            return []
        if _is_layout(path):
            return [one for one in self._layouts() if one.path == path]
        if not _is_content(path):
            return []
        data = self._open[path].encode(errors="replace")
        [parsed] = parse([Source(path, data, digest(data))])
        return sorted(parsed.problems)

    def check(self) -> list[Problem]:
        """Every problem of the site as the editor has it; it learns the site's names as well."""
        unsaved = Unsaved(self._overlay(), self._memory)
        found = check(self._config, self.site, date.today(), unsaved=unsaved).problems
        self._learn({problem.path for problem in found})
        # Of a layout that is not saved yet, only `look` knows what is wrong.
        return [one for one in found if not _is_layout(one.path) or self._saved(one.path)]

    def suggest(self, path: str, line: int, column: int) -> list[Suggestion]:
        """What could stand at a place: keys, roles, skills, files to link to, or their parts."""
        if not _is_content(path):
            return []
        text = self.text(path)
        at = cursor(text, line, column)
        if at.kind == "key":
            return self._keys(path, text, at)
        if at.kind == "link":
            return [*self._files(path, at)]
        kind = _kind_of(path, at)
        if kind == "role":
            return [
                self._name(path, at, kind, name, self._paths(name)) for name in self._names.roles()
            ]
        if kind == "skill":
            skills = sorted(self._names.skills.items())
            return [self._name(path, at, kind, name, _pivots(total)) for name, total in skills]
        return []

    def explain(self, path: str, line: int, column: int) -> Hover | None:
        """What is known of the key, role, skill or linked page at a place."""
        at = cursor(self.text(path), line, column)
        spot = Spot(path, at.line, at.start, at.end)
        if at.kind == "key":
            found = keys(path, at.keys).get(at.word)
            return Hover(f"`{at.word}`: {found.about}", spot) if found else None
        if at.kind == "link":
            title = self._names.titles.get(_target(path, at.word), "")
            return Hover(title, spot) if title else None
        kind = _kind_of(path, at)
        if kind == "role" and at.word in self._names.roles():
            _, description = self._names.described.get(at.word, ("", ""))
            said = f"{description}\n\n" if description else ""
            return Hover(f"**{at.word}**\n\n{said}{self._paths(at.word)}", spot)
        if kind == "skill" and at.word in self._names.skills:
            return Hover(f"**{at.word}**\n\n{_pivots(self._names.skills[at.word])}", spot)
        return None

    def define(self, path: str, line: int, column: int) -> Spot | None:
        """Where a role is described, or the file that a link leads to."""
        at = cursor(self.text(path), line, column)
        target = ""
        if at.kind == "link":
            target = _target(path, at.word)
        elif _kind_of(path, at) == "role":
            target, _ = self._names.described.get(at.word, ("", ""))
            target = target or f"{ROLES}/{slug_of(at.word)}.md"
        there = target in self._open or (_is_content(target) and (self.site / target).is_file())
        return Spot(target, 1, 1, 1) if there else None

    def named(self, path: str, line: int, column: int) -> tuple[str, str, Spot] | None:
        """The role or skill at a place that can be renamed: its kind, its name and where."""
        at = cursor(self.text(path), line, column)
        kind = _kind_of(path, at)
        if not kind or not at.word:
            return None
        return kind, at.word, Spot(path, at.line, at.start, at.end)

    def rename(self, path: str, line: int, column: int, new: str) -> Renaming:
        """Give the role or skill at a place a new name everywhere.

        ValueError says in plain words why that cannot be.
        """
        named = self.named(path, line, column)
        if named is None:
            raise ValueError("only the name of a role or a skill can be changed here")
        kind, old, _ = named
        return plan_renaming(self.site, kind, old, new, self._overlay())

    def _layouts(self) -> list[Problem]:
        """What layouts ask for in vain, those that are open as the editor has them."""
        # Only whoever has a layout open needs Jinja for it.
        from pivotgen.engines.layouts.layouts import Layouts
        from pivotgen.engines.layouts.phrases import read_phrases
        from pivotgen.kinds import KINDS, page_kinds

        files = sorted((self.site / "layouts").rglob("*.html"))
        names = {file.relative_to(self.site).as_posix() for file in files}
        names |= {path for path in self._open if _is_layout(path)}
        texts = {name.removeprefix("layouts/"): self.text(name) for name in sorted(names)}
        sources = [
            Source(file.relative_to(self.site).as_posix(), file.read_bytes(), b"")
            for file in sorted((self.site / PHRASES).glob("*.yaml"))
        ]
        phrases, _ = read_phrases(sources, self._config.language)
        views = {kind.layout: kind.view for kind in page_kinds(KINDS.values())}
        return Layouts(texts, self._config.filters).check(views, phrases)

    def _saved(self, path: str) -> bool:
        """Whether a file is on disk what it is in the editor, or not open there."""
        if path not in self._open:
            return True
        try:
            return (self.site / path).read_bytes() == self._open[path].encode(errors="replace")
        except OSError:
            return False

    def _overlay(self) -> dict[str, bytes]:
        return {
            path: text.encode(errors="replace")
            for path, text in self._open.copy().items()
            if _is_content(path)
        }

    def _learn(self, broken: Iterable[str]) -> None:
        names = Catalogue()
        with open_ledger(self._memory) as ledger:
            pivots = [unpack(Pivot, facts) for _, facts in ledger.inputs.facts(PIVOTS)]
            texts = [unpack(RoleText, facts) for _, facts in ledger.inputs.facts(ROLES)]
            paths = [pivot.path for pivot in pivots]
            for at in range(0, len(paths), _BATCH):
                cards = ledger.inputs.part("cards", paths[at : at + _BATCH])
                names.titles |= {
                    path: unpack(StoredCard, card).title for path, card in cards.items()
                }
        if not names.titles and not texts:
            return
        names.out = Counter(pivot.origin.text for pivot in pivots)
        names.into = Counter(pivot.target.text for pivot in pivots)
        names.skills = Counter(skill.text for pivot in pivots for skill in pivot.skills)
        names.anchors = {pivot.path: pivot.anchors for pivot in pivots}
        names.anchors |= {
            text.path: tuple(heading.anchor for heading in text.headings) for text in texts
        }
        names.described = {text.name.text: (text.path, text.description) for text in texts}
        # A file that is being written has problems most of the time, and is still there.
        known = self._names.titles
        names.titles |= {path: known[path] for path in broken if path in known}
        self._names = names

    def _keys(self, path: str, text: str, at: Cursor) -> list[Suggestion]:
        taken = siblings(text, at.line)
        spot = Spot(path, at.line, at.start, at.end)
        # Of a key that is only being changed, everything behind it stays.
        rest = lines_of(text)[at.line - 1][at.end - 1 :].strip()
        return [
            Suggestion(
                "key",
                name,
                name if rest else f"{name}: ",
                spot,
                "needed" if key.needed else "optional",
                key.about,
            )
            for name, key in keys(path, at.keys).items()
            if name not in taken
        ]

    def _name(self, path: str, at: Cursor, kind: str, name: str, detail: str) -> Suggestion:
        _, description = self._names.described.get(name, ("", "")) if kind == "role" else ("", "")
        text = name if at.quote else quoted(name)
        return Suggestion(
            kind, name, text, Spot(path, at.line, at.start, at.end), detail, description
        )

    def _files(self, path: str, at: Cursor) -> Iterable[Suggestion]:
        spot = Spot(path, at.line, at.start, at.end)
        if "#" in at.word:
            file = at.word.partition("#")[0]
            for anchor in self._names.anchors.get(_target(path, at.word), ()):
                target = f"{file}#{anchor}"
                yield Suggestion("part", target, target, spot, anchor.replace("-", " "))
            return
        folder = posixpath.dirname(path)
        for file, title in sorted(self._names.titles.items()):
            if file != path:
                target = posixpath.relpath(file, folder)
                yield Suggestion("file", target, target, spot, title)
        for name, (file, description) in sorted(self._names.described.items()):
            if file != path:
                target = posixpath.relpath(file, folder)
                yield Suggestion("file", target, target, spot, name, description)

    def _paths(self, role: str) -> str:
        into, out = self._names.into.get(role, 0), self._names.out.get(role, 0)
        return f"{into} {'path' if into == 1 else 'paths'} into it, {out} out of it"


def _pivots(total: int) -> str:
    return f"in {total} {'pivot' if total == 1 else 'pivots'}"


def _is_content(path: str) -> bool:
    return path.startswith("content/") and path.endswith(".md")


def _is_layout(path: str) -> bool:
    return path.startswith("layouts/") and path.endswith(".html")


def _kind_of(path: str, at: Cursor) -> str:
    """ "role" or "skill" when the value at a place is the name of one, else ""."""
    if at.kind != "value":
        return ""
    if posixpath.dirname(path) == ROLES:
        return "role" if at.keys == ("name",) else ""
    return _NAMES.get(at.keys, "")


def _target(path: str, word: str) -> str:
    """The file of content/ that a link of `path` leads to."""
    file = word.partition("#")[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
