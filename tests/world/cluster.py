"""A real cluster: a scheduler and workers as processes that see no site and no network but theirs.

As root on Linux they are in a network namespace of their own, reached by a pair of virtual network
cards and certificates, and an empty file system covers the folder of all sites. Elsewhere they are
on loopback, where they are told of no site.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.world.absent import lacking
from tests.world.mortal import mortal
from tests.world.running import free_port
from tests.world.site import ROOT
from tests.world.waiting import wait_until

# Only addresses for private use, which no machine of a company has by chance.
_NETWORK = "10.213"
_PORT = 8786
# Seconds that a build waits when nobody is there.
PATIENCE = 3


@dataclass
class Place:
    """Where scheduler and workers run."""

    # Of the scheduler, and of this machine as they see it.
    host: str
    here: str
    scheme: str
    certificates: Path
    # Words before a command that is to run there.
    enter: Sequence[str] = ()

    @property
    def is_apart(self) -> bool:
        """Whether they have a network and file systems of their own."""
        return bool(self.enter)

    @property
    def options(self) -> list[str]:
        """The options of Dask's programs for the certificates."""
        if self.scheme == "tcp":
            return []
        names = {"--tls-ca-file": "ca.pem", "--tls-cert": "cert.pem", "--tls-key": "key.pem"}
        return [word for option, file in names.items() for word in (option, self._file(file))]

    def _file(self, name: str) -> str:
        return str(self.certificates / name)


