"""Pages of a PDF as pictures, from memory to memory: what a preview shows and a printer draws."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2


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
        page = self._document[index]
        bitmap = page.render(scale=width / self.sizes[index][0], prefer_bgrx=True)
        raster = Raster(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        page.close()
        return raster

    def close(self) -> None:
        """Forget the document."""
        self._document.close()
