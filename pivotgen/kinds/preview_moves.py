"""Moves for the preview: which addresses have moved or are gone, so that it answers as hosts do."""

from __future__ import annotations

import json

from pivotgen.kinds._host import HostRecipe, host_kind
from pivotgen.model.address import PREVIEW_MOVES
from pivotgen.model.hosts import PREVIEW


def _text(recipe: HostRecipe) -> str:
    moves = dict(recipe.moved) | dict.fromkeys(recipe.gone)
    return json.dumps(moves, indent=0) + "\n"


KIND = host_kind("preview-moves", [PREVIEW_MOVES], _text, [PREVIEW])
