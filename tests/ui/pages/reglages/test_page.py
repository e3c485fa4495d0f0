"""Réglages: each section saves by itself, says so, takes it back; nothing typed is lost at a lock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.convention import Convention
from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.domain.unite import Unite
from iscg_desktop.errors import UserError
from iscg_desktop.services import preferences
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.preferences import Preferences
from iscg_desktop.storage.kdf import KdfParameters
from iscg_desktop.storage.unlock import unlock_with_passphrase
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.pages.reglages.page import ReglagesPage
from iscg_desktop.ui.pages.reglages.phrase import PhraseSection
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.theme import Theme
from iscg_desktop.ui.widgets.field import Field
from tests.coffres import PASSPHRASE
from tests.ui.pages.pupitre import ALT, CTRL, KEY, Pupitre, opened
from tests.vie import MAELLE, draft, open_services, victime


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Pupitre]:
    services, session = open_services(tmp_path)
    tasks = TaskRunner()
    with opened(
        Pupitre(services, session, qtbot, lambda services, hub: ReglagesPage(services, hub, tasks))
    ) as pupitre:
        _page(pupitre).activated()
        pupitre.show()
        yield pupitre
    tasks.close()


def _page(desk: Pupitre) -> ReglagesPage:
    assert isinstance(desk.page, ReglagesPage)
    return desk.page


def _open(desk: Pupitre, key: str) -> Section:
    _page(desk).show_section(key)
    QApplication.processEvents()
    return _page(desk).section(key)


SECTIONS = [
    "identite", "convention", "unites", "listes", "delais", "phrase", "securite", "apparence",
]  # fmt: skip


@pytest.mark.parametrize("key", SECTIONS)
def test_no_two_things_of_a_section_answer_the_same_letter(desk: Pupitre, key: str) -> None:
    _open(desk, key)
    assert [letter for letter, count in desk.mnemonics().items() if count > 1] == []


def test_keys_go_from_section_to_section(desk: Pupitre) -> None:
    page = _page(desk)
    keys = list(page._makers)
    assert page.current() == keys[0]
    desk.press(KEY.Key_Down, CTRL)
    assert page.current() == keys[1]
    desk.press(KEY.Key_Up, CTRL)
    desk.press(KEY.Key_Up, CTRL)
    assert page.current() == keys[-1]


def test_a_delay_is_kept_when_its_field_is_left_and_taken_back(desk: Pupitre) -> None:
    _open(desk, "delais")
    desk.alt(KEY.Key_F)
    desk.write("21")
    desk.press(KEY.Key_Tab)
    assert desk.services.reglages.get() == Reglages(fiche_sans_retour_jours=21)
    assert desk.says("C’est gardé.")
    desk.click("Annuler (Ctrl+Z)")
    assert desk.services.reglages.get() == Reglages()
    assert desk.says("C’est annulé.")


def test_a_delay_out_of_bounds_is_refused_under_its_field(desk: Pupitre) -> None:
    section = _open(desk, "delais")
    for typed, words in (("0", "entre 1 et 365"), ("deux", "en chiffres"), ("9" * 1000, "en chiffres")):
        field = section.fields["fiche_sans_retour_jours"]  # type: ignore[attr-defined]
        field.widget.setFocus()
        field.widget.selectAll()
        desk.write(typed)
        desk.press(KEY.Key_Tab)
        assert words in field.error()
        assert desk.services.reglages.get() == Reglages()


def _type_delay(desk: Pupitre, section: Section, name: str, typed: str) -> Field:
    field: Field = section.fields[name]  # type: ignore[attr-defined]
    field.widget.setFocus()
    field.widget.selectAll()
    desk.write(typed)
    desk.press(KEY.Key_Tab)
    return field


def test_a_delay_refused_keeps_no_other_one_waiting(desk: Pupitre) -> None:
    section = _open(desk, "delais")
    wrong = _type_delay(desk, section, "fiche_sans_retour_jours", "0")
    unread = _type_delay(desk, section, "fiche_remise_jours", "deux")
    _type_delay(desk, section, "corbeille_jours", "60")
    assert desk.services.reglages.get() == Reglages(corbeille_jours=60)
    _open(desk, "apparence")
    assert _open(desk, "delais") is section
    assert (wrong.widget.text(), unread.widget.text()) == ("0", "deux")
    assert "entre 1 et 365" in wrong.error()
    assert "en chiffres" in unread.error()
    desk.click("Remettre les valeurs d’origine")
    assert (wrong.widget.text(), unread.widget.text()) == ("7", "7")
    assert desk.services.reglages.get() == Reglages()


def test_a_delay_that_the_disk_refuses_waits_on_the_screen(
    desk: Pupitre, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = _open(desk, "delais")

    def refuse(_reglages: Reglages) -> Changes:
        raise UserError("disque_plein")

    with monkeypatch.context() as full:
        full.setattr(desk.services.reglages, "set", refuse)
        field = _type_delay(desk, section, "corbeille_jours", "60")
        assert desk.says("Le disque est plein.")
        _open(desk, "apparence")
        _open(desk, "delais")
        assert field.widget.text() == "60"
        assert not section.keep_now()
    assert section.keep_now()
    assert desk.services.reglages.get() == Reglages(corbeille_jours=60)


def test_the_look_is_worn_at_once_kept_outside_and_taken_back(desk: Pupitre) -> None:
    theme = QApplication.instance().findChild(Theme)  # type: ignore[union-attr]
    section = _open(desk, "apparence")
    before = theme.choice
    try:
        section.fields["aspect"].widget.setFocus()  # type: ignore[attr-defined]
        desk.write("s")
        assert preferences.load() == Preferences(aspect="sombre")
        assert theme.dark
        desk.click("Annuler (Ctrl+Z)")
        assert preferences.load() == Preferences()
    finally:
        preferences.save(Preferences())
        theme.wear(before, "normale")


def test_identity_is_saved_by_one_action_and_taken_back(desk: Pupitre) -> None:
    section = _open(desk, "identite")
    desk.alt(KEY.Key_Q)
    desk.press(KEY.Key_A, CTRL)
    desk.write("Conseillère")
    assert desk.services.coffre.intervenant == MAELLE
    desk.press(KEY.Key_S, CTRL)
    now = desk.services.coffre.intervenant
    assert now is not None
    assert now.qualite == "Conseillère"
    assert desk.says("Les fiches déjà établies ne changent pas")
    section._on_undo()
    assert desk.services.coffre.intervenant == MAELLE


def test_an_identity_half_typed_outlives_a_lock(desk: Pupitre) -> None:
    _open(desk, "identite")
    desk.alt(KEY.Key_E)
    desk.press(KEY.Key_A, CTRL)
    desk.write("Association")
    assert _page(desk).keep_now()
    again = ReglagesPage(desk.services, desk.hub, TaskRunner(desk.page))
    desk.qtbot.addWidget(again)
    again.resume("reglages:identite")
    form = again.section("identite").form  # type: ignore[attr-defined]
    assert form.read().employeur == "Association"
    assert desk.services.coffre.intervenant == MAELLE
    desk.click("Abandonner")
    assert desk.services.brouillons.all() == ()


def test_a_name_is_needed_and_the_refusal_is_under_the_field(desk: Pupitre) -> None:
    section = _open(desk, "identite")
    desk.alt(KEY.Key_N)
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_Delete)
    desk.press(KEY.Key_S, CTRL)
    assert "Votre nom manque" in section.form.fields["nom"].error()  # type: ignore[attr-defined]
    assert desk.services.coffre.intervenant == MAELLE


def test_another_departement_says_from_when_it_counts(desk: Pupitre) -> None:
    before = date(2025, 12, 1)
    person = victime(informee_le=before)
    desk.services.entretiens.record(draft(date=before, personnes=(person,), saisine=None))
    _open(desk, "identite")
    desk.alt(KEY.Key_M)
    desk.press(KEY.Key_A, CTRL)
    desk.write("Morbihan")
    desk.press(KEY.Key_Tab)
    assert desk.says("gardent les intercommunalités du département du 1er janvier, Ille-et-Vilaine (35)")
    desk.press(KEY.Key_S, CTRL)
    assert desk.session.departement(2026) == "35"
    assert desk.session.departement(2027) == "56"
    assert desk.says("gardent les intercommunalités")


def test_discreet_mode_blanks_who_she_is(desk: Pupitre) -> None:
    section = _open(desk, "identite")
    _page(desk).set_discreet(True)
    assert not section.form.isVisible()  # type: ignore[attr-defined]
    assert desk.says("Masqué (F9)")
    _page(desk).set_discreet(False)
    assert section.form.isVisible()  # type: ignore[attr-defined]


def _choose(desk: Pupitre, section: Section, words: str) -> None:
    """Select the row of a section's table whose first column says so."""
    table = section.table  # type: ignore[attr-defined]
    text = table.table.columns[0].text
    table.select(next(row for row in table.records() if text(row).strip() == words))
    QApplication.processEvents()


