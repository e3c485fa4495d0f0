"""Réglages: the sheet is read once a year, replaced, and all keys are changed; nothing shown outlives the section."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.unlock import unlock_with_passphrase, unlock_with_recovery
from iscg_desktop.ui.forms.recovery_code_edit import RecoveryCodeEdit
from iscg_desktop.ui.pages.reglages.phrase import PhraseSection
from iscg_desktop.ui.tasks import TaskRunner
from tests.coffres import PASSPHRASE, Coffre, make_coffre
from tests.ui.pages.pupitre import Pupitre, opened
from tests.vie import MAELLE, TestClock

NEW = "Une phrase toute neuve pour des clés neuves"


class _Desk(Pupitre):
    """The section over a coffre whose code is known."""

    coffre: Coffre
    clock: TestClock
    tasks: TaskRunner

    @property
    def section(self) -> PhraseSection:
        assert isinstance(self.page, PhraseSection)
        return self.page

    def settled(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: self.tasks.running == 0, timeout=20_000)
        QApplication.processEvents()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[_Desk]:
    coffre, clock, tasks = make_coffre(tmp_path / "coffre"), TestClock(), TaskRunner()
    session: Session = open_session(coffre.folder, coffre.key, clock=clock.clock)
    services = Services(session)
    services.coffre.set_up(MAELLE)
    pupitre = _Desk(
        services, session, qtbot,
        lambda services, hub: PhraseSection(services, hub, tasks, kdf=KdfParameters.floor()),
    )  # fmt: skip
    pupitre.coffre, pupitre.clock, pupitre.tasks = coffre, clock, tasks
    with opened(pupitre):
        pupitre.section.reload()
        pupitre.show()
        yield pupitre
        tasks.close()


def _type(desk: _Desk, edit: RecoveryCodeEdit, code: str) -> None:
    edit.wipe()
    edit.setFocus()
    desk.write(code)


def _doubles(desk: _Desk) -> list[str]:
    return [letter for letter, count in desk.mnemonics().items() if count > 1]


@pytest.mark.exigence("S25")
def test_the_drill_is_asked_for_after_a_year_and_done(desk: _Desk) -> None:
    assert desk.says("Relue le lundi 23 novembre 2026")
    desk.clock.day += timedelta(days=366)
    desk.section.reload()
    assert desk.says("à relire")
    desk.click("Faire l’exercice")
    assert _doubles(desk) == []
    _type(
        desk,
        desk.section.sheet.exercise.edit,
        desk.coffre.code[:-1] + ("0" if desk.coffre.code[-1] != "0" else "1"),
    )
    desk.click("Vérifier")
    assert desk.says("Relisez le groupe 7")
    _type(desk, desk.section.sheet.exercise.edit, desk.coffre.code)
    desk.click("Vérifier")
    assert desk.says("Votre fiche ouvre bien ce coffre.")
    assert not desk.services.cles.exercice_du()
    assert not desk.section.sheet.exercise.isVisible()


@pytest.mark.exigence("S25")
def test_a_new_sheet_is_copied_typed_back_and_adopted(desk: _Desk) -> None:
    desk.click("Nouvelle fiche")
    assert _doubles(desk) == []
    fiche = desk.section.sheet._fiche
    assert fiche is not None
    assert desk.says(fiche.groupes[0])
    desk.click("Le code est recopié")
    assert not desk.says(fiche.groupes[0])
    _type(desk, desk.section.sheet.sheet._edit, desk.coffre.code)
    desk.click("Adopter cette fiche")
    assert desk.says("n’est pas celui qui vient d’être affiché")
    assert unlock_with_recovery(desk.coffre.folder, desk.coffre.code)
    _type(desk, desk.section.sheet.sheet._edit, "-".join(fiche.groupes))
    desk.click("Adopter cette fiche")
    assert desk.says("La nouvelle fiche ouvre le coffre.")
    assert unlock_with_recovery(desk.coffre.folder, "".join(fiche.groupes))


def test_a_code_shown_does_not_outlive_the_section(desk: _Desk) -> None:
    desk.click("Nouvelle fiche")
    desk.section.hide()
    assert desk.section.sheet._fiche is None
    desk.section.show()
    assert desk.says("Relue le")
    assert unlock_with_recovery(desk.coffre.folder, desk.coffre.code)


@pytest.mark.exigence("S26")
def test_all_keys_are_changed_step_by_step_then_the_window_is_to_lock(desk: _Desk) -> None:
    keys = desk.section.keys
    desk.click("Changer toutes les clés…")
    assert _doubles(desk) == []
    keys.current.widget.set_value("une autre phrase que celle du coffre")
    keys.form.fields["origine"].widget.set_value("choisie")
    keys.form._show_mode()
    for name in ("phrase", "confirmation"):
        keys.form.fields[name].widget.set_value(NEW)
    desk.click("Continuer")
    desk.settled()
    assert "n’ouvre pas ce coffre" in keys.current.error()
    keys.current.widget.set_value(PASSPHRASE)
    desk.click("Continuer")
    desk.settled()
    groups = keys._rotation.recovery_code.groups
    assert desk.says(groups[0])
    desk.click("Le code est recopié")
    _type(desk, keys.sheet._edit, desk.coffre.code)
    desk.click("Changer les clés")
    assert desk.says("n’est pas celui qui vient d’être affiché")
    _type(desk, keys.sheet._edit, "-".join(groups))
    done = QSignalSpy(keys.rotated)
    desk.click("Changer les clés")
    desk.qtbot.waitUntil(lambda: done.count() == 1, timeout=20_000)
    assert unlock_with_passphrase(desk.coffre.folder, NEW).dbk != desk.coffre.key.dbk


@pytest.mark.exigence("S26")
def test_new_keys_given_up_change_nothing(desk: _Desk) -> None:
    desk.click("Changer toutes les clés…")
    desk.click("Abandonner")
    assert desk.says("Changer de phrase")
    assert desk.section.keys.current.widget.value() == ""
    assert unlock_with_passphrase(desk.coffre.folder, PASSPHRASE)
    desk.services.coffre.set_up(MAELLE)  # nothing is refused
