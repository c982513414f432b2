"""What is refused before a cluster is asked for anything, and what a build without one imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pivotgen.model.cluster import Cluster
from tests.world.cluster import make_certificates
from tests.world.site import ROOT, World


@pytest.fixture
def site(world: World) -> World:
    world.pivot("Chef", "Nurse")
    text = (world.folder / "build.py").read_text("utf-8")
    world.write("build.py", f"from pivotgen import Cluster\n{text}")
    return world


def refused(site: World, address: str, certificates: str = "") -> str:
    site.setting(f"cluster=Cluster(patience=1, certificates={certificates!r})")
    result = site.run("build", "--cluster", address)
    assert result.returncode == 1
    assert not (site.folder / "public").exists()
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.parametrize("host", ["10.9.8.7", "example.com", "[2001:db8::1]", "0.0.0.0"])
def test_plain_tcp_is_for_loopback_alone(host: str, site: World) -> None:
    error = refused(site, f"tcp://{host}:8786")
    assert f"error[open-cluster]: tcp://{host}:8786 would be asked without encryption" in error


@pytest.mark.parametrize("address", ["10.9.8.7:8786", "example.com:8786"])
def test_an_address_without_a_scheme_is_one_of_plain_tcp(address: str, site: World) -> None:
    assert "error[open-cluster]: tcp://" in refused(site, address)


@pytest.mark.parametrize(
    "address", ["tls://10.9.8.7", "http://10.9.8.7:80", "tls://:8786", "tls://a:b", "inproc://x:1"]
)
def test_what_is_no_address_of_a_scheduler_is_refused(address: str, site: World) -> None:
    assert f"error[no-cluster]: {address} is no address of a scheduler" in refused(site, address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.8.0.1"])
def test_a_scheduler_that_is_not_there_is_told_after_the_patience(host: str, site: World) -> None:
    error = refused(site, f"tcp://{host}:1")
    assert f"error[no-cluster]: there is no scheduler at tcp://{host}:1" in error
    assert "object at" not in error


def test_encryption_needs_certificates(site: World) -> None:
    error = refused(site, "tls://10.9.8.7:8786")
    assert "error[open-cluster]: there are no certificates for tls://10.9.8.7:8786" in error


def test_a_certificate_that_is_missing_is_named(site: World) -> None:
    (site.folder / "certs").mkdir()
    site.write("certs/ca.pem", "")
    error = refused(site, "tls://10.9.8.7:8786", "certs")
    assert "error[open-cluster]: there is no cert.pem in certs" in error


def test_certificates_that_are_none_are_told(site: World) -> None:
    for name in ("ca.pem", "cert.pem", "key.pem"):
        site.write(f"certs/{name}", "nothing\n")
    error = refused(site, "tls://127.0.0.1:1", "certs")
    assert "error[open-cluster]: the certificates in certs cannot be read" in error


def test_the_certificates_of_the_guide_are_for_their_owner_alone(tmp_path: Path) -> None:
    make_certificates(tmp_path)
    modes = {file.name: file.stat().st_mode & 0o077 for file in tmp_path.iterdir()}
    assert modes["key.pem"] == modes["ca-key.pem"] == 0
    assert "request.pem" not in modes


def test_workers_of_this_machine_and_of_a_cluster_exclude_each_other(site: World) -> None:
    result = site.run("build", "--workers", "2", "--cluster", "tcp://127.0.0.1:1")
    assert result.returncode == 2
    assert "either --workers or --cluster" in result.stderr


@pytest.mark.parametrize("settings", [{"patience": 0}, {"patience": "60"}, {"certificates": None}])
def test_settings_that_no_cluster_can_have_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="Cluster needs"):
        Cluster(**settings)  # type: ignore[arg-type]


_WITHOUT = "import sys; sys.modules['distributed'] = None; from pivotgen.cli import run; run()"
_LOADED = (
    "import atexit, sys; from pivotgen.cli import run\n"
    "def tell(): print([name for name in sys.modules if name in ('dask', 'distributed')])\n"
    "atexit.register(tell); run()"
)


def test_a_missing_library_is_told_in_a_line(site: World) -> None:
    words = ["--site", str(site.folder), "build", "--cluster", "tcp://127.0.0.1:1"]
    command = [sys.executable, "-c", _WITHOUT, *words]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 1
    assert "error[no-cluster]: a build on a cluster needs another library" in result.stderr
    assert "hint: python -m pip install 'pivotgen[cluster]'" in result.stderr


def test_a_build_without_a_cluster_imports_nothing_of_it(site: World) -> None:
    command = [sys.executable, "-c", _LOADED, "--site", str(site.folder), "build"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.stdout.splitlines()[-1] == "[]", result.stderr
