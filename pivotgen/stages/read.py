"""Read: the folders of a site to Sources. The only reader of inputs."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pivotgen.model.redirect import REDIRECTS
from pivotgen.model.source import Source, Sources


def read(site: Path) -> Sources:
    """Every visible file of content/, layouts/ and assets/; none that is hidden or a backup."""
    return Sources(
        content=_files(site, "content", ".md"),
        redirects=tuple(one for one in _files(site, "content", ".yaml") if one.path == REDIRECTS),
        layouts=_files(site, "layouts", ".html"),
        words=_files(site, "layouts/words", ".yaml"),
        assets=_files(site, "assets", ""),
    )


def _files(site: Path, folder: str, ending: str) -> tuple[Source, ...]:
    found = []
    for path in (site / folder).rglob(f"*{ending}"):
        relative = path.relative_to(site)
        hidden = any(part.startswith(".") or part.endswith("~") for part in relative.parts)
        if hidden or not path.is_file():
            continue
        data = path.read_bytes()
        found.append(Source(relative.as_posix(), data, hashlib.sha256(data).hexdigest()[:32]))
    return tuple(sorted(found, key=lambda source: source.path))
