"""What the embedded fonts can print."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.documents.fonts import unsupported_characters
from iscg_desktop.domain.canonical import clean


def test_names_of_europe_are_printed() -> None:
    names = (
        "Šárka Żółkiewska Łucja İ\u011fd\u0131r Şükrü Ștefan Țăndărică Ærø Þórður Ľubomír Őrsi Nguyễn Thị Ánh"
    )
    cyrillic = "Йорданова Щербакова Їжакевич Ґалаґан Љубица Ђорђе Ќирил"
    greek = "Γεωργία Παπαδοπούλου"
    marks = "« œuvre » – — … € ☐ ☑ № ½ ’ “ ” − \u202f\u00a0"
    assert unsupported_characters(names + cyrillic + greek + marks) == ()


def test_what_has_no_glyph_is_named_once_in_order() -> None:
    assert unsupported_characters("abc 😀 د 😀 漢") == ("😀", "د", "漢")


def test_what_is_dropped_before_printing_is_not_flagged() -> None:
    assert unsupported_characters("a\x00\u202eb\nc\td\u200b") == ()


def test_an_accent_typed_apart_is_the_letter_with_its_accent() -> None:
    assert unsupported_characters("e\u0301") == ()


@given(st.text(max_size=30))
def test_flagged_characters_come_from_the_text(text: str) -> None:
    flagged = unsupported_characters(text)
    assert set(flagged) <= set(clean(text))
    assert len(flagged) == len(set(flagged))
    assert unsupported_characters("".join(c for c in clean(text) if c not in flagged)) in {(), flagged}
