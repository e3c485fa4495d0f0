"""Correcting a recorded entretien in its form."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from iscg_desktop.domain.orientation import OrientationDraft
from tests.ui.pages.entretien.desk import CTRL, CTRL_SHIFT, KEY, Desk
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


def test_its_orientations_are_corrected_withdrawn_and_added_in_the_form(desk: Desk, qtbot: QtBot) -> None:
    recorded = desk.services.entretiens.record(
        draft(
            orientations=(
                OrientationDraft(0, "service_social_secteur", 1, "oui", "Évaluation"),
                OrientationDraft(0, "cidff", None, "oui", "Droits"),
            )
        )
    )
    desk.page.amend(recorded.entretien_id)
    first, second = desk.form.orientations.lines
    assert (first.title(), second.title()) == ("Service social de secteur", "CIDFF")
    desk.form.orientations.open(first)
    desk.go("orientations.0.motif")
    desk.type("Urgente. ")
    second.header.setFocus()
    desk.press(KEY.Key_Delete)
    desk.press(KEY.Key_O, CTRL_SHIFT)
    desk.answer("orientations.1.type", "france victimes")
    assert desk.page.keep_now()
    desk.restart()
    desk.page.amend(recorded.entretien_id)
    assert [line.orientation_id for line in desk.form.orientations.lines] == [
        recorded.orientation_ids[0],
        None,
    ]
    with qtbot.waitSignal(desk.page.recorded):
        desk.press(KEY.Key_S, CTRL)
    made = {each.type: each.motif for each in desk.services.dossiers.orientations(recorded.dossier_id)}
    assert made.keys() == {"service_social_secteur", "aide_victimes"}
    assert "Urgente." in made["service_social_secteur"]
    (version,) = desk.services.entretiens.versions(recorded.entretien_id)
    assert [each.type for each in version.entretien.orientations] == ["service_social_secteur", "cidff"]


def test_of_an_orientation_already_counted_or_followed_the_form_says_what_stands_still(desk: Desk) -> None:
    recorded = desk.services.entretiens.record(draft(date=date(2026, 3, 10), saisine=None))
    _close(desk)
    desk.page.amend(recorded.entretien_id)
    (line,) = desk.form.orientations.lines
    desk.form.orientations.open(line)
    locked = {name for name, field in line.form.fields.items() if not field.isEnabled()}
    assert locked == {"personne", "type", "partenaire_id", "motif"}
    assert not desk.button("Nouveau partenaire").isEnabled()
    assert desk.says("Seul l’accord peut encore changer.")
    line.header.setFocus()
    desk.press(KEY.Key_Delete)
    assert desk.form.orientations.lines == [line], "what is counted is not withdrawn"


def test_a_recorded_orientation_emptied_by_hand_is_asked_about_not_lost(desk: Desk) -> None:
    recorded = desk.services.entretiens.record(draft())
    desk.page.amend(recorded.entretien_id)
    (line,) = desk.form.orientations.lines
    for name in ("type", "partenaire_id", "motif"):
        line.form.put(name, None)
    desk.press(KEY.Key_S, CTRL)
    assert desk.says("Vers qui")
    assert len(desk.services.dossiers.orientations(recorded.dossier_id)) == 1
