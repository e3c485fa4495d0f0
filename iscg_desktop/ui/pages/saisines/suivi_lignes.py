"""Beside a saisine: where it stands, the dossiers that may be the same person's, and what was tried to reach her."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.saisine import SaisineSuivie, Tentative
from iscg_desktop.services.doublons import Doublon
from iscg_desktop.services.services import Services
from iscg_desktop.ui import saisine_words as words
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Heading, Quiet, Text
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.words import resultat

_SHOWN = 5  # attempts told one by one


class ToldBox(QWidget):
    """Where a saisine stands, then how it came.

    Args:
        services: The use cases over the open coffre.
    """

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)

    def show_told(self, suivie: SaisineSuivie | None, *, discreet: bool) -> None:
        """Tell of a saisine, or that none is chosen."""
        empty(self._lines)
        if suivie is None:
            self._lines.addWidget(Quiet(self.tr("Choisissez une saisine dans la liste pour la suivre.")))
            return
        services = self._services
        found = services.saisines.delais([suivie])[suivie.saisine.id]
        state = words.etat(services.listes, suivie, services.clock.today())
        self._lines.addWidget(Text(words.begun(state, words.attente(suivie, found))))
        steps = words.etapes(suivie, found)
        if steps:
            self._lines.addWidget(Quiet(steps))
        self._lines.addSpacing(6)
        if suivie.saisine.motif and not discreet:
            self._lines.addWidget(Text(suivie.saisine.motif))
        for line in words.told(services.listes, suivie.saisine, discreet=discreet):
            self._lines.addWidget(Quiet(line))
        quarter = services.saisines.frozen_quarter(suivie.saisine)
        if quarter is not None:
            said = self.tr("Comptée dans le {0}, arrêté\u00a0: ce qui compte ne change plus.")
            self._lines.addWidget(Quiet(said.format(quarter.libelle)))


class KnownBox(QWidget):
    """Dossiers that may be the same person's: a warning, never a gate.

    Signals:
        activated: Id of a dossier to look at.
        go_on_requested: Id of the dossier in which the saisine goes on.
    """

    activated = Signal(int)
    go_on_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._warning = InlineMessage("warn", dismissible=False)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._warning)
        column.addLayout(self._lines)

    def show_known(self, doublons: Sequence[Doublon], *, discreet: bool) -> None:
        """Show them, or nothing."""
        empty(self._lines)
        said = self.tr("Peut-être déjà connue. Continuez dans un de ces dossiers, ou ouvrez-en un nouveau.")
        self._warning.show_message("warn", said if doublons else "")
        for doublon in doublons:
            self._lines.addWidget(self._line(doublon, discreet=discreet))
        self.setVisible(bool(doublons))

    def enter(self) -> None:
        """Go to the first one."""
        self._lines.itemAt(0).widget().findChild(Line).setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, doublon: Doublon, *, discreet: bool) -> QWidget:
        dossier = doublon.dossier
        names = dossier.initiales if discreet else dossier.noms
        reason = self.tr("même téléphone") if doublon.raison == "telephone" else self.tr("nom semblable")
        line = Line(f"{dossier.numero} · {names}", reason, icon="folder-open", clickable=True)
        line.setProperty("dossier", dossier.id)
        line.activated.connect(self._on_activated)
        go_on = Button(self.tr("Continuer ici"), kind="quiet", icon="arrow-right")
        go_on.setAccessibleName(self.tr("Continuer dans le dossier {0}").format(dossier.numero))
        go_on.setProperty("dossier", dossier.id)
        go_on.clicked.connect(self._on_go_on_clicked)
        return _beside(line, go_on)

    @Slot()
    def _on_activated(self) -> None:
        self.activated.emit(self.sender().property("dossier"))

    @Slot()
    def _on_go_on_clicked(self) -> None:
        self.go_on_requested.emit(self.sender().property("dossier"))


class AppelsBox(QWidget):
    """What was tried to reach her, the last first; each may be taken back.

    Signals:
        removed: The attempt to take back.
    """

    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._attempts: Sequence[Tentative] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)

    def show_attempts(self, attempts: Sequence[Tentative], *, removable: bool, discreet: bool) -> None:
        """Show the last ones; none can be taken back once its saisine is done."""
        self._attempts = attempts
        empty(self._lines)
        if attempts:
            self._lines.addWidget(Heading(self.tr("Appels")))
        for rank, attempt in enumerate(attempts[:_SHOWN]):
            when = words.moment(attempt.date, attempt.heure)
            sub = " · ".join(filter(None, (when, "" if discreet else attempt.note)))
            line = Line(resultat(attempt.resultat), sub, icon="phone")
            self._lines.addWidget(_beside(line, self._remove_button(rank)) if removable else line)
        if len(attempts) > _SHOWN:
            self._lines.addWidget(Quiet(self.tr("et {n} plus anciens").format(n=len(attempts) - _SHOWN)))
        self.setVisible(bool(attempts))

    def _remove_button(self, rank: int) -> Button:
        remove = Button("", kind="quiet", icon="trash-2")
        remove.setAccessibleName(self.tr("Retirer cet appel"))
        remove.setToolTip(remove.accessibleName())
        remove.setProperty("rang", rank)
        remove.clicked.connect(self._on_remove_clicked)
        return remove

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.removed.emit(self._attempts[self.sender().property("rang")])


def empty(column: QVBoxLayout) -> None:
    """Take away every widget of a column."""
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _beside(line: Line, button: Button) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(line, 1)
    row.addWidget(button)
    return holder
