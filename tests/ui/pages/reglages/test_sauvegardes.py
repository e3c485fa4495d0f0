"""Réglages, Sauvegardes: one button each, said in words, and what lies elsewhere is not forgotten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscg_desktop.services.sauvegardes import Travail
from iscg_desktop.storage.backup import list_backups
from iscg_desktop.ui.backups import BackupKeeper
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.pages.reglages.sauvegardes import SauvegardesSection
from iscg_desktop.ui.tasks import TaskRunner
from tests.attente import wait_for
from tests.ui.pages.pupitre import KEY, Pupitre, opened
from tests.vie import draft, open_services

pytestmark = pytest.mark.exigence("S13")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Pupitre]:
    services, session = open_services(tmp_path)
    tasks = TaskRunner()

    def make(services: object, hub: ChangesHub) -> SauvegardesSection:
        keeper = BackupKeeper(services.sauvegardes, hub, tasks)  # type: ignore[attr-defined]
        section = SauvegardesSection(services, hub, keeper)  # type: ignore[arg-type]
        section.keeper = keeper  # type: ignore[attr-defined]
        return section

    with opened(Pupitre(services, session, qtbot, make)) as pupitre:
        _section(pupitre).reload()
        pupitre.show()
        yield pupitre
        tasks.close()


def _section(desk: Pupitre) -> SauvegardesSection:
    assert isinstance(desk.page, SauvegardesSection)
    return desk.page


def _wait(desk: Pupitre) -> None:
    desk.qtbot.waitUntil(lambda: not _section(desk)._backups.busy, timeout=20_000)
    QApplication.processEvents()


def test_no_two_things_answer_the_same_letter(desk: Pupitre, tmp_path: Path) -> None:
    desk.services.sauvegardes.choisir(tmp_path)
    _section(desk).reload()
    assert [letter for letter, count in desk.mnemonics().items() if count > 1] == []


def test_one_key_makes_a_verified_backup(desk: Pupitre) -> None:
    assert desk.says("Aucune sauvegarde pour l’instant")
    desk.alt(KEY.Key_S)
    _wait(desk)
    assert desk.says("La sauvegarde est faite et vérifiée.")
    assert desk.says("à jour")
    vault = desk.session.vault
    assert len(list_backups(desk.services.sauvegardes.own_folder, vault.key.vault_id)) == 1


def test_a_stick_gets_a_copy_and_is_named_once_it_is_away(desk: Pupitre, tmp_path: Path) -> None:
    stick = tmp_path / "CLE"
    stick.mkdir()
    _section(desk).copy_to(stick)
    _wait(desk)
    assert desk.says(str(stick))
    assert desk.says("1 copie")
    assert len(list(stick.glob("*.coffre"))) == 1
    shutil.rmtree(stick)
    _section(desk).reload()
    assert desk.says("pas branché")
    desk.click("Détruite")
    desk.click("Confirmer la suppression")
    assert desk.services.sauvegardes.etat().ailleurs == ()
    assert not desk.says(str(stick))


def test_a_stick_that_refuses_is_said_and_nothing_is_made(desk: Pupitre, tmp_path: Path) -> None:
    _section(desk).copy_to(tmp_path / "absente")
    assert desk.says("n’est plus accessible")
    assert desk.services.sauvegardes.derniere() is None


def test_a_place_is_chosen_used_at_once_and_taken_back(desk: Pupitre, tmp_path: Path) -> None:
    place = tmp_path / "dossier"
    place.mkdir()
    _section(desk).choose(place)
    _wait(desk)
    assert len(list(place.glob("*.coffre"))) == 1
    assert desk.services.sauvegardes.dossier() == place
    shutil.rmtree(place)
    desk.alt(KEY.Key_S)
    _wait(desk)
    assert desk.says("mais pas dans «\u00a0dossier\u00a0»")
    desk.alt(KEY.Key_N)
    assert desk.services.sauvegardes.dossier() is None
    desk.click("Annuler (Ctrl+Z)")
    assert not desk.services.sauvegardes.etat().la


def test_discreet_mode_says_no_path(desk: Pupitre, tmp_path: Path) -> None:
    place = tmp_path / "Anais"
    place.mkdir()
    _section(desk).choose(place)
    _wait(desk)
    assert desk.says("Anais")
    _section(desk).set_discreet(True)
    assert not desk.says("Anais")


def test_one_that_ends_in_a_fault_of_ours_leaves_the_buttons_to_be_pressed_again(
    desk: Pupitre, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = _section(desk)

    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Travail, "run", broken)
    with qtbot.capture_exceptions() as caught:
        desk.alt(KEY.Key_S)
        wait_for(lambda: "Quelque chose n’a pas fonctionné" in section.message.text)
    assert [kind for kind, *_ in caught] == [RuntimeError]
    assert not desk.services.sauvegardes.etat().derniere
    monkeypatch.undo()
    desk.alt(KEY.Key_S)
    wait_for(lambda: "faite et vérifiée" in section.message.text)


def test_the_keeper_makes_what_is_due_once_she_pauses(desk: Pupitre) -> None:
    keeper = _section(desk)._backups
    desk.services.entretiens.record(draft())
    keeper._typed_at += 3600  # she is typing
    keeper.look()
    assert not keeper.busy
    keeper._typed_at -= 7200
    keeper.look()
    assert keeper.busy
    _wait(desk)
    assert desk.services.sauvegardes.derniere() is not None
    keeper.look()
    assert not keeper.busy  # nothing new


def test_the_keeper_does_not_wait_for_ever(desk: Pupitre) -> None:
    keeper = _section(desk)._backups
    keeper._typed_at += 10**6
    for _ in range(20):
        keeper.look()
    assert keeper.busy
    _wait(desk)


def test_the_last_one_is_made_before_the_coffre_closes(desk: Pupitre) -> None:
    desk.services.entretiens.record(draft())
    _section(desk)._backups.close(coming_back=False)
    assert desk.services.sauvegardes.derniere() is not None


def test_one_under_way_is_given_up_when_the_coffre_closes(desk: Pupitre) -> None:
    keeper = _section(desk)._backups
    keeper.start()
    keeper.close(coming_back=True)
    desk.services.coffre.lock()
    keeper._tasks.close()  # as the program does, before its process ends
    assert not list(desk.services.sauvegardes.own_folder.glob(".*"))
