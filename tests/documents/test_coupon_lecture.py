"""The filled coupon read back: every answer as it was written, and one refusal for whatever else comes as a file."""

from __future__ import annotations

import io
import logging
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NullObject, TextStringObject

from iscg_desktop.documents import coupon_lecture
from iscg_desktop.documents.coupon_formulaire import render_coupon_form
from iscg_desktop.documents.coupon_lecture import LARGEST, Lecture, read_coupon_form
from iscg_desktop.documents.coupon_rempli import fill_coupon_form
from iscg_desktop.domain.coupon import LONGUEURS, SUITES, Coupon
from iscg_desktop.domain.fiche_numero import Numero, texte_qr
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.errors import UserError
from tests.documents.coupons import BUTTONS, FORM, JETON, NUMERO, answers, filled
from tests.documents.lecture import pages, squashed

TODAY = date(2026, 11, 27)
CODE = texte_qr(NUMERO, JETON)
REFUSALS = {
    "coupon_abime", "coupon_chiffre", "coupon_deux_fiches", "coupon_numero_modifie", "coupon_pas_pdf",
    "coupon_sans_formulaire", "coupon_trop_gros",
}  # fmt: skip

days = st.dates(date(2000, 1, 1), date(2099, 12, 31)) | st.none()
yes_no = st.sampled_from([Reponse.OUI, Reponse.NON, None])


def written(name: str) -> st.SearchStrategy[str]:
    """What one may type in a field, without the blanks around it that no reader keeps."""
    letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
    return st.text(letters | st.just("\n"), max_size=LONGUEURS[name] // 3).map(str.strip)


coupons = st.builds(
    Coupon, connu=yes_no, prise_en_charge=yes_no, rendez_vous_le=days, referent=written("referent"),
    suite=st.sampled_from([*SUITES, None]), date=days, motif=written("motif"),
)  # fmt: skip


def _refusal(data: bytes) -> str:
    with pytest.raises(UserError) as refused:
        read_coupon_form(data, TODAY)
    return refused.value.code


@settings(max_examples=25)
@given(coupons)
def test_what_was_written_is_read_back_as_it_was(coupon: Coupon) -> None:
    stripped = Coupon(
        connu=coupon.connu, prise_en_charge=coupon.prise_en_charge, rendez_vous_le=coupon.rendez_vous_le,
        referent=coupon.referent.strip(), suite=coupon.suite, date=coupon.date, motif=coupon.motif.strip(),
    )  # fmt: skip
    assert read_coupon_form(filled(answers(coupon)), TODAY) == Lecture(NUMERO, CODE, stripped)


@given(st.integers(1, 9999), st.binary(min_size=8, max_size=8))
@settings(max_examples=6)
def test_the_empty_form_says_its_number_and_token_and_nothing_else(rank: int, jeton: bytes) -> None:
    numero = Numero("ARD", 2026, rank)
    form = render_coupon_form(numero, jeton)
    assert form == render_coupon_form(numero, jeton)
    assert read_coupon_form(form, TODAY) == Lecture(numero, texte_qr(numero, jeton), Coupon())


def test_it_is_one_page_that_names_nobody() -> None:
    (page,) = pages(FORM)
    assert "CONFIDENTIEL–secretprofessionnel" in squashed(page)
    assert f"Fiche{NUMERO}" in squashed(page)
    assert PdfReader(io.BytesIO(FORM)).metadata == {"/Title": "Coupon retour"}


def test_a_coupon_of_the_demonstration_is_read_back() -> None:
    coupon = Coupon(
        connu=Reponse.NON, suite="rdv_fixe", date=TODAY, rendez_vous_le=TODAY, referent="Mme Abgrall"
    )
    assert read_coupon_form(fill_coupon_form(FORM, coupon), TODAY).coupon == coupon


def test_what_is_no_answer_is_left_for_her_to_correct() -> None:
    data = filled({"date": "hier", "rendez_vous_le": "31/2/2026", "connu": "/oui", "motif": "x"})
    lecture = read_coupon_form(data, TODAY)
    assert lecture.coupon == Coupon(connu=Reponse.OUI, motif="x")
    assert dict(lecture.a_relire) == {"date": "hier", "rendez_vous_le": "31/2/2026"}


@pytest.mark.parametrize("name", ["referent", "motif"])
def test_an_answer_is_taken_whole_up_to_its_length_and_never_cut(name: str) -> None:
    longest = ("mot " * LONGUEURS[name])[: LONGUEURS[name] - 1] + "!"
    lecture = read_coupon_form(filled({name: longest}), TODAY)
    assert (getattr(lecture.coupon, name), lecture.a_relire) == (longest, ())
    over = longest + "!"
    lecture = read_coupon_form(filled({name: over}), TODAY)
    assert (getattr(lecture.coupon, name), lecture.a_relire) == ("", ((name, over),))


@pytest.mark.parametrize("name", BUTTONS)
def test_a_choice_that_is_none_of_the_list_is_left_for_her_to_correct(name: str) -> None:
    lecture = read_coupon_form(filled({name: "/licorne"}), TODAY)
    assert (lecture.coupon, lecture.a_relire) == (Coupon(), ((name, "licorne"),))


def test_a_text_written_as_a_name_is_read_without_its_bar() -> None:
    def change(writer: PdfWriter) -> None:
        for each in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined]
            if each.get_object().get("/T") == "referent":
                each.get_object()[NameObject("/V")] = NameObject("/Abgrall")

    assert read_coupon_form(filled({}, change=change), TODAY).coupon.referent == "Abgrall"


def test_two_different_answers_of_one_fiche_are_refused() -> None:
    writer = PdfWriter()
    for motif in ("Reçue le 3.", "Jamais venue."):
        writer.append(PdfReader(io.BytesIO(filled({"motif": motif}))))
    output = io.BytesIO()
    writer.write(output)
    assert _refusal(output.getvalue()) == "coupon_deux_fiches"


