"""The page of a person, and that of the possible doublons: seen, changed, linked, merged, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.droits import Droit, Reponse
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.mnemonics import without_mnemonic
from iscg_desktop.ui.pages.dossiers.doublons import DoublonsPage
from iscg_desktop.ui.pages.dossiers.personne import PersonnePage
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.contact_sur import ContactSur
from tests.attente import wait_for
from tests.services.population import identite
from tests.ui.pages.pupitre import CTRL, KEY, Pupitre
from tests.vie import TODAY, draft, open_services, victime


class Bureau(Pupitre):
    """A page about persons."""

    def words(self) -> str:
        """Every sentence shown."""
        QApplication.processEvents()
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())

    def click(self, words: str) -> None:
        """A button by its words."""
        QApplication.processEvents()
        (found,) = [
            each
            for each in self.page.findChildren(QPushButton)
            if each.isVisible() and without_mnemonic(each.text()) == words
        ]
        found.click()


def _record(services: Services, written: str, dossier: int | None = None, **changes: object) -> int:
    line = replace(victime(), identite=replace(identite(written), **changes))  # type: ignore[arg-type]
    saisine = {} if dossier is None else {"saisine": None}
    return services.entretiens.record(
        draft(personnes=(line,), orientations=(), dossier_id=dossier, **saisine)
    ).personne_ids[0]


def _open(qtbot: QtBot, folder: Path, page: Callable[[Services, ChangesHub], QWidget]) -> Bureau:
    services, session = open_services(folder)
    _record(services, "Le Goff||Maëlle||1980-05-02|06 11 22 33 44")
    _record(services, "Legoff||Maelle||1980|07 99 88 77 66")
    _record(services, "Traoré||Awa||1991")
    made = Bureau(services, session, qtbot, page)
    made.show()
    return made


@pytest.fixture
def personne(qtbot: QtBot, tmp_path: Path) -> Iterator[Bureau]:
    bureau = _open(qtbot, tmp_path, PersonnePage)
    bureau.page.show_person(1)  # type: ignore[attr-defined]
    yield bureau
    bureau.close()
    bureau.session.vault.close()


@pytest.fixture
def doublons(qtbot: QtBot, tmp_path: Path) -> Iterator[Bureau]:
    tasks = TaskRunner()
    bureau = _open(qtbot, tmp_path, lambda services, hub: DoublonsPage(services, hub, tasks))
    bureau.page.start()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(bureau.page.list.lines()))  # type: ignore[attr-defined]
    yield bureau
    tasks.close()
    bureau.close()
    bureau.session.vault.close()


def test_all_that_leads_to_her_is_there(personne: Bureau) -> None:
    words = personne.words()
    assert "LE GOFF Maëlle" in words
    assert "Dossier 2026-0001" in words
    assert "personne n’a dit que ce numéro est sûr" in words
    assert "LEGOFF Maelle" in words
    last = personne.session.read.journal.last_moment()
    assert last is not None


def test_nothing_of_her_is_read_in_the_discreet_mode(personne: Bureau) -> None:
    personne.services.personnes.link(1, 3, "voisin")
    personne.page.set_discreet(True)  # type: ignore[attr-defined]
    words = personne.words()
    for secret in ("GOFF", "Maëlle", "11\u00a022", "TRAORÉ", "Awa"):
        assert secret not in words
    assert "Contact masqué (F9)" in words
    personne.page.set_discreet(False)  # type: ignore[attr-defined]
    assert "LE GOFF Maëlle" in personne.words()


def test_her_identity_is_changed_from_the_keyboard(personne: Bureau) -> None:
    personne.alt(KEY.Key_M)
    personne.focus.selectAll()  # type: ignore[attr-defined]
    personne.write("Kerdoncuff")
    personne.press(KEY.Key_S, CTRL)
    assert "KERDONCUFF Maëlle" in personne.words()
    assert personne.services.dossiers.find("kerdonkuf")[0].numero == "2026-0001"


def test_a_change_that_is_refused_keeps_what_is_typed(personne: Bureau) -> None:
    personne.page.edit()  # type: ignore[attr-defined]
    form = personne.page.form  # type: ignore[attr-defined]
    form.put("nom_usage", "Kerdoncuff")
    form.fields["commune"].widget.set_raw("nulle part")
    personne.click("Enregistrer")
    assert form.value("nom_usage") == "Kerdoncuff"
    assert personne.services.personnes.reread(1).personne.identite.nom_usage == "Le Goff"
    personne.click("Annuler")
    assert "LE GOFF Maëlle" in personne.words()


def test_a_link_is_noted_and_taken_away(personne: Bureau) -> None:
    personne.click("Ajouter un lien")
    personne.write("traore")
    personne.press(KEY.Key_Return)
    personne.page.links.fields["lien"].widget.set_value("enfant")  # type: ignore[attr-defined]
    personne.click("Noter ce lien")
    assert "TRAORÉ Awa\nEnfant" in personne.words()
    assert personne.services.personnes.reread(3).liens[0].lien == "parent"
    personne.click("Retirer")
    assert "Aucun lien noté." in personne.words()


def test_the_person_herself_is_not_offered_as_her_link(personne: Bureau) -> None:
    personne.click("Ajouter un lien")
    qui = personne.page.links.fields["personne"].widget  # type: ignore[attr-defined]
    assert "1" in {str(found.personne.id) for found in personne.services.personnes.search("le goff")}
    assert "1" not in {choice.code for choice in qui._rows("le goff")}
    assert {choice.code for choice in qui._rows("traore")} == {"3"}


def test_who_shares_her_number_is_said_until_a_link_is_noted(personne: Bureau) -> None:
    _record(personne.services, "Le Goff||Yann||1978|06 11 22 33 44")
    personne.page.show_person(1)  # type: ignore[attr-defined]
    assert "LE GOFF Yann\nMême foyer\u00a0? même téléphone" in personne.words()
    personne.services.personnes.link(1, 4, "conjoint")
    personne.page.show_person(1)  # type: ignore[attr-defined]
    assert "Même foyer" not in personne.words()
    assert "LE GOFF Yann\nConjoint" in personne.words()


def test_a_link_to_nobody_is_refused_in_words(personne: Bureau) -> None:
    personne.click("Ajouter un lien")
    personne.click("Noter ce lien")
    assert "choisissez-la dans la liste" in personne.words()
    assert "conjoint, enfant, parent" in personne.words()


def test_the_pair_is_listed_and_compared_side_by_side(doublons: Bureau) -> None:
    assert "LE GOFF Maëlle · LEGOFF Maelle" in doublons.words()
    assert "(02/05/1980 et 1980)" in doublons.words(), "what tells two pairs of the same names apart"
    doublons.page.list.lines()[0].activated.emit()  # type: ignore[attr-defined]
    words = doublons.words()
    assert "Dossiers\u00a0: 2026-0001" in words
    assert "Dossiers\u00a0: 2026-0002" in words
    assert set(doublons.page.comparison.choices) == {  # type: ignore[attr-defined]
        "nom_usage", "prenom", "naissance", "telephone",
    }  # fmt: skip


def test_who_they_are_is_in_sight_once_a_pair_is_chosen(doublons: Bureau) -> None:
    doublons.page.resize(1084, 520)
    page = doublons.page
    line = page.list.lines()[0]  # type: ignore[attr-defined]
    line.setFocus()
    doublons.press(KEY.Key_Return)
    assert page.comparison.isAncestorOf(doublons.focus)  # type: ignore[attr-defined]
    doublons.qtbot.wait(50)  # what comes into sight does so once it is laid out
    title = next(
        each
        for each in page.comparison.findChildren(QLabel)
        if each.text().startswith("Est-ce une seule")  # type: ignore[attr-defined]
    )
    assert not title.visibleRegion().isEmpty()


def test_they_are_merged_field_by_field_and_it_is_taken_back(doublons: Bureau) -> None:
    page = doublons.page
    page.compare(1, 2)  # type: ignore[attr-defined]
    page.comparison.choices["telephone"].set_value("absorbee")  # type: ignore[attr-defined]
    doublons.click("Réunir en une seule fiche")
    assert without_mnemonic(doublons.focus.text()) == "Annuler", (
        "where the button that is gone had the keyboard"
    )  # type: ignore[attr-defined]
    kept = doublons.services.personnes.reread(2).personne
    assert (kept.id, kept.identite.prenom, kept.identite.telephone) == (1, "Maëlle", "07 99 88 77 66")
    doublons.qtbot.waitUntil(lambda: "Personne ne semble être deux fois" in doublons.words())
    doublons.click("Annuler")
    assert doublons.services.personnes.reread(2).personne.id == 2
    doublons.qtbot.waitUntil(lambda: "LE GOFF Maëlle · LEGOFF Maelle" in doublons.words())


def test_a_couple_is_no_doublon_and_is_made_one_only_by_the_second_press(doublons: Bureau) -> None:
    home = "06 21 22 23 24|{}|4 rue des Lilas"
    she = _record(doublons.services, f"Kermadec||Maryvonne||1980|{home.format('f')}")
    he = _record(doublons.services, f"Kermadec||Yannick||1978|{home.format('h')}")
    page = doublons.page
    page.compare(she, he)  # type: ignore[attr-defined]
    doublons.qtbot.waitUntil(lambda: bool(page.list.lines()))  # type: ignore[attr-defined]
    listed = [each.text() for each in page.list.findChildren(QLabel)]  # type: ignore[attr-defined]
    assert not any("KERMADEC" in each for each in listed)
    doublons.click("Réunir en une seule fiche")
    assert "peut-être deux personnes d’un même foyer" in doublons.words()
    assert doublons.services.personnes.reread(he).personne.id == he
    doublons.click("Réunir en une seule fiche")
    assert doublons.services.personnes.reread(he).personne.id == she


def test_they_are_said_apart_and_it_is_taken_back(doublons: Bureau) -> None:
    doublons.page.compare(1, 2)  # type: ignore[attr-defined]
    QApplication.processEvents()
    doublons.alt(KEY.Key_P)
    doublons.qtbot.waitUntil(lambda: "Personne ne semble être deux fois" in doublons.words())
    doublons.click("Annuler")
    doublons.qtbot.waitUntil(lambda: "LE GOFF Maëlle · LEGOFF Maelle" in doublons.words())


def test_a_merge_that_would_move_a_figure_is_refused_in_words(doublons: Bureau) -> None:
    _record(doublons.services, "Le Goff||Maelle||1980", dossier=1)
    doublons.page.compare(1, 4)  # type: ignore[attr-defined]
    assert "toutes deux comptent au bilan" in doublons.words()
    assert not doublons.page.comparison.isVisible()  # type: ignore[attr-defined]
    doublons.click("Ne plus proposer cette paire")
    assert doublons.services.fusions.are_apart(1, 4), (
        "a pair that cannot be merged does not stay on the list for ever"
    )


def test_nobody_is_named_on_the_list_in_the_discreet_mode(doublons: Bureau) -> None:
    doublons.page.compare(1, 2)  # type: ignore[attr-defined]
    doublons.page.set_discreet(True)  # type: ignore[attr-defined]
    words = doublons.words()
    assert "GOFF" not in words
    assert "Fiches masquées (F9)" in words


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"telephone": ""}, ()),
        ({}, ("06\u00a011\u00a022\u00a033\u00a044\u00a0: personne n’a dit que ce numéro est sûr.",)),
        (
            {
                "telephone": "",
                "contact_sur": "07 1",
                "contact_sur_horaires": "le matin",
                "sans_message": True,
            },
            ("Contact sûr\u00a0:\u00a007\u00a01\nle matin", "Ne pas laisser de message."),
        ),
        ({"contact_sur": "06 11 22 33 44"}, ("Contact sûr\u00a0:\u00a006\u00a011\u00a022\u00a033\u00a044",)),
    ],
)
def test_what_is_safe_is_said_and_what_is_not_known_too(
    qtbot: QtBot, shown: object, changes: dict[str, object], said: tuple[str, ...]
) -> None:
    contact = ContactSur()
    qtbot.addWidget(contact)
    contact.show_identite(replace(identite("Le Goff||Maëlle|||06 11 22 33 44"), **changes))  # type: ignore[arg-type]
    assert contact.sentences() == said
    contact.set_discreet(True)
    assert contact.sentences() == ()


def test_a_pair_found_in_two_ways_is_listed_once(
    doublons: Bureau, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = doublons.page
    monkeypatch.setattr(doublons.services.fusions, "pairs", lambda: ((1, 2), (1, 2)))
    page.start()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "LE GOFF Maëlle · LEGOFF Maelle" in doublons.words())
    assert len(page.list.lines()) == 1  # type: ignore[attr-defined]


def test_two_names_one_slip_apart_are_listed_too(doublons: Bureau, qtbot: QtBot) -> None:
    _record(doublons.services, "Kerdoncuff||Maëlle")
    _record(doublons.services, "Kordoncuff||Maëlle||1980")
    doublons.page.start()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "KERDONCUFF Maëlle · KORDONCUFF Maëlle" in doublons.words())
    assert "cette liste en laisse" not in doublons.words()


def test_a_list_that_stops_before_the_end_says_so(doublons: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iscg_desktop.storage.recherche_personnes.MOST_PAIRS", 1)
    monkeypatch.setattr("iscg_desktop.ui.pages.dossiers.doublons.MOST_PAIRS", 1)
    doublons.page.start()  # type: ignore[attr-defined]
    wait_for(lambda: "cette liste en laisse" in doublons.words())


def test_what_she_opposed_is_said_until_it_is_lifted(personne: Bureau) -> None:
    droits = personne.services.droits
    assert "Opposition" not in personne.words()
    demande, _ = droits.noter(1, Droit.OPPOSITION, TODAY)
    droits.repondre(demande, TODAY, Reponse.SATISFAITE)
    personne.page.activated()  # type: ignore[attr-defined]
    assert "Opposition, depuis le lundi 23 novembre" in personne.words()
    droits.lever(demande)
    personne.page.activated()  # type: ignore[attr-defined]
    assert "Opposition" not in personne.words()
