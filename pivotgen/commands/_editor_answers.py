"""Editor answers: what can stand at a cursor, what stands there, and where it leads."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pivotgen.commands._catalogue import Catalogue
from pivotgen.engines.editor.cursor import Cursor, sibling_keys
from pivotgen.engines.editor.keys import allowed_keys
from pivotgen.model.edit import quote_if_needed
from pivotgen.model.markdown_text import as_markdown
from pivotgen.model.names import slug_of
from pivotgen.model.source import PIVOTS, ROLES
from pivotgen.model.workspace import Completion, Hover, lines_of

# The keys of a pivot whose values are names, and what they name.
_NAME_KINDS: dict[tuple[str, ...], str] = {
    ("from",): "role",
    ("to",): "role",
    ("skills",): "skill",
    ("skills", "name"): "skill",
}


def completions_at(catalogue: Catalogue, path: str, text: str, cursor: Cursor) -> list[Completion]:
    """Return what could stand at the cursor of a file: keys, names, authors or link targets."""
    if cursor.kind == "key":
        return _key_completions(catalogue, path, text, cursor)
    if cursor.kind == "link" and "#" in cursor.word:
        return [*_fragment_completions(catalogue, path, cursor)]
    if cursor.kind == "link":
        return [*_file_completions(catalogue, path, cursor)]
    if _is_author(path, cursor):
        range_ = cursor.range_in(path)
        return [
            Completion("author", key, key, range_, name)
            for key, name in sorted(catalogue.authors.items())
        ]
    if choices := _choices(catalogue, path, cursor):
        range_ = cursor.range_in(path)
        quoted = choices if cursor.quote else [quote_if_needed(choice) for choice in choices]
        pairs = zip(choices, quoted, strict=True)
        return [Completion("choice", choice, text, range_) for choice, text in pairs]
    kind = name_kind(path, cursor)
    names = catalogue.roles() if kind == "role" else sorted(catalogue.skills) if kind else []
    return [_name_completion(catalogue, path, cursor, name) for name in names]


def hover_at(catalogue: Catalogue, path: str, cursor: Cursor) -> Hover | None:
    """Return an explanation of the key, the name, the author or the linked page at the cursor."""
    text = ""
    kind, name = name_kind(path, cursor), cursor.word
    if cursor.kind == "key":
        key = allowed_keys(path, cursor.keys, catalogue.extra).get(name)
        text = f"`{name}`: {key.explanation}" if key else ""
    elif cursor.kind == "link":
        text = as_markdown(catalogue.titles.get(link_target(path, name), ""))
    elif _is_author(path, cursor):
        text = as_markdown(catalogue.authors.get(name, ""))
    elif kind == "role" and name in catalogue.roles():
        parts = (
            f"**{as_markdown(name)}**",
            as_markdown(_description(catalogue, name)),
            _role_detail(catalogue, name),
        )
        text = "\n\n".join(part for part in parts if part)
    elif kind == "skill" and name in catalogue.skills:
        text = f"**{as_markdown(name)}**\n\n{_skill_detail(catalogue, name)}"
    return Hover(text, cursor.range_in(path)) if text else None


def definition_at(catalogue: Catalogue, path: str, cursor: Cursor) -> str:
    """Return the path of the file that a link leads to or that describes a role, or "".

    The file may not exist.
    """
    if cursor.kind == "link":
        return link_target(path, cursor.word)
    if name_kind(path, cursor) != "role":
        return ""
    role = catalogue.role_files.get(cursor.word)
    return role.path if role else f"{ROLES}/{slug_of(cursor.word)}.md"


def name_kind(path: str, cursor: Cursor) -> str:
    """Return "role" or "skill" when the value at the cursor is such a name, else ""."""
    if cursor.kind != "value":
        return ""
    if posixpath.dirname(path) == ROLES:
        return "role" if cursor.keys == ("name",) else ""
    return _NAME_KINDS.get(cursor.keys, "")


def _is_author(path: str, cursor: Cursor) -> bool:
    is_value = cursor.kind == "value" and cursor.keys == ("author",)
    return is_value and posixpath.dirname(path) == PIVOTS


def link_target(path: str, link: str) -> str:
    """Return the path of the file that a link in the file `path` leads to."""
    file = link.partition("#")[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path


def _choices(catalogue: Catalogue, path: str, cursor: Cursor) -> tuple[str, ...]:
    """The values to choose from for the key at the cursor; none where any may stand."""
    if cursor.kind != "value" or not cursor.keys:
        return ()
    *parents, name = cursor.keys
    key = allowed_keys(path, parents, catalogue.extra).get(name)
    return key.choices if key else ()


def _key_completions(
    catalogue: Catalogue, path: str, text: str, cursor: Cursor
) -> list[Completion]:
    used = sibling_keys(text, cursor.line)
    range_ = cursor.range_in(path)
    # When something follows the key, its colon is already there.
    rest = lines_of(text)[cursor.line - 1][cursor.end - 1 :].strip()
    return [
        Completion(
            "key",
            name,
            name if rest else f"{name}: ",
            range_,
            "needed" if key.required else "optional",
            key.explanation,
        )
        for name, key in allowed_keys(path, cursor.keys, catalogue.extra).items()
        if name not in used
    ]


def _fragment_completions(catalogue: Catalogue, path: str, cursor: Cursor) -> Iterator[Completion]:
    file = cursor.word.partition("#")[0]
    for anchor in catalogue.anchors.get(link_target(path, cursor.word), ()):
        link = f"{file}#{anchor}"
        yield Completion("part", link, link, cursor.range_in(path), anchor.replace("-", " "))


def _file_completions(catalogue: Catalogue, path: str, cursor: Cursor) -> Iterator[Completion]:
    folder, range_ = posixpath.dirname(path), cursor.range_in(path)
    for file, title in sorted(catalogue.titles.items()):
        if file != path:
            link = posixpath.relpath(file, folder)
            yield Completion("file", link, link, range_, title)
    for name, role in sorted(catalogue.role_files.items()):
        if role.path != path:
            link = posixpath.relpath(role.path, folder)
            yield Completion("file", link, link, range_, name, role.description)


def _name_completion(catalogue: Catalogue, path: str, cursor: Cursor, name: str) -> Completion:
    text = name if cursor.quote else quote_if_needed(name)
    range_ = cursor.range_in(path)
    if name_kind(path, cursor) == "skill":
        return Completion("skill", name, text, range_, _skill_detail(catalogue, name))
    detail, description = _role_detail(catalogue, name), _description(catalogue, name)
    return Completion("role", name, text, range_, detail, description)


def _description(catalogue: Catalogue, role: str) -> str:
    file = catalogue.role_files.get(role)
    return file.description if file else ""


def _role_detail(catalogue: Catalogue, role: str) -> str:
    into, out = catalogue.pivots_to.get(role, 0), catalogue.pivots_from.get(role, 0)
    return f"{into} {'path' if into == 1 else 'paths'} into it, {out} out of it"


def _skill_detail(catalogue: Catalogue, skill: str) -> str:
    total = catalogue.skills[skill]
    return f"in {total} {'pivot' if total == 1 else 'pivots'}"
