"""Session: a small program of the shell that runs on a server, and answers over ssh."""

from __future__ import annotations

import atexit
import shlex
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TypeVar

from pivotgen.model.deploying import DeployError
from pivotgen.model.targets import Server

_Answer = TypeVar("_Answer")

_PROGRAM = Path(__file__).with_name("server.sh")
# Nobody can type a password, and a server that does not answer is told soon.
_OPTIONS = ("-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=30")


class Session:
    """A session of ssh, for one thread at a time."""

    def __init__(self, target: Server) -> None:
        """DeployError when the server cannot be reached."""
        self._name = target.place
        # A file takes any number of words while nobody reads them.
        self._errors = TemporaryFile()  # noqa: SIM115
        program = f"exec sh -c {shlex.quote(_PROGRAM.read_text('utf-8'))} sh {target.path}"
        command = ["ssh", "-T", *_OPTIONS, *target.options, "--", target.host, program]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                start_new_session=True,
            )
        except FileNotFoundError:
            raise DeployError("there is no ssh on this machine", "install it") from None
        assert self._process.stdin
        assert self._process.stdout
        self._to, self._from = self._process.stdin, self._process.stdout
        atexit.register(self._process.kill)
        if self._from.readline() != b"ready\n":
            raise self._fault()

    def ask(self, parts: Iterable[bytes], read: Callable[[IO[bytes]], _Answer]) -> _Answer:
        """Send a request, and read its answer. DeployError."""
        try:
            for part in parts:
                self._to.write(part)
            self._to.flush()
            return read(self._from)
        except (OSError, EOFError, ValueError):
            raise self._fault() from None

    def reason(self) -> str:
        """The last line that ssh or a program there had to say, after a colon; "" for none."""
        self._errors.seek(0)
        last = self._errors.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        return f": {last.strip()}" if last else ""

    def close(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        atexit.unregister(self._process.kill)

    def _fault(self) -> DeployError:
        self.close()
        return DeployError(
            f"{self._name} cannot be reached by ssh{self.reason()}",
            "see that `ssh` to it works without a password, and that the folder there is yours",
        )
