"""Render context: what a worker is told to render pages, as a plain message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, NamedTuple

from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.sidecars import NO_SIDECARS, Sidecars
from pivotgen.model.source import Digest
from pivotgen.model.view import Chrome

if TYPE_CHECKING:
    # A build into a folder imports nothing of stores.
    from pivotgen.model.sending import Sending
    from pivotgen.model.targets import S3, Azure


class TongueWords(NamedTuple):
    """What a language says of itself."""

    name: str
    direction: str
    # To a reader who would rather read it, and what declines that.
    offer: str
    decline: str


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What all pages of a site share."""

    # Names everything below; with the filters it is all that tells two contexts apart.
    key: Digest
    # By the code of the language; that of files of the whole site is under "".
    chromes: Mapping[str, Chrome] = field(compare=False)
    # What each language says of itself, on a site of several.
    tongues: Mapping[str, TongueWords] = field(compare=False)
    # Text of each layout by its name, such as "pivot.html".
    layouts: Mapping[str, str] = field(compare=False)
    # The compiled form of those layouts that this build had to compile already.
    code: Mapping[str, bytes] = field(compare=False)
    # The site's own filters for layouts, by name. They do not travel: another process takes them
    # from build.py in the folder that follows.
    filters: tuple[tuple[str, Callable[..., Any]], ...] = ()
    # The site's folder where build.py has filters of its own, else "".
    filters_from: str = field(compare=False, default="")

    def __reduce__(self) -> tuple[Any, ...]:
        parts = (
            self.key,
            self.chromes,
            self.tongues,
            self.layouts,
            self.code,
            (),
            self.filters_from,
        )
        return RenderContext, parts


@dataclass(frozen=True, slots=True)
class StagingArea:
    """Where a site goes, and where its files wait until all of them are rendered."""

    into: str
    # Another folder for each build.
    folder: str
    # Whether every file is written, also one that is right.
    write_all: bool = False
    # The compressed copies beside files.
    sidecars: Sidecars = NO_SIDECARS


@dataclass(frozen=True, slots=True)
class SentBack:
    """Files go back to the build as bytes, from workers that do not see where they belong."""

    # As of the staging area that they are for.
    write_all: bool = False
    sidecars: Sidecars = NO_SIDECARS


@dataclass(frozen=True, slots=True)
class Blobs:
    """Files go to a store, as the blobs that a deploy shows to readers later."""

    target: S3 | Azure
    sending: Sending


# Where the bytes of a file go; None where it only matters whether there are any.
Destination = StagingArea | SentBack | Blobs | None
