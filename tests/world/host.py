"""A host that sends what a site's `_headers` asks for, as hosts of static sites do."""

from __future__ import annotations

import ssl
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which

from pivotgen.model.delivery import PLAIN, HeaderRule
from tests.world.absent import lacking


def rules_in(text: str) -> list[HeaderRule]:
    """The rules of a file `_headers`; what they take away has a mark before its name."""
    rules: list[HeaderRule] = []
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            pattern, headers = rules[-1]
            rules[-1] = HeaderRule(pattern, (*headers, (name, value)))
        else:
            rules.append(HeaderRule(line, ()))
    return rules


def headers_sent(rules: Iterable[HeaderRule], address: str) -> list[tuple[str, str]]:
    """The headers of a file, of all rules that fit in their order."""
    sent: list[tuple[str, str]] = []
    for rule in rules:
        if rule.fits(address):
            for name, value in rule.headers:
                if name.startswith("! "):
                    sent = [pair for pair in sent if pair[0] != name[2:]]
                else:
                    sent.append((name, value))
    return sent


class _Host(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: object, rules: list[HeaderRule], **options: object) -> None:
        self._rules = rules
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def end_headers(self) -> None:
        for name, value in headers_sent(self._rules, self.path.partition("?")[0]):
            self.send_header(name, value)
        super().end_headers()

    def guess_type(self, path: object) -> str:
        return PLAIN.media_type(str(path))

    def do_OPTIONS(self) -> None:
        self.send_error(405)

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def hosted(public: Path, certificate: Path | None = None) -> Iterator[int]:
    """Serve a built site with the headers of its `_headers`; gives the port.

    With a certificate, which `certificate_in` makes, by https.
    """
    rules = rules_in((public / "_headers").read_text("utf-8"))
    with serving(partial(_Host, directory=str(public), rules=rules), certificate) as port:
        yield port


@contextmanager
def sending_to_https(port: int) -> Iterator[int]:
    """Serve redirects to a port of https by http; gives the port."""

    class Redirect(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(301)
            self.send_header("Location", f"https://localhost:{port}{self.path}")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    with serving(Redirect) as own:
        yield own


@contextmanager
def serving(handler: object, certificate: Path | None = None) -> Iterator[int]:
    """Answer requests with a handler, in a thread; gives the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)  # type: ignore[arg-type]
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def certificate_in(folder: Path) -> Path:
    """A certificate of `localhost` with its key, which nobody trusts unasked."""
    if not which("openssl"):
        lacking("openssl", "on Debian: apt-get install openssl")
    file = folder / "localhost.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(file), "-out", str(folder / "certificate.pem")]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with file.open("a") as both:
        both.write((folder / "certificate.pem").read_text())
    return file
