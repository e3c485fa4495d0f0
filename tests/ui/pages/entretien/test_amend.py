"""Correcting a recorded entretien in its form."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from tests.ui.pages.entretien.desk import CTRL, KEY, Desk
from tests.vie import draft


def _close(desk: Desk) -> None:
    desk.session.vault.execute(
        "INSERT INTO bilans (code, type, debut, fin, arrete_le, menu, seuil, rang)"
        " VALUES ('2026-T1', 'trimestre', '2026-01-01', '2026-04-01', '2026-04-02', 1, 5,"
        " (SELECT count(*) + 1 FROM bilans))"
    )


def test_the_form_opens_on_what_was_recorded_and_records_the_correction(desk: Desk, qtbot: QtBot) -> None:
    recorded = desk.services.entretiens.record(draft())
    before = desk.recorded()
    desk.page.amend(recorded.entretien_id)
    assert desk.page.title == "Corriger un entretien"
    assert desk.focused() == "elements_transmissibles"
    assert desk.form.read().missing == ()
    assert not desk.form.personnes.lines[0].to_confirm(), "the facts are those of that day"
    with qtbot.waitSignal(desk.page.recorded):
        desk.press(KEY.Key_S, CTRL)
    assert desk.recorded() == before, "nothing was changed: nothing changes"
    desk.page.amend(recorded.entretien_id)
    desk.answer("duree", "1h")
    desk.answer("notes_de_travail", "Mardi. ")
    with qtbot.waitSignal(desk.page.recorded):
        desk.press(KEY.Key_S, CTRL)
    assert (desk.recorded().duree, desk.recorded().notes_de_travail) == (60, "Mardi. Rappeler jeudi.")
    assert [v.entretien.duree for v in desk.services.entretiens.versions(recorded.entretien_id)] == [45]
    assert desk.says("corrigé à")
    assert desk.services.brouillons.all() == ()


def test_the_draft_of_a_correction_is_kept_and_resumed(desk: Desk) -> None:
    recorded = desk.services.entretiens.record(draft())
    desk.page.amend(recorded.entretien_id)
    desk.answer("lieu", "domicile")
    desk.go("notes_de_travail")
    desk.type("à moit")
    assert desk.page.keep_now()
    desk.restart()
    desk.page.amend(recorded.entretien_id)
    assert desk.form.entretien_id == recorded.entretien_id
    assert desk.form.seance.value("lieu") == "domicile"
    assert desk.form.fields()["notes_de_travail"].widget.raw() == "à moitRappeler jeudi."
    desk.press(KEY.Key_S, CTRL)
    assert desk.recorded().lieu == "domicile"
    assert len(desk.services.entretiens.versions(recorded.entretien_id)) == 1


def test_a_correction_given_up_changes_nothing(desk: Desk) -> None:
    recorded = desk.services.entretiens.record(draft())
    before = desk.recorded()
    desk.page.amend(recorded.entretien_id)
    desk.answer("duree", "5")
    desk.page.keep_now()
    desk.services.brouillons.drop(str(desk.page.draft_key))
    assert desk.recorded() == before
    assert desk.services.entretiens.versions(recorded.entretien_id) == ()


def test_what_an_arrete_bilan_counts_is_read_only_and_the_texts_are_not(desk: Desk) -> None:
    recorded = desk.services.entretiens.record(draft(date=date(2026, 3, 10), saisine=None))
    _close(desk)
    desk.page.amend(recorded.entretien_id)
    assert desk.says("Le trimestre de cet entretien est arrêté.")
    desk.form.personnes.open(desk.form.personnes.lines[0])
    fields = desk.form.fields()
    locked = {name for name, field in fields.items() if not field.isEnabled()}
    assert {"date", "mode", "issue", "unite_id", "problematique_principale", "demandes"} <= locked
    assert {"personnes.0.participation", "personnes.0.csp", "personnes.0.vulnerabilite"} <= locked
    assert not locked & {
        "heure",
        "duree",
        "lieu",
        "notes_de_travail",
        "personnes.0.telephone",
        "personnes.0.accord",
    }
    assert not desk.button("Ajouter une personne").isEnabled()
    desk.form.personnes.lines[0].header.setFocus()
    desk.press(KEY.Key_Delete)
    assert len(desk.form.personnes.lines) == 1, "no line leaves"
    desk.answer("elements_transmissibles", "Corrigé. ")
    assert desk.page.keep_now()
    desk.restart()
    desk.page.amend(recorded.entretien_id)
    assert not desk.form.fields()["date"].isEnabled(), "resumed, it is the same"
    desk.press(KEY.Key_S, CTRL)
    assert desk.recorded().elements_transmissibles.startswith("Corrigé. ")


def test_one_put_in_the_corbeille_meanwhile_is_refused_in_words(desk: Desk) -> None:
    recorded = desk.services.entretiens.record(draft())
    desk.page.amend(recorded.entretien_id)
    desk.answer("duree", "5")
    desk.services.corbeille.put(recorded.entretien_id)
    desk.press(KEY.Key_S, CTRL)
    assert desk.says("Cet entretien est à la corbeille.")
    assert desk.form.entretien_id == recorded.entretien_id, "nothing typed is lost"
