"""`serve`: a preview that follows every save."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from types import FrameType
from urllib.parse import urlsplit

from pivotgen.engines.preview.built_site import BuiltSite, read_file
from pivotgen.engines.preview.host import Host
from pivotgen.engines.preview.server import PreviewServer
from pivotgen.engines.preview.watch import watch
from pivotgen.engines.settings import forget_modules, read_settings
from pivotgen.model.config import Config
from pivotgen.model.delivery import PLAIN
from pivotgen.model.hosts import PREVIEW
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.problem import Problem, any_errors
from pivotgen.pipeline import Options, Report, build
from pivotgen.problems.overlay import EDITOR_URL, overlay_json
from pivotgen.stages.site_files import source_path
from pivotgen.stages.worker_pool import worker_pool

# Not the folder of the ledger of `build`, so that the two commands never wait for each other.
_MEMORY = ".pivotgen/preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """How a preview is requested."""

    host: str = "127.0.0.1"
    # Further host names to answer to.
    names: frozenset[str] = frozenset()
    # The first port to try.
    port: int = 8000
    # The URL that opens a file in an editor, with {path}, {line} and {column} in it.
    editor_url: str = EDITOR_URL
    # Compare the files again and again, for disks that report no changes.
    poll: bool = False


@dataclass(frozen=True, slots=True)
class PreviewBuild:
    """One build of the preview, and its result."""

    report: Report
    # The paths that were saved since the build before, relative to the folder of the site.
    saved: frozenset[str]
    # From the moment when the save was noticed to the end of the build.
    seconds: float
    # What there is to show now: where there are errors, the last good site.
    site: BuiltSite


def serve(
    site: Path,
    options: ServeOptions,
    on_ready: Callable[[PreviewServer], None],
    on_build: Callable[[PreviewBuild], None],
) -> None:
    """Show the site with its drafts, and follow every save, until the process is interrupted.

    `on_ready` is called when the server listens; `on_build` is called after every build that
    changed a file or a problem, from another thread. OSError if the server cannot listen at the
    host, or at any of the ports.
    """
    asyncio.run(_serve(site, options, on_ready, on_build))


async def _serve(
    site: Path,
    options: ServeOptions,
    on_ready: Callable[[PreviewServer], None],
    on_build: Callable[[PreviewBuild], None],
) -> None:
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    config = _read_settings(site)
    built_site = _built_site(site, config)
    server = PreviewServer(Host(options.host, options.names), built_site)
    server.listen(options.port)
    on_ready(server)

    def show(preview_build: PreviewBuild) -> None:
        problems = _blocking_problems(preview_build.report)
        data = overlay_json(
            problems, site, options.editor_url, lambda path: read_file(source_path(site, path))
        )
        loop.call_soon_threadsafe(server.show, preview_build.site, data)
        on_build(preview_build)

    builder = _Builder(site, config, built_site, show)
    threads = watch(site, builder.saves.put, builder.stop, poll=options.poll)
    # In a thread, so that the server answers the tabs during a build.
    building = asyncio.create_task(asyncio.to_thread(builder.run))
    building.add_done_callback(lambda _: ended.set())
    with _on_interrupt(lambda: loop.call_soon_threadsafe(ended.set)):
        await ended.wait()
        builder.end()
        await server.close()
        await building
        for thread in threads:
            thread.join()


class _BuildStoppedError(Exception):
    """The preview ended during a build."""


class _Builder:
    """Builds the site again after every save, one build at a time."""

    def __init__(
        self,
        site: Path,
        config: Config | Problem,
        built_site: BuiltSite,
        show: Callable[[PreviewBuild], None],
    ) -> None:
        # The paths of each batch of saves, put there by the watch.
        self.saves: SimpleQueue[frozenset[str]] = SimpleQueue()
        # Set when the preview ends.
        self.stop = Event()
        self._site = site
        self._config = config
        # As it is after the last build without errors.
        self._built_site = built_site
        self._show = show
        # Of the last build; None before the first.
        self._problems: list[Problem] | None = None

    def run(self) -> None:
        """Build now, and then after every save, until `end` is called."""
        # The first build needs no save.
        self.saves.put(frozenset())
        options = Options(
            drafts=True,
            memory=self._site / _MEMORY,
            hosts=(PREVIEW,),
            # No server but this one sees them.
            sidecars=False,
            progress=self._check_stop,
        )
        with worker_pool(1) as pool:
            while not self.stop.is_set():
                saved = self._wait_for_saves()
                started = time.perf_counter()
                if any(path.endswith(".py") for path in saved):
                    self._config = _read_settings(self._site)
                try:
                    self._check_stop()
                    if isinstance(self._config, Problem):
                        report = Report([self._config])
                    else:
                        root = self._built_site.root
                        report = build(self._config, self._site, root, pool, options)
                except _BuildStoppedError:
                    return
                self._show_report(report, saved, started)

    def end(self) -> None:
        """Stop the build that runs, if any, and let `run` return. Called from another thread."""
        self.stop.set()
        # Wakes up `run` where it waits for saves.
        self.saves.put(frozenset())

    def _wait_for_saves(self) -> frozenset[str]:
        """All paths that were saved since the last build began, as soon as there are any."""
        paths = self.saves.get()
        while True:
            try:
                paths |= self.saves.get_nowait()
            except Empty:
                return paths

    def _show_report(self, report: Report, saved: frozenset[str], started: float) -> None:
        if not any_errors(report.problems):
            delivery = report.delivery or PLAIN
            self._built_site = replace(_built_site(self._site, self._config), delivery=delivery)
        if report.problems != self._problems or report.written or report.removed:
            seconds = time.perf_counter() - started
            self._show(PreviewBuild(report, saved, seconds, self._built_site))
        self._problems = report.problems

    def _check_stop(self, *_: object) -> None:
        """Leave the build when the preview ends; it is called with every step of its progress."""
        if self.stop.is_set():
            raise _BuildStoppedError


def _read_settings(site: Path) -> Config | Problem:
    """What build.py says now, and the modules beside it that it imports."""
    forget_modules(site)
    return read_settings(site)


def _built_site(site: Path, config: Config | Problem) -> BuiltSite:
    """Where a build with these settings writes the site, and at which path it is served."""
    base = urlsplit(config.base_url).path if isinstance(config, Config) else ""
    return BuiltSite((site / _MEMORY / "public").absolute(), base)


def _blocking_problems(report: Report) -> list[Problem]:
    """What the overlay shows: all problems if one of them is an error, and none otherwise."""
    return report.problems if any_errors(report.problems) else []


@contextmanager
def _on_interrupt(end: Callable[[], object]) -> Iterator[None]:
    """Call `end` at Ctrl-C, or when the system asks the process to end; a second time ends it."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}

    def on_signal(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        end()

    for number in numbers:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number in numbers:
            signal.signal(number, before[number])
