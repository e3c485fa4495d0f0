"""Pages of a PDF as pictures, from memory to memory: what a preview shows and a printer draws."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pypdfium2

_HALF = 0.5  # of a pixel: pdfium rounds up what is cut off


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture, four bytes a pixel: blue, green, red, unused.

    Attributes:
        width: Pixels.
        height: Pixels.
        stride: Bytes from one line to the next.
    """

    width: int
    height: int
    stride: int
    pixels: bytes


class PdfPages:
    """The pages of one PDF, kept open to be drawn at any size; used by one thread at a time.

    Args:
        pdf: A whole PDF that needs no passphrase.
    """

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)
        self.sizes: tuple[tuple[float, float], ...] = tuple(
            self._document.get_page_size(index) for index in range(len(self._document))
        )

    def __len__(self) -> int:
        return len(self.sizes)

    def render(self, index: int, width: int) -> Raster:
        """Draw a page so many pixels wide, on white."""
        return self._drawn(index, width, (0.0, 0.0))

    def strip(self, index: int, width: int, top: int, bottom: int) -> Raster:
        """Draw the lines of that page from ``top`` until before ``bottom``, in pixels: a page takes long at once."""
        below = self.height(index, width) - bottom
        return self._drawn(index, width, (max(below - _HALF, 0.0), max(top - _HALF, 0.0)))

    def height(self, index: int, width: int) -> int:
        """Lines of a page that is so many pixels wide."""
        return math.ceil(self.sizes[index][1] * (width / self.sizes[index][0]))

    def _drawn(self, index: int, width: int, cut: tuple[float, float]) -> Raster:
        """What is left of a page once some pixels were cut off below and above."""
        page, scale = self._document[index], width / self.sizes[index][0]
        below, above = (pixels / scale for pixels in cut)
        bitmap = page.render(scale=scale, crop=(0, below, 0, above), prefer_bgrx=True)
        raster = Raster(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        page.close()
        return raster

    def close(self) -> None:
        """Forget the document."""
        self._document.close()
