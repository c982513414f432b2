"""What CLDR knows of a language, as phrases have it."""

from __future__ import annotations

import pytest

from pivotgen.engines.locales import locale_of
from pivotgen.model.phrases import Phrases


@pytest.mark.parametrize(
    ("language", "small", "large"),
    [
        ("en", "1,234", "12,345"),
        ("es", "1234", "12.345"),
        ("es-MX", "1,234", "12,345"),
        ("de", "1.234", "12.345"),
        ("fr", "1\u202f234", "12\u202f345"),
        ("pl", "1234", "12\u00a0345"),
        ("pt-PT", "1234", "12\u00a0345"),
    ],
)
def test_numbers_have_groups_where_the_language_has_them(
    language: str, small: str, large: str
) -> None:
    known = locale_of(language)
    phrases = Phrases("ltr", {}, known.plurals, (), known.group, known.grouped_from)
    assert (phrases.number(1_234), phrases.number(12_345)) == (small, large)


def test_a_row_of_texts_is_parted_as_the_language_does() -> None:
    def comma(language: str) -> str:
        return Phrases("ltr", locale_of(language).phrases).comma

    assert [comma(language) for language in ("en", "fr", "ar", "ja")] == [", ", ", ", " و", "、"]
