"""The import page: a file by keys, nothing half done whatever happens, and taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from iscg_desktop.errors import UserError
from iscg_desktop.storage.connection import Connection
from iscg_desktop.ui.dialogs.steps_dialog import StepsDialog
from iscg_desktop.ui.pages.reglages.importation import ImportationSection
from iscg_desktop.ui.tasks import TaskRunner
from tests.services.test_importation import HEADER, LINES, _tables
from tests.ui.pages.pupitre import CTRL, KEY, Pupitre, opened
from tests.vie import TODAY, draft, open_services


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Pupitre]:
    services, session = open_services(tmp_path)
    session.territories.load()
    tasks = TaskRunner()
    with opened(
        Pupitre(services, session, qtbot, lambda services, hub: ImportationSection(services, hub, tasks))
    ) as pupitre:
        _page(pupitre).reload()
        pupitre.show()
        yield pupitre
        pupitre.qtbot.waitUntil(lambda: not tasks.running)
    tasks.close()


def _page(desk: Pupitre) -> ImportationSection:
    assert isinstance(desk.page, ImportationSection)
    return desk.page


def _read(desk: Pupitre, data: str | bytes, name: str = "dossiers.csv") -> None:
    path = desk.session.vault.folder.parent / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    _page(desk).read_file(path)
    desk.qtbot.waitUntil(lambda: not _page(desk)._busy.text)


def _file(*lines: str) -> str:
    return "\n".join((HEADER, *lines))


def _many(count: int) -> str:
    return _file(
        *(f"N{n};12/03/2024;;Péron{n};Solène;F;01/02/1988;;;Autre;oui;RSA;CCAS;vu" for n in range(count))
    )


def _ended(desk: Pupitre) -> None:
    desk.qtbot.waitUntil(lambda: _page(desk).steps is None, timeout=30_000)
    desk.qtbot.waitUntil(desk.page.isActiveWindow)


def _check(desk: Pupitre) -> None:
    desk.alt(KEY.Key_R)
    _ended(desk)


def test_a_file_comes_in_by_keys_and_goes_out_again(desk: Pupitre) -> None:
    before = _tables(desk.session)
    _read(desk, _file(*LINES))
    assert desk.says("dossiers.csv · 4 ligne(s)")
    _check(desk)
    assert desk.says("3 dossier(s) · 4 entretien(s) · 3 personne(s) · dont 4 entretien(s) hors des bilans")
    assert desk.says("Toutes les lignes peuvent entrer")
    assert [remark.numero for remark in _page(desk).rapport.table.records()] == [4, 5, 5]
    assert _page(desk).rapport.remarks.aide.startswith("import")
    assert _tables(desk.session) == before
    desk.press(KEY.Key_Return)  # « Importer » has the focus
    _ended(desk)
    assert desk.says("L’import est fait")
    assert desk.services.dossiers.count() == 3
    desk.click("Annuler cet import")
    assert desk.services.dossiers.count() == 3
    desk.click("Confirmer la suppression")
    _ended(desk)
    assert desk.says("L’import est annulé")
    assert _tables(desk.session) == before


def test_no_two_things_answer_the_same_letter(desk: Pupitre) -> None:
    _read(desk, _file(*LINES))
    _check(desk)
    assert [letter for letter, count in desk.mnemonics().items() if count > 1] == []


def test_a_word_nobody_knows_comes_first_is_counted_and_said(desk: Pupitre) -> None:
    _read(desk, _file(LINES[0].replace("Conflit familial", "Zizanie"), LINES[2].replace("Autre", "Chicane")))
    assert desk.says("2 mot(s) à préciser")
    assert [mot.mot for mot in _page(desk).mots.table.records()[:2]] == ["Zizanie", "Chicane"]
    _check(desk)
    assert desk.says("2 ligne(s) ne peut (peuvent) pas entrer")
    assert not _page(desk).rapport.run.isVisible()
    desk.alt(KEY.Key_V)
    desk.write("conflit fam")
    desk.press(KEY.Key_Return)
    assert desk.says("1 mot(s) à préciser")
    assert _page(desk).mots.table.selected().mot == "Chicane"
    desk.write("autre")
    desk.press(KEY.Key_Return)
    assert desk.says("Tous les mots ont un sens")
    _check(desk)
    assert desk.says("Toutes les lignes peuvent entrer")
    # What she said is remembered as soon as it was checked.
    _read(desk, _file(LINES[0].replace("Conflit familial", "ZIZANIE")), "autre.csv")
    assert desk.says("Tous les mots ont un sens")


def test_what_two_columns_say_is_said_and_a_column_is_left_out(desk: Pupitre) -> None:
    _read(desk, "Date;Nom;Pseudo\n12/03/2024;Péron;Soso\n")
    page = _page(desk)
    page.colonnes.table.select(page.colonnes.table.records()[2])
    desk.alt(KEY.Key_O)
    desk.press(KEY.Key_A, CTRL)
    desk.write("nom d’usage")
    desk.press(KEY.Key_Return)
    assert desk.says("Dit par plusieurs colonnes\u00a0: «\u00a0Nom d’usage\u00a0»")
    _check(desk)
    assert not page.rapport.run.isVisible()
    page.colonnes.champ.setFocus()
    desk.press(KEY.Key_A, CTRL)
    desk.write("laissée")
    desk.press(KEY.Key_Return)
    assert not desk.says("Dit par plusieurs colonnes")
    _check(desk)
    assert page.rapport.run.isVisible()


def test_a_file_without_a_date_is_said_before_its_lines(desk: Pupitre) -> None:
    _read(desk, "Nom;Prénom\nPéron;Solène\n")
    _check(desk)
    assert desk.says("Aucune colonne ne dit la date")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "ne contient pas de ligne"),
        (b"\0\1\2 PDF", "ne se lit pas comme un tableur"),
        (b"PK\x03\x04 not a workbook", "ne se lit pas comme un tableur"),
        (b"Date;Nom\n" + b"12/03/2024;A\n" * 50_000, "plus de 20\u00a0000 lignes"),
        (b";".join(b"c%d" % n for n in range(200)) + b"\n1\n", "200 colonnes"),
    ],
)
def test_a_hostile_file_is_refused_in_words(desk: Pupitre, data: bytes, words: str) -> None:
    _read(desk, data)
    assert desk.says(words)
    assert not desk.has_button("Vérifier")


def test_a_file_that_is_not_there_is_said(desk: Pupitre) -> None:
    _page(desk).read_file(desk.session.vault.folder)
    desk.qtbot.waitUntil(lambda: desk.says("ne peut pas être ouvert"))


def test_two_encodings_and_a_formula_are_plain_words(desk: Pupitre) -> None:
    _read(
        desk,
        "Date;Nom;Prénom;Notes\n12/03/2024;Péron;Zoé;=1+1\n".encode()
        + "12/03/2024;Lefèvre;Noé;@cmd\n".encode("cp1252"),
    )
    _check(desk)
    desk.press(KEY.Key_Return)
    _ended(desk)
    assert (
        len(desk.services.dossiers.find("péron zoé")) == len(desk.services.dossiers.find("lefèvre noé")) == 1
    )


def test_stopped_in_the_middle_it_leaves_nothing(desk: Pupitre) -> None:
    desk.services.entretiens.record(draft())
    _read(desk, _many(300))
    _check(desk)
    before, found = _tables(desk.session), desk.services.dossiers.find("péron")
    desk.press(KEY.Key_Return)
    steps = _page(desk).steps
    assert steps is not None
    desk.qtbot.waitUntil(lambda: desk.session.vault.in_transaction and steps.bar.value() > 5)
    with pytest.raises(UserError, match="coffre_en_import"):
        desk.services.entretiens.record(draft())
    QTest.keyClick(steps, Qt.Key.Key_Escape)
    assert desk.says("Rien n’a changé dans le coffre")
    assert not desk.session.vault.in_transaction
    assert _tables(desk.session) == before
    assert desk.services.dossiers.find("péron") == found
    desk.services.entretiens.record(draft())  # and she works on


def test_asked_to_keep_in_the_middle_it_stops_and_the_coffre_may_close(desk: Pupitre) -> None:
    _read(desk, _many(300))
    _check(desk)
    before = _tables(desk.session)
    desk.press(KEY.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.session.vault.in_transaction)
    assert _page(desk).keep_now()
    assert not desk.session.vault.in_transaction
    assert _tables(desk.session) == before


def test_the_window_turns_while_the_disk_takes_it_and_nothing_is_stopped_any_more(
    desk: Pupitre, monkeypatch: pytest.MonkeyPatch
) -> None:
    _read(desk, _file(*LINES))
    _check(desk)
    ready, commit = threading.Event(), Connection.commit

    def late(connection: Connection) -> None:
        ready.wait()
        commit(connection)

    with monkeypatch.context() as slow:
        slow.setattr(Connection, "commit", late)
        desk.press(KEY.Key_Return)
        steps = _page(desk).steps
        assert steps is not None
        desk.qtbot.waitUntil(lambda: steps.count.text() == "Écriture sur le disque…")
        assert not steps.cancel.isEnabled()
        threading.Timer(0.1, ready.set).start()
        assert _page(desk).keep_now()  # as a lock does: it waits
    assert _page(desk).steps is None
    assert not desk.session.vault.in_transaction
    assert desk.says("L’import est fait")
    assert not desk.says("Rien n’a changé")
    assert desk.services.dossiers.count() == 3


def test_importer_pressed_twice_imports_once(desk: Pupitre) -> None:
    _read(desk, _file(*LINES))
    _check(desk)
    page = _page(desk)
    QTest.mouseDClick(page.rapport.run, Qt.MouseButton.LeftButton)
    page.rapport.run.click()
    assert [each.running for each in page.findChildren(StepsDialog)].count(True) == 1
    _ended(desk)
    assert len(desk.services.importation.all()) == 1


def test_f9_hides_the_file_its_words_and_what_was_imported(desk: Pupitre) -> None:
    _read(desk, _file(*LINES))
    _check(desk)
    _page(desk).set_discreet(True)
    assert not _page(desk).colonnes.isVisible()
    assert not desk.says("dossiers.csv")
    assert not desk.has_button("Importer")
    _page(desk).set_discreet(False)
    assert desk.says("dossiers.csv")


def test_an_import_in_which_she_worked_is_kept_in_words(desk: Pupitre) -> None:
    _read(desk, _file(*LINES))
    _check(desk)
    desk.press(KEY.Key_Return)
    _ended(desk)
    (line,) = desk.services.dossiers.find("péron")
    desk.services.journee.add_relance(TODAY, "rappeler", line.id)
    desk.click("Annuler cet import")
    desk.click("Confirmer la suppression")
    _ended(desk)
    assert desk.says("Vous avez travaillé depuis")
    assert desk.services.dossiers.count() == 3
