"""_headers: what Netlify, Cloudflare Pages and their like are to send with each file."""

from __future__ import annotations

from pivotgen.model.delivery import DELIVERY


def headers() -> bytes:
    """Each pattern of addresses with its headers, in the form that those hosts read."""
    lines = []
    for pattern, given in DELIVERY.items():
        lines += [pattern, *(f"  {name}: {value}" for name, value in given.items())]
    return "".join(f"{line}\n" for line in lines).encode()
