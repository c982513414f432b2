"""Encoding: whether the bytes of a file are text."""

from __future__ import annotations

from pivotgen.model.problem import Problem


def misencoded(path: str, data: bytes) -> Problem | None:
    """The first byte that is not UTF-8, with its place; None when the file is text."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        return Problem(
            path,
            before.count("\n") + 1,
            len(before) - before.rfind("\n"),
            "not-utf8",
            f"the byte 0x{data[error.start]:02x} is not UTF-8 text",
            "save the file as UTF-8 in your editor",
        )
    return None