@dataclass
class Cluster:
    """A scheduler with workers that come and go."""

    place: Place
    folder: Path
    port: int
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _client: Any = None

    @property
    def address(self) -> str:
        return f"{self.place.scheme}://{self.place.host}:{self.port}"

    @property
    def client(self) -> Any:
        """The engine's own view of the cluster."""
        if self._client is None:
            from distributed import Client
            from distributed.security import Security

            files = [self.place.certificates / name for name in ("ca.pem", "cert.pem", "key.pem")]
            names = ("tls_ca_file", "tls_client_cert", "tls_client_key")
            given = dict(zip(names, map(str, files), strict=True))
            security = Security(**given) if self.place.scheme == "tls" else None
            self._client = Client(self.address, security=security, set_as_default=False)
        return self._client

    def start(
        self, program: str, words: Sequence[str], environment: Mapping[str, str] = {}
    ) -> subprocess.Popen[bytes]:
        """Start one of Dask's programs there."""
        module = f"distributed.cli.dask_{program}"
        command = [*self.place.enter, sys.executable, "-m", module, *words, *self.place.options]
        path = {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__DASHBOARD__LINK": "", **environment}
        log = open(self.folder / f"{program}-{len(self.started)}.log", "wb")  # noqa: SIM115
        process = subprocess.Popen(
            mortal(command),
            stdout=log,
            stderr=log,
            cwd="/",
            env={**os.environ, **path},
            start_new_session=True,
        )
        log.close()
        self.started.append(process)
        return process

    def add_worker(
        self, environment: Mapping[str, str] = {}, *, again: bool = False
    ) -> subprocess.Popen[bytes]:
        """Start a worker; `again` has it started anew whenever it dies."""
        words = [self.address, "--nthreads", "1", "--no-dashboard", "--death-timeout", "60"]
        words += ["--nanny" if again else "--no-nanny", "--memory-limit", "0"]
        local = self.folder / f"worker-{len(self.started)}"
        return self.start("worker", [*words, "--local-directory", str(local)], environment)

    def wait_for(self, workers: int) -> None:
        """Wait until there are so many workers."""
        wait_until(lambda: len(self.workers) == workers, "the workers do not come")

    @property
    def workers(self) -> dict[str, Any]:
        workers: dict[str, Any] = self.client.scheduler_info()["workers"]
        return workers

    @property
    def busy(self) -> list[int]:
        """The numbers of the processes that have something to do."""
        tasks = self.client.processing()
        pids = self.client.run(os.getpid)
        return [pids[worker] for worker, keys in tasks.items() if keys and worker in pids]

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a worker, and what has it started anew."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
        for process in self.started:
            self.kill(process)


@contextmanager
def cluster(place: Place, folder: Path, workers: int = 2, port: int = _PORT) -> Iterator[Cluster]:
    """A scheduler with so many workers; `port` is free where it is apart from this machine."""
    running = Cluster(place, folder, port if place.is_apart else free_port())
    try:
        host = ["--host", f"{place.scheme}://{place.host}", "--port", str(running.port)]
        running.start("scheduler", [*host, "--no-dashboard"])
        for _ in range(workers):
            running.add_worker()
        running.wait_for(workers)
        yield running
    finally:
        running.close()


@contextmanager
def place(folder: Path, hidden: Path) -> Iterator[Place]:
    """Where a cluster is to run: apart from this machine if that is possible."""
    certificates = folder / "certificates"
    certificates.mkdir()
    make_certificates(certificates)
    holder = _namespace()
    if holder is None:
        yield Place("127.0.0.1", "127.0.0.1", "tcp", certificates)
        return
    # Of this process, so that tests that run at the same time have networks of their own.
    network = f"{_NETWORK}.{os.getpid() % 256}"
    card = f"pg{os.getpid() % 100_000}"
    try:
        _ip(
            "link",
            "add",
            "name",
            card,
            "type",
            "veth",
            "peer",
            "name",
            "eth0",
            "netns",
            str(holder.pid),
        )
        _ip("addr", "add", f"{network}.1/24", "dev", card)
        _ip("link", "set", card, "up")
        inside = ["nsenter", f"--net=/proc/{holder.pid}/ns/net"]
        for words in (
            ("addr", "add", f"{network}.2/24", "dev", "eth0"),
            ("link", "set", "eth0", "up"),
            ("link", "set", "lo", "up"),
        ):
            subprocess.run([*inside, "ip", *words], check=True)
        # An empty file system over all sites; certificates and logs are elsewhere.
        masked = f'mount -t tmpfs none "{hidden}" && exec "$@"'
        enter = [*inside, "unshare", "--mount", "sh", "-c", masked, "sh"]
        yield Place(f"{network}.2", f"{network}.1", "tls", certificates, enter)
    finally:
        # The cards go with the namespace.
        holder.kill()
        holder.wait()


def _namespace() -> subprocess.Popen[bytes] | None:
    """A process in a network of its own; None where there cannot be any."""
    programs = ("ip", "nsenter", "unshare")
    if os.geteuid() or not all(map(shutil.which, programs)):
        return None
    tried = "mount -t tmpfs none /mnt && ip link add name here type veth peer name there"
    if subprocess.run(
        ["unshare", "--net", "--mount", "sh", "-c", tried], capture_output=True
    ).returncode:
        return None
    holder = subprocess.Popen(mortal(["unshare", "--net", "sleep", "infinity"]))
    ours = os.readlink("/proc/self/ns/net")
    wait_until(lambda: os.readlink(f"/proc/{holder.pid}/ns/net") != ours, "there is no namespace")
    return holder


def make_certificates(folder: Path) -> None:
    """An authority, and a certificate of it for all machines, as docs/cluster.md says."""
    if not shutil.which("openssl"):
        lacking("openssl", "on Debian: apt-get install openssl")
    guide = (ROOT / "docs/cluster.md").read_text("utf-8")
    commands = guide.partition("```sh certificates\n")[2].partition("```")[0]
    assert commands, "docs/cluster.md says nothing of certificates"
    subprocess.run(["sh", "-ec", commands], check=True, cwd=folder, capture_output=True)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


def until_busy(cluster: Cluster) -> list[int]:
    """The processes that are at work, once one is."""
    busy: list[int] = []
    end = time.monotonic() + 30
    while not busy:
        assert time.monotonic() < end, "nobody is at work"
        # Who asks without a pause takes the time of those that are to begin.
        time.sleep(0.02)
        busy = cluster.busy
    return busy
