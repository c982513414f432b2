"""An item is added to a list of a header below the last one, however that is written."""

from __future__ import annotations

import pytest

from pivotgen.edits.apply import apply_edits
from pivotgen.engines.header.frontmatter import Document, add_to_list, split

LAST = "  - /old/address/"


@pytest.mark.parametrize(
    ("last", "new"),
    [
        (LAST, f'{LAST}\n  - "/older/"'),
        ("  - >-\n    /old/address/", '  - >-\n    /old/address/\n  - "/older/"'),
        ("- '/old/address/'", "- '/old/address/'\n- \"/older/\""),
    ],
    ids=["text", "block of text", "quotes at the margin"],
)
def test_an_item_goes_below_the_last_one(last: str, new: str) -> None:
    text = f"---\naliases:\n{last}\ntitle: A page\n---\nText.\n"
    document = split("a.md", text.encode())
    assert isinstance(document, Document)
    edit = add_to_list("a.md", document, "aliases", "/older/")
    assert apply_edits(text.encode(), [edit]).decode() == text.replace(last, new)
