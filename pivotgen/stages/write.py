"""Write: Outputs to public/, each file whole at every instant, and only what changed.

Files that the ledger does not know are a stranger's and are left alone.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from pivotgen.model.page import Output

# Added to the name of a file while it is being written. Only one build writes at a time, so the
# name need not be random, and what a killed build left behind can be found again.
_UNFINISHED = ".pivotgen-unfinished"


def write(
    outputs: Iterable[Output], into: Path, known: Mapping[str, str], *, anew: bool = False
) -> tuple[dict[str, str], int]:
    """Write the outputs; return the digest of each, and how many files changed.

    With `anew`, files that are right already are written again. `known` is what the last build
    recorded: its files that are no longer planned are removed. OSError when a file cannot be
    written; every file of public/ is whole then too.
    """
    for name, known_digest in known.items():
        if not known_digest:
            (into / f"{name}{_UNFINISHED}").unlink(missing_ok=True)
    digests: dict[str, str] = {}
    changed = 0
    for output in outputs:
        digest = hashlib.sha256(output.data).hexdigest()[:32]
        digests[output.output] = digest
        path = into / output.output
        if anew or not path.is_file() or path.read_bytes() != output.data:
            _replace(path, output.data)
            changed += 1
    for gone in sorted(set(known) - set(digests)):
        _remove(into, gone)
    return digests, changed


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _remove(root: Path, output: str) -> None:
    path = root / output
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == root or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()
