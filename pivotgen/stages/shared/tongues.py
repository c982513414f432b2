"""Tongues: what pages say of the other languages of a site."""

from __future__ import annotations

from collections.abc import Mapping

from pivotgen.model.render_context import TongueWords
from pivotgen.model.shared_inputs import SharedInputs


def tongues_of(shared: SharedInputs) -> Mapping[str, TongueWords]:
    """What each language says of itself, by its code; nothing on a site of one language."""
    codes = shared.config.every_language
    if len(codes) == 1:
        return {}
    return {
        code: TongueWords(
            phrases["own_name"], phrases.direction, phrases["offer"], phrases["offer_close"]
        )
        for code in codes
        for phrases in (shared.voices[code],)
    }
