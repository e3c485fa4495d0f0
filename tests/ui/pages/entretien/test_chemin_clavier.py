"""The path of the keyboard, from Aujourd’hui to the recorded entretien; every key pressed is counted.

It starts on the day's page, where she chose her unité this morning. Free words (names, addresses, motifs, the two
texts) are typed like the rest and not counted: their length is hers. All the rest is: letters that choose in a list,
digits, Tab, mnemonics. Run with ``-s`` to read the counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.domain.entretien import Entretien
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.tasks import TaskRunner
from tests.vie import open_services

KEY = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier

TELEPHONE = ("mode", "personnes.0.sexe", "problematique_principale")
"""What a telephone contact must hold, beside the name: a day, a unité and an issue are there by themselves."""

ENTIER = (
    "saisine.origine", "saisine.support", "saisine.accord_contact", "saisine.urgence", "heure", "duree", "mode", "lieu",
    "personnes.0.sexe", "personnes.0.naissance", "personnes.0.statut", "personnes.0.commune", "personnes.0.telephone",
    "personnes.0.contact_sur", "personnes.0.sans_message", "personnes.0.situation_conjugale",
    "personnes.0.type_menage", "personnes.0.activite", "personnes.0.csp", "personnes.0.logement",
    "personnes.0.ressources", "personnes.0.vulnerabilite", "personnes.0.connu_services_sociaux",
    "personnes.0.suivi_en_cours", "personnes.0.accord", "personnes.0.informee_le",
    "problematique_principale", "problematiques", "demandes", "reponses",
    "orientations.0.type", "orientations.0.partenaire_id", "orientations.0.accord",
)  # fmt: skip
"""What a full entretien must hold: nothing is left non renseigné, and one orientation may become a fiche."""


class Keyboard:
    """Her keyboard over the whole window."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot, self.pressed = desk, qtbot, 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.desk.window, key, modifier)
        self.pressed += 1

    def write(self, words: str, *, free: bool = False) -> None:
        for letter in words:
            target = QApplication.focusWidget()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
        self.pressed += 0 if free else len(words)

    def here(self) -> str | None:
        """Name of the field that has the focus."""
        focus: QWidget | None = QApplication.focusWidget()
        form = self.desk.entretien.form
        fields = form.fields() if form is not None else {}
        return next((n for n, f in fields.items() if focus is not None and f.isAncestorOf(focus)), None)

    def tab_to(self, name: str) -> None:
        """Tab as often as it takes; each is counted."""
        for _ in range(12):
            if self.here() == name:
                return
            self.press(KEY.Key_Tab)
        raise AssertionError(f"{name} is more than twelve fields from {self.here()}")

    def answer(self, name: str, words: str, *, free: bool = False) -> None:
        self.tab_to(name)
        self.write(words, free=free)

    def begin(self) -> None:
        """From the day's page to a new entretien."""
        assert self.desk.window.current_page() == "aujourdhui"
        self.press(KEY.Key_N, CTRL)
        self.qtbot.waitUntil(lambda: self.desk.window.current_page() == "entretien")
        assert self.here() == "saisine.origine"

    def record(self) -> Entretien:
        """Ctrl+Enter from wherever she is."""
        with self.qtbot.waitSignal(self.desk.entretien.recorded):
            self.press(KEY.Key_Return, CTRL)
        done = self.desk.services.dossiers.reread(1).evenements
        return self.desk.services.entretiens.get(next(e.id for e in done if e.kind == "entretien"))


@pytest.fixture
def keyboard(qtbot: QtBot, tmp_path: Path) -> Iterator[Keyboard]:
    services, _session = open_services(tmp_path)
    services.journee.choose_permanence(1)
    tasks = TaskRunner()
    desk = Desk(services, tasks)
    desk.show()
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: desk.window.isActiveWindow() and desk.window.current_page() is not None)
    yield Keyboard(desk, qtbot)
    tasks.close()
    desk.close()


def test_a_telephone_contact(keyboard: Keyboard) -> None:
    keyboard.begin()
    keyboard.press(KEY.Key_M, ALT)
    keyboard.write("tel")
    keyboard.press(KEY.Key_N, ALT)
    keyboard.write("Lœil", free=True)
    keyboard.answer("personnes.0.prenom", "Anaïs", free=True)
    keyboard.press(KEY.Key_X, ALT)
    keyboard.write("f")
    keyboard.press(KEY.Key_P, ALT)
    keyboard.write("vio conj psy")
    keyboard.press(KEY.Key_V, ALT)
    keyboard.write("Rappelle jeudi.", free=True)
    entretien = keyboard.record()
    print(f"\nentretien téléphonique : {keyboard.pressed} touches (60 au plus), texte libre à part")
    assert (entretien.mode, entretien.unite_id, entretien.issue) == ("telephone", 1, "realise")
    assert entretien.problematique_principale == "violences_conjugales_psychologiques"
    assert (entretien.personnes[0].nom, entretien.personnes[0].profil.sexe) == ("LŒIL Anaïs", "femme")
    assert keyboard.pressed <= 60


