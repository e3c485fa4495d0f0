"""Pages as pictures: drawn a strip at a time they are the same but for the rounding of a grey."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from iscg_desktop.documents.raster import PdfPages


def _page() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for line in range(40):
        canvas.drawString(40 + line, 800 - 19.3 * line, "Fiche de liaison, à lire avant le rendez-vous")
        canvas.line(30, 795.7 - 19.3 * line, 560, 780 - 19.3 * line)
    canvas.save()
    return file.getvalue()


PAGES = PdfPages(_page())


@given(st.integers(500, 1500), st.sets(st.floats(0.01, 0.99), max_size=6))
@settings(max_examples=6)
def test_the_strips_of_a_page_are_the_page(width: int, cuts: set[float]) -> None:
    whole = PAGES.render(0, width)
    assert whole.height == PAGES.height(0, width)
    lines = sorted({0, *(round(cut * whole.height) for cut in cuts), whole.height})
    strips = [PAGES.strip(0, width, top, bottom) for top, bottom in pairwise(lines)]
    assert [strip.height for strip in strips] == [bottom - top for top, bottom in pairwise(lines)]
    drawn, wanted = (
        np.frombuffer(each, np.uint8) for each in (b"".join(s.pixels for s in strips), whole.pixels)
    )
    assert (
        np.abs(drawn.astype(int) - wanted).max() <= 16
    )  # of 255: pdfium rounds where it clips; a strip one line away gives far more
