"""A PDF that opens with a passphrase only, for what leaves the coffre as a file."""

from __future__ import annotations

import io
import unicodedata

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from iscg_desktop.errors import UserError


def proteger_pdf(pdf: bytes, passphrase: str) -> bytes:
    """The same document encrypted with AES-256 (PDF 2.0); its title is its only metadata, encrypted too.

    Args:
        pdf: A document of ours.
        passphrase: Opens it; composed and decomposed accents are the same passphrase.

    Raises:
        UserError: ``pdf_phrase_vide``.
    """
    secret = unicodedata.normalize("NFKC", passphrase)
    if not secret.strip():
        raise UserError("pdf_phrase_vide")
    reader = PdfReader(io.BytesIO(pdf))
    title = reader.metadata.title if reader.metadata else None
    writer = PdfWriter(clone_from=reader)
    # The library would sign the file as its producer.
    writer.metadata = {NameObject("/Title"): TextStringObject(title or "")}
    writer.encrypt(secret, algorithm="AES-256")
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()
