"""Names: which of them are one, and the form that each has in an address."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pivotgen.model.names import is_certain, is_file_name, is_slug, slug_of, spellings_of
from tests.world.thorough import tries

SLUGS = {
    # Signs that make another name of the same letters.
    "Visual C++": "visual-cpp",
    "Q#": "qsharp",
    "A*": "astar",
    ".NET Core": "dotnet-core",
    "Disney+": "disneyplus",
    "P&L": "p-and-l",
    # Signs that only part words, or that only decorate.
    "ASP.NET": "asp-net",
    "UI/UX": "ui-ux",
    "Chef*": "chef",
    "#1 Seller": "1-seller",
    "data_engineer": "data-engineer",
    "🔥 Cook ❤️": "cook",
    # Marks, vowel signs and letters that other letters are made of.
    "चिकित्सक": "चिकित्सक",
    "ทำอาหาร": "ทำอาหาร",
    "ブックデザイナー": "ブックデザイナー",
    "시스템 관리자": "시스템-관리자",
    "מְנַהֵל": "מְנַהֵל",
    "Редактор йоги": "редактор-йоги",
    "Pêcheur": "pêcheur",
    "ΧΗΜΙΚΟΣ": "χημικος",
    "İŞ ANALİSTİ": "iş-analisti",
    # One letter in several forms.
    "ＳＲＥ": "sre",
    "ﾊﾟﾝ職人": "パン職人",
    "𝗖𝗵𝗲𝗳": "chef",
    # No letter and no digit.
    "++": "",
    "…": "",
    "\u0301": "",
}
# Names that differ in what they mean.
DIFFERENT = [
    *[("C", "C++"), ("C", "C#"), ("F#", "F*"), (".NET", "Net"), ("Q&A", "QA"), ("A+", "A")],
    *[("AWS", "AW"), ("JS", "J"), ("News", "New"), ("Glass", "Glas")],
    *[("Python 3.1", "Python 31"), ("24/7", "247"), (".5", "5")],
    *[("バス", "パス"), ("गण", "गुण"), ("จน", "จีน"), ("Pêcheur", "Pécheur"), ("кий", "кии")],
]
SAME = [
    *[
        ("UX designer", "UX-Designer"),
        ("Node.js", "NodeJS"),
        ("Nurse", "Nurses"),
        ("Chef", "chefs"),
    ],
    *[("Q&A", "Q and A"), ("C♯", "C#"), ("フルスタック", "フル・スタック"), ("Cafe\u0301", "café")],
    *[("Front‑end", "Front end"), ("C++", "CPP")],
]
CERTAIN = [("Nurse", "nurses"), ("UX designer", "UX-Designer"), ("Node.js", "NodeJS")]
DOUBTFUL = [
    ("C++", "CPP"),
    ("Yahoo!", "Yahoo"),
    ("🔥 Cook", "Cook"),
    ("Rail", "Rails"),
    ("3.1", "3-1"),
]


@pytest.mark.parametrize("name", SLUGS)
def test_an_address_keeps_what_tells_names_apart(name: str) -> None:
    assert slug_of(name) == SLUGS[name]


@pytest.mark.parametrize(("name", "other"), DIFFERENT)
def test_names_of_different_things_share_nothing(name: str, other: str) -> None:
    assert slug_of(name) != slug_of(other)
    assert set(spellings_of(name)).isdisjoint(spellings_of(other))


@pytest.mark.parametrize(("name", "other"), SAME)
def test_spellings_of_one_name_are_known_as_such(name: str, other: str) -> None:
    assert not set(spellings_of(name)).isdisjoint(spellings_of(other))


def test_only_a_difference_without_a_meaning_is_certain_to_be_none() -> None:
    assert all(is_certain(*pair) for pair in CERTAIN)
    assert not any(is_certain(*pair) for pair in DOUBTFUL)


@given(st.text())
@tries(100)
@example("ﬁ\u0301+#")
@example("\u1100\u1161\u11a8 -\u0323\u0307")
def test_a_slug_is_composed_and_is_its_own_slug(name: str) -> None:
    slug = slug_of(name)
    assert unicodedata.is_normalized("NFC", slug)
    assert slug_of(slug) == slug
    assert not slug or is_slug(slug)
    assert slug == slug_of(unicodedata.normalize("NFD", name))
    assert not set(slug) & set(" /.#?%&\\\"'<>\0")


def test_the_file_of_a_role_has_its_slug_or_any_plain_one_where_that_is_not_plain() -> None:
    assert is_file_name("cpp-developer", "C++ Developer")
    assert not is_file_name("c-developer", "C++ Developer")
    assert is_file_name("bäcker", "Bäcker")
    assert is_file_name("baecker", "Bäcker")
    assert not is_file_name("Baecker", "Bäcker")
