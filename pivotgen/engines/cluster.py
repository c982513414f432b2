"""Cluster: workers on other machines, by the library Dask."""

from __future__ import annotations

import logging
import pickle
import re
import socket
import time
import warnings
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from distributed import Client, KilledWorker
from distributed import wait as wait_for
from distributed.security import Security

from pivotgen.engines.far_work import Versions, all_versions, compare, work
from pivotgen.engines.pool import FarExecutor, WorkerDiedError
from pivotgen.model.cluster import Cluster, ClusterError, OpenClusterError, WorkerDiffersError

# Seconds between two looks whether anybody is there, and until an answer counts as none.
_LOOK, _ANSWER = 1.0, 10.0
# Libraries that print what goes wrong.
_LOUD = ("asyncio", "distributed", "tornado")
_CERTIFICATES = ("ca.pem", "cert.pem", "key.pem")
# How the library names what it was at work with.
_OBJECT = re.compile(r"in <[^>]*>: ")
_SAME = (
    "install the same pivotgen on all machines, scheduler included, best of all by one image; "
    "docs/cluster.md has recipes"
)


class ClusterExecutor(FarExecutor):
    """The workers of a scheduler."""

    def __init__(self, client: Client, address: str, patience: int, versions: Callable[[], Any]):
        """`versions` says what shapes a page; all machines must have the same."""
        self._client = client
        self._address = address
        self._patience = patience
        self._versions: Callable[[], Versions] = versions
        self._expected = all_versions(versions)
        self._workers = 1
        self._looked = self._seen = time.monotonic()

    @property
    def workers(self) -> int:
        """How many threads work now; it follows workers that come and go."""
        if time.monotonic() - self._looked >= _LOOK:
            self._look()
        return self._workers

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a worker call a function of a module, with messages as arguments."""
        packed = pickle.dumps((fn, args), pickle.HIGHEST_PROTOCOL)
        call = work, self._versions, self._expected, packed
        try:
            asked = self._client.submit(*call, pure=False)
        except OSError:
            raise self._gone() from None
        return _FarFuture(self, asked)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster. What nobody waits for any more is not done."""
        self._client.close(timeout=_ANSWER)

    def meet(self) -> None:
        """Wait for the first worker, and see that all have the same versions. ClusterError."""
        self._ask_for_versions(self._client.run_on_scheduler, "the scheduler")
        while not self._look():
            self._be_patient()
            time.sleep(_LOOK / 4)
        self._ask_for_versions(self._client.run, "a worker")

    def result(self, asked: Any) -> Any:
        """What a worker made of a call. ClusterError, WorkerDiedError."""
        try:
            return pickle.loads(self._awaited(asked))
        except KilledWorker:
            raise WorkerDiedError from None
        except CancelledError:
            raise self._gone() from None
        except ImportError as error:
            raise _lacking(error, "a worker") from None
        finally:
            asked.release()

    def _awaited(self, asked: Any) -> bytes:
        while True:
            try:
                # The library's own way to wait asks for the client of the thread.
                with self._client.as_current():
                    wait_for(asked, timeout=_LOOK)
                packed: bytes = asked.result(timeout=_ANSWER)
                return packed
            except TimeoutError:
                # It may also be what went wrong in a worker.
                if asked.status == "error":
                    raise
            if not self._look():
                self._be_patient()

    def _ask_for_versions(self, ask: Callable[..., Any], who: str) -> None:
        try:
            answer = ask(all_versions, self._versions)
        except (OSError, TimeoutError):
            raise self._gone() from None
        # Whatever goes wrong where a call is unpacked comes as an exception of some kind.
        except Exception as error:
            raise _lacking(error, who) from None
        for actual in answer.values() if who == "a worker" else (answer,):
            compare(self._expected, actual, who)

    def _look(self) -> int:
        """How many threads work at this moment."""
        self._looked = time.monotonic()
        try:
            identity = self._client.sync(
                self._client.scheduler.identity, n_workers=-1, callback_timeout=_ANSWER
            )
        except (OSError, TimeoutError, AttributeError):
            # The library has no better word for a client that has lost its scheduler.
            return 0
        workers = identity["workers"].values()
        threads: int = sum(each["nthreads"] for each in workers if each["status"] == "running")
        if threads:
            self._workers, self._seen = threads, time.monotonic()
        return threads

    def _be_patient(self) -> None:
        """ClusterError when nobody has been there for too long."""
        if self._client.status in ("closed", "closing"):
            raise self._gone()
        if time.monotonic() - self._seen >= self._patience:
            raise ClusterError(
                f"the cluster at {self._address} has had no worker for {self._patience} seconds",
                "start workers, or look why they end; Cluster(patience=…) waits longer",
            )

    def _gone(self) -> ClusterError:
        return ClusterError(
            f"the scheduler at {self._address} does not answer any more",
            "look at its log, and build again; what was parsed is not parsed again",
        )


