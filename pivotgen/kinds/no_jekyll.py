""".nojekyll: tells GitHub Pages to publish the files as they are."""

from __future__ import annotations

from pivotgen.kinds._host import HostRecipe, host_kind
from pivotgen.model.address import NO_JEKYLL


def _text(recipe: HostRecipe) -> str:
    """Empty: that the file is there says all."""
    return ""


KIND = host_kind("no-jekyll", [NO_JEKYLL], _text, ["github-pages"])
