"""A lock of all addresses for pivotgen's folder, so that its builds take every day from it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

LOCK = "pivots.lock"
REDIRECTS = "content/redirects.yaml"


def lock_all(folder: Path) -> None:
    """Take the typed days out of all pivots, and record every address of the site with its day.

    Pages then say a day as before; but an edit takes it away, as its words are no longer those of
    the lock. That is the most work that a lock can make.
    """
    for file in (folder / "content" / "pivots").glob("*.md"):
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"^updated: .*\n", "", text, count=1, flags=re.M), "utf-8")
    command = [sys.executable, "-m", "pivotgen", "--site", str(folder), "lock"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def move_lists(folder: Path, old: str, new: str) -> None:
    """Say where the lists of a role went whose name changed, where a lock asks for that."""
    if not (folder / LOCK).is_file():
        return
    before, after = (name.lower().replace(" ", "-") for name in (old, new))
    file = folder / REDIRECTS
    if f"/to/{after}/" in (folder / LOCK).read_text("utf-8"):
        # The old name is back.
        file.unlink(missing_ok=True)
    else:
        lines = (f"/{way}/{before}/: /{way}/{after}/\n" for way in ("from", "to"))
        file.write_text("".join(lines), "utf-8")