def _set(name: str, value: str) -> bytes:
    def change(writer: PdfWriter) -> None:
        for each in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined]
            field = each.get_object()
            if field.get("/T") == name:
                field[NameObject("/V")] = TextStringObject(value)

    return filled({}, change=change)


def test_a_reader_that_writes_the_name_of_a_button_as_text_is_understood() -> None:
    assert read_coupon_form(_set("referent", "/oui"), TODAY).coupon.referent == "/oui"

    def change(writer: PdfWriter) -> None:
        for each in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined]
            field = each.get_object().get("/Parent")
            if field is not None and field.get_object()["/T"] == "suite":
                field.get_object()[NameObject("/V")] = TextStringObject("/en_attente")

    assert read_coupon_form(filled({}, change=change), TODAY).coupon.suite == "en_attente"


def test_an_edited_number_or_token_is_refused() -> None:
    other = Numero("MKE", 2026, 13)
    assert _refusal(_set("numero", str(other))) == "coupon_numero_modifie"
    assert _refusal(_set("iscg", CODE[:-1])) == "coupon_numero_modifie"
    assert _refusal(_set("iscg", "ISCG1:MKE-2026-0012-X:AAAQEAYEAUDAO")) == "coupon_numero_modifie"
    assert _refusal(_set("iscg", texte_qr(other, JETON))) == "coupon_numero_modifie"
    assert _refusal(_set("iscg", "")) == "coupon_sans_formulaire"


def test_two_coupons_in_one_file_are_refused() -> None:
    writer = PdfWriter()
    for form in (FORM, render_coupon_form(Numero("MKE", 2026, 13), JETON)):
        writer.append(PdfReader(io.BytesIO(form)))
    output = io.BytesIO()
    writer.write(output)
    assert _refusal(output.getvalue()) == "coupon_deux_fiches"


def test_a_protected_coupon_is_refused() -> None:
    data = filled({}, change=lambda writer: writer.encrypt("phrase", algorithm="AES-256"))
    assert _refusal(data) == "coupon_chiffre"


def test_a_printed_or_foreign_pdf_has_no_form() -> None:
    flat = filled({}, change=lambda writer: writer.root_object.pop("/AcroForm"))
    assert _refusal(flat) == "coupon_sans_formulaire"
    bare = filled({}, change=lambda writer: writer.pages[0].pop("/Annots"))
    assert _refusal(bare) == "coupon_sans_formulaire"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "coupon_pas_pdf"),
        (b"PK\x03\x04", "coupon_pas_pdf"),
        (b"%PDF-1.4", "coupon_abime"),
        (FORM[: len(FORM) // 2], "coupon_abime"),
        (b"%PDF-1.4" + bytes(LARGEST), "coupon_trop_gros"),
    ],
)
def test_what_is_no_whole_pdf_is_refused_in_words(data: bytes, code: str) -> None:
    assert _refusal(data) == code


def test_a_script_in_the_file_is_only_bytes() -> None:
    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject("app.launchURL('http://exemple.invalid');"),
            }
        )

    assert read_coupon_form(filled({"connu": "/non"}, change=change), TODAY).coupon.connu is Reponse.NON


def test_a_form_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coupon_lecture, "SECONDS", 0.05)

    def endless(_data: bytes) -> dict[str, list[str]]:
        while True:
            time.monotonic()

    monkeypatch.setattr(coupon_lecture, "_values", endless)
    assert _refusal(FORM) == "coupon_abime"


def test_a_field_that_holds_no_text_is_refused() -> None:
    def change(writer: PdfWriter) -> None:
        for each in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined]
            each.get_object()[NameObject("/T")] = NullObject()

    assert _refusal(filled({}, change=change)) in {"coupon_abime", "coupon_sans_formulaire"}


FILLED = filled({"connu": "/oui", "suite": "/rdv_fixe", "referent": "Mme Abgrall", "date": "26/11/2026"})
RIGHT = read_coupon_form(FILLED, TODAY)


# Most of the bytes are those of the fonts, which nothing reads here.
_OBJECTS = [
    place for place in range(len(FILLED)) if FILLED[place : place + 2] in (b"/T", b"/V", b"<<", b">>", b" R")
]
_PLACES = st.integers(0, len(FILLED) - 1) | st.sampled_from(_OBJECTS)


def _outcome(data: bytes) -> Lecture | str:
    try:
        return read_coupon_form(data, TODAY)
    except UserError as error:
        return error.code


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(st.integers(0, len(FILLED) - 1) | st.sampled_from(_OBJECTS), st.binary(max_size=6)),
        min_size=1,
        max_size=8,
    ),
    st.integers(0, len(FILLED)),
)
def test_any_damage_gives_one_refusal_or_a_reading_of_the_same_fiche(
    damage: list[tuple[int, bytes]], end: int
) -> None:
    data = bytearray(FILLED)
    for place, replaced in damage:
        data[place : place + len(replaced)] = replaced
    data = data if end % 3 else data[:end]
    outcome = _outcome(bytes(data))
    if isinstance(outcome, Lecture):
        assert outcome.numero == RIGHT.numero or outcome.code != RIGHT.code
    else:
        assert outcome in REFUSALS


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_after_the_head_of_a_pdf_give_one_refusal(tail: bytes) -> None:
    assert _refusal(b"%PDF-1.7\n" + tail) in REFUSALS


def test_nothing_of_a_strange_file_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    level = logging.getLogger("pypdf").level
    _refusal(FORM[:2000])
    assert caplog.text == ""
    assert logging.getLogger("pypdf").level == level
