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
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

# Seconds until a run counts as one that hangs.
_LIMIT = 60
# Bytes that a request never exceeds.
_MOST = 1 << 20


def run_warm(words: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in `cwd`, with this process's environment; it may take 60 seconds."""
    request = {"words": words, "cwd": str(cwd), "environment": dict(os.environ)}
    server = _server(cwd)
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        data = json.dumps(request).encode()
        socket.send_fds(server, [data], [stdout.fileno(), stderr.fileno()])
        child = int(server.recv(_MOST))
        try:
            status = int(server.recv(_MOST))
        except TimeoutError:
            os.kill(child, signal.SIGKILL)
            server.recv(_MOST)
            raise
        texts = []
        for file in (stdout, stderr):
            file.seek(0)
            texts.append(file.read().decode())
    return subprocess.CompletedProcess(list(words), status, *texts)


@cache
def _server(cwd: Path) -> socket.socket:
    """The connection to the process that is copied; it ends when this process does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(_LIMIT)
    command = [sys.executable, "-m", __name__, str(theirs.fileno())]
    process = subprocess.Popen(command, cwd=cwd, pass_fds=[theirs.fileno()])
    theirs.close()
    atexit.register(_end, process, ours)
    return ours


def _end(process: subprocess.Popen[bytes], requests: socket.socket) -> None:
    """End the process that is copied; waiting for it counts its work as work of the tests."""
    requests.close()
    process.wait(_LIMIT)


def _serve(requests: socket.socket) -> list[str] | None:
    """Copy this process for each request; the words to run in a copy, and at the end None."""
    while True:
        data, descriptors, _, _ = socket.recv_fds(requests, _MOST, 2)
        if not data:
            return None
        child = os.fork()
        if not child:
            requests.close()
            return _become(json.loads(data), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        requests.send(str(child).encode())
        _, status = os.waitpid(child, 0)
        requests.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(request: dict[str, object], descriptors: Sequence[int]) -> list[str]:
    """Take over the request's terminal, folder and environment; its words."""
    for number, descriptor in enumerate(descriptors, start=1):
        os.dup2(descriptor, number)
        os.close(descriptor)
    environment, words = request["environment"], request["words"]
    assert isinstance(environment, dict)
    assert isinstance(words, list)
    os.chdir(str(request["cwd"]))
    os.environ.clear()
    os.environ.update(environment)
    return words


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


def _run(leaving: _Leaving) -> None:
    from pivotgen.cli import run

    try:
        run()
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
    """Do what a process does once: tell which pivotgen this is, and compile the theme's layouts,
    which most sites of the tests have."""
    from pivotgen.engines.layouts.compiler import compiler_for
    from pivotgen.memory.fingerprint import engine
    from pivotgen.stages.site_files import theme_folder

    engine()
    for file in (theme_folder() / "layouts").glob("*.html"):
        compiler_for({}).compiled(file.name, file.read_text("utf-8"))


if __name__ == "__main__":
    leaving = _Leaving()
    atexit.register(leaving)
    _import_everything()
    _prepare()
    # Otherwise the first garbage collection in each copy would copy the memory that they share.
    gc.freeze()
    words = _serve(socket.socket(fileno=int(sys.argv[1])))
    if words is not None:
        sys.argv = ["pivotgen", *words]
        _run(leaving)
