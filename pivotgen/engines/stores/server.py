"""Server: a folder of a server that is reached by ssh, as a store of objects.

One session runs a small program of the shell there, so the server needs nothing but ssh and the
usual tools of Linux. Requests are sent without waiting for the answers of earlier ones.
"""

from __future__ import annotations

import atexit
import shlex
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from pivotgen.engines.stores.folder import PUBLIC_FOLDER, place_of
from pivotgen.model.deploying import ChangedError, DeployError, Stored
from pivotgen.model.release import PRIVATE, STATE, Attributes
from pivotgen.model.targets import Server

_PROGRAM = Path(__file__).with_name("server.sh")
# Nobody can type a password, and a server that does not answer is told soon.
_OPTIONS = ("-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=30")
_Read = Callable[[IO[bytes]], Any]


class ServerStore:
    """A folder of a server; several threads may use it."""

    def __init__(self, target: Server) -> None:
        self._name = target.place
        program = f"exec sh -c {shlex.quote(_PROGRAM.read_text('utf-8'))} sh {target.path}"
        command = ["ssh", "-T", *_OPTIONS, *target.options, "--", target.host, program]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except FileNotFoundError:
            raise DeployError("there is no ssh on this machine", "install it") from None
        assert self._process.stdin
        assert self._process.stdout
        self._to, self._from = self._process.stdin, self._process.stdout
        self._lock = threading.Lock()
        self._waiting: deque[tuple[_Read, Future[Any]]] = deque()
        self._asked = threading.Semaphore(0)
        atexit.register(self._process.kill)
        if self._from.readline() != b"ready\n":
            raise self._fault()
        threading.Thread(target=self._answers, daemon=True).start()

    @property
    def redirects(self) -> bool:
        return False

    def get(self, key: str) -> Stored | None:
        request = "state\n" if key == STATE else f"get\n{place_of(key)}\n"
        answer: Stored | None = self._ask(request, b"", _stored)
        return answer

    def put(self, key: str, body: bytes | Path, attributes: Attributes) -> None:
        data = body if isinstance(body, bytes) else body.read_bytes()
        self._do(f"put\n{place_of(key)}\n{len(data)}\n", data)

    def put_if(self, key: str, data: bytes, tag: str) -> str:
        """Only for the state: each is a file of its own, numbered, and the last one counts."""
        number = int(tag or 0) + 1
        if self._ask(f"swap\n{number}\n{len(data)}\n", data, _line) != "ok":
            raise ChangedError
        return str(number)

    def copy(self, source: str, key: str) -> None:
        self._do(f"copy\n{place_of(source)}\n{place_of(key)}\n")

    def delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            self._do(f"delete\n{place_of(key)}\n")

    def list(self) -> Iterator[tuple[str, int]]:
        yield from self._ask("list\n", b"", _rows)

    def now(self) -> datetime:
        return datetime.fromtimestamp(int(self._ask("now\n", b"", _line)), UTC)

    def _do(self, request: str, data: bytes = b"") -> None:
        if self._ask(request, data, _line) != "ok":
            raise DeployError(
                f"{self._name} could not be written to", "see that the folder there is yours"
            )

    def _ask(self, request: str, data: bytes, read: _Read) -> Any:
        """Send a request, and wait for its answer. DeployError."""
        future: Future[Any] = Future()
        try:
            with self._lock:
                self._waiting.append((read, future))
                self._to.write(request.encode() + data)
                self._to.flush()
            self._asked.release()
        except OSError:
            raise self._fault() from None
        try:
            return future.result()
        except (EOFError, ValueError):
            raise self._fault() from None

    def _answers(self) -> None:
        """Hand each answer to whoever waits for it; they come in the order of the requests."""
        while True:
            self._asked.acquire()
            read, future = self._waiting.popleft()
            try:
                future.set_result(read(self._from))
            except (EOFError, ValueError, OSError) as error:
                future.set_exception(EOFError(str(error)))

    def _fault(self) -> DeployError:
        self._process.kill()
        text = (
            self._process.stderr.read().decode("utf-8", "replace") if self._process.stderr else ""
        )
        last = text.strip().rpartition("\n")[2]
        return DeployError(
            f"{self._name} cannot be reached by ssh{f': {last}' if last else ''}",
            "see that `ssh` to it works without a password, and that the folder there is yours",
        )


def open_server(target: Server) -> ServerStore:
    """The folder of a target. DeployError when it cannot be reached."""
    return ServerStore(target)


def _line(source: IO[bytes]) -> str:
    line = source.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    return line.decode().strip()


def _stored(source: IO[bytes]) -> Stored | None:
    line = _line(source)
    if line == "-":
        return None
    size, modified, tag = line.split()
    data = source.read(int(size))
    if len(data) < int(size):
        raise EOFError
    return Stored(data, tag, datetime.fromtimestamp(int(modified), UTC))


def _rows(source: IO[bytes]) -> list[tuple[str, int]]:
    rows = []
    while (line := source.readline()) != b".\n":
        if not line:
            raise EOFError
        size, _, place = line.decode("utf-8", "replace").rstrip("\n").partition(" ")
        rows.append((_key_of(place), int(size)))
    return rows


def _key_of(place: str) -> str:
    """The key of an object at a path in the folder."""
    folder, _, rest = place.partition("/")
    return rest if folder == PUBLIC_FOLDER else f"{PRIVATE}{rest}"
