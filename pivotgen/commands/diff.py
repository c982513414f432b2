"""`diff`: what a reader would notice between a release or a folder, and the site as it is now."""

from __future__ import annotations

from dataclasses import field, replace
from pathlib import Path

from pivotgen.commands._open import at_address, settings_of, site_folder
from pivotgen.commands._targets import chosen_target, open_target
from pivotgen.commands.build import BuildOptions, build
from pivotgen.differences.compare_sites import BuiltSite, SiteDifferences, compare_sites
from pivotgen.model.config import Config
from pivotgen.model.delivery import delivery_of
from pivotgen.model.deploying import DeployError, ObjectStore, Progress
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.release import Manifest
from pivotgen.model.report import SiteError
from pivotgen.model.sending import Sending
from pivotgen.release.look import manifest_of, state_of
from pivotgen.release.roll_back import kept_release
from pivotgen.release.survey import seen_by_readers, survey


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffOptions:
    """What the site is compared with, and how."""

    # The id of a kept release, or a folder with a built site; the current release when empty.
    against: str = ""
    # The name of the target that has the release.
    target: str = ""
    progress: Progress = lambda stage, done, total: None


@dataclass(frozen=True, slots=True)
class DiffReport:
    """What a reader would notice, or what keeps it from being known."""

    problems: tuple[Problem, ...] = ()
    differences: SiteDifferences = field(default_factory=SiteDifferences)

    @property
    def ok(self) -> bool:
        """Whether there was no error."""
        return not any_errors(self.problems)


_PLAIN = DiffOptions()


def diff(
    folder: str | Path, config: Config | None = None, options: DiffOptions = _PLAIN
) -> DiffReport:
    """Build the site in `folder`, and compare it. SiteError when there is nothing to compare."""
    site = site_folder(folder)
    settings = settings_of(site, config)
    if isinstance(settings, Problem):
        return DiffReport((settings,))
    other = Path(options.against)
    is_folder = bool(options.against) and other.is_dir()
    if not is_folder and any(mark in options.against for mark in "/."):
        raise SiteError(f"there is no folder {options.against}")
    target = None if is_folder else settings.targets[chosen_target(settings, options.target)]
    settings = at_address(settings, target.url) if target else settings
    try:
        store = open_target(target, site) if target else None
        report = build(site, settings, BuildOptions(progress=options.progress))
        if not report.ok:
            return DiffReport(report.problems)
        sending = Sending(delivery=delivery_of(settings), copies=settings.sidecars)
        new = _folder_site(report.out, sending)
        old = (
            _release_site(store, options.against, sending)
            if store
            else _folder_site(other, sending)
        )
        return DiffReport(report.problems, compare_sites(old, new))
    except DeployError as error:
        return DiffReport((replace(error.problem(), path="build.py"),))


def _folder_site(folder: Path, sending: Sending) -> BuiltSite:
    files = survey(folder, sending).files
    digests = {path: item.digest for path, item in files.items()}
    return BuiltSite(digests, lambda path: (folder / path).read_bytes())


def _release_site(store: ObjectStore, wanted: str, sending: Sending) -> BuiltSite:
    """A release of a target; the current one where none is named. DeployError, RefusedError."""
    state = state_of(store)
    name = kept_release(state, wanted).id if wanted else state.current
    manifest = (manifest_of(store, name) if name else None) or Manifest()

    def read(path: str) -> bytes:
        stored = store.get(manifest.files[path].blob)
        if stored is None:
            raise DeployError(f"the target has lost {path} of the release {name}")
        return stored.data

    seen = seen_by_readers(manifest.files.keys(), sending)
    return BuiltSite({path: manifest.files[path].digest for path in seen}, read)
