"""The printed fiche: what it says, what it hides, and the same bytes for the same fiche."""

from __future__ import annotations

import hashlib
import io
import struct
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from iscg_desktop.documents.fiche_liaison import LIBELLES_ITEMS, caracteres_sans_glyphe, render_fiche
from iscg_desktop.documents.fonts import unsupported_characters
from iscg_desktop.documents.signs import qr_modules
from iscg_desktop.domain.canonical import clean
from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.fiche_liaison import CHAMPS_DES_ITEMS, FicheContent, Item
from iscg_desktop.domain.fiche_numero import Numero, texte_qr
from iscg_desktop.domain.fiche_sections import (
    Accord,
    Base,
    BasePartage,
    ContactSur,
    Diplome,
    Emetteur,
    Employeur,
    InformationAccord,
    Personne,
    Reponse,
    Urgence,
)
from iscg_desktop.domain.mise_en_page import MiseEnPage
from iscg_desktop.errors import BugError, UserError
from tests.documents.lecture import body, fonts, grey_pictures, pages, squashed, streams
from tests.domain.fiche_exemples import MINIMALE, fiche_contents, filled, marker

NUMERO = Numero("ARD", 2026, 141)
JETON = bytes(range(8))
PRINTABLE = st.characters(exclude_categories=["C", "Z"], include_characters=" \n").filter(
    lambda c: not unsupported_characters(c)
)
TITLES = (
    "Personne", "Famille", "Autre partie", "Motif", "Exposé des faits", "Évaluation",
    "Activité, ressources, logement", "Suivi et démarches", "Information et accord de la personne",
)  # fmt: skip


def printed(content: FicheContent = MINIMALE, **options: object) -> bytes:
    return render_fiche(content.for_recipient(content.items), NUMERO, JETON, **options)  # type: ignore[arg-type]


def numbered(lines: int) -> str:
    """Sentences that run over three lines each."""
    return "\n".join(
        f"Phrase {n} " + "du récit, longue assez pour tenir sur trois lignes " * 4 for n in range(lines)
    )


@pytest.mark.parametrize("courriel", ["m@ex.fr", "maelle.kerdoncuff@departement-fictif.example"])
def test_no_line_of_the_sender_ends_on_its_dot(courriel: str) -> None:
    sender = replace(MINIMALE.emetteur, telephone="02 00 00 00 00", courriel=courriel)
    said = pages(printed(replace(MINIMALE, emetteur=sender)))[0].splitlines()
    assert [line for line in said if line.rstrip().endswith("·")] == []
    assert any(courriel in line for line in said)


def test_every_text_is_printed() -> None:
    everything: FicheContent = replace(filled(), mise_en_page=MiseEnPage(service=marker("service")))
    text = body(printed(everything))
    for line in everything.to_json().split('"'):
        if line.startswith("Q") and len(line) == 9:
            assert line in text


@pytest.mark.parametrize("item", Item)
def test_what_is_not_ticked_is_not_printed(item: Item) -> None:
    everything: FicheContent = filled()
    text = body(printed(everything.for_recipient(frozenset(Item) - {item})))
    hidden = [marker(path) for path in _paths_of_texts(everything) if path.startswith(CHAMPS_DES_ITEMS[item])]
    whole = body(printed(everything))
    assert all(each in whole and each not in text for each in hidden)
    if item is Item.NAISSANCE:
        assert "12/03/1988" in whole
        assert "12/03/1988" not in text


def test_a_content_with_unticked_items_is_never_printed() -> None:
    with pytest.raises(BugError):
        render_fiche(replace(MINIMALE, statut="Victime"), NUMERO, JETON)


def test_secrecy_number_and_page_stand_on_every_page() -> None:
    read = pages(printed(replace(MINIMALE, recit=numbered(40))))
    assert len(read) >= 3
    for place, page in enumerate(read, start=1):
        assert "CONFIDENTIEL – secret professionnel" in page
        assert f"Fiche {NUMERO}" in page
        assert f"page {place}/{len(read)}" in page


def test_a_minimal_fiche_holds_on_one_page() -> None:
    assert len(pages(printed())) == 1


