"""QR: an address as a QR code that a terminal can show and a phone can read."""

from __future__ import annotations

import io

import segno


def qr(address: str) -> str:
    """The address as lines of half blocks, light on dark and dark on light alike."""
    text = io.StringIO()
    segno.make(address, micro=False).terminal(text, compact=True)
    return text.getvalue()
