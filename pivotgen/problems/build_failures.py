"""Build failures: the problems of a build as a whole."""

from __future__ import annotations

from pathlib import Path

from pivotgen.model.problem import Level, Problem

LEDGER_RENEWED = Problem(
    ".pivotgen",
    1,
    1,
    "ledger",
    "the memory of earlier builds could not be read and was made anew",
    "delete public/ and build again if pages that are no longer made must go",
    Level.WARNING,
)
LEDGER_UNREADABLE = Problem(
    ".pivotgen",
    1,
    1,
    "ledger",
    "the memory of earlier builds cannot be read",
    "build once, which makes it anew; every file is then written again",
)
BUILD_RUNNING = Problem(
    ".pivotgen", 1, 1, "busy", "another build is at work here", "wait for it to end, or stop it"
)
WORKER_LOST = Problem(
    ".pivotgen",
    1,
    1,
    "worker-lost",
    "a worker process died, and its work was done again",
    "nothing is missing; if it happens again, look whether the machine ran out of memory",
    Level.WARNING,
)
WORKER_DIED = Problem(
    ".pivotgen",
    1,
    1,
    "worker-died",
    "a worker process died twice at the same work",
    "look whether the machine ran out of memory, or build with --workers 1",
)


def write_problem(folder: Path, error: OSError) -> Problem:
    """Return the problem of `folder`, or of a file in it, that could not be written."""
    file = error.filename2 or error.filename or folder.name
    reason = error.strerror or str(error)
    message = f"cannot write {Path(str(file)).name}: {reason}"
    hint = "fix that and build again; every file that is there is whole"
    return Problem(folder.name, 1, 1, "cannot-write", message, hint)
