"""Objects: a bucket or a container as a store of objects, by the library obstore."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field
from datetime import datetime
from pathlib import Path

import obstore
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    PreconditionError,
)
from obstore.store import AzureStore, S3Store

from pivotgen.engines.stores.faults import store_fault
from pivotgen.model.deploying import ChangedError, DeployError, Stored
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.release import CLOCK, Attributes

# Larger files are sent in parts, so that few of their bytes are in memory.
_LARGE = 8 << 20
_PART = 8 << 20

_CONFLICT = "409 Conflict"


@dataclass(frozen=True, slots=True)
class ObjectService:
    """A bucket or a container of a service."""

    store: S3Store | AzureStore
    # What people call it, such as "the bucket my-site".
    name: str
    # Opens the same store with a header that every request has, to say where a file leads.
    with_header: Callable[[str], S3Store] | None = None
    _large: threading.Lock = field(default_factory=threading.Lock)

    @property
    def redirects(self) -> bool:
        return self.with_header is not None

    def get(self, key: str) -> Stored | None:
        with self._faults():
            try:
                result = obstore.get(self.store, key)
            except FileNotFoundError:
                return None
            meta = result.meta
            return Stored(bytes(result.bytes()), meta["e_tag"] or "", meta["last_modified"])

    def put(self, key: str, body: bytes | Path, attributes: Attributes) -> None:
        store = self.store
        if attributes.redirect and self.with_header:
            store = self.with_header(attributes.redirect)
        headers = dict(attributes.headers)
        with self._faults():
            if isinstance(body, Path) and body.stat().st_size > _LARGE:
                # One after another: each has a few parts in memory.
                with self._large:
                    obstore.put(
                        store, key, body, attributes=headers, chunk_size=_PART, max_concurrency=4
                    )
            else:
                data = body if isinstance(body, bytes) else body.read_bytes()
                obstore.put(store, key, data, attributes=headers, use_multipart=False)

    def put_if(self, key: str, data: bytes, tag: str) -> str:
        with self._faults():
            try:
                result = obstore.put(
                    self.store,
                    key,
                    data,
                    attributes={"Content-Type": "application/json", "Cache-Control": "no-store"},
                    mode={"e_tag": tag} if tag else "create",
                    use_multipart=False,
                )
            except (AlreadyExistsError, PreconditionError):
                raise ChangedError from None
            except BaseError as error:
                # S3 says so where two requests come at the same time.
                if _CONFLICT in str(error):
                    raise ChangedError from None
                raise
        return result["e_tag"] or ""

    def copy(self, source: str, key: str) -> None:
        with self._faults():
            obstore.copy(self.store, source, key, overwrite=True)

    def delete(self, keys: Sequence[str]) -> None:
        with self._faults():
            try:
                obstore.delete(self.store, list(keys))
            except FileNotFoundError:
                # Azure counts it as a failure where one is not there any more.
                for key in keys:
                    with suppress(FileNotFoundError):
                        obstore.delete(self.store, key)

    def list(self) -> Iterator[tuple[str, int]]:
        with self._faults():
            for rows in obstore.list(self.store, chunk_size=1_000):
                for row in rows:
                    yield row["path"], row["size"]

    def now(self) -> datetime:
        with self._faults():
            obstore.put(self.store, CLOCK, b"", use_multipart=False)
            return obstore.head(self.store, CLOCK)["last_modified"]

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Say in plain words what the service did not do."""
        try:
            yield
        except (BaseError, FileNotFoundError, ValueError) as error:
            raise store_fault(str(error), self.name) from None
        except OSError as error:
            raise DeployError(f"a file cannot be read: {error.strerror or error}") from None
