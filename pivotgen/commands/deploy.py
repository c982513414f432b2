"""`deploy`: builds the site and puts it where readers find it, or brings a release back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from functools import partial
from pathlib import Path

from pivotgen.commands._build_pool import cluster_pool
from pivotgen.commands._built import Built, Depot, How, built, built_in_store
from pivotgen.commands._holder import is_dead, this_holder
from pivotgen.commands._open import at_address, settings_of, site_folder
from pivotgen.commands._targets import chosen_target, open_caches, open_target
from pivotgen.engines.ask import ask
from pivotgen.engines.git import is_older
from pivotgen.engines.parallel import WIDTH, in_parallel
from pivotgen.engines.pool import WorkerDiedError
from pivotgen.engines.settings import place_in_settings
from pivotgen.model.cluster import ClusterError
from pivotgen.model.config import Config
from pivotgen.model.deploy_report import DeployReport
from pivotgen.model.deploying import DeployError, ObjectStore, Progress
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem, any_errors
from pivotgen.model.purging import Cache
from pivotgen.model.redirect import Redirect
from pivotgen.model.release import BLOBS, STATE, Manifest, Release, State
from pivotgen.model.schedule import PurgeSet, Schedule
from pivotgen.model.targets import S3, Azure, Folder, Server, Target
from pivotgen.problems.build_failures import FAR_WORKERS_DIED
from pivotgen.release.bodies import bodies_of, body_in_store
from pivotgen.release.carry_out import Tools
from pivotgen.release.deploy import Limits, refuse
from pivotgen.release.deploy import deploy as deploy_release
from pivotgen.release.lease import Lease, holding
from pivotgen.release.look import look, manifest_of
from pivotgen.release.roll_back import kept_release, roll_back
from pivotgen.release.schedule import schedule
from pivotgen.release.verify import Reader, verify
from pivotgen.stages.write.copy_blobs import copy_all


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployOptions:
    """How a site is deployed."""

    # The name of the target; without one the only one, or `production`.
    target: str = ""
    # Say what would be done, and change nothing.
    plan: bool = False
    # Bring this kept release back instead; "" is the one before the current one.
    rollback: str | None = None
    # Overwrite files of others at the addresses of the site.
    adopt: bool = False
    # Deploy though readers have a newer commit.
    older: bool = False
    # How many pages may be deleted without asking; None is a tenth of all.
    max_deletes: int | None = None
    # Asked whether so many pages may be deleted.
    confirm: Callable[[str], bool] = lambda question: False
    # The scheduler of a cluster whose workers build it, such as "tls://10.0.0.7:8786". Into a
    # bucket or Azure they put the files themselves, and no file of the site is on this machine.
    cluster: str = ""
    progress: Progress = lambda stage, done, total: None


_PLAIN = DeployOptions()
# What a server is asked for at the same time goes there together.
_TOGETHER = 48


def deploy(
    folder: str | Path, config: Config | None = None, options: DeployOptions = _PLAIN
) -> DeployReport:
    """Build the site in `folder`, bring it to a target of its settings, and say what was done.

    Whatever is wrong is among the problems of the report. Nothing is printed. SiteError when there
    is no such site or no such target.
    """
    started = time.monotonic()
    site = site_folder(folder)
    settings = settings_of(site, config)
    if isinstance(settings, Problem):
        return DeployReport(problems=(settings,))
    name = chosen_target(settings, options.target)
    target = settings.targets[name]
    settings = at_address(settings, target.url)
    doing = _Deploying(site, settings, target, options, config)
    try:
        report = doing.run()
    except (ClusterError, DeployError) as error:
        report = DeployReport(problems=(*doing.problems, error.problem()))
    except WorkerDiedError:
        report = DeployReport(problems=(*doing.problems, FAR_WORKERS_DIED))
    return replace(
        report,
        problems=tuple(_placed(site, target, problem) for problem in report.problems),
        target=name,
        place=target.place,
        url=settings.base_url,
        plan=options.plan,
        seconds=round(time.monotonic() - started, 3),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a deploy has to do with."""

    store: ObjectStore
    caches: list[Cache]
    lease: Lease
    moves: tuple[Redirect, ...]
    depot: Depot | None


