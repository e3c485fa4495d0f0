"""The triage: ten saisines by keys alone, drafts that come back, each step by key, nobody called by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.agenda import RendezVousDraft
from iscg_desktop.domain.period import quarter_of
from iscg_desktop.domain.saisine import (
    EN_ATTENTE,
    SaisineDraft,
    SaisineSuivie,
    TentativeDraft,
)
from iscg_desktop.ui.pages.saisines.page import SaisinesPage
from iscg_desktop.ui.pages.saisines.saisie import NEW
from iscg_desktop.ui.widgets.button import Button
from tests.ui.pages.pupitre import CTRL, KEY, SHIFT, Pupitre, opened
from tests.vie import TODAY, TestClock, draft, open_services, victime


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, clock: TestClock) -> Iterator[Pupitre]:
    """The page over a coffre with two unités; she is at the first."""
    services, session = open_services(tmp_path, clock)
    services.journee.choose_permanence(1)
    with opened(Pupitre(services, session, qtbot, SaisinesPage)) as made:
        yield made


def _show(desk: Pupitre) -> SaisinesPage:
    page = desk.page
    assert isinstance(page, SaisinesPage)
    desk.show(height=900)
    page.activated()
    return page


def _add(desk: Pupitre, **values: object) -> int:
    whole = SaisineDraft(TODAY, origine="gendarmerie", support="intervention", unite_id=1, urgence="sous_48h")
    return desk.services.saisines.record(replace(whole, **values))[0]  # type: ignore[arg-type]


def _kept(desk: Pupitre, saisine_id: int) -> SaisineSuivie:
    found = desk.services.saisines.get(saisine_id)
    assert found is not None
    return found


class Keys:
    """Counts every key she presses."""

    def __init__(self, desk: Pupitre) -> None:
        self.desk, self.count = desk, 0

    def type(self, *answers: str) -> None:
        """Each answer, then Enter."""
        for answer in answers:
            self.desk.write(answer)
            self.desk.press(KEY.Key_Return)
            self.count += len(answer) + 1


MORNING = (
    ("740", "imm", "oui", "Dispute, enfants présents", "adj. Kervella", "0611111111", "", ""),
    ("8", "sous", "non", "Conflit de voisinage", "gend. Riou", "", "", ""),
    ("", "dif", "", "Fugue", "", "", "", ""),
    ("815", "sous", "oui", "Séparation", "", "0622222222", "le matin", ""),
    ("", "imm", "oui", "Menaces", "adj. Kervella", "0633333333", "", ""),
    ("", "dif", "", "Personne âgée isolée", "", "", "", ""),
    ("", "dif", "oui", "Loyers", "", "0644444444", "", ""),
    ("9", "sous", "oui", "Harcèlement", "gend. Riou", "0655555555", "", ""),
    ("", "", "", "Main courante", "", "", "", ""),
    ("930", "imm", "oui", "Départ du domicile", "", "0666666666", "chez sa sœur", ""),
)


def test_ten_saisines_in_a_row_by_keys_alone(desk: Pupitre) -> None:
    page = _show(desk)
    keys = Keys(desk)
    keys.type("gend", "interv")  # origine and support, once: the unité is that of the permanence
    for line in MORNING:
        keys.type(*line)
    kept = desk.services.saisines.find(EN_ATTENTE)
    assert len(kept) == len(MORNING)
    by_motif = {each.saisine.motif: each.saisine for each in kept}
    for hour, urgence, _, motif, demandeur, phone, safe, _ in MORNING:
        saisine = by_motif[motif]
        assert (saisine.date, saisine.unite_id) == (TODAY, 1)
        assert (saisine.origine, saisine.support) == ("gendarmerie", "intervention")
        assert saisine.urgence.startswith({"imm": "imm", "sous": "sous", "dif": "dif"}.get(urgence, "non"))
        assert (saisine.demandeur, saisine.telephone, saisine.contact_sur) == (demandeur, phone, safe)
        assert (saisine.heure is not None) == bool(hour)
    assert by_motif["Dispute, enfants présents"].heure == time(7, 40)
    assert by_motif["Conflit de voisinage"].accord_contact == "non"
    assert by_motif["Fugue"].accord_contact == "non_recueilli"
    assert desk.services.brouillons.all() == ()
    assert [each.saisine.urgence for each in page.table.records()][:3] == ["immediate"] * 3
    assert keys.count / len(MORNING) <= 45, "keystrokes a saisine, its words included"


def test_what_is_remembered_is_for_the_day(desk: Pupitre, clock: TestClock) -> None:
    page = _show(desk)
    line = page.saisie.line
    Keys(desk).type("ccas", "appel", "", "", "", "Premier", "", "", "", "")
    assert line.champ == "heure"
    assert (line.value("origine"), line.value("support"), line.value("unite_id")) == (
        "ccas",
        "appel_courriel",
        "1",
    )
    clock.day = TODAY + timedelta(days=1)
    page.saisie.abandon()
    assert (line.value("date"), line.value("origine"), line.value("unite_id")) == (clock.day, None, None)
    assert line.champ == "unite_id"


def test_enter_goes_on_shift_enter_back_and_ctrl_enter_records(desk: Pupitre) -> None:
    page = _show(desk)
    line = page.saisie.line
    assert line.champ == "origine"
    desk.press(KEY.Key_Return)
    assert line.champ == "support"
    desk.press(KEY.Key_Return, SHIFT)
    assert line.champ == "origine"
    desk.write("gend")
    desk.press(KEY.Key_Return)
    line.enter("motif")
    desk.write("Quelques mots")
    desk.press(KEY.Key_Return, CTRL)
    (kept,) = desk.services.saisines.find()
    assert (kept.saisine.motif, kept.saisine.origine) == ("Quelques mots", "gendarmerie")


def test_enter_pressed_twice_records_once(desk: Pupitre) -> None:
    page = _show(desk)
    page.saisie.line.enter("motif")
    desk.write("Une fois")
    desk.press(KEY.Key_Return, CTRL)
    desk.press(KEY.Key_Return, CTRL)
    assert desk.says("Rien n’est encore écrit sur cette ligne.")
    assert len(desk.services.saisines.find()) == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("heure", "25h", "Cette heure n’existe pas."),
        ("date", "31/2", "n’existe pas dans le calendrier"),
        ("date", "demain", "Cette date est dans l’avenir."),
        ("origine", "zzz", "Cette réponse n’est pas dans la liste."),
    ],
)
def test_bad_input_is_said_in_its_field_and_nothing_is_lost(
    desk: Pupitre, field: str, typed: str, said: str
) -> None:
    page = _show(desk)
    line = page.saisie.line
    line.enter("motif")
    desk.write("À garder")
    line.enter(field)
    line.fields[field].widget.selectAll()
    desk.write(typed)
    desk.press(KEY.Key_Return, CTRL)
    assert said in line.fields[field].error()
    assert line.champ == field
    assert line.value("motif") == "À garder"
    assert desk.services.saisines.find() == ()


def test_a_line_half_typed_comes_back_half_words_included(desk: Pupitre, qtbot: QtBot) -> None:
    page = _show(desk)
    page.saisie.line.enter("heure")
    desk.write("9h3x")
    page.saisie.line.enter("motif")
    desk.write("À moitié")
    qtbot.waitUntil(lambda: desk.services.brouillons.get(NEW) is not None, timeout=2_000)
    again = Pupitre(desk.services, desk.session, qtbot, SaisinesPage)
    again.show()
    page = again.page
    assert isinstance(page, SaisinesPage)
    page.activated()
    fields = page.saisie.line.fields
    assert page.saisie.line.champ == "motif", "back where it was left"
    assert (fields["heure"].widget.text(), fields["motif"].widget.value()) == ("9h3x", "À moitié")
    fields["heure"].widget.clear()
    page.saisie.finish()
    assert desk.services.saisines.find()[0].saisine.motif == "À moitié"
    assert desk.services.brouillons.all() == ()
    again.close()


def test_a_full_disk_is_said_and_nothing_typed_is_lost(desk: Pupitre) -> None:
    page = _show(desk)
    page.saisie.line.enter("motif")
    page.saisie.line.put("motif", "Mots à garder " * 600)  # more than a page of the database, as if pasted
    desk.write(".")
    desk.full_disk(True)
    page.saisie.finish()
    assert desk.says("Le disque est plein.")
    assert not page.keep_now()
    desk.full_disk(False)
    assert page.keep_now()
    page.saisie.finish()
    assert len(desk.services.saisines.find()) == 1


def test_a_saisine_is_corrected_and_the_line_half_typed_waits(desk: Pupitre) -> None:
    saisine = _add(desk, motif="Avant")
    page = _show(desk)
    page.saisie.line.enter("motif")
    desk.write("En cours")
    page.table.setFocus()
    desk.alt(KEY.Key_C)
    line = page.saisie.line
    assert (line.value("motif"), line.value("origine"), line.champ) == ("Avant", "gendarmerie", "motif")
    desk.write("Après")
    desk.press(KEY.Key_Return, CTRL)
    assert _kept(desk, saisine).saisine.motif == "Après"
    assert line.value("motif") == "En cours"


def test_what_a_bilan_counted_is_said_before_it_is_refused(desk: Pupitre) -> None:
    old = TODAY.replace(month=2)
    saisine = _add(desk, date=old)
    with desk.session.transaction() as tx:
        tx.bilans.add(quarter_of(old), TODAY, 1, 5)
        tx.commit()
    page = _show(desk)
    assert desk.says("Comptée dans le 1er trimestre 2026, arrêté")
    page.saisie.amend(saisine)
    assert desk.says("Cette saisine compte dans le 1er trimestre 2026, déjà arrêté")
    page.saisie.line.put("origine", "ccas")
    page.saisie.finish()
    assert "déjà arrêté" in page.saisie.line.fields["origine"].error()
    assert _kept(desk, saisine).saisine.origine == "gendarmerie"
    page.saisie.abandon()
    page.saisie.line.put("date", old)
    page.saisie.line.settled.emit()
    assert desk.says("comptera dans le 2e trimestre 2026")


def test_an_attempt_is_noted_by_keys_and_the_state_follows(desk: Pupitre) -> None:
    saisine = _add(desk)
    page = _show(desk)
    desk.press(KEY.Key_F6)
    desk.alt(KEY.Key_A)
    desk.press(KEY.Key_R)  # rappel demandé
    desk.press(KEY.Key_Return)
    kept = _kept(desk, saisine)
    assert (kept.saisine.etat, kept.tentatives, kept.resultat) == ("contact_tente", 1, "rappel")
    assert desk.says("Contact tenté (1)")
    assert page.table.view.hasFocus()


def test_an_attempt_without_its_result_is_refused_in_words(desk: Pupitre) -> None:
    saisine = _add(desk)
    _show(desk)
    desk.alt(KEY.Key_A)
    desk.press(KEY.Key_Return)
    assert desk.says("Dites ce que l’appel a donné")
    assert _kept(desk, saisine).tentatives == 0
    desk.press(KEY.Key_Escape)
    assert not desk.has_button("Noter l’appel")


def test_nobody_is_called_by_mistake(desk: Pupitre) -> None:
    safe = victime(sans_message=True, contact_sur_horaires="le matin")
    desk.services.entretiens.record(draft(personnes=(safe,)))
    _add(desk, accord_contact="non", telephone="06 00 00 00 01")
    page = _show(desk)
    warning = "Ne pas appeler\u00a0: accord de contact refusé. Ne pas laisser de message."
    assert desk.says(warning)
    assert desk.says("06 00 00 00 02 le matin.".replace(" 0", "\u00a00"))
    etat = page.table.table.index(0, 2)
    assert etat.data() == "ne pas appeler"
    desk.alt(KEY.Key_A)
    assert sum(warning in text for text in desk.texts()) == 2, "said again where the call is noted"


def test_a_rendez_vous_is_fixed_moved_and_taken_back(desk: Pupitre) -> None:
    saisine = _add(desk)
    _show(desk)
    desk.alt(KEY.Key_R)
    for answer in ("hier", "9h"):
        desk.write(answer)
        desk.press(KEY.Key_Tab)
    desk.press(KEY.Key_Return)
    assert desk.says("Ce jour est passé.")
    desk.write("demain")
    desk.press(KEY.Key_Return)
    kept = _kept(desk, saisine)
    assert (kept.rendez_vous_le, kept.rendez_vous_a) == (TODAY + timedelta(days=1), time(9))
    assert kept.saisine.etat == "rendez_vous_fixe"
    assert desk.has_button("Déplacer le rendez-vous")
    desk.alt(KEY.Key_L)
    assert _kept(desk, saisine).saisine.etat == "a_traiter"


def test_two_rendez_vous_at_the_same_time_are_said_and_kept(desk: Pupitre) -> None:
    first, second = _add(desk), _add(desk)
    fixed = RendezVousDraft(TODAY, time(9))
    desk.services.saisines.fix_rendez_vous(first, fixed)
    page = _show(desk)
    page.select(second)
    desk.alt(KEY.Key_R)
    page.suivi._form.put("date", TODAY)
    page.suivi._form.put("heure", time(9, 30))
    desk.press(KEY.Key_Return)
    assert desk.says("Un autre rendez-vous se tient en même temps, à 9\u00a0h.")
    assert _kept(desk, second).saisine.etat == "rendez_vous_fixe"
    desk.services.saisines.cancel_rendez_vous(first)
    desk.alt(KEY.Key_R)
    page.suivi._form.put("date", TODAY)
    page.suivi._form.put("heure", time(9, 30))
    desk.press(KEY.Key_Return)
    assert not desk.says("en même temps"), "moving one is no clash with itself"


def test_a_line_not_yet_typed_in_follows_the_permanence(desk: Pupitre) -> None:
    page = _show(desk)
    desk.services.journee.choose_permanence(2)
    page.activated()
    assert page.saisie.line.value("unite_id") == "2"
    page.saisie.line.enter("motif")
    desk.write("En cours")
    desk.services.journee.choose_permanence(1)
    page.activated()
    assert (page.saisie.line.value("unite_id"), page.saisie.line.value("motif")) == ("2", "En cours")


def test_sans_suite_with_its_reason_and_back(desk: Pupitre) -> None:
    saisine = _add(desk)
    page = _show(desk)
    desk.alt(KEY.Key_S)
    desk.press(KEY.Key_Return)
    assert desk.says("Dites pourquoi cette saisine reste sans suite")
    desk.press(KEY.Key_H)
    desk.press(KEY.Key_Return)
    assert _kept(desk, saisine).saisine.motif_sans_suite == "hors_champ"
    assert page.table.records() == ()
    page._filter.set_value("sans_suite")
    page.reload()
    assert desk.says("Sans suite (hors champ)")
    desk.alt(KEY.Key_P)
    assert _kept(desk, saisine).saisine.etat == "a_traiter"


def test_a_form_that_is_done_leaves_no_draft_though_another_saisine_is_shown_next(desk: Pupitre) -> None:
    _add(desk, motif="La seconde")
    done = _add(desk, motif="La première", urgence="immediate")
    page = _show(desk)
    assert page.suivi.saisine_id == done
    desk.alt(KEY.Key_S)
    desk.press(KEY.Key_H)
    desk.press(KEY.Key_Return)
    assert _kept(desk, done).saisine.etat == "sans_suite"
    assert page.suivi.saisine_id != done
    assert desk.services.brouillons.all() == ()


def test_enter_in_the_list_opens_the_dossier(desk: Pupitre) -> None:
    saisine = _add(desk, motif="Rien de connu")
    page = _show(desk)
    asked = QSignalSpy(page.entretien_requested)
    desk.press(KEY.Key_F6)
    desk.press(KEY.Key_Return)
    assert asked.count() == 1
    assert asked.at(0) == [saisine]


def test_who_is_known_already_is_said_once_and_never_blocks(desk: Pupitre) -> None:
    known = desk.services.entretiens.record(draft())
    saisine = _add(desk, telephone="06 00 00 00 01")
    page = _show(desk)
    opens, sees = QSignalSpy(page.entretien_requested), QSignalSpy(page.dossier_requested)
    assert desk.says("Peut-être déjà connue.")
    desk.press(KEY.Key_F6)
    desk.press(KEY.Key_Return)
    assert opens.count() == 0
    desk.press(KEY.Key_Return)  # once too often: the dossier is looked at, nothing is changed
    assert sees.at(0) == [known.dossier_id]
    assert _kept(desk, saisine).saisine.dossier_id is None
    desk.alt(KEY.Key_O)
    assert opens.count() == 1
    assert opens.at(0) == [saisine]


def test_it_goes_on_in_a_dossier_that_exists(desk: Pupitre) -> None:
    known = desk.services.entretiens.record(draft())
    first, second = _add(desk, telephone="06 00 00 00 01", urgence="immediate"), _add(desk)
    page = _show(desk)
    goes_on = QSignalSpy(page.dossier_entretien_requested)
    assert desk.says("même téléphone")
    desk.click("Continuer ici")
    assert goes_on.at(0) == [known.dossier_id]
    assert _kept(desk, first).saisine.dossier_id == known.dossier_id
    assert page.suivi.saisine_id == second
    desk.alt(KEY.Key_T)
    desk.write("zzz")
    desk.press(KEY.Key_Return)
    assert desk.says("Aucun dossier ne porte ce numéro ni ce nom.")
    page.suivi._form.fields["dossier"].widget.clear()
    desk.write(known.numero)
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_Return)
    assert _kept(desk, second).saisine.dossier_id == known.dossier_id


def test_delays_are_said_in_words(desk: Pupitre) -> None:
    late = _add(desk, date=TODAY - timedelta(days=5))
    page = _show(desk)
    assert desk.says("À traiter · appel en retard, depuis 5 jours")
    assert page.table.table.index(0, 3).data() == "en retard · 5 jours"
    assert desk.says("1 saisine(s) en attente, dont 1 en retard")
    desk.services.saisines.add_tentative(late, TentativeDraft(TODAY - timedelta(days=4), None, "joint"))
    desk.services.saisines.fix_rendez_vous(late, RendezVousDraft(TODAY, time(9)))
    page.reload()
    assert desk.says("Premier appel le lendemain · rendez-vous après 5 jours")


def test_the_list_is_filtered_and_searched(desk: Pupitre) -> None:
    plain, tried = _add(desk, motif="Menaces"), _add(desk, motif="Loyers", telephone="06 12 34 56 78")
    desk.services.saisines.add_tentative(tried, TentativeDraft(TODAY, None, "injoignable"))
    page = _show(desk)

    def shown() -> list[int]:
        return [each.saisine.id for each in page.table.records()]

    assert set(shown()) == {plain, tried}
    page._filter.set_value("contact_tente")
    page.reload()
    assert shown() == [tried]
    page._filter.set_value("attente")
    page.search.setText("061234")
    page.reload()
    assert shown() == [tried]
    page.search.setText("rien de tel")
    page.reload()
    assert desk.says("Aucune saisine ici")
    page.select(plain)
    assert page.suivi.saisine_id == plain


def test_f9_hides_every_name_and_every_word_typed(desk: Pupitre) -> None:
    desk.services.entretiens.record(draft())
    saisine = _add(
        desk, motif="Dispute", demandeur="Kervella", telephone="06 00 00 00 01", contact_sur="chez sa sœur"
    )
    desk.services.saisines.add_tentative(saisine, TentativeDraft(TODAY, None, "joint", "pleurait"))
    page = _show(desk)
    for hidden in (False, True):
        page.set_discreet(hidden)
        said = "\n".join([*desk.texts(), *(str(page.table.table.index(0, c).data()) for c in range(4))])
        said = said.replace("\u00a0", " ")
        for word in ("Dispute", "Kervella", "06 00 00 00 01", "chez sa sœur", "pleurait", "LŒIL"):
            assert (word in said) != hidden, word


def test_no_two_things_answer_to_the_same_letter(desk: Pupitre) -> None:
    _add(desk)
    _show(desk)
    for letter in (None, KEY.Key_A, KEY.Key_R, KEY.Key_S, KEY.Key_T):
        if letter is not None:
            desk.alt(letter)
        assert [letter for letter, count in desk.mnemonics().items() if count > 1] == []


def test_a_saisine_that_went_meanwhile_is_said(desk: Pupitre) -> None:
    saisine = _add(desk)
    page = _show(desk)
    desk.services.saisines.close(saisine, "refus")
    desk.alt(KEY.Key_A)
    desk.press(KEY.Key_I)
    desk.press(KEY.Key_Return)
    assert desk.says("Cette saisine est classée sans suite.")
    page.reload()
    assert page.suivi.saisine_id is None
    assert desk.says("Choisissez une saisine dans la liste")


def test_a_call_is_taken_back_with_its_mark_and_given_back(desk: Pupitre) -> None:
    saisine = _add(desk)
    desk.services.saisines.add_tentative(saisine, TentativeDraft(TODAY, time(9), "injoignable", "sonne"))
    page = _show(desk)
    (mark,) = (b for b in page.suivi.findChildren(Button) if b.accessibleName() == "Retirer cet appel")
    mark.click()
    assert desk.services.saisines.tentatives(saisine) == ()
    assert desk.says("Cet appel est retiré.")
    desk.click("Annuler")
    (back,) = desk.services.saisines.tentatives(saisine)
    assert (back.heure, back.resultat, back.note) == (time(9), "injoignable", "sonne")


def test_a_saisine_is_taken_out_of_a_dossier_and_put_back(desk: Pupitre) -> None:
    dossier_id = desk.services.entretiens.record(draft(saisine=None)).dossier_id
    saisine = _add(desk)
    desk.services.saisines.attach(saisine, dossier_id)
    page = _show(desk)
    page._filter.set_value("dossier_ouvert")
    page.reload()
    desk.alt(KEY.Key_T)
    assert _kept(desk, saisine).saisine.etat == "a_traiter"
    assert page.table.records() == ()
    assert desk.says("La saisine n’est plus dans ce dossier.")
    desk.click("Annuler")
    assert _kept(desk, saisine).saisine.dossier_id == dossier_id
