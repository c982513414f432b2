"""_redirects: the addresses that have moved, for Netlify and Cloudflare Pages."""

from __future__ import annotations

from collections.abc import Iterator

from pivotgen.kinds._host import HostRecipe, host_kind
from pivotgen.model.address import HOST_FILES, MISSING, REDIRECT_RULES
from pivotgen.model.hosts import cloudflare_rules


def _text(recipe: HostRecipe) -> str:
    """One rule a line. Where a line does for both hosts it is there once."""
    lines: list[str] = []
    if "netlify" in recipe.hosts:
        # It reads the first rule that fits, and those of the other host below mean the same.
        lines += _netlify(recipe)
    if "cloudflare" in recipe.hosts:
        # A rule for the other host that it does not understand is passed over.
        lines += [f"{old} {new} 301" for old, new in cloudflare_rules(recipe.moved, recipe.base)]
    lines = list(dict.fromkeys(lines))
    if recipe.base:
        # The files lie at the root, and are asked for below the path of the site.
        lines += [f"{recipe.base} {recipe.base}/ 301", f"{recipe.base}/* /:splat 200"]
    return "".join(f"{line}\n" for line in lines)


def _netlify(recipe: HostRecipe) -> Iterator[str]:
    # Without the mark, a file at the old address would be sent instead.
    mark = "!" if recipe.small_pages else ""
    for old, new in recipe.moved:
        yield f"{recipe.base}{old} {recipe.base}{new} 301{mark}"
    for old in recipe.gone:
        yield f"{recipe.base}{old} {MISSING} 410!"
    if any(host in recipe.hosts for host in ("nginx", "caddy", "cloudfront")):
        yield f"{HOST_FILES}* {MISSING} 404!"


KIND = host_kind("redirect-rules", [REDIRECT_RULES], _text, ["netlify", "cloudflare"])