def _unites(desk: Pupitre) -> dict[str, Unite]:
    return {unite.nom: unite for unite in desk.services.unites.all().values()}


def test_a_unite_is_added_by_keys_under_another_and_taken_back(desk: Pupitre) -> None:
    section = _open(desk, "unites")
    desk.press(KEY.Key_N, CTRL)
    desk.write("Brigade des Landes")
    desk.alt(KEY.Key_D)
    desk.write("aubin")
    desk.press(KEY.Key_Return)
    desk.alt(KEY.Key_O)
    desk.write("1/10")
    desk.press(KEY.Key_S, CTRL)
    new = _unites(desk)["Brigade des Landes"]
    assert (new.force, new.type, new.parent_id, new.compte_sous_id) == ("gendarmerie", "brigade", 1, 1)
    assert desk.says("elle compte sous « Brigade de Saint-Aubin » jusqu’au 31 décembre 2026")
    assert section.table.records()[1].depth == 1  # type: ignore[attr-defined]
    desk.press(KEY.Key_Z, CTRL)
    assert "Brigade des Landes" not in _unites(desk)


@pytest.mark.parametrize(
    ("nom", "words"),
    [("", "Écrivez le nom"), ("Brigade de Vallière", "porte déjà ce nom"), ("Brigade " * 200, "trop long")],
)
def test_a_name_refused_is_said_under_its_field_and_kept(desk: Pupitre, nom: str, words: str) -> None:
    section = _open(desk, "unites")
    desk.press(KEY.Key_N, CTRL)
    desk.write(nom or "Brigade")
    if not nom:
        desk.press(KEY.Key_A, CTRL)
        desk.press(KEY.Key_Delete)
        section.form.put("force", "gendarmerie")  # type: ignore[attr-defined]
        section.form.put("type", "brigade")  # type: ignore[attr-defined]
    desk.press(KEY.Key_S, CTRL)
    field = section.form.fields["nom"]  # type: ignore[attr-defined]
    assert words in field.error()
    assert field.widget.value() == nom.strip()
    assert len(desk.services.unites.all()) == 2


