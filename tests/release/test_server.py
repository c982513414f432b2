"""A folder of a server: many files, odd names, readers meanwhile, and what fails there."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pivotgen.engines.stores.server import ServerStore
from pivotgen.model.deploying import DeployError
from pivotgen.model.release import BLOBS, STATE, Attributes
from pivotgen.model.targets import Server
from tests.world.sshd import ssh_server

PLAIN = Attributes()
ODD = (
    *("-n", "a b/c  d.html", 'it\'s/"so".html', "größe/ü.html", "$HOME/`x`.html"),
    *("a\\b.html", "*/?.html", "deep/" * 60 + "x.html", "n" * 200 + ".html"),
)


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ...]]:
    with ssh_server(tmp_path_factory.mktemp("ssh")) as options:
        yield options


@pytest.fixture
def store(ssh: tuple[str, ...], tmp_path: Path) -> ServerStore:
    return ServerStore(Server("127.0.0.1", str(tmp_path / "www"), options=ssh))


def put(store: ServerStore, name: str, data: bytes) -> str:
    key = f"{BLOBS}{name}"
    store.put(key, data, PLAIN)
    return key


def test_files_of_many_threads_arrive_whole_under_any_name(store: ServerStore) -> None:
    bodies = {name: os.urandom(number * 999) for number, name in enumerate(ODD * 12)}
    names = [f"{name}{number}" for number in range(12) for name in ODD]

    def send(number: int) -> None:
        store.copy(put(store, f"blob-{number}", bodies[ODD[number % len(ODD)]]), names[number])

    with ThreadPoolExecutor(40) as pool:
        list(pool.map(send, range(len(names))))
    assert {key for key, _ in store.list() if not key.startswith("_pivotgen/")} == set(names)
    assert sum(key.startswith(BLOBS) for key, _ in store.list()) == len(names)
    for number, name in enumerate(names):
        stored = store.get(name)
        assert stored
        assert stored.data == bodies[ODD[number % len(ODD)]]
    store.delete(names)
    assert [key for key, _ in store.list() if not key.startswith(BLOBS)] == []


def test_what_is_empty_goes_and_what_others_have_stays(store: ServerStore, tmp_path: Path) -> None:
    blob = put(store, "blob", b"1")
    for name in ("a/b/c/x.html", "a/y.html", "d/z.html"):
        store.copy(blob, name)
    (tmp_path / "www/public/d/theirs").mkdir()
    store.delete(["a/b/c/x.html", "d/z.html", blob])
    public = tmp_path / "www/public"
    assert sorted(path.relative_to(public).as_posix() for path in public.rglob("*")) == [
        *("a", "a/y.html", "d", "d/theirs")
    ]
    # The folders that a deploy needs are there still.
    store.copy(put(store, "other", b"2"), "b.html")
    assert (public / "b.html").read_bytes() == b"2"


def test_a_reader_never_misses_a_file_that_is_replaced(store: ServerStore, tmp_path: Path) -> None:
    blobs = [put(store, f"blob-{number}", bytes([number]) * 5_000) for number in range(2)]
    names = [f"{number}/index.html" for number in range(20)]
    over = threading.Event()
    seen: set[bytes] = set()
    faults: list[str] = []

    def read() -> None:
        while not over.is_set():
            for name in names:
                try:
                    seen.add((tmp_path / "www/public" / name).read_bytes())
                except OSError as error:
                    faults.append(str(error))

    with ThreadPoolExecutor(21) as pool:
        list(pool.map(lambda name: store.copy(blobs[0], name), names))
        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        try:
            for blob in (*blobs, *blobs, *blobs):
                list(pool.map(store.copy, [blob] * len(names), names))
        finally:
            over.set()
            reader.join()
    assert faults == []
    assert seen == {bytes([number]) * 5_000 for number in range(2)}


def test_a_second_name_of_the_same_file_is_no_fault(store: ServerStore, tmp_path: Path) -> None:
    blob = put(store, "blob", b"1")
    for _ in range(2):
        store.copy(blob, "x.html")
    assert (tmp_path / "www/public/x.html").read_bytes() == b"1"
    assert list((tmp_path / "www/.pivotgen/waiting").iterdir()) == []


def test_a_file_too_large_to_go_with_others_is_sent_from_the_disk(
    store: ServerStore, tmp_path: Path
) -> None:
    file = tmp_path / "large"
    file.write_bytes(os.urandom((5 << 20) + 7))
    key = f"{BLOBS}large"
    store.put(key, file, PLAIN)
    store.copy(key, "large.zip")
    assert (tmp_path / "www/public/large.zip").read_bytes() == file.read_bytes()


def test_after_a_failure_the_store_can_still_be_asked(store: ServerStore, tmp_path: Path) -> None:
    blob = put(store, "blob", b"1")
    tag = store.put_if(STATE, b"held", "")
    (tmp_path / "www/public/a").write_text("a file, where a folder is needed")
    with pytest.raises(DeployError, match="could not be written to"):
        store.copy(blob, "a/index.html")
    with pytest.raises(DeployError, match="could not be written to"):
        store.copy(f"{BLOBS}nothing", "b.html")
    # So a deploy that fails does not keep the target.
    assert store.put_if(STATE, b"left", tag) == "2"
    store.copy(blob, "b.html")
    assert (tmp_path / "www/public/b.html").read_bytes() == b"1"


def test_a_session_that_ends_is_told(ssh: tuple[str, ...], tmp_path: Path) -> None:
    store = ServerStore(Server("127.0.0.1", str(tmp_path / "www"), options=ssh))
    assert store._session
    store._session._process.kill()
    with pytest.raises(DeployError, match="cannot be reached by ssh"):
        store.copy("a", "b")


def test_a_server_that_cannot_be_reached_is_told_with_the_words_of_ssh(
    ssh: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(DeployError, match=r"cannot be reached by ssh: .*Permission denied"):
        ServerStore(Server("nobody@127.0.0.1", str(tmp_path / "www"), options=ssh))
