"""Headers: what the keys of each kind of file are declared as."""

from __future__ import annotations

import inspect

import pytest

from pivotgen.model import header, translation_header
from pivotgen.model.content import FOLDERS

NAMES = vars(header) | vars(translation_header)
PARTS = [each for name, each in NAMES.items() if name.endswith("Header")]


def test_each_folder_of_content_has_a_header() -> None:
    declared = {part for each in FOLDERS.values() for part in (each.header, each.translation)}
    assert declared <= set(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_a_header_is_made_by_the_names_of_its_keys(part: type[object]) -> None:
    """A key that comes in between must not give its value to another."""
    kinds = {one.kind for one in inspect.signature(part).parameters.values()}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}
