"""Write: Outputs to public/, each file whole at every instant, and only what changed.

Files that the ledger does not know are a stranger's and are left alone.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from pivotgen.model.page import Output


def write(
    outputs: Iterable[Output], into: Path, known: Mapping[str, str], *, anew: bool = False
) -> tuple[dict[str, str], int]:
    """Write the outputs; return the digest of each, and how many files changed.

    With `anew`, files that are right already are written again. `known` is what the last build
    recorded: its files that are no longer planned are removed.
    """
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
    handle, name = tempfile.mkstemp(prefix=".pivotgen-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _remove(root: Path, output: str) -> None:
    path = root / output
    path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder == root or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()
