"""Host: the addresses and names of a server, on this machine and in its network."""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

import segno
from tornado.httputil import split_host_and_port

from pivotgen.model.lazy_dataclass import dataclass

# A host as it can be compared: an IP address, or a name in lower case.
_Name = IPv4Address | IPv6Address | str

# Kinds of addresses.
Families = Collection[socket.AddressFamily]
_IPV4: Families = (socket.AF_INET,)
# A part of a host name.
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")

_THIS_MACHINE: frozenset[_Name] = frozenset(
    {IPv4Address("127.0.0.1"), IPv6Address("::1"), "localhost"}
)
# Addresses for examples (RFC 5737, RFC 3849), by socket family. Any address outside this machine
# would do.
_ELSEWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}


@dataclass(frozen=True, slots=True)
class Host:
    """The name or IP address at which a server listens.

    "0.0.0.0" stands for all IPv4 addresses of this machine, "::" and "" for all addresses.
    """

    name: str
    # Further names under which others reach the server, such as that of a proxy or a tunnel.
    names: frozenset[str] = frozenset()

    @property
    def bind_name(self) -> str | None:
        """What to listen at; None stands for all addresses of both families.

        "::" alone would leave out IPv4, unlike elsewhere.
        """
        return None if self.name in ("", "::", "[::]") else self.name.strip("[]")

    def url(self, port: int, path: str, families: Families = _IPV4) -> str:
        """The URL of a path of the server, for programs on this machine.

        `families` are the kinds of addresses at which the server does listen.
        """
        if self._is_everywhere:
            return _url("127.0.0.1" if socket.AF_INET in families else "::1", port, path)
        return _url(self.name, port, path)

    def network_url(self, port: int, path: str, families: Families = _IPV4) -> str | None:
        """The URL of a path of the server, for other machines; None if they cannot reach it."""
        if self._is_everywhere:
            known = (_network_address(family) for family in _ELSEWHERE if family in families)
            address = next((address for address in known if address), None)
            return _url(address, port, path) if address else None
        return None if _is_this_machine(self.name) else self.url(port, path)

    def accepts(self, header: str) -> bool:
        """Whether the value of a Host header names this server.

        It does not when the owner of another site lets the name of that site point to this
        machine, so that the browser takes both for one site ("DNS rebinding"). Nobody can let an
        address in digits point elsewhere, so any of them will do where others may ask at all.
        """
        asked = _parse(split_host_and_port(header)[0])
        if _is_this_machine(self.name) and not isinstance(asked, str):
            return asked in _THIS_MACHINE or asked == _parse(self.name)
        if not isinstance(asked, str):
            return True
        names = {"localhost", self.name.lower(), *self.names}
        if self._is_everywhere:
            own = socket.gethostname().lower()
            names |= {own, f"{own}.local"}
        return asked.removesuffix(".") in names

    def accepts_origin(self, origin: str, header: str) -> bool:
        """Whether a page of this origin may connect, where the Host header has this value.

        A proxy or a tunnel may put another name there than the browser knows.
        """
        place = urlsplit(origin).netloc.lower()
        return place == header.lower() or split_host_and_port(place)[0] in self.names

    @property
    def _is_everywhere(self) -> bool:
        host = _parse(self.name)
        return not host if isinstance(host, str) else host.is_unspecified


def host_name(text: str) -> str:
    """A host name in the form in which names are compared. ValueError when it is none."""
    name = text.strip().lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"`{text}` is not the name of a host, such as mybox.lan")
    return name


def qr_code(url: str) -> str:
    """The URL as a QR code: lines of half blocks, for terminals with any colours."""
    text = io.StringIO()
    segno.make(url, micro=False).terminal(text, compact=True)
    return text.getvalue()


def _parse(host: str) -> _Name:
    """A host for comparisons; an IPv6 address may stand in brackets, as it does in URLs."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return host.lower()


def _is_this_machine(host: str) -> bool:
    address = _parse(host)
    return address == "localhost" if isinstance(address, str) else address.is_loopback


def _url(host: str, port: int, path: str) -> str:
    parsed = _parse(host)
    return f"http://{f'[{parsed}]' if isinstance(parsed, IPv6Address) else host}:{port}{path}"


def _network_address(family: socket.AddressFamily) -> str | None:
    """The address of this machine in its network; None without a network.

    Connecting a datagram socket chooses the address, and sends nothing.
    """
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((_ELSEWHERE[family], 9))
            return str(probe.getsockname()[0])
    except OSError:
        return None
