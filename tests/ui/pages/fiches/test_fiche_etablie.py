"""The issued fiche: printed, saved, handed over, answered, corrected; each step noted, none twice."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.errors import UserError
from iscg_desktop.ui import issued_actions, printing
from tests.ui.pages.fiches.test_fiche import Bureau
from tests.ui.pages.pupitre import CTRL, KEY
from tests.vie import TODAY, TestClock


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def bureau(tmp_path: Path, qtbot: QtBot, clock: TestClock) -> Iterator[Bureau]:
    """The page on a fiche just issued."""
    made = Bureau(tmp_path, qtbot, clock)
    made.begin()
    made.press(KEY.Key_S, CTRL)
    yield made
    made.end()


def _id(bureau: Bureau) -> int:
    return bureau.services.fiches.recent()[0].id


def _steps(bureau: Bureau) -> list[str]:
    return [step.etape for step in bureau.services.fiches.trace(_id(bureau))]


def _printer_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    def choose(printer: QPrinter, _parent: QWidget) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return True

    monkeypatch.setattr(printing, "_chosen", choose)


def test_it_shows_the_bytes_that_were_issued_and_under_which_name(bureau: Bureau) -> None:
    fiche = bureau.services.fiches.get(_id(bureau))
    assert bureau.says(f"Fiche {fiche.numero}")
    assert bureau.says("LŒIL Anaïs · CDAS de Vallière")
    assert bureau.page.preview.pages == len(PdfReader(io.BytesIO(bureau.services.fiches.pdf(fiche.id))).pages)
    assert not bureau.has_button("Établir la fiche")
    bureau.page.set_discreet(True)
    assert bureau.says("A. L. · CDAS de Vallière")
    assert not bureau.says("LŒIL")


def test_no_letter_means_two_things(bureau: Bureau) -> None:
    assert {letter for letter, count in bureau.mnemonics().items() if count > 1} == set()


def test_asking_for_the_fiche_of_its_orientation_shows_it(bureau: Bureau) -> None:
    orientation_id = bureau.services.fiches.get(_id(bureau)).orientation_id
    assert orientation_id is not None
    other = bureau.orientation()
    bureau.page.prepare(other)
    assert bureau.has_button("Établir la fiche")
    bureau.page.prepare(orientation_id)
    assert bureau.says("Cette orientation a déjà sa fiche.")
    assert len(bureau.services.fiches.recent()) == 1


def test_printing_prints_the_same_bytes_and_is_noted(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "papier.pdf"
    _printer_to(monkeypatch, path)
    bureau.press(KEY.Key_P, CTRL)
    issued = PdfReader(io.BytesIO(bureau.services.fiches.pdf(_id(bureau))))
    assert len(PdfReader(path).pages) == len(issued.pages)
    assert _steps(bureau) == ["a_imprimer", "imprimee"]
    assert bureau.says("Imprimée")


@pytest.mark.qt_log_ignore("Returned false|propagateSizeHints")
def test_a_printer_that_refuses_is_said_and_nothing_is_noted(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _printer_to(monkeypatch, tmp_path / "absent" / "papier.pdf")
    bureau.press(KEY.Key_P, CTRL)
    assert bureau.says("L’imprimante ne répond pas")
    assert _steps(bureau) == ["a_imprimer"]


def test_giving_up_printing_notes_nothing(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_chosen", lambda _printer, _parent: False)
    bureau.press(KEY.Key_P, CTRL)
    assert _steps(bureau) == ["a_imprimer"]


def _choose(monkeypatch: pytest.MonkeyPatch, folder: Path | None) -> None:
    monkeypatch.setattr(issued_actions, "choose_folder", lambda *_: folder)


def test_saved_it_opens_with_the_phrase_that_stays_on_the_page(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, tmp_path)
    phrase = bureau.page.panel.saving.phrase.value()
    assert len(phrase.split()) >= 5
    bureau.alt(KEY.Key_E)
    (path,) = tmp_path.glob("*.pdf")
    assert "LŒIL" not in path.name.upper()
    reader = PdfReader(path)
    assert reader.is_encrypted
    assert reader.decrypt(phrase)
    assert bureau.page.panel.saving.phrase.value() == phrase, "she has yet to tell it"
    assert bureau.says("PDF écrit")
    assert _steps(bureau) == ["a_imprimer", "enregistree"]


def test_without_a_phrase_she_is_warned_and_gets_the_very_bytes(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, tmp_path)
    bureau.page.panel.saving.plain.setFocus()
    bureau.press(KEY.Key_Space)
    assert bureau.says("quiconque trouve ce fichier")
    assert not bureau.page.panel.saving.phrase.isVisible()
    bureau.alt(KEY.Key_E)
    (path,) = tmp_path.glob("*.pdf")
    assert path.read_bytes() == bureau.services.fiches.pdf(_id(bureau))


def test_a_phrase_soon_guessed_is_refused_where_it_is(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, tmp_path)
    bureau.page.panel.saving.phrase.setFocus()
    bureau.page.panel.saving.phrase.selectAll()
    bureau.press(KEY.Key_Delete)
    bureau.alt(KEY.Key_E)
    assert bureau.says("Cette phrase se devine trop vite")
    assert bureau.focus is bureau.page.panel.saving.phrase
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_folder_that_refuses_is_said_and_nothing_is_noted(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, tmp_path / "absent")
    bureau.alt(KEY.Key_E)
    assert bureau.page.panel.saving.message.tone == "alert"
    assert bureau.page.panel.saving.message.text
    assert _steps(bureau) == ["a_imprimer"]


def test_giving_up_the_folder_writes_nothing(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(monkeypatch, None)
    bureau.alt(KEY.Key_E)
    assert _steps(bureau) == ["a_imprimer"]


def test_the_hand_over_is_noted_once(bureau: Bureau) -> None:
    bureau.alt(KEY.Key_R)
    assert _steps(bureau) == ["a_imprimer", "remise"]
    assert not bureau.has_button("Noter la remise")


def test_a_coffre_that_takes_no_more_is_said(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise UserError("disque_plein")

    monkeypatch.setattr(bureau.services.fiches, "follow", refuse)
    bureau.alt(KEY.Key_R)
    assert bureau.says("Le disque est plein")


def test_the_retour_is_noted_once_with_its_suite(
    bureau: Bureau, clock: TestClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    retour = bureau.page.panel.retour
    bureau.alt(KEY.Key_O)
    assert retour.fields["suite"].error() == "Indiquez la suite donnée."
    assert _steps(bureau) == ["a_imprimer"]
    retour.suite.setFocus()
    bureau.write("rendez")
    bureau.press(KEY.Key_Tab)
    bureau.alt(KEY.Key_O)
    assert _steps(bureau) == ["a_imprimer", "retour"]
    orientation_id = bureau.services.fiches.get(_id(bureau)).orientation_id
    assert orientation_id is not None
    assert bureau.services.orientations.get(orientation_id).suite == "rdv_fixe"
    assert not retour.isVisible()
    assert bureau.says("Rendez-vous fixé")
    clock.day = TODAY + timedelta(days=1)
    _printer_to(monkeypatch, tmp_path / "papier.pdf")
    bureau.press(KEY.Key_P, CTRL)
    assert not retour.isVisible(), "printing again does not ask for the retour again"


def test_a_retour_before_the_fiche_is_refused_where_it_is(bureau: Bureau) -> None:
    retour = bureau.page.panel.retour
    retour.suite.setFocus()
    bureau.write("rendez")
    bureau.press(KEY.Key_Tab)
    retour.day.setFocus()
    retour.day.selectAll()
    bureau.write("hier")
    bureau.press(KEY.Key_Tab)
    bureau.alt(KEY.Key_O)
    assert retour.fields["date"].error()
    assert _steps(bureau) == ["a_imprimer"]


def test_a_correction_is_a_new_version_and_the_old_one_is_not_to_be_handed_over(bureau: Bureau) -> None:
    first = bureau.services.fiches.get(_id(bureau))
    bureau.alt(KEY.Key_C)
    assert bureau.has_button("Établir la fiche")
    bureau.answer("motif", "Motif corrigé")
    bureau.page.keep_now()
    (kept,) = bureau.services.brouillons.all()
    assert kept.cle == f"fiche:{first.orientation_id}:{first.id}"
    bureau.restart()
    bureau.page.resume(kept.cle)
    bureau.show()
    assert bureau.page.form.value("motif") == "Motif corrigé"
    bureau.press(KEY.Key_S, CTRL)
    second = bureau.services.fiches.recent()[0]
    assert (second.version, second.remplacee_par) == (2, "")
    text = PdfReader(io.BytesIO(bureau.services.fiches.pdf(second.id))).pages[0].extract_text()
    assert first.numero in text
    bureau.page.show_issued(first.id)
    assert bureau.says(f"Remplacée par la fiche {second.numero}")
    assert not bureau.has_button("Corriger par une nouvelle version")
    assert not bureau.has_button("Noter la remise")


def test_the_cards_of_one_fiche_do_not_stay_for_the_next(bureau: Bureau) -> None:
    first = _id(bureau)
    phrase = bureau.page.panel.saving.phrase.value()
    bureau.page.panel.retour.suite.set_value("sans_suite")
    bureau.page.prepare(bureau.orientation())
    bureau.press(KEY.Key_S, CTRL)
    assert _id(bureau) != first
    assert bureau.page.panel.saving.phrase.value() != phrase
    assert bureau.page.panel.retour.suite.value() is None


def test_what_became_of_a_file_is_said_in_sight_under_its_button(bureau: Bureau, tmp_path: Path) -> None:
    bureau.page.resize(1084, 560)
    panel = bureau.page.panel
    for card, write in ((panel.saving, panel.save_to), (panel.coupon, panel.save_coupon_to)):
        for folder, tone in ((tmp_path / "absent", "alert"), (tmp_path, "good")):
            card.save.setFocus()
            bureau.qtbot.waitUntil(lambda card=card: not card.save.visibleRegion().isEmpty())
            assert panel.trace.visibleRegion().isEmpty(), "the head of the panel is out of sight"
            write(folder)
            bureau.qtbot.waitUntil(lambda card=card: not card.message.visibleRegion().isEmpty())
            assert card.message.tone == tone
