"""Far work: what a process of a cluster runs for a build on another machine.

Work and results travel as packed bytes, so that whatever passes them on need not look into them,
and nothing is unpacked before versions were compared.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Mapping
from importlib.metadata import version

from pivotgen.model.cluster import WorkerDiffersError

# Names of programs and libraries, each with its version.
Versions = Mapping[str, str]

# The engine itself: its messages may change with any version.
_ENGINE = "distributed"
# A process does one piece of work at a time, in however many threads it was started.
_one_at_a_time = threading.Lock()


def all_versions(versions: Callable[[], Versions]) -> Versions:
    """What must be the same on every machine; `versions` says what shapes a page."""
    return {**versions(), _ENGINE: version(_ENGINE)}


def work(versions: Callable[[], Versions], expected: Versions, packed: bytes) -> bytes:
    """The packed result of a packed call. ClusterError when a version is not the expected one."""
    compare(expected, all_versions(versions), "a worker")
    function, given = pickle.loads(packed)
    with _one_at_a_time:
        return pickle.dumps(function(*given), pickle.HIGHEST_PROTOCOL)


def compare(expected: Versions, actual: Versions, who: str) -> None:
    """ClusterError when a program or a library is not the expected one."""
    for name in sorted(expected.keys() | actual.keys()):
        ours, theirs = expected.get(name, "nothing"), actual.get(name, "nothing")
        if ours != theirs:
            raise WorkerDiffersError(
                f"{who} has {name} {theirs}, and this machine has {ours}",
                "install the same on all machines, best of all by one image or one list of "
                "locked versions",
            )