def test_the_same_fiche_gives_the_same_bytes_in_another_process() -> None:
    here = hashlib.sha256(printed()).hexdigest()
    assert hashlib.sha256(printed()).hexdigest() == here
    program = (
        "import hashlib; from tests.documents.test_fiche_liaison import printed;"
        "print(hashlib.sha256(printed()).hexdigest())"
    )
    root = str(Path(__file__).parents[2])
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PATH": ""}
    there = subprocess.run(
        [sys.executable, "-c", program], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == here


def test_metadata_say_nothing_but_the_title() -> None:
    pdf = printed(filled())
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata == {"/Title": "Fiche de liaison"}
    assert reader.xmp_metadata is None
    for word in (b"ReportLab", b"Producer", b"Author", b"Creator", b"Date", b"anonymous", b"opensource"):
        assert word not in pdf
    # Outside of the pages no name appears; inside they do, so the search can find one.
    name = marker("personne.nom_naissance").encode()
    assert name in streams(pdf)
    assert name not in pdf


def test_all_fonts_are_embedded_subsets() -> None:
    used = fonts(printed(filled()))
    assert {name.split("+")[1] for name in used} == {"NotoSans-Regular", "NotoSans-SemiBold"}
    assert all(descriptor and "/FontFile2" in descriptor for descriptor in used.values())


def test_only_full_black_white_and_the_accent_are_printed() -> None:
    accent = ".090196 .313725 .478431"
    colours = {
        b" ".join(words[place - 3 : place]).decode()
        for line in streams(printed(filled())).split(b"\n")
        for words in (line.split(),)
        for place, word in enumerate(words)
        if word in {b"rg", b"RG"}
    }
    assert colours == {"0 0 0", "1 1 1", accent}


def test_what_is_typed_is_never_markup() -> None:
    typed = '<b>gras</b> & <img src="/etc/passwd"/> &lt;para&gt; <br/> ]]> <a href="file:///x">lien</a> &#65;'
    content = replace(MINIMALE, recit=typed, motif=typed, personne=Personne(prenom=typed))
    assert body(printed(content)).count(squashed(typed)) == 3


@given(st.text(PRINTABLE, max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_printable_text_is_printed_as_typed(typed: str) -> None:
    content = replace(MINIMALE, recit=typed, evaluation=replace(MINIMALE.evaluation, besoins=typed))
    content = replace(content, demarches=("avant", "après"))
    text = body(printed(content))
    assert text.count(squashed(clean(typed))) >= (2 if typed.strip() else 1)


def test_an_address_that_begins_with_the_unite_does_not_say_it_twice() -> None:
    sender = Emetteur(
        nom="Ève Le Gall", unite="Brigade de Saint-Aubin", adresse="Brigade de Saint-Aubin\n1 quai Nord"
    )
    coupon = "".join(pages(printed(replace(MINIMALE, emetteur=sender)))).partition("À renvoyer à")[2]
    assert coupon.count("Brigade de Saint-Aubin") == 1
    assert "1 quai Nord" in coupon


def test_control_characters_are_dropped() -> None:
    text = body(printed(replace(MINIMALE, recit="un\x00\x1b\u202edeux\u2028trois")))
    assert "undeuxtrois" in text


def test_characters_without_a_glyph_are_found_in_every_field() -> None:
    content = replace(MINIMALE, recit="漢", emetteur=Emetteur(nom="😀"), demarches=("د",))
    assert set(caracteres_sans_glyphe(content)) == {"漢", "😀", "د"}
    assert caracteres_sans_glyphe(MINIMALE) == ()


def test_a_very_long_account_flows_over_the_pages() -> None:
    typed = numbered(70)
    assert len(typed) > 10_000
    pdf = printed(replace(MINIMALE, recit=typed))
    assert squashed(typed) in body(pdf)
    assert len(pages(pdf)) >= 4


def test_names_of_120_characters_are_printed_whole() -> None:
    long_name = "Anne-Charlotte " * 8
    person = Personne(nom_naissance=long_name, nom_usage=long_name, prenom=long_name, commune=long_name)
    assert body(printed(replace(MINIMALE, personne=person))).count(squashed(long_name)) == 4


@pytest.mark.parametrize("offset", range(1, 14))
def test_no_title_and_no_line_is_left_alone(offset: int) -> None:
    # Each line of the motif moves the account down, so that pages end everywhere in a sentence.
    content = replace(MINIMALE, motif="Une ligne.\n" * offset, recit=numbered(9 + 2 * offset))
    read = pages(printed(replace(content, demarches=("Appel au service",))))
    for page in read[:-1]:
        drawn = page.split("CONFIDENTIEL")[0].strip().split("\n")
        assert drawn[-1].strip() not in TITLES
        # Each sentence runs over three lines: it cannot be cut without leaving one of them alone.
        assert not drawn[-1].startswith("Phrase ")
    for page in read[1:]:
        first = page.strip().split("\n")[0]
        assert first.startswith(("Phrase ", *TITLES))


@pytest.mark.parametrize("lines", [0, 6, 9, 12, 15, 18, 21, 24])
def test_the_coupon_stands_whole_on_the_last_page(lines: int) -> None:
    read = pages(printed(replace(MINIMALE, recit=numbered(lines))))
    for word in ("Coupon retour", "Premier rendez-vous le", "Signature et cachet", "accompagnement engagé"):
        assert word in read[-1]
        assert not any(word in page for page in read[:-1])
    # A page is never printed for the coupon alone.
    assert "Information et accord" in read[-1]


def test_a_long_courriel_of_the_coupon_breaks_between_words_never_within_one() -> None:
    sender = replace(
        MINIMALE.emetteur, courriel="anne-sophie.de-kerdoncuff@departement-des-landes-de-roc.example"
    )
    coupon = "".join(pages(printed(replace(MINIMALE, emetteur=sender)))).partition("À renvoyer à")[2]
    assert {"anne-sophie.de-kerdoncuff", "@departement-des-landes-de-roc.example"} <= set(coupon.split())


def test_the_coupon_says_nothing_of_the_person() -> None:
    everything: FicheContent = filled()
    coupon = body(printed(everything)).split("Couponretour")[1]
    allowed = {marker(f"emetteur.{n}") for n in ("nom", "unite", "adresse", "courriel")}
    found = {marker(p) for p in _paths_of_texts(everything) if marker(p) in coupon}
    assert found == allowed
    assert str(NUMERO) in coupon


def test_the_coupon_bears_the_code_of_this_fiche(tmp_path: Path) -> None:
    width, height, grey = grey_pictures(printed(), tmp_path, dpi=144)[-1]
    modules = qr_modules(texte_qr(NUMERO, JETON))
    # 25 mm square, its right side on the margin of 16 mm, found in the coupon by its own dark corner.
    size, right = 25 / 25.4 * 144, width - 16 / 25.4 * 144
    top = next(y for y in range(height * 3 // 4, height) if grey[y * width + round(right - size) + 2] < 90)
    step = size / len(modules)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            x, y = round(right - size + (column + 0.5) * step), round(top + (row + 0.5) * step)
            assert (grey[y * width + x] < 128) is dark


def test_a_fiche_answers_to_its_token_and_a_preview_holds_none() -> None:
    other = bytes(8)
    assert render_fiche(MINIMALE, NUMERO, JETON) != render_fiche(MINIMALE, NUMERO, other)
    preview = render_fiche(MINIMALE, NUMERO, JETON, apercu=True)
    assert preview == render_fiche(MINIMALE, NUMERO, other, apercu=True)
    assert all("APERÇU" in page for page in pages(preview))
    assert "APERÇU" not in body(printed())


def test_nothing_is_printed_outside_the_margins(tmp_path: Path) -> None:
    word = "x" * 3000
    crowded = replace(
        filled(),
        recit=word,
        motif=word,
        alerte_motif=word,
        emetteur=Emetteur(nom=word, adresse=word, unite=word),
        contact_sur=ContactSur(numero=word, qui_vit_la=word),
    )
    for width, height, grey in grey_pictures(printed(crowded), tmp_path, dpi=50):
        margin = round(12 / 25.4 * 50)
        for y in range(height):
            line = grey[y * width : (y + 1) * width]
            inked = [x for x, level in enumerate(line) if level < 200]
            if inked and y not in _cut_line(grey, width, height):
                assert margin <= inked[0]
                assert inked[-1] <= width - margin
                assert round(7 / 25.4 * 50) <= y <= height - round(8 / 25.4 * 50)


@given(
    fiche_contents(st.text(PRINTABLE, max_size=30) | st.sampled_from(["é" * 1500, "mot " * 500, "l\n" * 60]))
)
@settings(max_examples=8, deadline=None)
def test_any_content_is_printed(content: FicheContent) -> None:
    read = pages(printed(content))
    assert "Coupon retour" in read[-1]


def test_the_safe_contact_cannot_be_missed() -> None:
    text = body(printed())
    assert "CONTACTSÛRNEPASLAISSERDEMESSAGE" in text
    assert "0600000001" in text
    free = body(printed(replace(MINIMALE, contact_sur=ContactSur(numero="06 00 00 00 01"))))
    assert "NEPASLAISSERDEMESSAGE" not in free


def test_without_a_safe_contact_one_goes_through_the_intervenant() -> None:
    hidden = MINIMALE.for_recipient(MINIMALE.items - {Item.CONTACT_SUR})
    text = body(printed(hidden))
    assert "passerparl’émetteur" in text
    assert "NEPASLAISSERDEMESSAGE" in text


def test_alert_and_urgency_are_printed() -> None:
    urgent = body(
        printed(replace(MINIMALE, alerte=True, alerte_motif="Retour vendredi", urgence=Urgence.IMMEDIATE))
    )
    assert "ALERTERetourvendredi" in urgent
    assert "UrgenceImmédiate" in urgent
    assert "ALERTE" not in body(printed())


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        (Naissance(date=date(1988, 3, 12)), "12/03/1988(38ans)"),
        (Naissance(annee=1988), "1988(environ38ans)"),
        (Naissance(age_estime=30), "environ30ans(âgeestimé)"),
        (Naissance(date=date(2015, 3, 12)), "12/03/2015(11ans,mineur)"),
    ],
)
def test_a_birth_is_printed_as_it_is_known(birth: Naissance, expected: str) -> None:
    content = replace(MINIMALE, personne=replace(MINIMALE.personne, naissance=birth))
    assert expected in body(printed(content))


def test_accord_and_base_are_printed() -> None:
    assert "Accord☑oui☐non☐nonrecueilli" in body(printed())
    child = replace(
        MINIMALE,
        information=InformationAccord(
            accord=Accord.NON_RECUEILLI, parents_informes=Reponse.NON, parents_motif="Danger pour l’enfant"
        ),
        base=BasePartage(base=Base.PROTECTION_ENFANCE),
    )
    text = body(printed(child))
    assert "Accord☐oui☐non☑nonrecueilli" in text
    assert "Parentsinformés☐oui☑non☐inconnuPourquoiDangerpourl’enfant" in text
    assert "L226-2-2" in text


def test_the_diploma_decides_the_mention_of_secrecy() -> None:
    assert "L411-3" in body(printed())
    other = replace(MINIMALE, emetteur=replace(MINIMALE.emetteur, diplome=Diplome.CESF))
    text = body(printed(other))
    assert "L411-3" not in text
    assert "226-13" in text


def test_article_40_is_never_printed_for_an_association() -> None:
    asked = replace(MINIMALE.emetteur, rappeler_article_40=True)
    assert "article40" in body(printed(replace(MINIMALE, emetteur=asked)))
    association = replace(asked, nature_employeur=Employeur.ASSOCIATION)
    assert "article40" not in body(printed(replace(MINIMALE, emetteur=association)))
    assert "article40" not in body(printed())


def test_a_correction_names_what_it_replaces() -> None:
    old = Numero("ARD", 2026, 140)
    assert f"Version2,remplaceetannulelafiche{old}" in body(printed(version=2, remplace=old))
    assert "Version" not in body(printed())


def test_a_logo_is_printed_and_a_damaged_one_refused() -> None:
    logo = _png(40, 20)
    pdf = printed(logo=logo)
    assert len(PdfReader(io.BytesIO(pdf)).pages[0].images) == 1
    assert pdf == printed(logo=logo)
    for wrong in (b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", logo[:40], logo[:-30]):
        with pytest.raises(UserError, match="fiche_logo_illisible"):
            printed(logo=wrong)


def test_every_item_has_a_label() -> None:
    assert set(LIBELLES_ITEMS) == set(Item)
    assert len(set(LIBELLES_ITEMS.values())) == len(Item)


def _paths_of_texts(content: FicheContent) -> list[str]:
    """Paths of the sections that ``filled`` marks, leaves of tuples included."""
    known = [p for paths in CHAMPS_DES_ITEMS.values() for p in paths]
    found = []
    for path in [*known, "motif", "alerte_motif"]:
        value: object = content
        for name in path.split("."):
            value = getattr(value, name)
        found += _leaves(value, path)
    for section in ("emetteur", "destinataire", "personne", "information", "base"):
        found += _leaves(getattr(content, section), section)
    return sorted(set(found))


def _leaves(value: object, path: str) -> list[str]:
    if value == marker(path):
        return [path]
    if isinstance(value, tuple):
        return [leaf for each in value for leaf in _leaves(each, path)]
    names = getattr(value, "__dataclass_fields__", {})
    return [leaf for name in names for leaf in _leaves(getattr(value, name), f"{path}.{name}")]


def _cut_line(grey: bytes, width: int, height: int) -> set[int]:
    """Rows of the dashed line and its scissors, the only thing that leaves the margins."""
    rows = {y for y in range(height) if min(grey[y * width : y * width + 20]) < 200}
    return {y + k for y in rows for k in range(-3, 4)}


def _png(width: int, height: int) -> bytes:
    """A grey picture, written by hand."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(
        b"".join(b"\x00" + bytes((7 * x + y) % 256 for x in range(width)) for y in range(height))
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
