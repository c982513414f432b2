"""Images: when a browser loads those of a page."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from pivotgen.model.header import Written

# Characters of text on about the first screen of a page.
_FIRST_SCREEN = 600


class ImageLoading:
    """The images of one page, in the order of its text.

    Each is loaded when a reader comes near to it. The first is loaded at once when little text
    stands above it, because readers see it as soon as they see the page.
    """

    def __init__(self) -> None:
        self._has_image = False

    def set_attributes(self, image: Token, above: Sequence[Written]) -> None:
        """Say when an image is loaded; `above` are the texts of the page before its paragraph."""
        if self._has_image or sum(len(passage.text) for passage in above) > _FIRST_SCREEN:
            image.attrSet("loading", "lazy")
            image.attrSet("decoding", "async")
        self._has_image = True
