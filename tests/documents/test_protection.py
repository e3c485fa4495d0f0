"""A PDF saved as a file opens with its passphrase only."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from iscg_desktop.documents.fiche_liaison import render_fiche
from iscg_desktop.documents.protection import proteger_pdf
from iscg_desktop.domain.fiche_numero import Numero
from iscg_desktop.errors import UserError
from tests.domain.fiche_exemples import MINIMALE

PHRASE = "un été à la mer"
PLAIN = render_fiche(MINIMALE, Numero("ARD", 2026, 1), bytes(8))


def test_the_document_opens_with_the_passphrase_only() -> None:
    reader = PdfReader(io.BytesIO(proteger_pdf(PLAIN, PHRASE)))
    assert reader.is_encrypted
    assert not reader.decrypt("")
    assert not reader.decrypt(PHRASE + " ")
    with pytest.raises(FileNotDecryptedError):
        reader.pages[0].extract_text()
    assert reader.decrypt(PHRASE)
    assert reader.pages[0].extract_text() == PdfReader(io.BytesIO(PLAIN)).pages[0].extract_text()
    assert reader.metadata == {"/Title": "Fiche de liaison"}


def test_the_cipher_is_aes_256() -> None:
    encryption = PdfReader(io.BytesIO(proteger_pdf(PLAIN, PHRASE))).trailer["/Encrypt"].get_object()
    assert (encryption["/V"], encryption["/R"], encryption["/Length"]) == (5, 6, 256)  # type: ignore[index]
    assert encryption["/CF"]["/StdCF"]["/CFM"] == "/AESV3"  # type: ignore[index]


def test_nothing_readable_is_left_in_the_file() -> None:
    protected = proteger_pdf(PLAIN, PHRASE)
    assert b"Fiche de liaison" in PLAIN
    for word in (b"Fiche de liaison", b"pypdf", b"Lambert"):
        assert word not in protected


def test_both_spellings_of_an_accent_open_it() -> None:
    reader = PdfReader(io.BytesIO(proteger_pdf(PLAIN, "e\u0301te\u0301")))
    assert reader.decrypt("\u00e9t\u00e9")


@pytest.mark.parametrize("empty", ["", "   ", "\u00ad\u200b", "\ufe0f"])
def test_an_empty_passphrase_protects_nothing(empty: str) -> None:
    with pytest.raises(UserError, match="pdf_phrase_vide"):
        proteger_pdf(PLAIN, empty)


@pytest.mark.parametrize("odd", ["phrase \x07", "phrase \N{GRINNING FACE}", "phrase \u202e"])
def test_a_sign_that_readers_refuse_is_said_and_never_logged(
    odd: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(UserError, match="pdf_phrase_caracteres"):
        proteger_pdf(PLAIN, odd)
    assert caplog.text == ""
