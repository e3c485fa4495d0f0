"""The shipped fonts load where they are used and hold what case work needs to write."""

from __future__ import annotations

import struct

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from iscg_desktop.paths import resources

FONTS = resources() / "fonts"
STYLES = ("Regular", "Medium", "SemiBold", "Bold", "Italic")
BLOCKS = [(0x20, 0x7F), (0xA0, 0x250), (0x400, 0x460), (0x490, 0x500)]
SIGNS = "• → ← ↑ ↓ – — − « » ‹ › ’ ‘ “ ” … € ☐ ☑ ✓ ≤ ≥ ≠ × ° № \u00a0 \u202f \u2011"  # noqa: RUF001


@pytest.fixture(params=STYLES)
def style(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_it_is_static_truetype(style: str) -> None:
    data = (FONTS / f"NotoSans-{style}.ttf").read_bytes()
    version, count = struct.unpack_from(">IH", data)
    tables = {data[12 + 16 * each : 16 + 16 * each] for each in range(count)}
    assert version == 0x00010000
    assert b"glyf" in tables
    assert not tables & {b"fvar", b"CFF ", b"CFF2"}
    assert len(data) < 250_000


def test_documents_can_print_every_needed_character_with_figures_of_one_width(style: str) -> None:
    face = TTFont(f"test-{style}", str(FONTS / f"NotoSans-{style}.ttf")).face
    needed = {code for first, after in BLOCKS for code in range(first, after)} | {ord(sign) for sign in SIGNS}
    assert sorted(map(chr, needed - face.charToGlyph.keys())) == []
    assert len({face.charWidths[ord(figure)] for figure in "0123456789−"}) == 1


def test_the_window_can_show_them(style: str, qapp: object) -> None:
    from PySide6.QtGui import QRawFont

    font = QRawFont(str(FONTS / f"NotoSans-{style}.ttf"), 12)
    assert font.isValid()
    assert font.familyName().startswith("Noto Sans")
    assert [sign for sign in SIGNS if not font.supportsCharacter(ord(sign))] == []


def test_their_licence_lies_beside_them() -> None:
    licence = (FONTS / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert "Google LLC" in licence