def test_the_keys_pressed_before_the_page_is_there_are_answered_in_their_order(keyboard: Keyboard) -> None:
    """Without a look at the screen, from Ctrl+N to Ctrl+Enter: not one turn of the window in between."""
    before = QApplication.focusWidget()
    keyboard.press(KEY.Key_N, CTRL)
    assert keyboard.desk.window.current_page() == "aujourdhui"
    keyboard.press(KEY.Key_M, ALT)
    keyboard.write("tel")
    keyboard.press(KEY.Key_N, ALT)  # also the mnemonic of the day's page that is left
    keyboard.write("Lœil")
    for _ in range(2):
        keyboard.press(KEY.Key_Tab)
    keyboard.write("Anaïs")
    keyboard.press(KEY.Key_X, ALT)
    keyboard.write("f")
    keyboard.press(KEY.Key_P, ALT)
    keyboard.write("vio conj psy")
    keyboard.press(KEY.Key_V, ALT)
    keyboard.write("Rappelle jeudi.")
    assert QApplication.focusWidget() is before, "the page that is left answered none of them"
    entretien = keyboard.record()
    assert (entretien.mode, entretien.personnes[0].nom) == ("telephone", "LŒIL Anaïs")
    assert entretien.problematique_principale == "violences_conjugales_psychologiques"
    assert entretien.notes_de_travail == "Rappelle jeudi."
    assert not keyboard.desk.entretien.ready, "the next form is not made yet"
    keyboard.press(KEY.Key_N, ALT)
    keyboard.press(KEY.Key_M, ALT)
    keyboard.write("tel")
    keyboard.qtbot.waitUntil(lambda: keyboard.here() == "mode")
    form = keyboard.desk.entretien.form
    assert form is not None
    keyboard.qtbot.waitUntil(lambda: form.settle() == [] and form.seance.value("mode") == "telephone")


def test_a_full_entretien(keyboard: Keyboard) -> None:
    keyboard.begin()
    keyboard.answer("saisine.origine", "gen")
    keyboard.answer("saisine.support", "pla")
    keyboard.answer("saisine.accord_contact", "o")
    keyboard.answer("saisine.urgence", "s")
    keyboard.answer("heure", "9h30")
    keyboard.answer("duree", "45")
    keyboard.answer("mode", "pre ren")
    keyboard.answer("lieu", "un")
    keyboard.press(KEY.Key_N, ALT)
    keyboard.write("Lœil", free=True)
    keyboard.answer("personnes.0.nom_naissance", "Le Péron", free=True)
    keyboard.answer("personnes.0.prenom", "Anaïs", free=True)
    keyboard.answer("personnes.0.sexe", "f")
    keyboard.answer("personnes.0.naissance", "12/3/88")
    keyboard.answer("personnes.0.statut", "vic")
    keyboard.answer("personnes.0.commune", "saint aubin du cor")
    keyboard.answer("personnes.0.telephone", "0600000001")
    keyboard.answer("personnes.0.adresse", "2 impasse du Four", free=True)
    keyboard.answer("personnes.0.contact_sur", "0600000002")
    keyboard.tab_to("personnes.0.sans_message")
    keyboard.press(KEY.Key_Space)
    keyboard.answer("personnes.0.situation_conjugale", "mar")
    keyboard.answer("personnes.0.type_menage", "par")
    keyboard.answer("personnes.0.activite", "en emp")
    keyboard.answer("personnes.0.csp", "emp")
    keyboard.answer("personnes.0.logement", "loc soc")
    keyboard.answer("personnes.0.ressources", "sal")
    keyboard.press(KEY.Key_Return)
    keyboard.write("pri")
    keyboard.answer("personnes.0.vulnerabilite", "auc")
    keyboard.answer("personnes.0.connu_services_sociaux", "i")
    keyboard.answer("personnes.0.suivi_en_cours", "n")
    keyboard.answer("personnes.0.accord", "o")
    keyboard.answer("personnes.0.informee_le", "auj")
    keyboard.press(KEY.Key_P, ALT)
    keyboard.write("vio conj psy")
    keyboard.answer("problematiques", "fin")
    keyboard.answer("demandes", "eco")
    keyboard.press(KEY.Key_Return)
    keyboard.write("heb")
    keyboard.answer("reponses", "acc")
    keyboard.press(KEY.Key_Return)
    for words in ("eco", "ori"):
        keyboard.write(words)
        keyboard.press(KEY.Key_Return)
    keyboard.answer("elements_transmissibles", "Madame demande un toit.", free=True)
    keyboard.answer("notes_de_travail", "Rappeler jeudi.", free=True)
    keyboard.press(KEY.Key_O, CTRL_SHIFT)
    keyboard.answer("orientations.0.type", "sec")
    keyboard.answer("orientations.0.partenaire_id", "cd")
    keyboard.answer("orientations.0.accord", "o")
    keyboard.answer("orientations.0.motif", "Évaluation", free=True)
    form = keyboard.desk.entretien.form
    assert form is not None
    form.settle()
    empty = [n for n in ENTIER if form.fields()[n].widget.value() in (None, "", (), False)]
    assert empty == [], "every required field holds an answer"
    assert form.missing() == ()
    entretien = keyboard.record()
    print(f"\nentretien complet : {keyboard.pressed} touches (300 au plus), texte libre à part")
    assert (entretien.mode, entretien.lieu, entretien.duree) == ("presentiel_rdv", "unite", 45)
    (line,) = entretien.personnes
    assert (line.profil.statut, line.profil.commune, line.profil.age) == ("victime", "35253", 38)
    assert (line.profil.logement, line.profil.type_menage) == ("locataire_social", "parent_isole")
    assert (line.profil.activite, line.profil.csp) == ("en_emploi", "employes")
    assert (line.profil.ressources, line.profil.vulnerabilite) == (
        ("prime_d_activite", "salaire"),
        ("aucune",),
    )
    assert set(entretien.reponses) == {"accueil", "ecoute_active", "orientation"}
    assert set(entretien.demandes) == {"ecoute", "hebergement"}
    (orientation,) = keyboard.desk.services.dossiers.orientations(1)
    assert (orientation.type, orientation.partenaire, orientation.accord) == (
        "service_social_secteur", "CDAS de Vallière", "oui",
    )  # fmt: skip
    assert keyboard.pressed <= 300
