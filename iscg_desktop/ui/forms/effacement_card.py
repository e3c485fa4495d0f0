"""What an erasure would do, shown before; then the button that does it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TypeAlias

from PySide6.QtCore import Signal, Slot

from iscg_desktop.services.changes import Changes
from iscg_desktop.services.effacement import Apercu
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Text

Erasing: TypeAlias = Generator[None, None, Changes]
"""An erasure, taken a step at each turn of the window."""


class EffacementCard(Card):
    """Hidden until something is to be erased; for a public employer the bordereau is ticked first.

    Args:
        bordereau: Whether a signed bordereau d'élimination is asked for.

    Signals:
        confirmed: What erases, to be called.
    """

    confirmed = Signal(object)

    def __init__(self, bordereau: Callable[[], bool]) -> None:
        super().__init__(self.tr("Effacer pour de bon"), icon="trash-2")
        self._bordereau = bordereau
        self._apercu: Apercu | None = None
        self._erase: Callable[[], Erasing] | None = None
        self._discreet = False
        self._words = Text()
        self.signed = CheckBox(self.tr("Le &bordereau d’élimination est imprimé et visé par les archives"))
        self.button = Button(self.tr("&Effacer"), kind="danger", icon="trash-2")
        cancel = Button(self.tr("Ann&uler"), kind="quiet")
        row = FlowLayout()
        for button in (self.button, cancel):
            row.addWidget(button)
        for part in (self._words, self.signed, row):
            self.add(part)
        self.signed.clicked.connect(self._show)
        self.button.clicked.connect(self._on_button_clicked)
        cancel.clicked.connect(self.forget)
        self.hide()

    def propose(self, apercu: Apercu, erase: Callable[[], Erasing]) -> None:
        """Show what would be done, and wait."""
        self._apercu, self._erase = apercu, erase
        self.signed.set_value(False)
        self._show()
        self.show()
        self.button.setFocus()

    def set_discreet(self, discreet: bool) -> None:
        """Blank the names, or show them again."""
        self._discreet = discreet
        self._show()

    @Slot()
    def forget(self) -> None:
        """Erase nothing."""
        self._apercu = self._erase = None
        self.hide()

    @Slot()
    def _show(self) -> None:
        if self._apercu is None:
            return
        asked = self._bordereau() and bool(self._apercu.dossiers)
        self.signed.setVisible(asked)
        self.button.setEnabled(not asked or self.signed.value())
        self._words.setText(self._said(self._apercu))

    def _said(self, apercu: Apercu) -> str:
        """What an erasure removes and what stays, a line each."""
        lines = []
        if apercu.personnes:
            lines.append(self.tr("S’effacent : {0}.").format(self._names(apercu.personnes)))
        parts = [
            self.tr("%n dossier(s)", "", len(apercu.dossiers)),
            self.tr("%n entretien(s)", "", apercu.entretiens),
        ]
        if apercu.pieces:
            parts.append(self.tr("%n pièce(s) jointe(s)", "", apercu.pieces))
        if apercu.brouillons:
            parts.append(self.tr("%n brouillon(s)", "", apercu.brouillons))
        lines.append(self.tr("Avec : {0}.").format(", ".join(parts)))
        if apercu.caviardes:
            words = self.tr("Continuent sans cette personne, son nom remplacé par […] : {0}.")
            lines.append(words.format(", ".join(apercu.caviardes)))
        if apercu.restent:
            lines.append(self.tr("Restent dans le coffre : {0}.").format(self._names(apercu.restent)))
        lines += self._papers(apercu)
        if apercu.trimestres_arretes:
            words = self.tr("Les chiffres arrêtés ne bougent pas : {0}.")
            lines.append(words.format(", ".join(apercu.trimestres_arretes)))
        if apercu.trimestres_ouverts:
            words = self.tr("Les chiffres encore ouverts changent : {0}.")
            lines.append(words.format(", ".join(apercu.trimestres_ouverts)))
        lines.append(self._backups(apercu))
        return "\n".join(lines).replace(" :", "\u00a0:").replace(" ;", "\u00a0;")

    def _names(self, names: Sequence[str]) -> str:
        return "…" if self._discreet else ", ".join(names)

    def _papers(self, apercu: Apercu) -> Iterator[str]:
        """The fiches that others hold, and those whose retour nobody will note any more."""
        if apercu.remises:
            papers = ", ".join(
                f"{numero} ({service})" if service else numero for numero, service in apercu.remises
            )
            yield self.tr("Fiches déjà remises, que leur service garde, à prévenir : {0}.").format(papers)
        if apercu.en_attente:
            words = self.tr("Leur retour n’est pas revenu et ne pourra plus être noté : {0}.")
            yield words.format(", ".join(apercu.en_attente))

    def _backups(self, apercu: Apercu) -> str:
        """What becomes of the backups."""
        said = self.tr(
            "À votre prochaine pause, une sauvegarde neuve est faite ; celles d’avant, à portée, sont supprimées."
        )
        if not apercu.copies:
            return said
        names = ", ".join(f"{nom} ({dossier})" for dossier, nom in apercu.copies)
        words = self.tr(
            "%n copie(s) hors de portée garde(nt) encore tout cela : {0}.", "", len(apercu.copies)
        )
        return f"{said}\n{words.format(names)}"

    @Slot()
    def _on_button_clicked(self) -> None:
        erase = self._erase
        if erase is not None:
            self.forget()
            self.confirmed.emit(erase)