class _FarFuture(Future[Any]):
    """A call that a worker was asked for."""

    def __init__(self, executor: ClusterExecutor, asked: Any) -> None:
        super().__init__()
        self._executor = executor
        self._asked = asked

    def result(self, timeout: float | None = None) -> Any:
        return self._executor.result(self._asked)

    def cancel(self) -> bool:
        """Whoever is at work on it may go on, but nobody waits for that."""
        self._asked.cancel()
        return super().cancel()


def _reason(address: str, error: Exception) -> str:
    """Why nobody answers at an address. The library tells what it happened to wait for last."""
    place = urlsplit(address)
    try:
        socket.create_connection((place.hostname, place.port), timeout=_ANSWER).close()
    except OSError as refusal:
        return refusal.strerror or str(refusal)
    # Somebody is there. A certificate that is not accepted is a cause of the cause.
    texts = (_OBJECT.sub("", str(each)).strip() for each in (error.__cause__, error) if each)
    return next(filter(None, texts), "no answer").partition("\n")[0]


def connect(
    address: str, settings: Cluster, site: Path, versions: Callable[[], Versions]
) -> ClusterExecutor:
    """The workers of the scheduler at an address, such as tls://10.0.0.7:8786. ClusterError."""
    address = _checked(address)
    security = _security(address, settings, site)
    _be_quiet()
    try:
        client = Client(
            address,
            timeout=settings.patience,
            security=security,
            set_as_default=False,
            name="pivotgen",
        )
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(
            f"there is no scheduler at {address}: {_reason(address, error)[:200]}",
            "start `dask scheduler` there, and see that the port is open to this machine and "
            "that both have certificates of the same authority",
        ) from None
    executor = ClusterExecutor(client, address, settings.patience, versions)
    try:
        executor.meet()
    except BaseException:
        executor.shutdown()
        raise
    return executor


def _be_quiet() -> None:
    """Have what goes wrong told in words of ours alone; versions are compared here."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in _LOUD:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    warnings.filterwarnings("ignore", module="distributed")


def _checked(address: str) -> str:
    """The address with its scheme. ClusterError where others could read what is sent there."""
    address = address if "://" in address else f"tcp://{address}"
    parts = urlsplit(address)
    try:
        is_address = parts.scheme in ("tcp", "tls") and bool(parts.hostname) and bool(parts.port)
    except ValueError:
        is_address = False
    if not is_address:
        raise ClusterError(
            f"{address} is no address of a scheduler", "write it as in tls://10.0.0.7:8786"
        )
    if parts.scheme == "tcp" and not _is_loopback(parts.hostname or ""):
        raise OpenClusterError(
            f"{address} would be asked without encryption, so everybody on the way could read "
            "and change the site",
            "start scheduler and workers with certificates, and write tls://; docs/cluster.md "
            "says how",
        )
    return address


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _security(address: str, settings: Cluster, site: Path) -> Security | None:
    if not address.startswith("tls:"):
        return None
    if not settings.certificates:
        # Files that Dask's own settings name.
        security = Security(require_encryption=True)
        if not security.get_connection_args("client").get("ssl_context"):
            raise OpenClusterError(
                f"there are no certificates for {address}",
                'name their folder in build.py, as in cluster=Cluster(certificates="certs")',
            )
        return security
    folder = site / settings.certificates
    authority, certificate, key = (folder / name for name in _CERTIFICATES)
    for file in (authority, certificate, key):
        if not file.is_file():
            raise OpenClusterError(
                f"there is no {file.name} in {settings.certificates}",
                "put ca.pem, cert.pem and key.pem there; docs/cluster.md says how they are made",
            )
    security = Security(
        tls_ca_file=str(authority),
        tls_client_cert=str(certificate),
        tls_client_key=str(key),
        require_encryption=True,
    )
    try:
        security.get_connection_args("client")
    except OSError as error:
        raise OpenClusterError(
            f"the certificates in {settings.certificates} cannot be read: {error}",
            "make them again; docs/cluster.md says how",
        ) from None
    return security


def _lacking(error: Exception, who: str) -> ClusterError:
    return WorkerDiffersError(f"{who} cannot run pivotgen as this machine does: {error}", _SAME)
