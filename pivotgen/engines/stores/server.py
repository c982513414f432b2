"""Server: a folder of a server that is reached by ssh, as a store of objects.

The server needs nothing but ssh and the usual tools of Linux. What several threads ask for at the
same time goes there together, because each request starts some programs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any

from pivotgen.engines.stores.archives import archive_of_files, archive_of_names, new_folder
from pivotgen.engines.stores.folder import PRIVATE_FOLDER, PUBLIC_FOLDER, place_of
from pivotgen.engines.stores.session import Session
from pivotgen.model.deploying import ChangedError, DeployError, Stored
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.release import BLOBS, PRIVATE, STATE, Attributes
from pivotgen.model.targets import Server

# Files of more bytes go alone.
_SMALL = 256 << 10
_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class _Request:
    """What one thread asks for."""

    parts: Callable[[], Iterator[bytes]]
    read: Callable[[IO[bytes]], Any]
    answer: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Blob:
    """A small file that nobody sees yet."""

    name: str
    data: bytes
    answer: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A second name of a blob, for readers."""

    source: str
    place: str
    answer: Future[Any] = field(default_factory=Future)


_Asked = _Request | _Blob | _Copy


class ServerStore:
    """A folder of a server; several threads may use it."""

    def __init__(self, target: Server) -> None:
        """DeployError when it cannot be reached."""
        self._target = target
        self._session: Session | None = Session(target)
        # What a program there said about the last failure.
        self._reason = ""
        self._asked: SimpleQueue[_Asked] = SimpleQueue()
        threading.Thread(target=self._work, daemon=True).start()

    @property
    def redirects(self) -> bool:
        return False

    def get(self, key: str) -> Stored | None:
        request = "state\n" if key == STATE else f"get\n{place_of(key)}\n"
        answer: Stored | None = self._ask(_request(request, _stored))
        return answer

    def put(self, key: str, body: bytes | Path, attributes: Attributes) -> None:
        if isinstance(body, bytes) and len(body) <= _SMALL and key.startswith(BLOBS):
            self._do(_Blob(key.removeprefix(BLOBS), body))
            return
        size = len(body) if isinstance(body, bytes) else body.stat().st_size
        head = f"put\n{place_of(key)}\n{size}\n".encode()
        self._do(_Request(lambda: _parts(head, body, size), _line))

    def put_if(self, key: str, data: bytes, tag: str) -> str:
        """Only for the state: each is a file of its own, numbered, and the last one counts."""
        number = int(tag or 0) + 1
        head = f"swap\n{number}\n{len(data)}\n".encode()
        if self._ask(_Request(lambda: _parts(head, data, len(data)), _line)) != "ok":
            raise ChangedError
        return str(number)

    def copy(self, source: str, key: str) -> None:
        self._do(_Copy(place_of(source), place_of(key)))

    def delete(self, keys: Sequence[str]) -> None:
        places = [place_of(key) for key in keys]
        files, folders = _listed(places), _listed(_folders_above(places))
        head = f"delete\n{len(files)}\n{len(folders)}\n"
        if places:
            self._do(_request(head, _line, files + folders))

    def list(self) -> Iterator[tuple[str, int]]:
        yield from self._ask(_request("list\n", _rows))

    def now(self) -> datetime:
        return datetime.fromtimestamp(int(self._ask(_request("now\n", _line))), UTC)

    def _do(self, request: _Asked) -> None:
        if self._ask(request) != "ok":
            raise DeployError(
                f"{self._target.place} could not be written to{self._reason}",
                "see that the folder there is yours, and that its disk is not full",
            )

    def _ask(self, request: _Asked) -> Any:
        """Wait for the answer to a request. DeployError."""
        self._asked.put(request)
        return request.answer.result()

    def _work(self) -> None:
        """Send what threads ask for, again and again: all that is there at a time together."""
        while True:
            requests = [self._asked.get()]
            while True:
                try:
                    requests.append(self._asked.get_nowait())
                except Empty:
                    break
            blobs = [request for request in requests if isinstance(request, _Blob)]
            copies = [request for request in requests if isinstance(request, _Copy)]
            if blobs:
                self._answer(blobs, _together(blobs))
            if copies:
                self._answer(copies, _linked(copies))
            for request in requests:
                if isinstance(request, _Request):
                    self._answer([request], request)

    def _answer(self, asked: Sequence[_Asked], request: _Request) -> None:
        """Send a request, and hand its answer to all who asked."""
        try:
            # After a failure nobody knows what the program there was reading.
            session = self._session or Session(self._target)
            self._session = None
            answer = session.ask(request.parts(), request.read)
            if answer == "failed":
                session.close()
                self._reason = session.reason()
            else:
                self._session = session
        except Exception as error:
            for each in asked:
                each.answer.set_exception(error)
        else:
            for each in asked:
                each.answer.set_result(answer)


def open_server(target: Server) -> ServerStore:
    """The folder of a target. DeployError when it cannot be reached."""
    return ServerStore(target)


def _request(head: str, read: Callable[[IO[bytes]], Any], body: bytes = b"") -> _Request:
    return _Request(lambda: iter((head.encode(), body)), read)


def _together(blobs: Sequence[_Blob]) -> _Request:
    """One request for several blobs."""
    folder = new_folder()
    archive = archive_of_files(folder, {blob.name: blob.data for blob in blobs})
    return _request(f"blobs\n{folder}\n{len(archive)}\n", _line, archive)


def _linked(copies: Sequence[_Copy]) -> _Request:
    """One request for several copies."""
    folder = new_folder()
    places = {copy.place: copy.source for copy in copies}
    archive = archive_of_names(folder, list(places.values()))
    folders = _listed(sorted({place.rpartition("/")[0] for place in places}))
    rows = enumerate(places)
    names = _listed([text for number, place in rows for text in (f"{folder}/{number}", place)])
    head = f"copies\n{folder}\n{len(archive)}\n{len(folders)}\n{len(names)}\n"
    return _request(head, _line, archive + folders + names)


def _listed(texts: Sequence[str]) -> bytes:
    """Texts as programs read them that may have any letter."""
    return b"".join(text.encode() + b"\0" for text in texts)


def _folders_above(places: Sequence[str]) -> list[str]:
    """The folders that may be empty without these files, inner ones first."""
    folders = set()
    for place in places:
        above = place.rpartition("/")[0]
        # What a deploy keeps for itself has a few folders that stay.
        least = 2 if above.startswith(PRIVATE_FOLDER) else 1
        while above.count("/") >= least:
            folders.add(above)
            above = above.rpartition("/")[0]
    return sorted(folders, key=lambda folder: (-folder.count("/"), folder))


def _parts(head: bytes, body: bytes | Path, size: int) -> Iterator[bytes]:
    """A request with a body that may be too large for memory. OSError where it has shrunk."""
    yield head
    if isinstance(body, bytes):
        yield body
        return
    with body.open("rb") as file:
        while size:
            part = file.read(min(size, _PART))
            if not part:
                raise OSError(f"{body} was cut off")
            size -= len(part)
            yield part


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
