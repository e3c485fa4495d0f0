"""The page of a dossier: persons first, what happened day by day, what is done from it, and F9."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.droits import Droit, Reponse
from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.services.entretiens import Recorded
from iscg_desktop.ui.mnemonics import without_mnemonic
from iscg_desktop.ui.pages.dossiers.dossier import DossierPage
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.line import Line
from tests.ui.pages.dossiers.page import made
from tests.ui.pages.pupitre import KEY, Pupitre, opened
from tests.vie import TODAY, TestClock, draft, open_services, victime

AUTEUR = PersonneDraft(
    identite=Identite(nom_naissance="Le Bihan", prenom="Yann", sexe="homme"),
    profil=Profil(statut="mis_en_cause"),
    presente=False,
)


class Bureau(Pupitre):
    """The page over a dossier where every text names the same person."""

    page: DossierPage
    recorded: Recorded

    def words(self) -> str:
        """Every sentence shown."""
        QApplication.processEvents()  # what was just added is shown when the page is laid out
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())

    def events(self) -> list[tuple[str, str]]:
        """Kind and words of what happened."""
        dossier = self.services.dossiers.reread(self.recorded.dossier_id)
        return [(event.kind, event.detail) for event in dossier.evenements]


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def bureau(qtbot: QtBot, tmp_path: Path, clock: TestClock) -> Iterator[Bureau]:
    services, session = open_services(tmp_path, clock)
    whole = draft(
        personnes=(victime(nom_usage="Canari", nom_naissance="Canari"),),
        elements_transmissibles="Madame Canari demande un logement.",
        notes_de_travail="Canari rappelle jeudi.",
    )
    assert whole.saisine is not None
    recorded = services.entretiens.record(
        replace(
            whole,
            saisine=replace(whole.saisine, motif="Monsieur Canari est intervenu"),
            orientations=(replace(whole.orientations[0], motif="Loger Mme Canari"),),
        )
    )
    services.journee.add_relance(TODAY, "Rappeler Canari", dossier_id=recorded.dossier_id)
    services.referent.add(recorded.dossier_id, "Que proposer à Mme Canari")
    with opened(Bureau(services, session, qtbot, made)) as found:
        found.recorded = recorded  # type: ignore[attr-defined]
        found.page.show_dossier(recorded.dossier_id)  # type: ignore[attr-defined]
        found.show()
        found.page.activated()  # type: ignore[attr-defined] # as the window does
        yield found  # type: ignore[misc]


def _readings(bureau: Bureau) -> int:
    return [(each.action, each.objet) for each in bureau.session.read.journal.entries()].count(
        ("lecture", "dossier")
    )


@pytest.mark.exigence("S47")
def test_a_reading_is_noted_once_the_page_is_drawn(bureau: Bureau) -> None:
    bureau.qtbot.waitUntil(lambda: _readings(bureau) == 1)
    bureau.page.show_dossier(bureau.recorded.dossier_id)
    assert _readings(bureau) == 1  # the disk is not waited for
    bureau.page.repaint()
    QTest.qWait(1)
    assert _readings(bureau) == 2


@pytest.mark.exigence("S47")
def test_a_reading_is_noted_though_the_page_was_left_before_it_was_drawn(bureau: Bureau) -> None:
    bureau.qtbot.waitUntil(lambda: _readings(bureau) == 1)
    bureau.page.hide()
    bureau.page.show_dossier(bureau.recorded.dossier_id)
    bureau.qtbot.waitUntil(lambda: _readings(bureau) == 2)


def test_discreet_nothing_of_the_page_names_the_person(bureau: Bureau) -> None:
    page, services = bureau.page, bureau.services
    page.timeline.open_entretien(bureau.recorded.entretien_id)
    assert bureau.words().count("Canari") >= 7
    page.set_discreet(True)
    assert "canari" not in bureau.words().lower()
    assert "Textes masqués (F9)" in bureau.words()  # still open, without its texts
    services.dossiers.close(bureau.recorded.dossier_id, "Canari est partie")
    page.activated()
    assert "Dossier clos" in bureau.words()
    assert "canari" not in bureau.words().lower()
    page.set_discreet(False)
    assert "Madame Canari demande un logement." in bureau.words()
    assert "Canari est partie" in bureau.words()


def test_an_entretien_opens_in_place_and_whole_and_closes_again(bureau: Bureau) -> None:
    bureau.page.setFocus()
    bureau.press(KEY.Key_Down)
    while "Entretien" not in bureau.focus.accessibleName():
        bureau.press(KEY.Key_Down)
    bureau.press(KEY.Key_Return)
    assert bureau.says("Canari rappelle jeudi.")
    bureau.press(KEY.Key_Return)
    assert not bureau.says("Canari rappelle jeudi.")


def test_the_arrows_go_through_the_events_and_bring_those_that_wait(bureau: Bureau) -> None:
    for rank in range(25):
        bureau.services.referent.add(bureau.recorded.dossier_id, f"Point {rank}")
        bureau.services.journee.add_relance(TODAY, f"Appel {rank}", bureau.recorded.dossier_id)
    person = replace(victime(), personne_id=bureau.recorded.personne_ids[0])
    for _ in range(15):
        bureau.services.entretiens.record(
            draft(dossier_id=bureau.recorded.dossier_id, personnes=(person,), orientations=(), saisine=None)
        )
    bureau.page.activated()
    at_once = len(bureau.page.timeline.findChildren(Line))
    bureau.page.setFocus()  # as the window does
    bureau.press(KEY.Key_Down)
    seen = [bureau.focus]
    for _ in range(40):
        bureau.press(KEY.Key_Down)
        if bureau.focus is seen[-1]:
            break
        seen.append(bureau.focus)
    assert len(seen) == 16
    assert at_once < len(bureau.page.timeline.findChildren(Line))
    bureau.press(KEY.Key_Up)
    assert bureau.focus is seen[-2]


def test_n_and_o_are_keys_of_the_page_and_letters_of_a_form(bureau: Bureau) -> None:
    asked: list[tuple[str, int]] = []
    bureau.page.entretien_requested.connect(lambda dossier: asked.append(("N", dossier)))
    bureau.page.orientation_requested.connect(lambda dossier: asked.append(("O", dossier)))
    bureau.press(KEY.Key_N)
    bureau.press(KEY.Key_O)
    bureau.click("Orienter")
    dossier = bureau.recorded.dossier_id
    assert asked == [("N", dossier), ("O", dossier), ("O", dossier)]
    bureau.click("Clore")
    bureau.write("non")
    assert bureau.page.forms.closing.value("motif") == "non"
    assert len(asked) == 3
    bureau.press(KEY.Key_Escape)
    bureau.press(KEY.Key_N)
    assert len(asked) == 4


def test_it_is_closed_with_a_reason_and_says_it_is(bureau: Bureau) -> None:
    bureau.click("Clore")
    bureau.press(KEY.Key_Return)
    assert bureau.says("pourquoi ce dossier se ferme")
    assert bureau.services.dossiers.reread(bureau.recorded.dossier_id).clos_le is None
    bureau.write("Relais pris")
    bureau.press(KEY.Key_Return)
    said = "Dossier clos le lundi 23 novembre 2026. Un nouvel entretien le rouvrira. Motif\u00a0: Relais pris"
    assert bureau.says(said)
    assert not bureau.has_button("Clore")


def test_it_is_opened_again_with_a_reason_too(bureau: Bureau) -> None:
    bureau.services.dossiers.close(bureau.recorded.dossier_id, "Relais pris")
    bureau.page.activated()
    bureau.click("Rouvrir")
    bureau.press(KEY.Key_Return)
    assert bureau.says("pourquoi ce dossier se rouvre.")
    assert bureau.services.dossiers.reread(bureau.recorded.dossier_id).clos_le is not None
    bureau.write("Elle rappelle")
    bureau.press(KEY.Key_Return)
    assert not bureau.says("Un nouvel entretien le rouvrira")
    assert bureau.events()[:2] == [("reouverture", "Elle rappelle"), ("cloture", "Relais pris")]
    head = without_mnemonic(bureau.focus.text())  # type: ignore[attr-defined]
    assert head == "Clore", "the keyboard is at the head, and not down the page"


def test_a_relance_is_noted_and_done_from_the_page(bureau: Bureau) -> None:
    bureau.click("Noter une relance")
    bureau.write("Appeler le bailleur")
    bureau.press(KEY.Key_Return)
    assert ("relance", "Appeler le bailleur") in bureau.events()
    for _ in range(2):
        bureau.page.relances.done.emit(_id_of(bureau, "relance"))
    assert bureau.says("Rien n’est à faire dans ce dossier.")


def test_a_point_is_noted_then_seen_with_what_was_decided(bureau: Bureau, clock: TestClock) -> None:
    bureau.click("Noter un point")
    bureau.press(KEY.Key_Return)
    assert bureau.says("Écrivez en une phrase")
    bureau.press(KEY.Key_Escape)
    clock.day = TODAY + timedelta(days=1)
    bureau.click("Vu")
    bureau.write("Demander au SIAO")
    bureau.press(KEY.Key_Return)
    assert ("point_vu", "Demander au SIAO") in bureau.events()
    assert bureau.says("Aucun point en attente.")
    assert bureau.says("Vu avec le référent")


def test_the_two_sides_are_apart_and_a_table_says_who_may_know(bureau: Bureau) -> None:
    assert not bureau.says("Qui peut savoir quoi")
    person = replace(victime(), personne_id=bureau.recorded.personne_ids[0])
    bureau.services.entretiens.record(
        draft(
            dossier_id=bureau.recorded.dossier_id, personnes=(person, AUTEUR), orientations=(), saisine=None
        )
    )
    bureau.page.activated()
    assert bureau.says("Mis en cause et ses proches, tenus à part")
    assert bureau.says("Qui peut savoir quoi")
    assert bureau.says("Si vous cochez : identité, faits.\nJamais : adresse, contact, démarches.")
    assert bureau.says("Si vous cochez : identité, faits, adresse, contact.\nJamais : démarches.")


def test_another_dossier_leaves_no_form_of_the_one_before(bureau: Bureau) -> None:
    other = bureau.services.entretiens.record(draft())
    bureau.click("Clore")
    bureau.page.relances.form.open()
    bureau.page.show_dossier(other.dossier_id)
    assert not bureau.says("Pourquoi ce dossier se ferme")
    assert not bureau.page.relances.form.isVisible()


def test_its_mnemonics_do_not_clash(bureau: Bureau) -> None:
    assert max(bureau.mnemonics().values()) == 1
    bureau.page.forms.close()
    bureau.page.points.action_triggered.emit()
    bureau.page.relances.form.open()
    assert {letter: n for letter, n in bureau.mnemonics().items() if n > 1} == {}


@pytest.mark.parametrize("nom", ["N" * 1000, "<b>gras</b>", "%1 {date} &eacute;", "\u202eenvers"])
def test_a_hostile_name_is_words(bureau: Bureau, nom: str) -> None:
    other = bureau.services.entretiens.record(draft(personnes=(victime(nom_usage=nom, nom_naissance=""),)))
    bureau.services.dossiers.close(other.dossier_id, nom)
    bureau.page.show_dossier(other.dossier_id)
    assert nom in bureau.words()
    assert bureau.page.width() == 1084


def _id_of(bureau: Bureau, kind: str) -> int:
    events = bureau.services.dossiers.reread(bureau.recorded.dossier_id).evenements
    return next(event.id for event in events if event.kind == kind and event.issue == "a_faire")


def test_no_key_prints_a_note_to_somebody_only_mentioned(qtbot: QtBot, tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    recorded = services.entretiens.record(draft(personnes=(victime(), AUTEUR)))
    with opened(Bureau(services, session, qtbot, made)) as found:
        assert isinstance(found.page, DossierPage)
        found.page.show_dossier(recorded.dossier_id)
        found.show()
        asked: list[object] = []
        found.page.note_requested.connect(lambda *args: asked.append(args))
        with qtbot.waitSignal(found.page.documents_requested):
            found.press(KEY.Key_I)
        assert asked == []


def test_d_leads_to_the_other_documents_and_i_prints_the_note_of_who_is_not_informed(bureau: Bureau) -> None:
    dossier = bureau.page._dossier
    assert dossier is not None
    with bureau.qtbot.waitSignal(bureau.page.documents_requested) as asked:
        bureau.press(KEY.Key_D)
    assert asked.args == [dossier.id]
    waiting = [each.personne.id for each in dossier.personnes if each.personne.identite.informee_le is None]
    if waiting:
        with bureau.qtbot.waitSignal(bureau.page.note_requested) as asked:
            bureau.press(KEY.Key_I)
        assert asked.args[0] == dossier.id
        assert asked.args[1] in waiting
    for each in waiting:
        bureau.services.documents.inform(dossier.id, each, TODAY)
    bureau.page.show_dossier(dossier.id)
    with bureau.qtbot.waitSignal(bureau.page.documents_requested):
        bureau.press(KEY.Key_I)


def test_who_was_helped_unseen_is_ticked_and_unticked_here(qtbot: QtBot, tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    child = PersonneDraft(None, Identite(prenom="Léo"), presente=False)
    recorded = services.entretiens.record(draft(personnes=(victime(), child)))
    with opened(Bureau(services, session, qtbot, made)) as found:
        page = found.page
        assert isinstance(page, DossierPage)
        page.show_dossier(recorded.dossier_id)
        found.show()

        def ticks() -> list[CheckBox]:
            QApplication.processEvents()
            return [each for each in page.findChildren(CheckBox) if each.isVisible()]

        def counted() -> list[bool]:
            return [p.accueillie for p in services.dossiers.reread(recorded.dossier_id).personnes]

        (tick,) = ticks()
        assert not tick.value(), "who was met has no tick: she counts by herself"
        tick.setFocus()
        QTest.keyClick(tick, KEY.Key_Space)
        assert counted() == [True, True]
        (tick,) = ticks()
        assert tick.value()
        assert tick.hasFocus(), "the cards were made again: the keyboard stays where it was"
        tick.click()
        assert counted() == [True, False]
        session.vault.execute(
            "INSERT INTO bilans (code, type, debut, fin, arrete_le, menu, seuil, rang)"
            " VALUES ('2026-T4', 'trimestre', '2026-10-01', '2027-01-01', '2027-01-02', 1, 5,"
            " (SELECT count(*) + 1 FROM bilans))"
        )
        ticks()[0].click()
        assert counted() == [True, False]
        words = "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
        assert "Le trimestre de cet entretien est arrêté" in words
        assert not ticks()[0].value()


def test_what_changed_while_it_was_away_is_read_again(bureau: Bureau) -> None:
    bureau.page.hide()
    bureau.page.show_dossier(bureau.recorded.dossier_id)
    bureau.page.show()
    bureau.page.activated()  # opened to be shown now: read once
    bureau.page.hide()
    bureau.services.dossiers.close(bureau.recorded.dossier_id, "Fin")
    bureau.page.show()
    bureau.page.activated()
    assert bureau.says("Dossier clos")


def test_asked_for_while_another_is_shown_it_is_read_once(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, read = bureau.page, []
    monkeypatch.setattr(page, "_fill", lambda dossier: read.append(dossier.id))
    page.show_dossier(bureau.recorded.dossier_id)
    page.activated()
    assert len(read) == 1
    page.show_dossier(bureau.recorded.dossier_id)  # in its place, and not shown again
    QApplication.processEvents()
    page.activated()  # something changed meanwhile
    assert len(read) == 3


def test_what_a_person_limited_is_said_on_her_dossier_until_it_is_lifted(bureau: Bureau) -> None:
    droits, who = bureau.services.droits, bureau.recorded.personne_ids[0]
    asked, _ = droits.noter(who, Droit.LIMITATION, TODAY)
    bureau.page.activated()
    assert "Usage limité" not in bureau.words()
    droits.repondre(asked, TODAY, Reponse.SATISFAITE)
    bureau.page.activated()
    assert "Usage limité, depuis le lundi 23 novembre" in bureau.words()
    droits.lever(asked)
    bureau.page.activated()
    assert "Usage limité" not in bureau.words()


def test_a_dossier_says_until_when_it_is_kept(bureau: Bureau, clock: TestClock) -> None:
    assert "à conserver jusqu’au jeudi 23 novembre 2028" in bureau.words()
    bureau.services.conservation.prolonger(bureau.recorded.dossier_id, TODAY.replace(year=2030), "recours")
    clock.day = TODAY.replace(year=2031)
    bureau.page.activated()
    assert "à conserver jusqu’au samedi 23 novembre 2030, passé" in bureau.words()
