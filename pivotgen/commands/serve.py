"""`serve`: a preview that follows every save."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from types import FrameType

from pivotgen.engines.preview.built_site import Built, read
from pivotgen.engines.preview.host import Host
from pivotgen.engines.preview.server import Preview
from pivotgen.engines.preview.watch import watch
from pivotgen.engines.settings import forget_modules, read_settings
from pivotgen.model.config import Config
from pivotgen.model.problem import Problem, any_errors
from pivotgen.pipeline import Options, Report, build
from pivotgen.problems.overlay import EDITOR, overlay
from pivotgen.stages.worker_pool import worker_pool

# Beside the ledger of `build`, so that neither waits for the other.
_MEMORY = ".pivotgen/preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """How a preview is asked for."""

    host: str = "127.0.0.1"
    port: int = 8000
    # The address that opens a file in an editor, with {path}, {line} and {column} in it.
    editor: str = EDITOR
    # Compare files again and again instead of waiting to be told by the system.
    poll: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What a build of the preview did, and what was saved before it."""

    report: Report
    saved: frozenset[str]
    # From the moment the save was noticed until every tab was told.
    seconds: float


def serve(
    site: Path, wish: ServeOptions, ready: Callable[[Preview], None], told: Callable[[Shown], None]
) -> None:
    """Show the site, drafts too, until the process is interrupted.

    `ready` is called when the server answers, `told` after every build that has something to
    say, from another thread. OSError when it cannot listen at the host or at any port.
    """
    preview = Preview(Built((site / _MEMORY / "public").absolute()), Host(wish.host))
    asyncio.run(_serve(site, wish, preview, ready, told))


class _Ended(Exception):  # noqa: N818
    """A build was left because the preview ends."""


async def _serve(
    site: Path,
    wish: ServeOptions,
    preview: Preview,
    ready: Callable[[Preview], None],
    told: Callable[[Shown], None],
) -> None:
    loop, ended, stop = asyncio.get_running_loop(), asyncio.Event(), Event()
    preview.listen(wish.port)
    ready(preview)
    saves: SimpleQueue[frozenset[str]] = SimpleQueue()

    def show(shown: Shown) -> None:
        said = overlay(_serious(shown.report), site, wish.editor, lambda path: read(site / path))
        loop.call_soon_threadsafe(preview.show, said)
        told(shown)

    # The first build needs no save.
    saves.put(frozenset())
    threads = watch(site, saves.put, stop, poll=wish.poll)
    # A build takes as long as it takes; tabs are answered meanwhile.
    work = asyncio.create_task(
        asyncio.to_thread(_follow, site, preview.built.root, saves, stop, show)
    )
    work.add_done_callback(lambda _: ended.set())
    with _interrupted(lambda: loop.call_soon_threadsafe(ended.set)):
        await ended.wait()
        stop.set()
        saves.put(frozenset())
        await preview.close()
        await work
        for thread in threads:
            thread.join()


def _follow(
    site: Path,
    into: Path,
    saves: SimpleQueue[frozenset[str]],
    stop: Event,
    show: Callable[[Shown], None],
) -> None:
    """Build after every save, one build at a time, until `stop` is set."""

    def progress(stage: str, done: int, total: int) -> None:
        if stop.is_set():
            raise _Ended

    options = Options(drafts=True, memory=site / _MEMORY, progress=progress)
    config: Config | Problem | None = None
    before: list[Problem] | None = None
    with worker_pool(1) as pool:
        while not stop.is_set():
            saved = _saved(saves)
            started = time.perf_counter()
            if stop.is_set():
                return
            if config is None or any(path.endswith(".py") for path in saved):
                forget_modules(site)
                config = read_settings(site)
            try:
                report = (
                    Report([config])
                    if isinstance(config, Problem)
                    else build(config, site, into, pool, options)
                )
            except _Ended:
                return
            if report.problems != before or report.written or report.removed:
                show(Shown(report, saved, time.perf_counter() - started))
            before = report.problems


def _saved(saves: SimpleQueue[frozenset[str]]) -> frozenset[str]:
    """Everything that was saved since the last build began; waits until there is something."""
    paths = saves.get()
    while True:
        try:
            paths |= saves.get_nowait()
        except Empty:
            return paths


def _serious(report: Report) -> list[Problem]:
    """What an overlay shows: everything, once something keeps the site from being built."""
    return report.problems if any_errors(report.problems) else []


@contextmanager
def _interrupted(end: Callable[[], object]) -> Iterator[None]:
    """End in order when somebody presses Ctrl-C or the system asks for it; at once when twice."""
    names = (signal.SIGINT, signal.SIGTERM)
    before = {name: signal.getsignal(name) for name in names}

    def once(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        end()

    for name in names:
        signal.signal(name, once)
    try:
        yield
    finally:
        for name in names:
            signal.signal(name, before[name])