@dataclass(frozen=True, slots=True)
class _Deploying:
    """One deploy of a site to a target."""

    site: Path
    config: Config
    target: Target
    options: DeployOptions
    # The settings of a caller, if they are not build.py's.
    given: Config | None = None
    # What was noticed so far.
    problems: list[Problem] = field(default_factory=list)
    # What caches were asked to forget.
    purges: list[str] = field(default_factory=list)

    def run(self) -> DeployReport:
        """Deploy, or say what a deploy would do. DeployError, ClusterError, WorkerDiedError."""
        # Keys are asked for before anything is done.
        caches = open_caches(self.target.purge, self.config.base_url)
        store = open_target(self.target, self.site)
        with self._depot(store) as depot:
            return self._run(store, caches, depot)

    @contextmanager
    def _depot(self, store: ObjectStore) -> Iterator[Depot | None]:
        """The workers that put the files into the store, where there are any.

        A plan and a way back put nothing there.
        """
        target, cluster = self.target, self.options.cluster
        is_built = self.options.rollback is None and not self.options.plan
        if not (cluster and is_built and isinstance(target, S3 | Azure)):
            yield None
            return
        with cluster_pool(self.site, self.given, self.config, cluster) as pool:
            # Where nobody has deployed there is perhaps no bucket yet.
            keys = store.list() if store.get(STATE) else ()
            listing = {key: size for key, size in keys if key.startswith(BLOBS)}
            yield Depot(target=target, listing=listing, pool=pool)

    def _run(self, store: ObjectStore, caches: list[Cache], depot: Depot | None) -> DeployReport:
        options = self.options
        site = Built()
        if depot:
            site = built_in_store(self.site, self.config, depot, options.progress)
        elif options.rollback is None:
            how = How(cluster=options.cluster, given=self.given, progress=options.progress)
            site = built(self.site, self.config, self.target, how)
        self.problems.extend(site.problems)
        if any_errors(self.problems) and not (self.options.plan and site.manifest):
            return DeployReport(problems=tuple(self.problems))
        if self.options.plan:
            return self._planned(store, caches, site)
        with holding(store, this_holder(), is_dead) as lease:
            before = lease.state.current
            tools = self._tools(_Parts(store, caches, lease, site.moves, depot))
            limits = self._limits(site)
            if site.manifest is None:
                plan = roll_back(self.options.rollback or "", tools, limits)
            else:
                plan = deploy_release(site.manifest, site.release, tools, limits)
            return self._report(plan, lease.state, before)

    def _planned(self, store: ObjectStore, caches: list[Cache], site: Built) -> DeployReport:
        """What a deploy would do. DeployError."""
        standing = look(store)
        state = standing.state
        want, release = site.manifest, site.release
        if want is None:
            release = kept_release(state, self.options.rollback or "")
            want = manifest_of(store, release.id) or Manifest()
        plan = schedule(standing, want, release, self.target.releases)
        for purge in (plan.stale, plan.gone):
            if purge and not plan.is_done:
                self.purges.extend(
                    request.words for cache in caches for request in cache.requests(purge)
                )
        try:
            refuse(plan, standing, self._limits(site))
        except DeployError as error:
            self.problems.append(error.problem())
        return self._report(plan, state, state.current)

    def _report(self, plan: Schedule, state: State, before: str) -> DeployReport:
        return DeployReport(
            problems=tuple(self.problems),
            release=plan.release.id,
            before=before,
            kept=state.kept,
            added=plan.added,
            changed=plan.changed,
            deleted=plan.deleted,
            clashes=plan.clashes,
            files=len(plan.want.files),
            sent=plan.size,
            purges=tuple(self.purges),
            unchanged=plan.is_done,
        )

    def _limits(self, site: Built) -> Limits:
        def is_older_one(release: Release, other: Release) -> bool:
            if not (release.commit and other.commit):
                return False
            return is_older(self.site, release.commit, other.commit)

        return Limits(
            releases=self.target.releases,
            deletes=self.options.max_deletes,
            adopt=self.options.adopt,
            confirm=self.options.confirm,
            is_older=Limits().is_older if self.options.older else is_older_one,
            is_answered=site.is_answered,
        )

    def _tools(self, parts: _Parts) -> Tools:
        lease, depot = parts.lease, parts.depot

        def wait(seconds: float) -> None:
            """Sleep, and show meanwhile that this deploy is alive."""
            end = time.monotonic() + seconds
            while (left := end - time.monotonic()) > 0:
                lease.check()
                time.sleep(min(left, 5.0))

        def purge(purge: PurgeSet) -> None:
            for cache in parts.caches:
                for request in cache.requests(purge):
                    self.purges.append(request.words)
                    cache.send(request, wait)

        reader = Reader(
            url=self.config.base_url,
            ask=lambda url: ask("GET", url, {"Cache-Control": "no-cache"}),
            wait=wait,
            patience=self.target.patience,
            caching=not isinstance(self.target, Folder | Server),
            moves=parts.moves,
            closing=_closing(self.target),
            problems=self.problems,
        )
        return Tools(
            store=parts.store,
            lease=lease,
            body=body_in_store if depot else bodies_of(self.site / "public"),
            purge=purge,
            verify=lambda plan: verify(plan, reader) if self.target.verify else None,
            run=lambda work, keys: in_parallel(work, keys, _width(self.target)),
            progress=self.options.progress,
            copies=partial(copy_all, depot.pool, depot.target) if depot else None,
        )


def _width(target: Target) -> int:
    """How many requests are made at the same time."""
    return _TOGETHER if isinstance(target, Server) else WIDTH


def _closing(target: Target) -> str:
    """How to keep readers out of what a deploy keeps for itself."""
    match target:
        case S3():
            return (
                f"let the policy of the bucket {target.bucket} show everybody all but _pivotgen/; "
                "docs/deploy.md has one"
            )
        case Azure():
            return "let what stands before the container refuse /_pivotgen/"
    return f"let the web server show {target.place}/public alone"


def _placed(site: Path, target: Target, problem: Problem) -> Problem:
    """A problem of a deploy at the line of build.py that names the place."""
    if problem.path != "build.py" or (problem.line, problem.column) != (1, 1):
        return problem
    try:
        line, column = place_in_settings(site, target.name)
    except OSError:
        return problem
    return replace(problem, line=line, column=column)