def test_a_unite_is_merged_shown_as_such_and_taken_back(desk: Pupitre) -> None:
    section = _open(desk, "unites")
    _choose(desk, section, "Brigade de Vallière")
    desk.click("Fermer ou réunir")
    desk.press(KEY.Key_S, CTRL)
    assert "La date manque" in section.closing.fields["fermee_le"].error()  # type: ignore[attr-defined]
    desk.alt(KEY.Key_J)
    desk.write("20/11/2026")
    desk.alt(KEY.Key_R)
    desk.write("aubin")
    desk.press(KEY.Key_S, CTRL)
    gone = _unites(desk)["Brigade de Vallière"]
    assert (gone.fermee_le, gone.successeur_id) == (date(2026, 11, 20), 1)
    assert [unite.nom for unite in desk.services.journee.unites()] == ["Brigade de Saint-Aubin"]
    assert section.table.records()[-1].state == "reprise par Brigade de Saint-Aubin"  # type: ignore[attr-defined]
    desk.press(KEY.Key_Z, CTRL)
    assert _unites(desk)["Brigade de Vallière"].fermee_le is None


def test_a_unite_is_renamed_and_moved_in_one_go(desk: Pupitre) -> None:
    section = _open(desk, "unites")
    _choose(desk, section, "Brigade de Vallière")
    section.table.view.setFocus()  # type: ignore[attr-defined]
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_A, CTRL)
    desk.write("Antenne de Vallière")
    desk.alt(KEY.Key_D)
    desk.write("aubin")
    desk.press(KEY.Key_S, CTRL)
    assert _unites(desk)["Antenne de Vallière"].parent_id == 1
    desk.press(KEY.Key_Z, CTRL)
    assert _unites(desk)["Brigade de Vallière"].parent_id is None


