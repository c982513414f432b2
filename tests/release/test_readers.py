"""Whoever reads while a site is deployed finds no dead link, no missing asset and no mixed page."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.world.absent import lacking
from tests.world.hosting import ask, running
from tests.world.killing import run_deploy
from tests.world.moving_site import MovingSite
from tests.world.preview import free_port
from tests.world.readers import reading
from tests.world.services import OPEN_BUCKET, seaweedfs
from tests.world.site import World
from tests.world.thorough import PROOF

# What is done at least: requests, and rounds with a deploy that is killed.
REQUESTS = 10_000 if PROOF else 300
ROUNDS = 10 if PROOF else 1


@contextmanager
def nginx(folder: Path, server: str) -> Iterator[int]:
    """A server with these settings; its port is given."""
    program = shutil.which("nginx") or lacking("nginx", "apt-get install nginx")
    folder.mkdir()
    port = free_port()
    paths = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{paths}"
        f"server {{\nlisten 127.0.0.1:{port};\n{server}}}\n}}\n",
        "utf-8",
    )
    command = [str(program), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with running([*command, "-e", f"{folder}/start.log"], [port], folder):
        yield port


def deploy_and_read(site: MovingSite, port: int) -> None:
    """Deploy, be killed, go on and go back, again and again, while readers read."""
    site.build()
    words = ("--max-deletes", "100")
    assert run_deploy(site.world.folder, *words).returncode == 0
    with reading(port, site.versions) as readers:
        rounds = 0
        while readers.requests < REQUESTS or rounds < ROUNDS:
            site.change()
            site.build()
            assert run_deploy(site.world.folder, *words).returncode == 0
            site.change()
            site.build()
            number = site.chance.randint(2, 40)
            killed = run_deploy(site.world.folder, *words, killed_at=number)
            assert killed.returncode in (0, -signal.SIGKILL), killed.stderr
            rounds += bool(killed.returncode)
            assert run_deploy(site.world.folder, *words).returncode == 0
            back = run_deploy(site.world.folder, "--rollback")
            assert back.returncode == 0, back.stderr
    assert readers.faults == []
    assert readers.requests >= REQUESTS


def with_target(world: World, target: str, url: str) -> MovingSite:
    world.targets(f'"production": {target}')
    return MovingSite(world, random.Random(3), url)


def test_readers_of_a_store_behind_nginx(world: World, keys: None, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    with seaweedfs(folder) as endpoint:
        server = (
            "location ^~ /_pivotgen/ { return 404; }\n"
            "location / {\nrewrite ^(.*)/$ $1/index.html break;\n"
            f"proxy_pass {endpoint}/{OPEN_BUCKET}$uri;\n}}\n"
        )
        with nginx(tmp_path / "nginx", server) as port:
            url = f"http://127.0.0.1:{port}"
            target = f'S3("{OPEN_BUCKET}", endpoint="{endpoint}", url="{url}", patience=5)'
            deploy_and_read(with_target(world, target, url), port)
            assert ask(port, "/_pivotgen/state").status == 404


def test_readers_of_a_folder_behind_nginx(world: World, tmp_path: Path) -> None:
    place = tmp_path / "www"
    server = f"root {place}/public;\ntypes {{ text/html html; text/css css; }}\n"
    with nginx(tmp_path / "nginx", server) as port:
        url = f"http://127.0.0.1:{port}"
        target = f'Folder("{place}", url="{url}", patience=5)'
        deploy_and_read(with_target(world, target, url), port)
        assert ask(port, "/.pivotgen/state/").status == 404
