"""Makes resources/fonts/NotoSans-*.ttf: the characters French case work needs, and a few signs.

How to run, from the root of the repository, with fontTools (from PyPI) and two Debian 12 packages::

    apt-get download fonts-noto-core fonts-noto-extra   # in a scratch folder; then dpkg-deb -x each of them
    python packaging/data/build_fonts.py SCRATCH/usr/share/fonts/truetype/noto

Same input and same fontTools: same bytes. Noto Sans has no Reserved Font Name, so a modified version may keep
the name (SIL OFL 1.1, condition 3); resources/fonts/LICENCE.md says what was modified.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[2] / "resources" / "fonts"

# Style, and the weight of Noto Sans Symbols that goes with it.
STYLES = {
    "Regular": "Regular",
    "Medium": "Medium",
    "SemiBold": "SemiBold",
    "Bold": "Bold",
    "Italic": "Regular",
}

KEPT_BLOCKS = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and -B: names from all over Europe and Africa
    (0x02B9, 0x02BF),  # letters that look like apostrophes
    (0x02C6, 0x02DD),  # spacing accents
    (0x0300, 0x0345),  # combining marks: names typed letter and accent apart
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x048A, 0x04FF),  # Cyrillic of other languages than Russian and Ukrainian
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese
    (0x2000, 0x206F),  # general punctuation, spaces
    (0x2070, 0x208E),  # superscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2116, 0x2122),  # numero sign, trade mark
    (0x2150, 0x215F),  # fractions
]
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "calt", "case", "lnum", "pnum", "tnum"]

# Characters Noto Sans lacks, from its companions of the same design.
FROM_SYMBOLS = "←↑→↓"
FROM_SYMBOLS_2 = "☐☑✓●○"
FROM_MATH = "≠≤≥"
MINUS = 0x2212


def main(noto: Path) -> None:
    """Reads the Noto fonts in ``noto`` and writes the five styles."""
    for style, weight in STYLES.items():
        font = TTFont(noto / f"NotoSans-{style}.ttf", recalcTimestamp=False)
        _subset(font)
        _borrow(font, noto / f"NotoSansSymbols-{weight}.ttf", FROM_SYMBOLS)
        _borrow(font, noto / "NotoSansSymbols2-Regular.ttf", FROM_SYMBOLS_2)
        _borrow(font, noto / "NotoSansMath-Regular.ttf", FROM_MATH)
        _add_minus(font)
        _say_it_is_modified(font)
        path = TARGET / f"NotoSans-{style}.ttf"
        font.save(path)
        print(f"{path.name}: {len(font.getBestCmap())} characters, {path.stat().st_size} bytes")


def _subset(font: TTFont) -> None:
    options = Options(
        layout_features=FEATURES, glyph_names=False, notdef_outline=True, name_IDs=["*"], name_languages=["*"]
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in KEPT_BLOCKS for code in range(first, last + 1)])
    subsetter.subset(font)


def _borrow(font: TTFont, source_path: Path, characters: str) -> None:
    """Copies glyphs of another font of the same units."""
    source = TTFont(source_path)
    if source["head"].unitsPerEm != font["head"].unitsPerEm:
        raise SystemExit(f"{source_path.name}: other units per em")
    outlines, names = source.getGlyphSet(), source.getBestCmap()
    for character in characters:
        outline = DecomposingRecordingPen(outlines)
        outlines[names[ord(character)]].draw(outline)
        pen = TTGlyphPen(None)
        outline.replay(pen)
        _add_glyph(font, ord(character), pen, source["hmtx"][names[ord(character)]][0])


def _add_minus(font: TTFont) -> None:
    """The bar of the plus sign, alone, on the width of a figure: it lines up in columns of figures."""
    names = font.getBestCmap()
    plus, width = names[ord("+")], font["hmtx"][names[ord("0")]][0]
    points, _, _ = font["glyf"][plus].getCoordinates(font["glyf"])
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    heights = [y for x, y in points if x in {left, right}]
    shift = (width - font["hmtx"][plus][0]) // 2
    pen = TTGlyphPen(None)
    pen.moveTo((left + shift, min(heights)))
    pen.lineTo((left + shift, max(heights)))
    pen.lineTo((right + shift, max(heights)))
    pen.lineTo((right + shift, min(heights)))
    pen.closePath()
    _add_glyph(font, MINUS, pen, width)


def _add_glyph(font: TTFont, code: int, pen: TTGlyphPen, width: int) -> None:
    name = f"uni{code:04X}"
    glyph = pen.glyph()
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, glyph.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def _say_it_is_modified(font: TTFont) -> None:
    version = font["name"].getDebugName(5).split(";")[0]
    for record in font["name"].names:
        if record.nameID == 5:
            record.string = f"{version}; modified: subset, with symbols of the Noto family added"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
