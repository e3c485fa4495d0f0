"""The printed documents: what they say, what they never say, and the same bytes for the same document."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from pypdf import PdfReader

from iscg_desktop.documents.document import render_document
from iscg_desktop.documents.fonts import unsupported_characters
from iscg_desktop.documents.logo import prepare_logo
from iscg_desktop.domain.document import Concerne, DocumentContent, Fait, NumeroDocument, Responsable, Source
from iscg_desktop.domain.fiche_numero import Numero
from iscg_desktop.domain.fiche_sections import Destinataire, Emetteur, Employeur
from iscg_desktop.domain.mentions import Fondement, TypeDocument
from iscg_desktop.domain.mise_en_page import MiseEnPage
from iscg_desktop.errors import BugError, UserError
from tests.documents.lecture import grey_pictures, pages, squashed, streams
from tests.domain.documents_exemples import ALL, ENFANT, IP, NOTE, SIGNALEMENT, emetteurs

NUMERO = Numero("ARD", 2026, 7)
PRINTABLE = st.characters(exclude_categories=["C", "Z"], include_characters=" \n").filter(
    lambda c: not unsupported_characters(c)
)


def printed(content: DocumentContent, **options: object) -> bytes:
    return render_document(content, NumeroDocument(content.document, NUMERO), **options)  # type: ignore[arg-type]


def text(content: DocumentContent, **options: object) -> str:
    """Words of a document, without spaces and without the heads of its pages."""
    head = re.compile(r"CONFIDENTIEL–secretprofessionnelpage\d+/\d+N°[A-Z0-9*-]+")
    return "".join(head.sub("", squashed(page)) for page in pages(printed(content, **options)))


def picture(width: int, height: int, kind: str = "PNG", mode: str = "RGBA", colour: str = "red") -> bytes:
    output = io.BytesIO()
    Image.new(mode, (width, height), colour).save(output, kind)
    return output.getvalue()


@pytest.mark.parametrize("content", ALL)
def test_secrecy_number_and_page_stand_on_every_page(content: DocumentContent) -> None:
    long = (
        replace(content, faits=IP.faits * 40)
        if content.document is not TypeDocument.NOTE_INFORMATION
        else content
    )
    read = pages(printed(long))
    for place, page in enumerate(read, start=1):
        assert "CONFIDENTIEL – secret professionnel" in page
        assert str(NumeroDocument(content.document, NUMERO)) in page
        assert f"page {place}/{len(read)}" in page
    assert len(read) > 2 or content is NOTE


@given(st.sampled_from(ALL), emetteurs(), st.sampled_from(Fondement))
@settings(max_examples=30, deadline=None)
def test_no_private_employer_ever_prints_article_40(
    content: DocumentContent, sender: Emetteur, base: Fondement
) -> None:
    said = text(replace(content, emetteur=sender, base=base).whole())
    if sender.nature_employeur in (None, Employeur.ASSOCIATION):
        assert "article40" not in said
    elif content is SIGNALEMENT:
        assert "article40ducodedeprocédurepénale" in said


def test_an_information_preoccupante_says_all_it_was_given() -> None:
    said = text(IP)
    for words in (
        "Léo Lœil", "02/05/2018", "École des Tilleuls, CE2", "Mère Anaïs Lœil, a l’autorité parentale",
        "12 novembre 2026 Vu par l’émetteur", "Dit par Mme Lœil", "La porte a été cassée.", IP.danger, IP.deja_fait,
        IP.demande, "Parents informés ☐ oui ☑ non", IP.informes_motif, "L226-2-2", "Date et signature", "CRIP 08",
        "L411-3",
    ):  # fmt: skip
        assert squashed(words) in said


def test_a_signalement_about_an_adult_names_her_alone() -> None:
    said = text(SIGNALEMENT)
    assert squashed("Yvonne Tanguy") in said
    assert "Parent" not in said
    assert "Copieadressée" not in said
    with pytest.raises(BugError):
        printed(replace(SIGNALEMENT, responsables=IP.responsables))
    child = replace(SIGNALEMENT, mineurs=True, responsables=IP.responsables, concernes=(ENFANT,))
    assert "Copieadresséeauprésidentduconseildépartemental" in text(child)


def test_a_note_says_what_why_how_long_and_to_whom_and_names_nobody_else() -> None:
    read = pages(printed(NOTE))
    said = squashed("".join(read))
    assert len(read) == 1
    for words in (
        "Nadia Lambert",
        "24 mois",
        "Ce que je note",
        "Vos droits",
        "Délégation aux données",
        "CNIL",
    ):
        assert squashed(words) in said
    assert "missiond’intérêtpublic" in said
    private = text(replace(NOTE, emetteur=replace(NOTE.emetteur, nature_employeur=Employeur.ASSOCIATION)))
    assert "intérêtlégitime" in private
    with pytest.raises(BugError):
        printed(replace(NOTE, faits=IP.faits))


def test_a_note_keeps_to_one_page_with_a_letterhead_and_long_addresses() -> None:
    look = MiseEnPage(
        service="Direction " * 12, coordonnees="\n".join(["1 avenue de la Préfecture"] * 5), pied="Pied"
    )
    long = replace(NOTE, dpo="\n".join(["Délégation à la protection des données"] * 6), mise_en_page=look)
    assert len(pages(printed(long, logo=picture(300, 200)))) == 1


@pytest.mark.parametrize("content", ALL)
def test_the_same_document_gives_the_same_neutral_bytes(content: DocumentContent) -> None:
    logo = prepare_logo(picture(300, 100))
    first = printed(content, logo=logo)
    assert hashlib.sha256(first).digest() == hashlib.sha256(printed(content, logo=logo)).digest()
    metadata = PdfReader(io.BytesIO(first)).metadata
    assert metadata is not None
    assert set(metadata) == {"/Title"}
    for word in (b"ReportLab", b"Producer", b"Author", b"Creator", b"Date", "Lœil".encode()):
        assert word not in first


@pytest.mark.parametrize("content", ALL)
def test_only_full_black_white_and_the_accent_are_printed(content: DocumentContent) -> None:
    colours = {
        b" ".join(words[place - 3 : place]).decode()
        for line in streams(printed(content)).split(b"\n")
        for words in (line.split(),)
        for place, word in enumerate(words)
        if word in {b"rg", b"RG"}
    }
    assert colours <= {"0 0 0", "1 1 1", ".090196 .313725 .478431"}


@given(st.text(PRINTABLE, max_size=60) | st.sampled_from(["é" * 1500, "mot " * 300, "ligne\n" * 70]))
@settings(max_examples=8, deadline=None)
def test_any_text_is_printed_as_typed_and_is_never_markup(typed: str) -> None:
    content = replace(
        IP,
        concernes=(Concerne(nom=typed, adresse=typed),),
        responsables=(Responsable(lien=typed, nom=typed),),
        faits=(Fait(quand=typed, source=Source.RAPPORTE_PAR, qui=typed, texte=f"a{typed}"),),
        danger=typed,
        informes_motif=typed,
        destinataire=Destinataire(service=typed, adresse=typed),
        emetteur=Emetteur(nom=typed, employeur=typed),
        mise_en_page=MiseEnPage(service=typed, coordonnees=typed),
    )
    assert text(content).count(squashed(typed)) >= 8


def test_what_looks_like_markup_is_printed() -> None:
    typed = '<b>gras</b> & <img src="/etc/passwd"/> &lt; <br/>'
    fact = Fait(quand=typed, source=Source.DIT_PAR, qui=typed, texte=typed)
    assert text(replace(IP, faits=(fact,), concernes=(Concerne(nom=typed),))).count(squashed(typed)) == 4


@pytest.mark.parametrize("count", range(1, 16))
def test_no_title_is_left_alone_and_the_signature_is_not_parted(count: int) -> None:
    read = pages(printed(replace(IP, faits=IP.faits * count)))
    titles = ("Faits", "Danger ou risque de danger", "Ce qui a déjà été fait", "Ce qui est demandé")
    for page in read[:-1]:
        assert page.split("CONFIDENTIEL")[0].strip().split("\n")[-1].strip() not in titles
    assert "Information des parents" in read[-1]
    assert "Date et signature" in read[-1]


def test_nothing_is_printed_outside_the_margins(tmp_path: Path) -> None:
    word = "x" * 900
    look = MiseEnPage(service=word, coordonnees=word, pied="x" * 80)
    crowded = replace(IP, danger=word, faits=(Fait(quand=word, qui=word, texte=word),), mise_en_page=look)
    for width, height, grey in grey_pictures(printed(crowded, logo=picture(2000, 50)), tmp_path, dpi=50):
        margin = round(12 / 25.4 * 50)
        for y in range(height):
            inked = [x for x, level in enumerate(grey[y * width : (y + 1) * width]) if level < 200]
            if inked:
                assert margin <= inked[0]
                assert inked[-1] <= width - margin
                assert round(7 / 25.4 * 50) <= y <= height - round(8 / 25.4 * 50)


def test_a_long_name_under_the_title_goes_on_to_the_next_line(tmp_path: Path) -> None:
    name = "Marie-Antoinette de La Tour d’Auvergne-Lauraguais von Hohenzollern-Sigmaringen " * 2
    (picture_of,) = grey_pictures(printed(replace(NOTE, personne=name)), tmp_path, 60)
    width, height, greys = picture_of
    margin = range(round(width * 0.95), width)
    assert all(greys[y * width + x] == 255 for y in range(height) for x in margin)
    assert squashed(name.strip()) in squashed(text(replace(NOTE, personne=name)))


def test_a_preview_says_so() -> None:
    assert all("APERÇU" in page for page in pages(printed(IP, apercu=True)))
    assert "APERÇU" not in text(IP)


def test_a_correction_names_what_it_replaces() -> None:
    assert "Version2,remplaceetannuleledocumentIP-ARD-2026-0006-X" in text(
        IP, version=2, remplace="IP-ARD-2026-0006-X"
    )


# The logo.


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "L"), ("PNG", "P"), ("JPEG", "RGB"), ("JPEG", "CMYK")]
)
def test_a_logo_is_made_small_again_and_says_nothing_else(kind: str, mode: str) -> None:
    made = prepare_logo(picture(3000, 900, kind, mode))
    with Image.open(io.BytesIO(made)) as again:
        assert (again.format, again.mode) == ("PNG", "RGB")
        assert again.width <= 1000
        assert again.height <= 400
        assert again.info == {}
    assert made == prepare_logo(picture(3000, 900, kind, mode))


def test_what_a_picture_says_beside_its_pixels_is_dropped() -> None:
    output = io.BytesIO()
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Une personne")
    Image.new("RGB", (60, 60), "red").save(output, "PNG", pnginfo=words)
    assert b"Une personne" in output.getvalue()
    assert b"Une personne" not in prepare_logo(output.getvalue())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a" + bytes(50), "logo_format"),
        (b"", "logo_format"),
        (b"<svg/>", "logo_format"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "fiche_logo_illisible"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "fiche_logo_illisible"),
        (picture(200, 200)[:-40], "fiche_logo_illisible"),
        (picture(8, 300), "logo_dimensions"),
        (picture(90, 40, colour="white"), "logo_blanc"),
        (picture(8001, 20), "logo_dimensions"),
        (b"\x89PNG\r\n\x1a\n" + bytes(10_000_001), "logo_trop_lourd"),
    ],
)
def test_what_is_no_logo_is_refused_by_what_it_holds(data: bytes, code: str) -> None:
    with pytest.raises(UserError, match=code):
        prepare_logo(data)


def test_white_around_a_logo_is_cut_away() -> None:
    wide, output = Image.new("RGB", (400, 200), "white"), io.BytesIO()
    wide.paste((0, 0, 0), (100, 50, 200, 150))
    wide.save(output, "PNG")
    with Image.open(io.BytesIO(prepare_logo(output.getvalue()))) as cut:
        assert cut.size == (100, 100)