def test_only_an_unused_unite_may_be_removed(desk: Pupitre) -> None:
    section = _open(desk, "unites")
    desk.services.entretiens.record(draft())
    _page(desk).activated()
    _choose(desk, section, "Brigade de Saint-Aubin")
    assert not desk.has_button("Supprimer")
    _choose(desk, section, "Brigade de Vallière")
    desk.click("Supprimer")
    assert list(_unites(desk)) == ["Brigade de Saint-Aubin"]
    desk.press(KEY.Key_Z, CTRL)
    assert set(_unites(desk)) == {"Brigade de Saint-Aubin", "Brigade de Vallière"}


def _list(desk: Pupitre, words: str) -> Section:
    section = _open(desk, "listes")
    desk.alt(KEY.Key_I)
    desk.press(KEY.Key_A, CTRL)
    desk.write(words)
    desk.press(KEY.Key_Return)
    return section


def test_a_label_is_changed_in_place_and_taken_back(desk: Pupitre) -> None:
    section = _list(desk, "Demande")
    _choose(desk, section, "Santé")
    desk.alt(KEY.Key_L)
    desk.press(KEY.Key_A, CTRL)
    desk.write("Soins")
    desk.press(KEY.Key_Return)
    assert desk.services.listes.libelle("demande", "sante") == "Soins"
    assert section.table.selected().code == "sante"  # type: ignore[attr-defined]
    desk.click("Remettre les libellés d’origine")
    assert desk.services.listes.libelle("demande", "sante") == "Santé"
    desk.click("Annuler (Ctrl+Z)")
    assert desk.services.listes.libelle("demande", "sante") == "Soins"


@pytest.mark.parametrize(
    ("libelle", "words"),
    [("", "Écrivez les mots"), ("Écoute", "déjà une valeur"), ("x" * 1000, "trop longs")],
)
def test_a_label_refused_is_said_under_its_field(desk: Pupitre, libelle: str, words: str) -> None:
    section = _list(desk, "Demande")
    _choose(desk, section, "Santé")
    desk.alt(KEY.Key_L)
    desk.press(KEY.Key_A, CTRL)
    desk.press(KEY.Key_Delete)
    desk.write(libelle)
    desk.press(KEY.Key_Return)
    assert words in section.fields["libelle"].error()  # type: ignore[attr-defined]
    assert desk.services.listes.libelle("demande", "sante") == "Santé"


def test_values_move_by_keys_and_what_rules_read_stays_offered(desk: Pupitre) -> None:
    section = _list(desk, "Mode d’entretien")
    _choose(desk, section, "Téléphone")
    desk.press(KEY.Key_Up, ALT)
    codes = [valeur.code for valeur in desk.services.listes["mode"].valeurs]
    assert codes.index("telephone") == 1
    desk.press(KEY.Key_Down, ALT)
    desk.click("Ne plus proposer")
    assert not desk.services.listes["mode"].valeur("telephone").active
    desk.click("Proposer de nouveau")
    assert desk.services.listes["mode"].valeur("telephone").active
    conjoint = desk.services.listes.libelle("mode", "conjoint")
    _choose(desk, section, conjoint)
    assert desk.says("Le programme s’appuie sur cette valeur")
    assert not desk.has_button("Ne plus proposer")


