"""The assistant: by keys alone from nothing to an open coffre, and nothing on the disk before the last step."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.fiche_numero import normaliser_code
from iscg_desktop.messages import SENTENCES
from iscg_desktop.services import coffre as service
from iscg_desktop.services.coffre import KdfParameters
from iscg_desktop.services.coffre_ouvert import CoffreService
from iscg_desktop.services.sauvegardes import SauvegardesService
from iscg_desktop.services.voile import VoileService
from iscg_desktop.ui.forms.intervenant_form import IntervenantForm, propose_code
from iscg_desktop.ui.forms.unite_form import UnitesForm
from iscg_desktop.ui.pages.assistant.page import FICHE, PHRASE, PLACE, UNITES, VOUS, AssistantPage
from iscg_desktop.ui.tasks import TaskRunner
from tests.coffres import Coffre, make_coffre
from tests.ui.pages.portail import Portail, portail, write

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the coffre is to lie: not even the folder above exists."""
    return tmp_path / "donnees" / "coffre"


def _page(folder: Path, tasks: TaskRunner) -> AssistantPage:
    return AssistantPage(folder, tasks, kdf=KdfParameters.floor())


def _next(gate: Portail) -> None:
    gate.press(Qt.Key.Key_Return, CONTROL)


def _type_vous(gate: Portail) -> None:
    """The first step, field after field with the Tab key; code and qualité are proposed."""
    for words in (
        "Maëlle",
        "Kerdoncuff",
        "",
        "assist",
        "",
        "Association fictive",
        "a",
        "ille",
        "02 99 00 00 00",
    ):
        gate.write(words)
        gate.press(Qt.Key.Key_Tab)
    gate.write("maelle@exemple.fr")
    gate.press(Qt.Key.Key_Tab)
    gate.write("1 place du Marché")


def _walk_to(step: int, gate: Portail, page: AssistantPage, tasks: TaskRunner) -> None:
    """Go to a step as she would; the last one waits for the keys."""
    if step > VOUS:
        _type_vous(gate)
        _next(gate)
    if step > UNITES:
        gate.write("Brigade de Saint-Aubin")
        gate.enter()
        gate.write("Commissariat de Vallière")
        _next(gate)  # the one still being typed counts
    if step > PLACE:
        _next(gate)
    if step > PHRASE:
        gate.write(page.phrase._proposed)
        gate.enter()
        gate.qtbot.waitUntil(lambda: tasks.running == 0 and page._step == FICHE, timeout=20_000)


def test_from_nothing_to_an_open_coffre_by_keys_alone(place: Path, tasks: TaskRunner, qtbot: QtBot) -> None:
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(PHRASE, gate, page, tasks)
        stick = place.parent.parent / "cle"
        stick.mkdir()
        page.place.backups.choose(stick)
        letters = [each for each in gate.letters() if gate.letters().count(each) > 1]
        assert letters == []
        page.code.fields["code"].widget.setFocus()
        gate.write("2719")
        page.code.fields["encore"].widget.setFocus()
        gate.write("2719")
        gate.press(Qt.Key.Key_Return, CONTROL)
        assert page._step == PHRASE  # it is typed, and not chosen
        gate.alt(Qt.Key.Key_H)
        qtbot.waitUntil(lambda: page._code is not None, timeout=20_000)
        assert "Ce code lèvera le voile" in gate.words()
        page.phrase.focus_first()
        phrase = page.phrase._proposed
        assert len(phrase.split()) == 7
        assert phrase in gate.words()
        gate.write(phrase)
        gate.enter()
        qtbot.waitUntil(lambda: page._step == FICHE, timeout=20_000)
        code = list(page._creation.recovery_code.groups)
        assert all(group in gate.words() for group in code)
        gate.press(Qt.Key.Key_Space)  # « Le code est recopié »
        assert not any(group in gate.words() for group in code)
        assert not place.parent.exists()
        gate.write("".join(code))
        with qtbot.waitSignal(page.created, timeout=20_000) as given_session:
            gate.enter()
        session = given_session.args[0]
        opened = CoffreService(session)
        assert SauvegardesService(session).dossier() == stick
        serrure = VoileService(session).serrure()
        assert (serrure.accepts("2719"), serrure.accepts("2718"), page._code) == (True, False, None)
        who = opened.intervenant
        assert who is not None
        assert (who.nom_complet, who.code, who.qualite) == (
            "Maëlle Kerdoncuff",
            "MKE",
            "Assistante de service social",
        )
        assert (who.diplome, who.employeur, who.nature_employeur, who.departement) == (
            "assistant_service_social",
            "Association fictive",
            "association",
            "35",
        )
        assert (who.telephone, who.courriel, who.adresse, who.rappeler_article_40) == (
            "02 99 00 00 00",
            "maelle@exemple.fr",
            "1 place du Marché",
            False,
        )
        assert [(u.nom, u.force, u.type) for u in session.unites().values()] == [
            ("Brigade de Saint-Aubin", "gendarmerie", "brigade"),
            ("Commissariat de Vallière", "police", "commissariat"),
        ]
        for edit in page.phrase.findChildren(QLineEdit) + page.sheet.findChildren(QLineEdit):
            edit.setEchoMode(QLineEdit.EchoMode.Normal)  # hidden text has no history, shown text has
            assert (edit.text(), edit.isUndoAvailable()) == ("", False)
        opened.lock()
    assert service.unlock(place, phrase).opened_with == "passphrase"
    assert service.unlock_with_sheet(place, "-".join(code)).opened_with == "recovery"


