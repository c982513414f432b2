"""Inside: whether a path stays in the folder that it is relative to."""

from __future__ import annotations

from collections.abc import Iterable

# With a slash around it, a path with a part that is empty, "." or ".." has one of these.
_LEADS_OUT = ("//", "/./", "/../", "\0")


def all_inside(paths: Iterable[str]) -> bool:
    """Whether each path is relative, has forward slashes and no part "." or ".."."""
    # Together they are searched at the speed of a single text.
    paths = list(paths)
    text = "/\n/".join(paths)
    return not paths or not any(part in f"/{text}/" for part in _LEADS_OUT)


def is_inside(path: str) -> bool:
    """Whether a path is relative, has forward slashes and no part "." or ".."."""
    return all_inside([path])
