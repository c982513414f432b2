"""Delivery: the headers that a host is asked to send with the files of a site."""

from __future__ import annotations

from collections.abc import Mapping

from pivotgen.model.address import ASSETS

# What a layout or a link may bring in stays the site's own choice; this takes away only what no
# page of text needs: guessed types, full addresses told to other sites, frames, plugins.
_EVERYWHERE = {
    "Content-Security-Policy": "base-uri 'self'; frame-ancestors 'self'; object-src 'none'",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}

# Headers by the pattern of the addresses they belong to. No header stands under two patterns that
# fit one address: hosts would send both.
DELIVERY: Mapping[str, Mapping[str, str]] = {"/*": _EVERYWHERE, f"{ASSETS}*": _FOR_EVER}