@pytest.mark.parametrize("step", [VOUS, UNITES, PLACE, PHRASE, FICHE])
def test_giving_up_leaves_nothing_on_the_disk(
    step: int, place: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(place, tasks)
    cancelled, created = QSignalSpy(page.cancelled), QSignalSpy(page.created)
    with portail(qtbot, page) as gate:
        _walk_to(step, gate, page, tasks)
        gate.alt(Qt.Key.Key_B)
        assert (cancelled.count(), created.count()) == (1, 0)
    assert list(place.parent.parent.iterdir()) == []


def test_leaving_while_the_keys_are_made_leaves_nothing_either(
    place: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(PHRASE, gate, page, tasks)
        gate.write(page.phrase._proposed)
        gate.enter()
        page.hide()
        qtbot.waitUntil(lambda: tasks.running == 0, timeout=20_000)
        assert page._creation is None
        assert page._step == PHRASE
        page.show()
        page.activated()
        assert len(page.phrase._words.text().split()) == 7
    assert list(place.parent.parent.iterdir()) == []


def test_leaving_while_the_coffre_is_written_leaves_none_without_its_owner(
    place: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(FICHE, gate, page, tasks)
        code = page._creation.recovery_code.text
        gate.press(Qt.Key.Key_Space)
        gate.write(code)
        gate.enter()
        assert tasks.running == 1
        page.hide()  # as when the window is closed: nothing is asked of the page any more
        qtbot.waitUntil(lambda: tasks.running == 0, timeout=20_000)
    session = service.open_session(place, service.unlock_with_sheet(place, code))
    assert CoffreService(session).intervenant is not None
    assert len(session.unites()) == 2
    session.vault.close()


def test_going_back_keeps_what_was_typed_but_not_the_passphrase(
    place: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(PHRASE, gate, page, tasks)
        first = page.phrase._proposed
        gate.write("début")
        for _ in range(3):
            gate.alt(Qt.Key.Key_R)
        assert page._step == VOUS
        for _ in range(3):
            _next(gate)
        assert page._step == PHRASE
        assert page.identity.read().nom == "Kerdoncuff"
        assert [unite.nom for unite in page.unites.read()] == [
            "Brigade de Saint-Aubin",
            "Commissariat de Vallière",
        ]
        assert page.phrase._proposed != first
        assert all(edit.text() == "" for edit in page.phrase.findChildren(QLineEdit))


def test_going_back_from_the_sheet_forgets_the_keys_and_the_code(
    place: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(FICHE, gate, page, tasks)
        code = page._creation.recovery_code.groups
        gate.press(Qt.Key.Key_Space)
        gate.alt(Qt.Key.Key_R)  # sees the code again
        assert all(group in gate.words() for group in code)
        gate.alt(Qt.Key.Key_R)
        assert (page._step, page._creation) == (PHRASE, None)
        page.sheet.show()
        assert not any(group in gate.words() for group in code)


def test_a_slip_in_the_code_typed_back_names_its_group_and_creates_nothing(
    place: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(FICHE, gate, page, tasks)
        code = list(page._creation.recovery_code.groups)
        code[4] = ("0" if code[4][0] != "0" else "1") + code[4][1:]
        gate.press(Qt.Key.Key_Space)
        gate.write("".join(code))
        gate.enter()
        assert "Relisez le groupe 5" in gate.words()
        assert gate.focus.accessibleName() == "Groupe 5 du code de secours"
        assert tasks.running == 0
    assert list(place.parent.parent.iterdir()) == []


def test_a_right_code_that_is_not_the_one_shown_is_told(
    place: Path, tasks: TaskRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    other = make_coffre(tmp_path / "autre")
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(FICHE, gate, page, tasks)
        gate.press(Qt.Key.Key_Space)
        gate.write(other.code)
        gate.enter()
        assert SENTENCES["code_secours_different"] in gate.words()
    assert not place.exists()


def test_what_is_missing_in_the_first_step_is_said_at_once(
    place: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _next(gate)
        assert page._step == VOUS
        assert gate.focus.accessibleName() == "Nom"
        for code in ("intervenant_sans_nom", "intervenant_sans_employeur", "intervenant_sans_nature"):
            assert SENTENCES[code] in gate.words()


def test_two_passphrases_that_differ_are_refused(place: Path, tasks: TaskRunner, qtbot: QtBot) -> None:
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(PHRASE, gate, page, tasks)
        for typed, said in (
            ("", "Écrivez la phrase encore une fois."),
            ("autre chose", "Ce n’est pas la même phrase."),
        ):
            gate.write(typed)
            gate.enter()
            assert said in gate.words()
        assert (tasks.running, page._step) == (0, PHRASE)


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("courte", "Il faut au moins 15 caractères."),
        ("azertyuiopqsdfghjklm", "se devine trop vite"),
        ("mot " * 30, "se devine trop vite"),
    ],
)
def test_a_chosen_passphrase_must_be_strong(
    phrase: str, said: str, place: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(PHRASE, gate, page, tasks)
        gate.alt(Qt.Key.Key_O)
        gate.press(Qt.Key.Key_Right)
        gate.press(Qt.Key.Key_Tab)
        gate.write(phrase)
        gate.enter()
        gate.write(phrase)
        gate.enter()
        qtbot.waitUntil(lambda: tasks.running == 0, timeout=20_000)
        assert said in gate.words()
        assert page._step == PHRASE
    assert not place.parent.exists()


def test_the_strength_is_said_in_words_while_typing(place: Path, tasks: TaskRunner, qtbot: QtBot) -> None:
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(PHRASE, gate, page, tasks)
        gate.alt(Qt.Key.Key_O)
        gate.press(Qt.Key.Key_Right)
        gate.press(Qt.Key.Key_Tab)
        gate.write("quatorze carac")
        assert "Encore un caractère." in gate.words()
        gate.write(" et bien d’autres 83 zèbres")
        qtbot.waitUntil(lambda: "Solide" in gate.words(), timeout=10_000)


def test_the_sheet_is_printed_only_when_asked_and_from_memory(
    place: Path, tasks: TaskRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(QPrintDialog, "exec", lambda dialog: asked.append(dialog) or 0)  # she gives up
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(FICHE, gate, page, tasks)
        assert asked == []
        gate.alt(Qt.Key.Key_M)
        qtbot.waitUntil(lambda: len(asked) == 1 and tasks.running == 0, timeout=20_000)
        assert page._step == FICHE
        gate.press(Qt.Key.Key_Space)  # the focus is back on « Le code est recopié »
        assert page.sheet.asking
    assert not place.parent.exists()


def test_the_printed_sheet_holds_the_code_and_tells_the_coffre(tmp_path: Path) -> None:
    groups = ("K7988", "GV81Y", "8MX2Z", "AXGMR", "MNBDA", "W0MV6", "2TP6A")
    pdf = service.recovery_sheet(groups, tmp_path / "coffre", date(2026, 11, 23))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert all(group in text for group in groups)
    assert "23 novembre 2026" in text


# The place.


def test_a_place_already_taken_gives_way_to_a_free_one(
    tasks: TaskRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    taken: Coffre = make_coffre(tmp_path / "coffre")
    page = _page(taken.folder, tasks)
    assert page.place.folder == tmp_path / "coffre-2"
    page.place.set_folder(taken.folder)
    assert page.place.settle() is None
    (tmp_path / "papiers").mkdir()
    (tmp_path / "papiers" / "lettre.txt").touch()
    page.place.set_folder(tmp_path / "papiers")
    assert page.place.settle() == tmp_path / "papiers" / "coffre"
    qtbot.addWidget(page)


def test_a_place_where_nothing_can_be_written_is_told(
    tasks: TaskRunner, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "fichier").touch()
    page = _page(tmp_path / "ailleurs", tasks)
    with portail(qtbot, page) as gate:
        _walk_to(PLACE, gate, page, tasks)
        page.place.set_folder(tmp_path / "fichier" / "coffre")
        _next(gate)
        assert SENTENCES["dossier_non_inscriptible"] in gate.words()
        assert page._step == PLACE


def test_a_place_taken_meanwhile_brings_back_to_its_step(
    place: Path, tasks: TaskRunner, qtbot: QtBot
) -> None:
    page = _page(place, tasks)
    with portail(qtbot, page) as gate:
        _walk_to(FICHE, gate, page, tasks)
        code = page._creation.recovery_code.groups
        make_coffre(place)
        gate.press(Qt.Key.Key_Space)
        gate.write("".join(code))
        gate.enter()
        qtbot.waitUntil(lambda: page._step == PLACE, timeout=20_000)
        assert SENTENCES["coffre_existe_deja"] in gate.words()
        assert page._creation is None


# The forms.


def _identity() -> IntervenantForm:
    return IntervenantForm(service.liste("diplome"), service.liste("employeur"), service.departements())


def test_the_code_follows_the_name_until_she_writes_her_own(qtbot: QtBot) -> None:
    form = _identity()
    qtbot.addWidget(form)
    widgets = {name: field.widget for name, field in form.fields.items()}
    qtbot.keyClicks(widgets["prenom"], "Jean-Luc")
    qtbot.keyClicks(widgets["nom"], "Le Goff")
    assert form.read().code == "JLLE"
    widgets["code"].selectAll()
    qtbot.keyClicks(widgets["code"], "JLG")
    qtbot.keyClicks(widgets["nom"], "ic")
    assert form.read().code == "JLG"


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_proposed_code_is_one_that_is_accepted(prenom: str, nom: str) -> None:
    code = propose_code(prenom, nom)
    assert code == "" or len(code) == 1 or normaliser_code(code) == code


def test_article_40_is_offered_to_public_employers_only(qtbot: QtBot) -> None:
    form = _identity()
    qtbot.addWidget(form)
    nature = form.fields["nature_employeur"].widget
    form.restore({"article_40": True, "nature_employeur": "departement"})
    assert form.read().rappeler_article_40
    assert not form._article_40.isHidden()
    qtbot.keyClick(nature.focusProxy(), Qt.Key.Key_A)
    assert form._article_40.isHidden()
    assert not form.read().rappeler_article_40


def test_a_form_comes_back_as_it_was_left_half_typed_words_included(qtbot: QtBot) -> None:
    left, back = _identity(), _identity()
    qtbot.addWidget(left)
    qtbot.addWidget(back)
    qtbot.keyClicks(left.fields["nom"].widget, "Kerdoncuff")
    qtbot.keyClicks(left.fields["diplome"].widget, "assi")  # not settled yet
    qtbot.keyClicks(left.fields["adresse"].widget, "1 place")
    back.restore(json.loads(json.dumps(left.state())))
    assert back.state() == left.state()
    assert back.fields["diplome"].widget.text() == "assi"


def test_unites_are_added_one_after_the_other_and_taken_away(qtbot: QtBot, shown) -> None:
    form = UnitesForm(service.liste("force"), service.liste("type_unite"))
    shown(form, width=900)
    nom = form.fields["nom"].widget
    for words in ("Brigade de recherches de Vallière", "COB des Trois-Rivières", "cob des trois rivieres"):
        nom.setFocus()
        nom.selectAll()
        write(nom, words)
        qtbot.keyClick(nom, Qt.Key.Key_Return)
    assert [(u.nom, u.type) for u in form.read()] == [
        ("Brigade de recherches de Vallière", "br"),
        ("COB des Trois-Rivières", "cob"),
    ]
    assert form.fields["nom"].error() == "Cette unité est déjà dans la liste."
    nom.selectAll()
    qtbot.keyClicks(nom, "Antenne")
    qtbot.keyClick(nom, Qt.Key.Key_Return)
    assert form.fields["force"].error() == "Choisissez la force."
    other = UnitesForm(service.liste("force"), service.liste("type_unite"))
    qtbot.addWidget(other)
    other.restore(json.loads(json.dumps(form.state())))
    assert other.state() == form.state()
    remove = next(w for w in form.findChildren(QPushButton) if w.accessibleName().startswith("Retirer COB"))
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert [u.nom for u in form.read()] == ["Brigade de recherches de Vallière"]


def test_without_a_unite_the_step_is_not_left(qtbot: QtBot) -> None:
    form = UnitesForm(service.liste("force"), service.liste("type_unite"))
    qtbot.addWidget(form)
    assert form.settle() is None
    assert "au moins une unité" in form.fields["nom"].error()
