"""The program, started once for all runs: each run is a new process, but imports nothing anew.

Importing takes most of the time of a run on a small site, and the interpreter takes as long to
undo it at the end. So one process imports all of pivotgen and copies itself for each run, and a
copy leaves without cleaning up. Tests of starting itself use a cold start, and so do those that
change pivotgen.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

# Seconds until a run counts as one that hangs.
_LIMIT = 60
# Bytes that a request never exceeds.
_MOST = 1 << 20
# The folder of this repository.
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What to run, and where."""

    words: Sequence[str]
    cwd: str
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    # The change of a file before which the run kills itself; 0 only counts the changes, and None
    # does not even look.
    killed_before: int | None = None
    # The request to a store at which the run kills itself; see `watch_store`.
    killed_at: int | None = None


class Program:
    """The program, running beside the test in a process of its own."""

    def __init__(self, run: Run, streams: Sequence[int]) -> None:
        """`streams` are its standard input, output and error."""
        self._ends, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        data = json.dumps(asdict(run)).encode()
        socket.send_fds(_server(), [data], [theirs.fileno(), *streams])
        theirs.close()
        self._ends.settimeout(_LIMIT)
        self.pid = int(self._ends.recv(_MOST))
        # The exit status, once it is known.
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit status; None while the program runs."""
        if self.returncode is None and select.select([self._ends], [], [], 0)[0]:
            return self.wait()
        return self.returncode

    def wait(self, seconds: float = _LIMIT) -> int:
        """The exit status, which is waited for. TimeoutError."""
        if self.returncode is None:
            self._ends.settimeout(seconds)
            self.returncode = int(self._ends.recv(_MOST))
            self._ends.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class PipedProgram(Program):
    """The program beside the test, with pipes to its standard input, output and error."""

    def __init__(self, run: Run) -> None:
        pipes = [os.pipe() for _ in range(3)]
        (read_by_it, _), (_, output), (_, error) = pipes
        super().__init__(run, [read_by_it, output, error])
        for theirs in (read_by_it, output, error):
            os.close(theirs)
        (_, to_it), (from_it, _), (errors, _) = pipes
        self.stdin, self.stdout = os.fdopen(to_it, "wb"), os.fdopen(from_it, "rb")
        self.stderr = os.fdopen(errors, "rb")

    def close(self) -> None:
        """Close the pipes."""
        for stream in (self.stdin, self.stdout, self.stderr):
            stream.close()


def run_warm(
    words: Sequence[str],
    cwd: Path,
    killed_before: int | None = None,
    killed_at: int | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the program in `cwd` to its end; it may take 60 seconds."""
    run = Run(words=words, cwd=str(cwd), killed_before=killed_before, killed_at=killed_at)
    with (
        open(os.devnull, "rb") as stdin,
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
    ):
        program = Program(run, [file.fileno() for file in (stdin, stdout, stderr)])
        try:
            status = program.wait()
        except TimeoutError:
            program.kill()
            program.wait()
            raise
        texts = []
        for file in (stdout, stderr):
            file.seek(0)
            texts.append(file.read().decode())
    return subprocess.CompletedProcess(list(words), status, *texts)


def forward(request: socket.socket) -> None:
    """Ask for the run that another process asks for here."""
    data, descriptors, _, _ = socket.recv_fds(request, _MOST, 4)
    socket.send_fds(_server(), [data], descriptors)
    for descriptor in descriptors:
        os.close(descriptor)


@cache
def _server() -> socket.socket:
    """The connection to the process that is copied; it ends when this process does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", __name__, str(theirs.fileno())]
    process = subprocess.Popen(command, cwd=_ROOT, pass_fds=[theirs.fileno()])
    theirs.close()
    atexit.register(_end, process, ours)
    return ours


def _end(process: subprocess.Popen[bytes], requests: socket.socket) -> None:
    """End the process that is copied; waiting for it counts its work as work of the tests."""
    requests.close()
    process.wait(_LIMIT)


class _Server:
    """The process that is copied."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        # Where the end of each copy that runs is told.
        self._ends: dict[int, socket.socket] = {}
        # The end of a copy makes this readable.
        self._woken, waking = socket.socketpair()
        waking.setblocking(False)
        signal.set_wakeup_fd(waking.fileno())
        self._waking = waking
        signal.signal(signal.SIGCHLD, lambda number, frame: None)

    def serve(self) -> Run | None:
        """Copy this process for each request; in a copy what to run, and at the end None."""
        while True:
            ready, _, _ = select.select([self._requests, self._woken], [], [])
            if self._woken in ready:
                self._woken.recv(_MOST)
                self._tell_ends()
            if self._requests in ready:
                data, descriptors, _, _ = socket.recv_fds(self._requests, _MOST, 4)
                if not data:
                    return None
                if not (child := os.fork()):
                    self._leave_to_the_other()
                    return _become(Run(**json.loads(data)), descriptors)
                ends, *streams = descriptors
                for descriptor in streams:
                    os.close(descriptor)
                self._ends[child] = socket.socket(fileno=ends)
                self._ends[child].send(str(child).encode())

    def _tell_ends(self) -> None:
        while self._ends:
            child, status = os.waitpid(-1, os.WNOHANG)
            if not child:
                return
            with self._ends.pop(child) as ends:
                ends.send(str(os.waitstatus_to_exitcode(status)).encode())

    def _leave_to_the_other(self) -> None:
        """Let go of what only the process that was copied needs."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for held in (self._requests, self._woken, self._waking, *self._ends.values()):
            held.close()


def _become(run: Run, descriptors: Sequence[int]) -> Run:
    """Take over the streams, the folder and the environment of a run."""
    ends, *streams = descriptors
    os.close(ends)
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    # A terminal sees each line at once.
    if os.isatty(1) and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    os.chdir(run.cwd)
    sys.path[0] = run.cwd
    os.environ.clear()
    os.environ.update(run.environment)
    return run


class _Leaving:
    """The exit function that is called last, since it is registered first."""

    # The exit status of a run that is over.
    status: int | None = None

    def __call__(self) -> None:
        """Leave a copy at once; its texts are written, and its other exit functions were called."""
        if self.status is not None:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(self.status)


def _do(run: Run, leaving: _Leaving) -> None:
    from pivotgen.cli import run as run_program

    if run.killed_before is not None:
        from tests.world.killing import watch

        watch(run.killed_before)
    if run.killed_at is not None:
        from tests.world.killing import watch_store

        watch_store(run.killed_at)
    sys.argv = ["pivotgen", *run.words]
    try:
        run_program()
    except SystemExit as end:
        # Another value is a text, which the interpreter prints.
        if end.code is None or isinstance(end.code, int):
            leaving.status = end.code or 0
        raise


def _import_everything() -> None:
    import pivotgen

    for module in pkgutil.walk_packages(pivotgen.__path__, "pivotgen."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _prepare() -> None:
    """Do what a process does once: tell which pivotgen this is, and build a site with the theme's
    layouts and phrases, which most sites of the tests have."""
    from tests.world.builds import CONFIG, build_here
    from tests.world.site import World
    from tests.world.theme_analysis import remember_analyses

    remember_analyses()
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        world.pivot("Chef", "Nurse")
        for into in (world.folder / "public", None):
            build_here(world.folder, CONFIG, into)


if __name__ == "__main__":
    leaving = _Leaving()
    atexit.register(leaving)
    _import_everything()
    _prepare()
    # Otherwise the first garbage collection in each copy would copy the memory that they share.
    gc.freeze()
    run = _Server(socket.socket(fileno=int(sys.argv[1]))).serve()
    if run is not None:
        _do(run, leaving)
