"""Schedule: works out the steps of a deploy from what a target has and what it is to have.

The order keeps every link alive at every moment: a page is written after all that it names, and
removed after nothing names it any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pivotgen.model.address import (
    ASSETS,
    HOME,
    MISSING,
    is_index_file,
    is_page_file,
    original_of,
    output_of,
)
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.release import (
    BLOBS,
    MANIFESTS,
    WAITING,
    Item,
    Manifest,
    Release,
    manifest_key,
)
from pivotgen.model.schedule import Act, PurgeSet, Schedule, Standing, Step

_ASSETS = ASSETS[1:]
_KNOWN = frozenset({output_of(HOME), output_of(MISSING)})
# The order in which files are written that readers see.
_GROUPS = ("assets", "new pages", "strays", "changed pages", "indexes")


def schedule(standing: Standing, want: Manifest, release: Release, most: int) -> Schedule:
    """The steps that bring a target to `want`; none where it is there already.

    `most` is how many releases are kept.
    """
    known = _Known(standing, want, release, most)
    groups = known.groups()
    written = [path for paths in groups.values() for path in paths]
    dead, dead_assets = known.dead_paths()
    stale, gone = known.purges(written)
    before = known.manifest(standing.state.current).files
    blobs = known.missing_blobs()
    waste = known.waste()
    is_done = known.is_settled and not (written or dead or dead_assets or blobs or waste)
    dead_pages = tuple(path for path in dead if is_page_file(path))
    dead_copies = tuple(path for path in dead if path != original_of(path))
    rest = {*dead_pages, *dead_copies}
    dead_files = tuple(path for path in dead if path not in rest)
    steps = (
        Step(Act.UPLOAD, "upload", tuple(blobs)),
        Step(Act.RECORD, "record"),
        Step(Act.ANNOUNCE, "announce"),
        *(Step(Act.WRITE, name, tuple(sorted(groups[name]))) for name in _GROUPS),
        Step(Act.SWITCH, "switch"),
        Step(Act.PURGE, "purge", stale.paths),
        Step(Act.VERIFY, "verify"),
        # An old copy of a page that stays may name pages that go.
        Step(Act.DELETE, "delete copies", dead_copies),
        Step(Act.DELETE, "delete pages", dead_pages),
        Step(Act.DELETE, "delete files", (*dead_files, *dead_assets)),
        Step(Act.PURGE_GONE, "purge what is gone", gone.paths),
        Step(Act.SETTLE, "settle"),
        Step(Act.CLEAN, "clean up", waste),
        Step(Act.LEAVE, "leave"),
    )
    return Schedule(
        release=release,
        want=want,
        steps=() if is_done else steps,
        added=tuple(sorted(want.files.keys() - before.keys())),
        changed=tuple(sorted(path for path in written if path in before)),
        deleted=tuple(sorted(before.keys() - want.files.keys())),
        stale=stale,
        gone=gone,
        size=sum(blobs.values()),
        clashes=known.clashes(),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known before a deploy."""

    standing: Standing
    want: Manifest
    release: Release
    most: int

    @property
    def is_settled(self) -> bool:
        """Whether the last deploy brought this very release, and came to its end."""
        state = self.standing.state
        is_current = state.current == state.purged == self.release.id
        return is_current and not (state.next or state.dropped)

    def manifest(self, release: str) -> Manifest:
        """The manifest of a release; an empty one where there is none any more."""
        return self.standing.manifests.get(release) or Manifest()

    def groups(self) -> dict[str, list[str]]:
        """The paths to write. Within a group the order does not matter."""
        groups: dict[str, list[str]] = {name: [] for name in _GROUPS}
        now, listing = self.manifest(self.standing.state.current).files, self.standing.listing
        doubtful = self._doubtful(now)
        for path, item in self.want.files.items():
            is_there = now.get(path) == item and listing.get(path) == item.size
            if is_there and path not in doubtful:
                continue
            # A compressed copy of a page is sent in its place, so it comes with it.
            page = original_of(path)
            if not is_page_file(page):
                groups["indexes" if is_index_file(path) else "assets"].append(path)
            elif page not in listing and path not in listing:
                # Readers ask for the front page, and are shown the page for dead addresses, before
                # any page has named them.
                is_known = page in _KNOWN
                groups["changed pages" if is_known else "new pages"].append(path)
            else:
                # What is there and not of the current release was left by an interrupted deploy,
                # or is somebody's.
                groups["changed pages" if page in now else "strays"].append(path)
        return groups

    def dead_paths(self) -> tuple[list[str], list[str]]:
        """The files of ours that the release lacks, and the assets that no kept release has."""
        there = self.standing.listing.keys() - self.want.files.keys()
        dead = sorted(path for path in self._live_paths() & there if not _is_asset(path))
        needed = {path for each in self._kept()[1:] for path in self.manifest(each).files}
        assets = {path for path in self._all_paths() & there if _is_asset(path)}
        return dead, sorted(assets - needed)

    def missing_blobs(self) -> dict[str, int]:
        """The blobs to send, and their sizes."""
        listing = self.standing.listing
        items = self.want.files.values()
        return {item.blob: item.size for item in items if listing.get(item.blob) != item.size}

    def purges(self, written: Iterable[str]) -> tuple[PurgeSet, PurgeSet]:
        """What caches must forget: of what the release has, and of what it lacks."""
        state, want = self.standing.state, self.want.files
        if not state.purged or state.purged not in self.standing.manifests:
            # Nobody knows what they hold.
            return PurgeSet(everything=True), PurgeSet()
        changed = {path for path in written if path in self.standing.listing}
        for release in self._live():
            other = self.manifest(release).files
            changed |= {
                path
                for path in want.keys() | other.keys()
                # An asset has another name where it has other bytes.
                if want.get(path) != other.get(path)
                and not (_is_asset(path) and not (path in want and path in other))
            }
        stale = tuple(sorted(changed & want.keys()))
        return PurgeSet(paths=stale), PurgeSet(paths=tuple(sorted(changed - want.keys())))

    def waste(self) -> tuple[str, ...]:
        """The keys of our own that no kept release needs, manifests last.

        A manifest names what is ours; without it, what is left of its files would be somebody's.
        """
        kept = self._kept()
        if any(release not in self.standing.manifests for release in kept[1:]):
            # What that release needs is not known.
            return ()
        manifests = [self.want, *(self.manifest(release) for release in kept[1:])]
        needed = {item.blob for each in manifests for item in each.files.values()}
        needed |= {manifest_key(release) for release in kept}
        ours = sorted(self.standing.listing.keys() - needed)
        blobs = [key for key in ours if key.startswith((BLOBS, WAITING))]
        return (*blobs, *(key for key in ours if key.startswith(MANIFESTS)))

    def clashes(self) -> tuple[str, ...]:
        """The files of others that stand where the release has a file."""
        there = self.standing.listing.keys() & self.want.files.keys()
        ours = self._live_paths()
        all_ours = self._all_paths()
        return tuple(
            sorted(path for path in there - ours if not (_is_asset(path) and path in all_ours))
        )

    def _kept(self) -> list[str]:
        """The releases that are kept after this deploy, its own first."""
        state = self.standing.state.switched(self.release).settled(self.most)
        return [release.id for release in state.kept]

    def _live(self) -> list[str]:
        """The releases of which something may be where readers see it.

        Those that are only kept to go back to are none of them: a file at one of their addresses
        is somebody's.
        """
        state = self.standing.state
        ids = (state.current, state.purged, state.next, *state.dropped)
        return [release for release in dict.fromkeys(ids) if release]

    def _live_paths(self) -> set[str]:
        return {path for release in self._live() for path in self.manifest(release).files}

    def _all_paths(self) -> set[str]:
        return {path for each in self.standing.manifests.values() for path in each.files}

    def _doubtful(self, now: Mapping[str, Item]) -> set[str]:
        """The paths that an interrupted deploy may have written."""
        state = self.standing.state
        doubtful = set()
        for release in filter(None, (state.next, *state.dropped)):
            other = self.manifest(release).files
            paths = now.keys() | other.keys()
            doubtful |= {path for path in paths if now.get(path) != other.get(path)}
        return doubtful


def _is_asset(path: str) -> bool:
    return path.startswith(_ASSETS)
