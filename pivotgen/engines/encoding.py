"""Encoding: checks that the bytes of a file are UTF-8 text."""

from __future__ import annotations

from pivotgen.model.problem import Problem


def encoding_problem(path: str, data: bytes) -> Problem | None:
    """Return the problem of the first byte that is not UTF-8; None when all of them are."""
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
