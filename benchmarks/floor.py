"""The floor: what reading the sources and writing the pages costs when nothing lies between.

    python -m benchmarks.floor SITE OUT

It reads every file of SITE/content and writes files of the names and sizes of SITE/public to OUT.
"""

from __future__ import annotations

import os
import sys


def copy_nothing_else(site: str, out: str) -> None:
    """Read the sources and write as many bytes, to as many files, as a build did."""
    for folder, _, names in os.walk(f"{site}/content"):
        for name in names:
            with open(f"{folder}/{name}", "rb") as source:
                source.read()
    public = f"{site}/public"
    # One text for all pages: what a page says makes no difference to the disk.
    with open(f"{public}/index.html", "rb") as page:
        text = memoryview(page.read())
    for folder, _, names in os.walk(public):
        target = out + folder.removeprefix(public)
        os.mkdir(target)
        for name in names:
            size = os.stat(f"{folder}/{name}").st_size
            if size > len(text):
                text = memoryview(bytes(text) * (size // len(text) + 1))
            with open(f"{target}/{name}", "wb") as page:
                page.write(text[:size])


if __name__ == "__main__":
    copy_nothing_else(sys.argv[1], sys.argv[2])
