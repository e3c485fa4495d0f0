"""Once recorded: a calm page, and the fiche one key away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.droits import Droit, Reponse
from iscg_desktop.storage.vault import Vault
from tests.ui.pages.entretien.desk import ALT, CTRL, CTRL_SHIFT, KEY, Desk, hour_of
from tests.vie import TODAY, draft


def test_once_recorded_the_page_is_calm_and_offers_the_fiche(desk: Desk, qtbot: QtBot) -> None:
    desk.page.start()
    assert not desk.button("Fiche de liaison…").isEnabled()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.answer("problematique_principale", "fugue")
    for accord in ("o", "n"):
        desk.press(KEY.Key_O, CTRL_SHIFT)
        rank = len(desk.form.orientations.lines) - 1
        desk.answer(f"orientations.{rank}.type", "secteur")
        desk.answer(f"orientations.{rank}.partenaire_id", "cdas")
        desk.answer(f"orientations.{rank}.accord", accord)
    told = []
    desk.hub.changed.connect(told.append)
    with qtbot.waitSignal(desk.page.recorded) as recorded:
        desk.press(KEY.Key_S, CTRL)
    assert recorded.args == [1]
    assert [change.dossier_id for change in told if "entretiens" in change.kinds] == [1]
    assert desk.page.form is None
    assert desk.says("L’entretien est enregistré.")
    assert desk.says(f"Dossier 2026-0001 · enregistré à {hour_of(desk)}")
    agreed = next(o.id for o in desk.services.dossiers.orientations(1) if o.accord == "oui")
    with qtbot.waitSignal(desk.page.fiche_requested) as asked:
        qtbot.mouseClick(desk.button("Établir la fiche"), Qt.MouseButton.LeftButton)
    assert asked.args == [agreed]
    with qtbot.waitSignal(desk.page.fiche_requested) as asked:
        qtbot.mouseClick(desk.button("Fiche de liaison…"), Qt.MouseButton.LeftButton)
    assert asked.args == [agreed]
    with qtbot.waitSignal(desk.page.dossier_requested) as asked:
        qtbot.mouseClick(desk.button("Voir le dossier"), Qt.MouseButton.LeftButton)
    assert asked.args == [1]
    with qtbot.waitSignal(desk.page.entretien_requested):
        desk.press(KEY.Key_N, ALT)
    desk.page.start()
    assert desk.form.fields()["personnes.0.prenom"].widget.value() == ""


@pytest.mark.exigence("S8")
def test_recorded_is_said_once_the_disk_has_it_and_not_before(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.page.start()
    desk.answer("personnes.0.prenom", "Anaïs")
    desk.answer("problematique_principale", "fugue")
    said_before: list[bool] = []
    commit = Vault.commit

    def looked_at(vault: Vault) -> None:
        said_before.append(desk.says("enregistré"))
        commit(vault)
        said_before.append(desk.says("enregistré"))

    monkeypatch.setattr(Vault, "commit", looked_at)
    desk.press(KEY.Key_S, CTRL)
    assert said_before
    assert not any(said_before)
    assert desk.says("L’entretien est enregistré.")


def test_what_a_person_limited_is_said_where_an_entretien_with_her_is_typed(desk: Desk) -> None:
    recorded = desk.services.entretiens.record(draft())
    droits = desk.services.droits
    asked, _ = droits.noter(recorded.personne_ids[0], Droit.LIMITATION, TODAY)
    droits.repondre(asked, TODAY, Reponse.SATISFAITE)
    desk.page.start()
    assert not desk.says("usage limité")
    desk.page.start(recorded.dossier_id)
    assert desk.says("LŒIL Anaïs\u00a0: usage limité, depuis le lundi 23 novembre")
    desk.page.set_discreet(True)
    assert not desk.says("LŒIL")
    assert desk.says("usage limité, depuis le")
    desk.hub.announce(droits.lever(asked))
    assert not desk.says("usage limité")


def test_it_is_said_too_of_a_known_person_in_a_new_dossier(desk: Desk) -> None:
    recorded = desk.services.entretiens.record(draft())
    droits = desk.services.droits
    asked, _ = droits.noter(recorded.personne_ids[0], Droit.OPPOSITION, TODAY)
    droits.repondre(asked, TODAY, Reponse.SATISFAITE)
    desk.page.start()
    desk.form.personnes._take(desk.form.personnes.lines[0], recorded.personne_ids[0])
    desk.qtbot.waitUntil(lambda: desk.says("opposition, depuis le"))
