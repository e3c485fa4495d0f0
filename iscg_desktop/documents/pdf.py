"""From blocks to the bytes of a PDF that says nothing but what is printed: no date, no author, no producer."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from iscg_desktop.documents import fonts, layout

# Draws on a page what depends on its number and on how many there are.
Furniture = Callable[[Canvas, int, int], None]

# Streams as they are, not spelled in ASCII: a fifth smaller, and no setting of the machine changes the bytes.
rl_config.useA85 = 0

# Comments that name the library; blanked without moving a byte.
_SIGNATURES = (
    b" ReportLab Generated PDF document (opensource)",
    b"% ReportLab generated PDF document -- digest (opensource)",
)

# Reading glyphs out of a font moves a position that all documents share.
_ONE_AT_A_TIME = threading.Lock()


class _NeutralInfo(PDFInfo):  # type: ignore[misc]
    """The title, and none of the dates, producer and author that ReportLab would add."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def format(self, document: Any) -> Any:
        return PDFDictionary({"Title": PDFString(self.title)}).format(document)


class _CountingCanvas(Canvas):  # type: ignore[misc]
    """Keeps the pages back until their number is known, then draws their furniture."""

    def __init__(self, *args: Any, title: str, furniture: Furniture, **options: Any) -> None:
        super().__init__(*args, **options)
        self._doc.info = _NeutralInfo(title)
        self._furniture = furniture
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        pages = self._pages
        for place, page in enumerate(pages):
            self.__dict__.update(page)
            self._furniture(self, place + 1, len(pages))
            super().showPage()
        super().save()


def build(title: str, story: Sequence[Flowable], furniture: Furniture) -> bytes:
    """A PDF of these blocks; the same blocks always give the same bytes.

    Args:
        title: The only metadata.
        story: Blocks, in order.
        furniture: Drawn on each page with its number and their count.
    """
    fonts.register()
    output = io.BytesIO()
    frame = Frame(
        layout.MARGIN_LEFT,
        layout.MARGIN_BOTTOM,
        layout.WIDTH,
        layout.PAGE_HEIGHT - layout.MARGIN_TOP - layout.MARGIN_BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document = BaseDocTemplate(
        output,
        title=title,
        pagesize=(layout.PAGE_WIDTH, layout.PAGE_HEIGHT),
        invariant=1,
        pageCompression=1,
        lang="fr-FR",
        initialFontName=fonts.REGULAR,
        pageTemplates=[PageTemplate(frames=[frame])],
    )
    with _ONE_AT_A_TIME:
        document.build(list(story), canvasmaker=partial(_CountingCanvas, title=title, furniture=furniture))
    data = output.getvalue()
    for signature in _SIGNATURES:
        data = data.replace(signature, b" " * len(signature))
    return data
