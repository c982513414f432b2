"""Resolve: the links and images of every text to addresses, and the ones that lead nowhere."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pivotgen.model.pivot import Mention
from pivotgen.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Targets:
    """What a link may lead to."""

    # Address of each content file, and the fragments its page has.
    files: Mapping[str, tuple[str, frozenset[str]]]
    # Content files that are not published.
    drafts: Collection[str]
    # Content files with problems of their own: a link to one is not a second problem.
    unread: Collection[str]
    # Further addresses of the site: assets and lists.
    urls: frozenset[str]


def resolve(
    mentions: Mapping[str, Sequence[Mention]], targets: Targets
) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The address behind each mention ("" for a dead one), by file and in order."""
    known = dict(targets.files.values())
    known.update((url, frozenset()) for url in targets.urls if url not in known)
    problems: list[Problem] = []
    addresses = {}
    for path, ones in mentions.items():
        found = [_address(path, one, targets, known) for one in ones]
        problems += [one for one in found if isinstance(one, Problem)]
        addresses[path] = tuple("" if isinstance(one, Problem) else one for one in found)
    return addresses, problems


def _address(
    path: str, mention: Mention, targets: Targets, known: Mapping[str, frozenset[str]]
) -> str | Problem:
    target, _, fragment = mention.target.partition("#")
    folder = posixpath.dirname(path)
    if target.startswith("/"):
        url = target if target in known else f"{target}/"
        found, anchors = (url, known[url]) if url in known else ("", frozenset[str]())
        candidates = sorted(known)
    else:
        file = posixpath.normpath(posixpath.join(folder, target)) if target else path
        if file in targets.unread:
            return ""
        if file in targets.drafts:
            return _problem(
                path,
                mention,
                "draft-link",
                f"{file} is a draft, so the link would lead nowhere",
                "publish that page first, or take the link out",
            )
        found, anchors = targets.files.get(file, ("", frozenset()))
        candidates = sorted(posixpath.relpath(one, folder) for one in targets.files)
    if not found:
        code = "dead-image" if mention.image else "dead-link"
        message = f"nothing on this site is called `{mention.target}`"
        near = _near(target, candidates) or "check the file's name"
        return _problem(path, mention, code, message, near)
    if fragment and fragment not in anchors:
        message = f"{found} has no part called `#{fragment}`"
        near = _near(f"#{fragment}", [f"#{one}" for one in sorted(anchors)])
        return _problem(path, mention, "dead-fragment", message, near)
    return f"{found}#{fragment}" if fragment else found


def _near(typed: str, candidates: Sequence[str]) -> str:
    close = get_close_matches(typed, candidates, 1, 0.5)
    return f"did you mean `{close[0]}`?" if close else ""


def _problem(path: str, mention: Mention, code: str, message: str, hint: str) -> Problem:
    return Problem(path, mention.line, mention.column, code, message, hint)
