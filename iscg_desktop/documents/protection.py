"""A PDF that opens with a passphrase only, for what leaves the coffre as a file."""

from __future__ import annotations

import io

from iscg_desktop.errors import UserError


def proteger_pdf(pdf: bytes, passphrase: str) -> bytes:
    """The same document encrypted with AES-256 (PDF 2.0), its title too; it is tried before it is given.

    Composed and decomposed accents are the same passphrase.

    Raises:
        UserError: ``pdf_phrase_vide``, or ``pdf_phrase_caracteres`` for characters that no reader could
            be sure to take as they were typed (RFC 4013).
    """
    from pypdf import PdfReader, PdfWriter

    if not passphrase.strip():
        raise UserError("pdf_phrase_vide")
    # Strict: by default the library would log the character it does not like, and encrypt otherwise.
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)), strict=True)
    try:
        writer.encrypt(passphrase, algorithm="AES-256")
    except ValueError:
        raise UserError("pdf_phrase_caracteres") from None
    output = io.BytesIO()
    writer.write(output)
    # Some characters count for nothing: a phrase made of them would leave the document open.
    if PdfReader(output).decrypt(""):
        raise UserError("pdf_phrase_vide")
    return output.getvalue()
