"""Build failures: the problems of a build as a whole."""

from __future__ import annotations

from pathlib import Path

from pivotgen.model.problem import Level, Problem

LEDGER_RENEWED = Problem.of_file(
    ".pivotgen",
    "ledger",
    "the memory of earlier builds could not be read and was made anew",
    "delete public/ and build again if pages that are no longer made must go",
    Level.WARNING,
)
LEDGER_UNREADABLE = Problem.of_file(
    ".pivotgen",
    "ledger",
    "the memory of earlier builds cannot be read",
    "build once, which makes it anew; every file is then written again",
)
BUILD_RUNNING = Problem.of_file(
    ".pivotgen", "busy", "another build is at work here", "wait for it to end, or stop it"
)
WORKER_LOST = Problem.of_file(
    ".pivotgen",
    "worker-lost",
    "a worker process died, and its work was done again",
    "nothing is missing; if it happens again, look whether the machine ran out of memory",
    Level.WARNING,
)
WORKER_DIED = Problem.of_file(
    ".pivotgen",
    "worker-died",
    "a worker process died twice at the same work",
    "look whether the machine ran out of memory, or build with --workers 1",
)
FAR_WORKERS_DIED = Problem.of_file(
    ".pivotgen",
    "worker-died",
    "workers of the cluster died at the same work, one after another",
    "look at their logs and their memory, or build here, without --cluster",
)


def read_problem(path: str, error: OSError) -> Problem:
    """Return the problem of a source that cannot be read."""
    message = f"this file cannot be read: {error.strerror or error}"
    hint = "open it in your editor; if that fails too, fix its permissions or bring back a copy"
    return Problem.of_file(path, "cannot-read", message, hint)


def memory_problem(path: str, error: OSError) -> Problem:
    """Return the problem of the memory of builds, where a build must be able to write."""
    message = f"cannot write here, and a build remembers here what it did: {error.strerror}"
    hint = "fix the permissions, or name another folder with --memory"
    return Problem.of_file(path, "cannot-write", message, hint)


def key_problem(fault: str) -> Problem:
    """Return the problem of a ledger that no later build can believe."""
    message = f"the next build cannot use this memory: {fault}"
    hint = "fix that, or set PIVOTGEN_LEDGER_KEY; until then each build makes the whole site anew"
    return Problem.of_file(".pivotgen", "ledger-key", message, hint, Level.WARNING)


def write_problem(folder: Path, error: OSError) -> Problem:
    """Return the problem of `folder`, or of a file in it, that could not be written."""
    file = error.filename2 or error.filename or folder.name
    reason = error.strerror or str(error)
    message = f"cannot write {Path(str(file)).name}: {reason}"
    hint = "fix that and build again; every file that is there is whole"
    return Problem.of_file(folder.name, "cannot-write", message, hint)
