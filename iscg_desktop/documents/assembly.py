"""Several documents made by the program in one, to be printed at once."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pypdfium2

from iscg_desktop.documents import layout


def page_count(pdf: bytes) -> int:
    """How many pages a document has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def assemble(pdfs: Iterable[bytes], *, recto_verso: bool = False) -> bytes:
    """The documents one after the other.

    Args:
        pdfs: Whole documents, in their order.
        recto_verso: Each begins a new sheet on a printer that uses both sides: what is for one recipient
            must not stand on the back of what is for another.
    """
    whole = pypdfium2.PdfDocument.new()
    try:
        for pdf in pdfs:
            if recto_verso and len(whole) % 2:
                whole.new_page(layout.PAGE_WIDTH, layout.PAGE_HEIGHT).close()
            part = pypdfium2.PdfDocument(pdf)
            whole.import_pages(part)
            part.close()
        output = io.BytesIO()
        whole.save(output)
        return output.getvalue()
    finally:
        whole.close()
