"""A real ssh server on this machine, for one test."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.world.absent import lacking
from tests.world.mortal import mortal
from tests.world.running import free_port


@contextmanager
def ssh_server(folder: Path) -> Iterator[tuple[str, ...]]:
    """Start sshd with keys of its own, and give the options with which ssh reaches it."""
    sshd = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin")
    if not sshd or not shutil.which("ssh"):
        lacking("sshd", "on Debian: apt-get install openssh-server")
    for name in ("host", "user"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    port = free_port()
    (folder / "known").write_text(
        f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text('ascii')}", "ascii"
    )
    settings = {
        "ListenAddress": f"127.0.0.1:{port}",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized",
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
        "PasswordAuthentication": "no",
        "PermitRootLogin": "yes",
        "MaxStartups": "100",
    }
    config = folder / "sshd_config"
    config.write_text("".join(f"{name} {value}\n" for name, value in settings.items()), "utf-8")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    process = subprocess.Popen(
        mortal([sshd, "-D", "-e", "-f", str(config)]), stderr=subprocess.PIPE, text=True
    )
    assert process.stderr
    try:
        line = process.stderr.readline()
        assert "listening" in line, line
        yield (
            *("-p", str(port), "-i", str(folder / "user")),
            *("-o", f"UserKnownHostsFile={folder / 'known'}", "-o", "IdentitiesOnly=yes"),
            *("-F", "none"),
        )
    finally:
        process.kill()
        process.wait()
