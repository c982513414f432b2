"""Host sizes: files that a host does not take because they, or all of them, are too large."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pivotgen.engines.settings import SETTINGS_FILE, place_in_settings
from pivotgen.model.hosts import CLOUDFLARE_BYTES, GITHUB_BYTES
from pivotgen.model.problem import Level, Problem
from pivotgen.model.source import STATIC
from pivotgen.stages.context import BuildContext
from pivotgen.stages.site_files import source_path

_MIB = 1024 * 1024


def host_sizes(build: BuildContext, files: Iterable[str]) -> Iterator[Problem]:
    """The problems of files of assets/ and static/; `files` may name others too."""
    hosts = build.config.hosts
    if "cloudflare" not in hosts and "github-pages" not in hosts:
        # Nobody else sets a limit, and to look at each file takes time.
        return
    folders = ("assets/", f"{STATIC}/")
    sizes = {
        path: source_path(build.site, path).stat().st_size
        for path in files
        if path.startswith(folders)
    }
    if "cloudflare" in hosts:
        for path, size in sizes.items():
            if size > CLOUDFLARE_BYTES:
                message = f"Cloudflare Pages takes files of {CLOUDFLARE_BYTES // _MIB} MiB"
                message += f", and this one has {size / _MIB:.1f}"
                hint = "make it smaller, or put it on another host and link to it"
                yield Problem.of_file(path, "host-limit", message, hint)
    if "github-pages" in hosts and (whole := sum(sizes.values())) > GITHUB_BYTES:
        place = place_in_settings(build.site, "github-pages")
        message = (
            f"GitHub Pages takes sites of {GITHUB_BYTES // 10**9} GB, and the files of assets/"
        )
        message += f" and static/ have {whole / 10**9:.1f}"
        hint = "put the largest files on another host and link to them"
        yield Problem(SETTINGS_FILE, *place, "host-limit", message, hint, Level.WARNING)