def test_a_value_of_hers_names_what_it_counts_under(desk: Pupitre) -> None:
    section = _list(desk, "Demande")
    desk.alt(KEY.Key_N)
    desk.write("Garde d’enfant")
    desk.alt(KEY.Key_A)
    assert "Choisissez la valeur d’origine" in section.added["compte_sous"].error()  # type: ignore[attr-defined]
    desk.alt(KEY.Key_C)
    desk.write("Aide éducative")
    desk.press(KEY.Key_Tab)
    desk.alt(KEY.Key_A)
    new = section.table.selected()  # type: ignore[attr-defined]
    assert (new.libelle, new.compte_sous) == ("Garde d’enfant", "aide_educative")
    desk.click("Supprimer")
    assert new.code not in desk.services.listes["demande"]


def test_a_list_that_rules_read_whole_takes_no_addition(desk: Pupitre) -> None:
    _list(desk, "Issue")
    assert desk.says("rien ne s’y ajoute")
    assert not desk.has_button("Ajouter")


def test_the_convention_is_saved_by_one_action_and_taken_back(desk: Pupitre) -> None:
    section = _open(desk, "convention")
    desk.alt(KEY.Key_D)
    desk.write("1/1/2026")
    desk.alt(KEY.Key_F)
    desk.write("31/12/2025")
    desk.press(KEY.Key_S, CTRL)
    field = section.form.fields["fin"]  # type: ignore[attr-defined]
    assert "précède son début" in field.error()
    assert desk.services.convention.get() == Convention()
    field.widget.selectAll()
    desk.write("31/12/2028")
    desk.alt(KEY.Key_M)
    desk.write("20")
    desk.press(KEY.Key_S, CTRL)
    kept = desk.services.convention.get()
    assert (kept.debut, kept.fin, kept.delai_bilan) == (date(2026, 1, 1), date(2028, 12, 31), 20)
    desk.press(KEY.Key_Z, CTRL)
    assert desk.services.convention.get() == Convention()


def test_a_convention_half_typed_outlives_a_lock(desk: Pupitre) -> None:
    _open(desk, "convention")
    desk.alt(KEY.Key_R)
    desk.write("Mme Tanguy")
    assert _page(desk).keep_now()
    again = ReglagesPage(desk.services, desk.hub, TaskRunner(desk.page))
    desk.qtbot.addWidget(again)
    again.resume("reglages:convention")
    assert again.section("convention").form.value("referent") == "Mme Tanguy"  # type: ignore[attr-defined]
    assert desk.services.convention.get() == Convention()


def test_comites_are_added_and_taken_away_one_by_one(desk: Pupitre) -> None:
    section = _open(desk, "convention")
    desk.alt(KEY.Key_A)
    assert "Écrivez le jour" in section.comite.error()  # type: ignore[attr-defined]
    desk.write("3/12/2026")
    desk.press(KEY.Key_Return)
    assert desk.services.convention.get().comites == (date(2026, 12, 3),)
    assert desk.says("jeudi 3 décembre 2026")
    desk.press(KEY.Key_Z, CTRL)
    assert desk.services.convention.get().comites == ()


def test_discreet_mode_blanks_the_names_of_the_convention(desk: Pupitre) -> None:
    desk.services.convention.set(Convention(referent="Mme Tanguy"))
    section = _open(desk, "convention")
    assert section.form.isVisible()  # type: ignore[attr-defined]
    _page(desk).set_discreet(True)
    assert not section.form.isVisible()  # type: ignore[attr-defined]


NEW_PHRASE = "girafe tambour névé cagoule pupitre lavande"


