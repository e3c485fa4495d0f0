"""The fiche being completed, by the keyboard: preview, accord, ticks, draft, issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.domain.droits import Droit, Reponse
from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.fiche_liaison import Item
from iscg_desktop.domain.orientation import OrientationDraft
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.ui.forms.tab_order import stops
from iscg_desktop.ui.pages.fiches.fiche import FichePage
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.button import LinkButton
from iscg_desktop.ui.widgets.line import Line
from tests.ui.pages.pupitre import CTRL, KEY, SHIFT, Pupitre
from tests.vie import TODAY, TestClock, draft, open_services, victime

ENFANT = Identite(nom_naissance="Lœil", prenom="Léo", naissance=Naissance(date=date(2018, 5, 2)))
AUTEUR = Identite(nom_naissance="Lœil", prenom="Gwendal", naissance=Naissance(annee=1984))
AVANT_LA_MAJORITE = Naissance(date=date(TODAY.year - 14, 5, 2))


class Bureau(Pupitre):
    """The page of the fiche, with the workers that draw its preview."""

    page: FichePage

    def __init__(self, tmp_path: Path, qtbot: QtBot, clock: TestClock) -> None:
        self.tasks = TaskRunner()
        services, session = open_services(tmp_path, clock)
        super().__init__(services, session, qtbot, lambda s, hub: FichePage(s, hub, self.tasks))
        self.changes: list[Changes] = []
        self.hub.changed.connect(self.changes.append)

    def orientation(self, **changes: object) -> int:
        """An orientation just recorded."""
        return self.services.entretiens.record(draft(**changes)).orientation_ids[0]

    def begin(self, **changes: object) -> int:
        """The page on a new fiche; returns the orientation."""
        orientation_id = self.orientation(**changes)
        self.page.prepare(orientation_id)
        self.show()
        self.page.activated()
        return orientation_id

    def go(self, name: str) -> None:
        """A field, as a mouse would reach it."""
        self.page.form.enter(name)

    def answer(self, name: str, words: str) -> None:
        """Replace what a field holds."""
        self.go(name)
        if isinstance(self.focus, QLineEdit):
            self.focus.selectAll()
        self.write(words)
        self.press(KEY.Key_Tab)

    def error(self, name: str) -> str:
        """What is said under a field."""
        return self.page.form.fields[name].error()

    def settled(self) -> None:
        """Wait for the preview of what is typed."""
        self.qtbot.waitUntil(lambda: not self.page._timer.isActive() and not self.tasks.running)

    def restart(self) -> None:
        """The program dies and is started anew: nothing is flushed."""
        self.close()
        vault = self.session.vault
        vault.close()
        self.session = open_session(vault.folder, vault.key, clock=self.services.clock)
        self.services = Services(self.session)
        self.page = FichePage(self.services, self.hub, self.tasks)

    def end(self) -> None:
        self.tasks.close()
        self.close()
        self.qtbot.waitUntil(lambda: not self.tasks.running)
        self.session.vault.close()


@pytest.fixture
def bureau(tmp_path: Path, qtbot: QtBot) -> Iterator[Bureau]:
    made = Bureau(tmp_path, qtbot, TestClock())
    yield made
    made.end()


def _someone(identite: Identite, statut: str) -> PersonneDraft:
    return PersonneDraft(identite=identite, profil=Profil(statut=statut), presente=False)


def _barred(**changes: object) -> dict[str, object]:
    orientation = OrientationDraft(0, "service_social_secteur", 1, "non", "Évaluation")
    return {"orientations": (orientation,), **changes}


def test_a_service_closed_since_the_orientation_is_said_before_anything_is_written(bureau: Bureau) -> None:
    orientation_id = bureau.orientation()
    bureau.services.annuaire.close(1, TODAY)
    bureau.page.prepare(orientation_id)
    bureau.show()
    assert bureau.says("Ce service est fermé depuis le lundi 23 novembre 2026")


# The preview.


def test_it_comes_filled_with_its_preview_and_the_focus_in_its_first_field(bureau: Bureau) -> None:
    bureau.begin()
    assert bureau.page.form.value("destinataire.service") == "CDAS de Vallière"
    assert bureau.page.form.champ == "destinataire.service"
    bureau.qtbot.waitUntil(lambda: bureau.page.preview.pages > 0)
    assert "peut être établie" in bureau.page.gate.text()
    assert bureau.services.brouillons.all() == (), "nothing is kept before the first keystroke"


def test_the_preview_follows_what_is_typed(bureau: Bureau) -> None:
    bureau.begin()
    bureau.settled()
    before = bureau.page.preview.grab().toImage()
    bureau.answer("motif", "Un toit pour ce soir")
    bureau.settled()
    assert bureau.page.preview.grab().toImage() != before


def test_the_preview_of_another_person_never_stands_beside_this_form(bureau: Bureau) -> None:
    bureau.begin()
    bureau.qtbot.waitUntil(lambda: bureau.page.preview.pages > 0)
    other = bureau.orientation()
    bureau.page.prepare(other)
    assert bureau.page.preview.pages == 0
    bureau.qtbot.waitUntil(lambda: bureau.page.preview.pages > 0)


def test_beside_when_there_is_room_in_turn_when_there_is_none(bureau: Bureau) -> None:
    bureau.begin()
    assert bureau.page.preview.isVisible()
    assert not bureau.has_button("Voir l’aperçu")
    bureau.page.resize(600, 500)
    assert not bureau.page.preview.isVisible()
    bureau.alt(KEY.Key_V)
    assert bureau.page.preview.isVisible()
    assert not bureau.page.form.isVisible()
    bureau.press(KEY.Key_S, CTRL)
    assert bureau.services.fiches.recent()


# The keyboard.


def test_no_letter_means_two_things(bureau: Bureau) -> None:
    bureau.begin(personnes=(victime(naissance=AVANT_LA_MAJORITE),))
    letters = bureau.mnemonics()
    assert len(letters) > 15
    assert {letter for letter, count in letters.items() if count > 1} == set()


def test_tab_follows_the_form_and_f6_goes_from_card_to_card(bureau: Bureau) -> None:
    bureau.begin(personnes=(victime(), _someone(ENFANT, "ni_l_un_ni_l_autre")))
    form = bureau.page.form
    wanted = [name for name, field in form.fields.items() if field.isVisible()]
    bureau.go("destinataire.service")
    walked = []
    while form.champ is not None and len(walked) < 200:
        walked.append(form.champ)
        bureau.press(KEY.Key_Tab)
    assert list(dict.fromkeys(walked)) == wanted
    assert len(walked) < 200, "Tab leaves the form at its end"
    back = []
    bureau.go("autres_parties")
    while form.champ is not None and len(back) < 200:
        back.append(form.champ)
        bureau.press(KEY.Key_Tab, SHIFT)
    assert list(dict.fromkeys(reversed(back))) == wanted
    bureau.go("destinataire.service")
    cards = []
    for _ in range(4):
        bureau.press(KEY.Key_F6)
        cards.append(bureau.page.form.champ)
    assert cards == ["type", "information.accord", "item:naissance", "contact_sur.numero"]
    bureau.press(KEY.Key_F6, SHIFT)
    assert bureau.page.form.champ == "item:naissance"


# What forbids it.


def test_without_accord_nor_other_base_it_is_refused_where_it_is_mended(bureau: Bureau) -> None:
    bureau.begin(**_barred())
    assert "ne peut pas encore être établie" in bureau.page.gate.text()
    assert [line.aide for line in bureau.page.gate.findChildren(Line)] == ["fiche#laccord"]
    bureau.press(KEY.Key_S, CTRL)
    assert bureau.services.fiches.recent() == ()
    assert "Rien n’autorise encore ce partage" in bureau.error("base.base")
    assert bureau.page.form.champ == "base.base"
    bureau.write("u")
    bureau.answer("base.precision", "Menaces répétées cette nuit")
    bureau.settled()
    assert "peut être établie" in bureau.page.gate.text()
    bureau.press(KEY.Key_S, CTRL)
    assert len(bureau.services.fiches.recent()) == 1


def test_a_refusal_is_forgotten_once_another_answer_mended_it(bureau: Bureau) -> None:
    bureau.begin()
    bureau.go("destinataire.adresse")
    bureau.press(KEY.Key_A, CTRL)
    bureau.press(KEY.Key_Delete)
    bureau.go("destinataire.canal")
    bureau.write("c")
    bureau.press(KEY.Key_S, CTRL)
    assert "manque pour un envoi par courrier" in bureau.error("destinataire.adresse")
    assert bureau.page.form.champ == "destinataire.adresse"
    assert bureau.services.fiches.recent() == ()
    bureau.go("destinataire.canal")
    bureau.write("r")
    bureau.settled()
    assert bureau.error("destinataire.adresse") == ""


def test_an_accord_claimed_as_base_but_not_given_is_refused(bureau: Bureau) -> None:
    bureau.begin(**_barred())
    bureau.go("base.base")
    bureau.write("a")
    bureau.press(KEY.Key_S, CTRL)
    assert "L’accord de la personne n’est pas recueilli" in bureau.error("information.accord")
    assert bureau.services.fiches.recent() == ()


def test_what_forbids_leads_to_its_field(bureau: Bureau) -> None:
    bureau.begin(**_barred())
    bureau.line("Rien n’autorise encore ce partage").setFocus()
    bureau.press(KEY.Key_Return)
    assert bureau.page.form.champ == "base.base"


def test_what_is_missing_leads_to_its_field_and_stops_nothing(bureau: Bureau) -> None:
    bureau.begin()
    assert "les besoins" in bureau.page.gate.text()
    link = next(each for each in bureau.page.gate.findChildren(LinkButton) if "besoins" in each.text())
    link.click()
    assert bureau.page.form.champ == "evaluation.besoins"
    bureau.write("Un hébergement")
    bureau.settled()
    assert "les besoins" not in bureau.page.gate.text()
    bureau.press(KEY.Key_S, CTRL)
    assert len(bureau.services.fiches.recent()) == 1


def test_a_character_without_glyph_is_flagged_as_it_is_typed(bureau: Bureau) -> None:
    bureau.begin()
    bureau.go("motif")
    bureau.write("Aide 美")
    assert "美" in bureau.error("motif")
    bureau.settled()
    assert "美" in bureau.page.gate.text()
    bureau.press(KEY.Key_S, CTRL)
    assert bureau.services.fiches.recent() == ()
    assert "美" in bureau.error("motif")
    bureau.press(KEY.Key_Backspace)
    assert bureau.error("motif") == ""
    bureau.press(KEY.Key_S, CTRL)
    assert len(bureau.services.fiches.recent()) == 1


def test_a_date_that_is_none_stops_it_where_it_is(bureau: Bureau) -> None:
    bureau.begin()
    bureau.go("information.informee_le")
    bureau.focus.selectAll()
    bureau.write("31/2")
    bureau.press(KEY.Key_S, CTRL)
    assert bureau.error("information.informee_le")
    assert bureau.services.fiches.recent() == ()


# What this recipient may know.


def test_what_is_not_ticked_is_said_not_to_be_transmitted_and_is_not(bureau: Bureau) -> None:
    bureau.begin()
    field = bureau.page.form.fields["item:logement"]
    assert not field.widget.value()
    assert "Locataire" in field.hint()
    recit = bureau.page.form.fields["recit"]
    assert recit.hint() == ""
    bureau.go("item:recit")
    bureau.press(KEY.Key_Space)
    bureau.settled()
    assert "ne sera pas transmis" in recit.hint()
    bureau.press(KEY.Key_S, CTRL)
    (fiche,) = bureau.services.fiches.recent()
    issued = bureau.services.fiches.content(fiche.id)
    assert Item.RECIT not in issued.items
    assert issued.recit == ""


def test_a_child_of_the_dossier_is_added_in_one_go_and_taken_away_again(bureau: Bureau) -> None:
    bureau.begin(personnes=(victime(), _someone(ENFANT, "ni_l_un_ni_l_autre")))
    assert bureau.page.form.value("foyer.membres") == ()
    bureau.click("LŒIL Léo, 8 ans")
    assert not bureau.has_button("LŒIL Léo, 8 ans")
    bureau.write("fils")
    assert bureau.page.form.value("foyer.membres") == (("fils", "LŒIL Léo", "8 ans", ""),)
    assert [each.designation for each in bureau.page.form.read().foyer.membres] == ["LŒIL Léo"]
    cross = next(
        each
        for each in stops(bureau.page.form.fields["foyer.membres"])
        if each.accessibleName() == "Retirer cette personne du foyer"
    )
    cross.click()
    assert bureau.page.form.value("foyer.membres") == ()
    assert bureau.has_button("LŒIL Léo, 8 ans")


def test_someone_is_typed_into_the_foyer(bureau: Bureau) -> None:
    bureau.begin()
    bureau.click("Ajouter quelqu’un")
    for words in ("mère", "Yvonne Tanguy", "71 ans"):
        bureau.write(words)
        bureau.press(KEY.Key_Tab)
    bureau.press(KEY.Key_S, CTRL)
    (fiche,) = bureau.services.fiches.recent()
    (member,) = bureau.services.fiches.content(fiche.id).foyer.membres
    assert (member.lien, member.designation, member.age) == ("mère", "Yvonne Tanguy", "71 ans")


def test_the_other_party_leaves_only_when_ticked(bureau: Bureau) -> None:
    persons = (victime(), _someone(AUTEUR, "mis_en_cause"))
    bureau.begin(personnes=persons)
    assert bureau.page.form.value("autres_parties")[0][1:3] == ("Lœil", "Gwendal")
    assert bureau.page.form.fields["autres_parties"].hint().startswith("Pas coché")
    bureau.press(KEY.Key_S, CTRL)
    (fiche,) = bureau.services.fiches.recent()
    assert bureau.services.fiches.content(fiche.id).autres_parties == ()


def test_school_and_parents_are_asked_for_a_minor_only(bureau: Bureau) -> None:
    bureau.begin()
    for name in ("parents", "scolarite.etablissement", "information.parents_informes", "item:parents"):
        assert not bureau.page.form.fields[name].isVisible()
    mother = Identite(nom_naissance="Tanguy", prenom="Anna", naissance=Naissance(annee=1980))
    orientation_id = bureau.orientation(
        personnes=(victime(naissance=AVANT_LA_MAJORITE), _someone(mother, "temoin"))
    )
    bureau.page.prepare(orientation_id)
    for name in ("parents", "scolarite.etablissement", "information.parents_informes", "item:parents"):
        assert bureau.page.form.fields[name].isVisible()
    bureau.press(KEY.Key_S, CTRL)
    assert "parents ont été informés" in bureau.error("information.parents_informes")


def test_the_precision_of_a_base_is_asked_when_the_base_calls_for_it(bureau: Bureau) -> None:
    bureau.begin()
    precision, parents = (
        bureau.page.form.fields[name] for name in ("base.precision", "information.parents_informes")
    )
    assert not precision.isVisible()
    bureau.go("base.base")
    bureau.write("p")
    assert precision.isVisible()
    assert parents.isVisible()


# The draft.


def test_the_draft_lies_in_the_coffre_within_two_seconds(bureau: Bureau) -> None:
    orientation_id = bureau.begin()
    bureau.go("recit")
    bureau.write("Elle")
    bureau.qtbot.waitUntil(lambda: bureau.services.brouillons.all() != (), timeout=2000)
    (kept,) = bureau.services.brouillons.all()
    assert (kept.cle, kept.formulaire, kept.champ) == (f"fiche:{orientation_id}:0", "fiche", "recit")
    assert kept.dossier_id == 1
    assert bureau.says("CDAS de Vallière · brouillon gardé à")


def test_after_a_crash_everything_is_there_and_she_is_on_the_same_field(bureau: Bureau) -> None:
    bureau.begin(personnes=(victime(), _someone(ENFANT, "ni_l_un_ni_l_autre")))
    bureau.click("LŒIL Léo, 8 ans")
    bureau.go("item:logement")
    bureau.press(KEY.Key_Space)
    bureau.go("information.retrait_le")
    bureau.write("quand")
    bureau.answer("motif", "Un toit pour ce soir")
    bureau.go("evaluation.risques")
    bureau.write("Menaces")
    bureau.press(KEY.Key_Left)
    bureau.page.keep_now()
    state = bureau.page.form.state()
    (kept,) = bureau.services.brouillons.all()

    bureau.restart()
    bureau.page.resume(kept.cle)
    bureau.show()
    bureau.page.activated()

    assert bureau.page.form.state() == state
    assert bureau.page.form.champ == "evaluation.risques"
    assert bureau.focus.textCursor().position() == len("Menace")
    assert bureau.page.form.fields["information.retrait_le"].widget.text() == "quand"


def test_asking_again_for_the_same_fiche_goes_on_with_it(bureau: Bureau) -> None:
    orientation_id = bureau.begin()
    bureau.answer("motif", "Un toit")
    bureau.page.prepare(orientation_id)
    assert bureau.page.form.value("motif") == "Un toit"
    other = bureau.orientation()
    bureau.page.prepare(other)
    assert bureau.page.form.value("motif") == "Évaluation de la situation"
    bureau.page.prepare(orientation_id)
    assert bureau.page.form.value("motif") == "Un toit"
    assert [draft.cle for draft in bureau.services.brouillons.all()] == [f"fiche:{orientation_id}:0"]


def test_issuing_forgets_the_draft_for_good(bureau: Bureau) -> None:
    bureau.begin()
    bureau.answer("motif", "Un toit")
    bureau.page.keep_now()
    bureau.answer("recit", "Elle est partie.")
    bureau.press(KEY.Key_S, CTRL)
    assert bureau.page.keep_now()
    assert bureau.services.brouillons.all() == ()
    assert bureau.changes[-1].kinds >= {"fiches", "brouillons"}


def test_a_draft_is_abandoned_only_when_she_says_so_twice(bureau: Bureau) -> None:
    orientation_id = bureau.begin()
    bureau.answer("motif", "Un toit")
    bureau.page.keep_now()
    bureau.alt(KEY.Key_B)
    assert bureau.says("Abandonner ce brouillon")
    assert len(bureau.services.brouillons.all()) == 1
    with bureau.qtbot.waitSignal(bureau.page.left):
        bureau.press(KEY.Key_Space)
    assert bureau.services.brouillons.all() == ()
    bureau.page.prepare(orientation_id)
    assert bureau.page.form.value("motif") == "Évaluation de la situation"


def test_a_page_on_which_nothing_was_typed_is_left_without_a_question(bureau: Bureau) -> None:
    bureau.begin()
    with bureau.qtbot.waitSignal(bureau.page.left):
        bureau.alt(KEY.Key_B)


def test_words_the_disk_refuses_stay_on_the_page(bureau: Bureau) -> None:
    orientation_id = bureau.begin()
    other = bureau.orientation()
    words = "Un long récit. " * 2000
    bureau.page.form.fields["recit"].widget.setPlainText(words)
    bureau.full_disk(True)
    bureau.page.prepare(other)
    assert bureau.page.form.value("recit") == words.strip()
    assert bureau.says("Le brouillon n’est pas encore gardé")
    with bureau.qtbot.assertNotEmitted(bureau.page.left):
        bureau.click("Retour")
    bureau.press(KEY.Key_S, CTRL)
    assert bureau.says("Le disque est plein")
    assert bureau.services.fiches.recent() == ()
    bureau.full_disk(False)
    bureau.click("Réessayer")
    assert not bureau.says("Le brouillon n’est pas encore gardé")
    assert [draft.cle for draft in bureau.services.brouillons.all()] == [f"fiche:{orientation_id}:0"]
    bureau.press(KEY.Key_S, CTRL)
    assert len(bureau.services.fiches.recent()) == 1


# Discretion.


def test_discreet_the_page_shows_nothing_of_the_person(bureau: Bureau) -> None:
    bureau.begin()
    bureau.settled()
    bureau.page.set_discreet(True)
    bright = bureau.page.preview.grab().toImage()
    assert "12/03/1988" not in bureau.page.form.fields["item:naissance"].hint()
    assert not bureau.says("impasse du Four")
    bureau.answer("motif", "Un toit")
    bureau.settled()
    assert bureau.page.preview.grab().toImage() == bright, "typing does not uncover it"
    bureau.page.set_discreet(False)
    assert bureau.page.preview.grab().toImage() != bright
    assert bureau.page.form.fields["item:naissance"].hint() == "12/03/1988"


def test_what_she_limited_or_opposed_is_seen_before_a_fiche_leaves(bureau: Bureau) -> None:
    lui = replace(victime(nom_usage="Tressignaux", prenom="Yann", sexe="homme"), accord="oui")
    recorded = bureau.services.entretiens.record(draft(personnes=(victime(), lui)))
    droits = bureau.services.droits
    for who, droit in zip(recorded.personne_ids, (Droit.OPPOSITION, Droit.LIMITATION), strict=True):
        asked, _ = droits.noter(who, droit, TODAY)
        droits.repondre(asked, TODAY, Reponse.SATISFAITE)
    bureau.page.prepare(recorded.orientation_ids[0])
    bureau.show()
    said = bureau.page.gate.text()
    assert "La personne a demandé, depuis le lundi 23 novembre 2026\u00a0: s’opposer." in said
    assert (
        "Une autre personne du dossier a demandé, depuis le lundi 23 novembre 2026\u00a0: limiter l’usage."
        in said
    )
    assert "Tressignaux" not in said
    droits.lever(1)
    droits.lever(2)
    bureau.page._show_gate(bureau.page.form.read())
    assert "a demandé" not in bureau.page.gate.text()
