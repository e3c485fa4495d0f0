"""Played inside a real window: one entretien, from the passphrase to the bilan file, by keys alone.

Run by ``test_walk.py`` in a process of its own: ``python -c … COFFRE FOLDER``. It prints nothing when all went well.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.period import quarter_of
from iscg_desktop.ui.application import make_application
from iscg_desktop.ui.program import Program
from tests.coffres import PASSPHRASE
from tests.fenetre import photograph

RECIT = "Madame demande à être accompagnée par le service social de secteur."


class Hands:
    """What a person does at the keyboard, and what she waits for."""

    def __init__(self, app: QApplication) -> None:
        self._app = app

    def come_to(self, window: QWidget) -> None:
        """Bring a window to the front, as a click on it would."""
        window.activateWindow()
        if not QTest.qWaitForWindowActive(window):
            sys.exit("the window does not come to the front")

    def wait_for(self, happened: Callable[[], bool], what: str) -> None:
        """Wait until something shows; a minute is too long."""
        for _ in range(600):
            if happened():
                return
            QTest.qWait(100)
        sys.exit(f"never came: {what}")

    def type(self, name: str, words: str, within: QWidget) -> None:
        """Go to the field of that name and type; Tab accepts what a list proposes."""
        shown = [w for w in within.findChildren(QWidget) if w.accessibleName() == name and w.isVisible()]
        if not shown:
            sys.exit(f"no field « {name} » on the screen")
        shown[0].setFocus(Qt.FocusReason.TabFocusReason)
        target = self._app.focusWidget()
        self.write(target, words)
        QTest.keyClick(target, Qt.Key.Key_Tab)

    def write(self, target: QWidget, words: str) -> None:
        """Type letter by letter, accents included, which Qt's own helper does not know."""
        for letter in words:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                self._app.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, wherever the focus is."""
        QTest.keyClick(self._app.focusWidget() or self._app.activeWindow(), key, modifier)


def play(app: QApplication, coffre: Path, folder: Path) -> None:
    """The whole walk."""
    hands, program = Hands(app), Program(app, coffre)
    control = Qt.KeyboardModifier.ControlModifier
    program.show_gate()
    gate = app.topLevelWidgets()[0].window()
    hands.come_to(gate)
    hands.wait_for(lambda: app.focusWidget() is not None, "the passphrase field")
    hands.write(app.focusWidget(), PASSPHRASE)
    hands.press(Qt.Key.Key_Return)
    hands.wait_for(lambda: program.desk is not None, "the desk")
    desk = program.desk
    assert desk is not None
    hands.wait_for(desk.today.isVisible, "the day's page")
    hands.come_to(desk.window)
    photograph(desk.window, str(folder / "aujourdhui.png"))

    hands.press(Qt.Key.Key_N, control)
    page = desk.entretien
    hands.wait_for(lambda: page.isVisible() and page.form is not None, "the entretien")
    # The last day of the quarter before this one: it may be arrêté today.
    day = quarter_of(date.today()).debut - timedelta(days=1)
    typed = format_date_courte(day)
    hands.type("Date de la saisine", typed, page)
    hands.type("Origine", "gendarm", page)
    hands.type("Urgence", "s", page)
    hands.type("Date", typed, page)
    hands.type("Durée", "1h15", page)
    hands.type("Mode", "tél", page)
    hands.type("Nom de naissance", "Quéméneur", page)
    hands.type("Prénom", "Hélène", page)
    hands.type("Sexe", "f", page)
    hands.type("Naissance", "12/3/1988", page)
    hands.type("Information donnée le", typed, page)
    hands.type("Accord pour transmettre", "o", page)
    hands.type("Problématique principale", "vio conj phy", page)
    hands.type("Ce qui peut aller sur une fiche de liaison", RECIT, page)
    hands.wait_for(lambda: len(desk.services.brouillons.all()) == 1, "the draft in the coffre")
    photograph(desk.window, str(folder / "entretien.png"))
    hands.press(Qt.Key.Key_O, control | Qt.KeyboardModifier.ShiftModifier)
    QTest.qWait(300)
    hands.type("Type de partenaire", "secteur", page)
    hands.type("Partenaire", "vallière", page)
    hands.type("Accord de la personne", "o", page)
    hands.type("Motif de l’orientation", "Évaluation globale", page)
    hands.press(Qt.Key.Key_S, control)
    services = desk.services
    hands.wait_for(lambda: services.dossiers.count() == 1, "the recorded entretien")
    assert services.brouillons.all() == ()

    dossier = services.dossiers.reread(services.dossiers.find("quemeneur")[0].id)
    orientation = services.dossiers.orientations(dossier.id)[0]
    page.fiche_requested.emit(orientation.id)
    hands.wait_for(
        lambda: desk.fiche.isVisible() and desk.fiche.preview.pages > 0, "the preview of the fiche"
    )
    photograph(desk.window, str(folder / "fiche.png"))
    hands.press(Qt.Key.Key_S, control)
    hands.wait_for(lambda: bool(services.fiches.recent()), "the issued fiche")
    (folder / "fiche.pdf").write_bytes(services.fiches.pdf(services.fiches.recent()[0].id))

    hands.press(Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    hands.wait_for(desk.bilan.isVisible, "the bilan")
    assert desk.bilan.period.value() == quarter_of(day).code
    desk.bilan.primary.setFocus()
    hands.press(Qt.Key.Key_Space)
    hands.wait_for(desk.bilan.confirmation.isVisible, "the protected figures")
    photograph(desk.window, str(folder / "bilan.png"))
    desk.bilan.hand_over = lambda periode: desk.bilan.export_to(
        periode, folder
    )  # in place of the folder dialog
    hands.press(Qt.Key.Key_Space)
    hands.wait_for(lambda: len(list(folder.glob("bilan-*.json"))) == 1, "the bilan file")

    hands.press(Qt.Key.Key_L, control)
    hands.wait_for(lambda: program.desk is None, "the gate")
    app.quit()


if __name__ == "__main__":
    application, _theme = make_application(sys.argv[:1])
    play(application, Path(sys.argv[1]), Path(sys.argv[2]))
