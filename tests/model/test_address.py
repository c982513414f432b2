"""Addresses: encoded where they are built, and found again however they are typed."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pivotgen.model import address, address_shape
from tests.world.thorough import tries

# The names of files, which may hold everything but a slash and NUL.
names = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=8
)


@given(names)
@tries(100)
def test_every_file_has_an_address_of_plain_letters_that_leads_back_to_it(name: str) -> None:
    output = unicodedata.normalize("NFC", f"assets/{name}")
    encoded = address.address_of(f"assets/{name}")
    assert encoded.isascii()
    assert not set(encoded) & set(" \"'<>#?&\\`")
    if not name.endswith(address.PAGE_FILE):
        assert address.output_of(encoded) == output
    assert address.typed_address(address.readable(encoded)) == encoded
    assert address.typed_address(encoded) == encoded


def test_an_address_may_be_typed_encoded_or_not_and_in_any_form_of_its_letters() -> None:
    role = address.role_address("to", "café")
    assert role == "/to/caf%C3%A9/"
    for typed in ("/to/café/", "/to/café", "/to/cafe\u0301", "/to/caf%c3%a9/"):
        assert address.page_address(typed) == role
    assert address.readable(role) == "/to/café/"


@given(st.text(st.characters(exclude_categories=["Cs"])))
@tries(100)
def test_letters_are_encoded_as_the_standard_library_does_it(text: str) -> None:
    path = unicodedata.normalize("NFC", f"assets/{text}.css")
    assert address.address_of(f"assets/{text}.css") == f"/{quote(path)}"
    rest = unicodedata.normalize("NFC", f"?q={text}")
    encoded = quote(rest, safe="%#/?:@!$&'()*+,;=")
    assert address.with_rest("/a/", f"?q={text}") == f"/a/{encoded}"


def test_what_would_mean_something_else_stays_encoded_for_people_too() -> None:
    assert address.readable("/a%23b%3Fc%25d%2Fe%20f%C3%A9%00") == "/a%23b%3Fc%25d%2Fe fé%00"
    # Bytes that are no text are left as they are.
    assert address.readable("/%FF/") == "/%FF/"


@pytest.mark.parametrize(
    "path",
    ["/../x/", "/%2e%2e/x/", "/a/%2E%2E/", "//host/", "/a b/", "/a%20b/", "/", "x", "/a\u2028"],
)
def test_nobody_can_choose_an_address_that_leads_out_or_cannot_be_typed(path: str) -> None:
    assert not address.is_typed_address(path)


@pytest.mark.parametrize("path", ["/old.html", "/Über/uns/", "/%E4%BA%A7/", "/a_b~c/", "/शिक्षक"])
def test_an_address_in_any_script_can_be_chosen(path: str) -> None:
    assert address.is_typed_address(path)


def test_an_address_is_parted_from_its_query_and_its_fragment() -> None:
    assert address.split_address("/a/?b#c") == ("/a/", "?b#c")
    assert address.split_address("/a/#c?d") == ("/a/", "#c?d")
    assert address.split_address("/a/") == ("/a/", "")


@pytest.mark.parametrize(
    ("rest", "whole"),
    [("", "/a/"), ("#", "/a/"), ("#b", "/a/#b"), ("?b", "/a/?b"), ("#é", "/a/#%C3%A9")],
)
def test_the_shortest_part_of_a_page_that_can_be_meant_is_kept(rest: str, whole: str) -> None:
    assert address.with_rest("/a/", rest) == whole


@pytest.mark.parametrize(
    ("page", "of", "shape"),
    [
        ("/page/2/", "/", "/page/:number/"),
        ("/roles/page/2/", "/roles/", "/roles/page/:number/"),
        ("/skills/page/3/", "/skills/", "/skills/page/:number/"),
        ("/skills/page/page/3/", "/skills/page/", "/skills/:name/page/:number/"),
        ("/to/nurse/questions/", "", "/to/:name/questions/"),
        (
            "/to/nurse/questions/page/2/",
            "/to/nurse/questions/",
            "/to/:name/questions/page/:number/",
        ),
        ("/about/page/2/", "", "/about/page/2/"),
    ],
)
def test_pages_of_all_lists_are_known_by_their_addresses(page: str, of: str, shape: str) -> None:
    assert (address_shape.list_of(page), address_shape.page_shape(page)) == (of, shape)
