"""Host: by which addresses and names a server is found, here and in its network."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass

_EVERYWHERE = ("0.0.0.0", "::", "")
_OWN = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Host:
    """The host that a server was told to listen at."""

    name: str

    def address(self, port: int) -> str:
        """Where this machine finds what answers at the port."""
        host = "127.0.0.1" if self.name in _EVERYWHERE else self.name
        return f"http://{_bracketed(host)}:{port}/"

    def network_address(self, port: int) -> str | None:
        """Where other machines find it; None when they may not."""
        if self.name in _EVERYWHERE:
            found = _outward()
            return f"http://{_bracketed(found)}:{port}/" if found else None
        return None if _bracketed(self.name) in _OWN else self.address(port)

    def knows(self, asked: str) -> bool:
        """Whether a Host header names this server. Another site whose name was made to point here
        would otherwise be let in by the browser."""
        name = re.sub(r":\d+$", "", asked).lower()
        known = {*_OWN, _bracketed(self.name).lower()}
        if self.name in _EVERYWHERE:
            own = socket.gethostname().lower()
            known |= {own, f"{own}.local", _bracketed(_outward() or "localhost")}
        return name in known


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _outward() -> str | None:
    """The address of this machine in its network. Nothing is sent: it is the one that would be."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])