@pytest.fixture
def phrase(desk: Pupitre) -> PhraseSection:
    """The section of the passphrase, with cheap keys."""
    section = _open(desk, "phrase")
    assert isinstance(section, PhraseSection)
    section._kdf = KdfParameters.floor()
    return section


def _type_phrases(desk: Pupitre, section: PhraseSection, current: str) -> None:
    section.current.widget.set_value(current)
    section.form._mode.set_value("choisie")
    section.form._on_mode_committed("choisie")
    section.form.fields["phrase"].widget.set_value(NEW_PHRASE)
    section.form.fields["confirmation"].widget.set_value(NEW_PHRASE)
    desk.alt(KEY.Key_H)
    desk.qtbot.waitUntil(section._change.isEnabled, timeout=20_000)


def test_the_passphrase_changes_for_whoever_knows_the_one_in_force(
    desk: Pupitre, phrase: PhraseSection
) -> None:
    _type_phrases(desk, phrase, PASSPHRASE)
    assert desk.says("La nouvelle phrase ouvre le coffre")
    assert phrase.current.widget.value() == ""
    folder = desk.services.coffre.folder
    assert unlock_with_passphrase(folder, NEW_PHRASE).dbk == desk.session.vault.key.dbk
    with pytest.raises(UserError):
        unlock_with_passphrase(folder, PASSPHRASE)


def test_a_wrong_passphrase_changes_nothing(desk: Pupitre, phrase: PhraseSection) -> None:
    _type_phrases(desk, phrase, "une autre phrase que celle du coffre")
    assert "n’ouvre pas ce coffre" in phrase.current.error()
    assert unlock_with_passphrase(desk.services.coffre.folder, PASSPHRASE)


def test_nothing_typed_of_a_passphrase_outlives_the_section(desk: Pupitre, phrase: PhraseSection) -> None:
    phrase.current.widget.set_value(PASSPHRASE)
    _open(desk, "identite")
    assert phrase.current.widget.value() == ""
    assert phrase.form._proposed == ""


def test_a_unite_half_typed_outlives_a_lock(desk: Pupitre) -> None:
    _open(desk, "unites")
    desk.press(KEY.Key_N, CTRL)
    desk.write("Brigade des Landes")
    assert _page(desk).keep_now()
    again = ReglagesPage(desk.services, desk.hub, TaskRunner(desk.page))
    desk.qtbot.addWidget(again)
    again.resume("reglages:unites")
    assert again.section("unites").form.value("nom") == "Brigade des Landes"  # type: ignore[attr-defined]
    desk.click("Renoncer")
    assert desk.services.brouillons.all() == ()
    assert len(desk.services.unites.all()) == 2


def test_a_word_of_hers_is_added_seen_taken_away_and_given_back(desk: Pupitre) -> None:
    section = _open(desk, "mots")
    assert desk.says("Aucun. Dans un texte")
    desk.alt(KEY.Key_J)
    desk.write("Kerdoncuff")
    desk.press(KEY.Key_Return)
    assert desk.services.orthographe.mots() == ("Kerdoncuff",)
    assert section.mot.widget.text() == ""  # type: ignore[attr-defined]
    section.set_discreet(True)
    assert desk.says("Mots masqués (F9)")
    section.set_discreet(False)
    QApplication.processEvents()
    desk.click("Kerdoncuff")
    assert desk.services.orthographe.mots() == ()
    desk.click("Annuler (Ctrl+Z)")
    assert desk.services.orthographe.mots() == ("Kerdoncuff",)
    desk.alt(KEY.Key_J)
    desk.write("deux mots")
    desk.press(KEY.Key_Return)
    assert desk.says("Ce n’est pas un mot.")
    assert section.mot.widget.text() == "deux mots"  # type: ignore[attr-defined]
    lines = [entry for entry in desk.session.read.journal.entries() if entry.objet == "mot"]
    assert [(entry.action, entry.reference) for entry in lines] == [
        ("creation", ""), ("suppression", ""), ("creation", ""),
    ]  # fmt: skip
