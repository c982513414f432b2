"""Settings that no site can have are refused in plain words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pivotgen.model.pivot import Call
from tests.world.builds import CONFIG


@pytest.mark.parametrize("size", [0, -1])
def test_a_page_of_a_list_holds_at_least_one_pivot(size: int) -> None:
    assert replace(CONFIG, page_size=1).page_size == 1
    with pytest.raises(ValueError, match="page_size must be at least 1"):
        replace(CONFIG, page_size=size)


@pytest.mark.parametrize("part", ["heading", "text", "label"])
def test_every_text_of_the_call_may_name_the_two_roles_and_nothing_else(part: str) -> None:
    whole = {"heading": "Heading", "label": "Label", "url": "https://example.com/"}
    replace(CONFIG, call=Call(**whole | {part: "From {from} to {to}, and { alone"}))
    with pytest.raises(ValueError, match=r"`\{role\}` in call is unknown"):
        replace(CONFIG, call=Call(**whole | {part: "To {to} as {role}"}))
    if part != "text":
        with pytest.raises(ValueError, match="call needs a heading, a label and a url"):
            replace(CONFIG, call=Call(**whole | {part: ""}))
