"""Reports: what a build or a check did, for whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from pathlib import Path

from pivotgen.model.address import PAGE_FILE, address_of
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem, any_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    With an error among its problems nothing was published, unless it is one of `after_build`.
    """

    # Sorted by place; errors and warnings.
    problems: tuple[Problem, ...] = ()
    # The folder that was built into, absolute.
    out: Path
    # The address of the site, without a trailing slash.
    base_url: str = ""
    # Whether drafts were included, and whether search engines are kept out.
    drafts: bool = False
    preview: bool = False
    # Files of the site; of these, rendered anew.
    files: int = 0
    rendered: int = 0
    # Paths under `out` of the files whose bytes are new, and of those that were removed.
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    # How many of the written ones are compressed copies of others.
    written_copies: int = 0
    # Content files that were parsed.
    parsed: int = 0
    # How many files were rendered for each reason.
    reasons: Mapping[str, int] = field(default_factory=dict)
    # Seconds by stage.
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether there was no error; then `out` holds the site."""
        return not any_errors(self.problems)

    @property
    def duration(self) -> float:
        """Seconds of all stages together."""
        return sum(self.seconds.values())

    @property
    def written_pages(self) -> tuple[str, ...]:
        """The full addresses of the pages whose bytes are new, redirects among them.

        The page for addresses that are not there is none of them.
        """
        return self._addresses(self.written)

    @property
    def removed_pages(self) -> tuple[str, ...]:
        """The full addresses of the pages that were removed."""
        return self._addresses(self.removed)

    def _addresses(self, outputs: Iterable[str]) -> tuple[str, ...]:
        pages = (output for output in outputs if output.endswith(PAGE_FILE))
        return tuple(self.base_url + address_of(page) for page in pages)


# What a site may have called after each of its builds; what it returns does not matter.
AfterBuild = Callable[[BuildReport], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found out."""

    # Sorted by place; errors and warnings.
    problems: tuple[Problem, ...] = ()
    # How many problems are in files that were not asked about.
    elsewhere: int = 0

    @property
    def ok(self) -> bool:
        """Whether there is no error; there may be warnings."""
        return not any_errors(self.problems)


class SiteError(ValueError):
    """A site cannot be built or checked as it was asked for; the message says why.

    The folder holds no site, say, or the folder to build into holds the sources. Whatever is wrong
    inside a site is a Problem of the report and never an exception.
    """
