"""Host: the addresses and names of a server, on this machine and in its network."""

from __future__ import annotations

import io
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

import segno
from tornado.httputil import split_host_and_port

# A host as it can be compared: an IP address, or a name in lower case.
_Name = IPv4Address | IPv6Address | str

_THIS_MACHINE: frozenset[_Name] = frozenset(
    {IPv4Address("127.0.0.1"), IPv6Address("::1"), "localhost"}
)
# Addresses for examples (RFC 5737, RFC 3849), by socket family. Any address outside this machine
# would do.
_ELSEWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}


@dataclass(frozen=True, slots=True)
class Host:
    """The name or IP address at which a server listens.

    "0.0.0.0", "::" and "" stand for all addresses of this machine.
    """

    name: str

    def url(self, port: int, path: str) -> str:
        """The URL of a path of the server, for programs on this machine."""
        if self._is_everywhere:
            return _url("127.0.0.1" if self._family is socket.AF_INET else "::1", port, path)
        return _url(self.name, port, path)

    def network_url(self, port: int, path: str) -> str | None:
        """The URL of a path of the server, for other machines; None if they cannot reach it."""
        if self._is_everywhere:
            address = _network_address(self._family)
            return _url(address, port, path) if address else None
        return None if _parse(self.name) in _THIS_MACHINE else self.url(port, path)

    def accepts(self, header: str) -> bool:
        """Whether the value of a Host header names this server.

        It does not when the owner of another site lets the name of that site point to this
        machine, so that the browser takes both for one site ("DNS rebinding").
        """
        names = {*_THIS_MACHINE, _parse(self.name)}
        if self._is_everywhere:
            own = socket.gethostname().lower()
            names |= {own, f"{own}.local"}
            if address := _network_address(self._family):
                names.add(_parse(address))
        return _parse(split_host_and_port(header)[0]) in names

    @property
    def _is_everywhere(self) -> bool:
        host = _parse(self.name)
        return not host if isinstance(host, str) else host.is_unspecified

    @property
    def _family(self) -> socket.AddressFamily:
        is_ipv6 = isinstance(_parse(self.name), IPv6Address)
        return socket.AF_INET6 if is_ipv6 else socket.AF_INET


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
