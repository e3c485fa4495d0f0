"""A document of the coffre written as a file, protected by a passphrase or not, as she chose."""

from __future__ import annotations

from pathlib import Path

from iscg_desktop.documents.protection import proteger_pdf
from iscg_desktop.errors import UserError
from iscg_desktop.files import write_atomic

SHORTEST_PDF_PASSPHRASE = 15
"""Characters of the passphrase of a PDF: whoever finds the file guesses at leisure."""


def write_pdf(path: Path, pdf: bytes, passphrase: str | None) -> None:
    """Write a PDF where she chose, encrypted with a passphrase (AES-256) or plainly if None.

    Raises:
        UserError: ``pdf_phrase_courte``, ``pdf_phrase_caracteres``; the disk's refusals.
    """
    if passphrase is not None and len(passphrase.strip()) < SHORTEST_PDF_PASSPHRASE:
        raise UserError("pdf_phrase_courte", minimum=SHORTEST_PDF_PASSPHRASE)
    write_atomic(path, proteger_pdf(pdf, passphrase) if passphrase is not None else pdf)
